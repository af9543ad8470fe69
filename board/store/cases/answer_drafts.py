"""Answers half written: each person's own, sealed, found again on any device, and deleted once the case has gone on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from board.models import AnswerDraft, Case, Message, User, db
from board.rules.cases import machine
from board.store import sealing
from board.store.engine import writing

KEPT = timedelta(days=30)  # after which nobody goes on with it


@dataclass(frozen=True)
class Begun:
    """What a person has begun to write."""

    text: str
    outcome: str
    at: datetime


@dataclass(frozen=True)
class Writer:
    """A colleague who has begun an answer too; his text is his."""

    name: str
    at: datetime


def save(home: str, id: str, user: int, text: str, outcome: str, seen: int, at: datetime) -> bool:
    """Keep what a person has written so far (both empty: nothing any more). False, without keeping it, where an office has sent something
    since the page that he writes on (``seen``): that may have been this text."""
    with writing() as session:
        case = session.get(Case, (home, id), with_for_update=True, populate_existing=True)
        since = (Message.home == home, Message.case == id, Message.no > seen, Message.act.in_(machine.ENDS_DRAFTS))
        if case is None or session.scalars(select(Message.no).where(*since)).first() is not None:
            return False
        session.execute(delete(AnswerDraft).where(*_of(home, id), AnswerDraft.user_id == user))
        if text or outcome:
            session.add(AnswerDraft(home=home, case=id, user_id=user, text=sealing.vault().seal(text), outcome=outcome, at=at))
    return True


def of_case(case: Case, user: int) -> tuple[Begun | None, list[Writer]]:
    """Return what a person has begun to write to a case, unsealed, and which others have begun, the newest first."""
    query = select(AnswerDraft, User.name).join(User, User.id == AnswerDraft.user_id).where(*_of(case.home, case.id))
    own, others = None, list[Writer]()
    for draft, name in db.session.execute(query.order_by(AnswerDraft.at.desc())):
        if draft.user_id == user:
            own = Begun(sealing.vault().open(draft.text), draft.outcome, draft.at)
        else:
            others.append(Writer(name, draft.at))
    return own, others


def clear(case: Case, act: machine.Act, user: int | None) -> None:
    """Delete, within a running transaction, the drafts that an act has made needless: everybody's, or those of who has sent his words."""
    if act in machine.ENDS_DRAFTS:
        whose = () if machine.ends_all_drafts(act) else (AnswerDraft.user_id == user,)
        db.session.execute(delete(AnswerDraft).where(*_of(case.home, case.id), *whose))


def expire(at: datetime) -> int:
    """Delete the drafts with which nobody went on for KEPT; return how many."""
    with writing() as session:
        gone = session.execute(delete(AnswerDraft).where(AnswerDraft.at < at - KEPT).returning(AnswerDraft.case))
        return len(gone.all())


def _of(home: str, id: str) -> tuple[Any, Any]:
    return AnswerDraft.home == home, AnswerDraft.case == id
