"""Cases that may be one matter: those that read alike, which a clerk is asked about, and those that he may tie to a case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select

from board.models import Case, Cause, Message, db
from board.rules.cases import likeness, machine
from board.store.cases import causes

LOOKED_AT = 300  # newest cases of a desk that are compared for one page: a flood of thousands costs no more
LISTED = 100  # cases on the page on which they are tied
SINCE = timedelta(days=30)


@dataclass(frozen=True)
class Proposal:
    """Cases that read alike, as they began; ``cause`` is one that some of those like them are tied to already."""

    cases: list[Case]
    words: str
    cause: Cause | None


def proposals(homes: str, categories: Collection[str], at: datetime, limit: int = 5) -> list[Proposal]:
    """Return what a clerk is asked about: open cases of offices under a code prefix that read alike and are tied to nothing."""
    asked_about = or_(Case.alone.is_(False), Cause.desk != Case.desk)  # not once more what somebody of this desk untied, or told apart
    own_words = Case.source != "meeting"  # what is said of a row there is the program's sentence
    waiting = _waiting(Case.desk.startswith(homes), Case.category.in_(categories), asked_about, own_words)
    found = {(case.home, case.id): (case, text) for case, text in waiting}
    groups = likeness.proposed([causes.likened(case, text) for case, text in found.values()], at - SINCE)
    proposed = []
    for group in groups[:limit]:
        cause = next((one.cause for one in group if one.cause), "")
        free = [found[one.home, one.id][0] for one in group if not one.cause]
        proposed.append(Proposal(free, group[0].text, causes.find(group[0].home, cause) if cause else None))
    return proposed


def to_tie(case: Case) -> list[tuple[Case, str, bool]]:
    """Return the cases that may be tied with one, as (case, what was asked, whether it reads alike): those alike first, then about the same
    notice, then by their last day; also those that were once said to be another matter."""
    first = select(Message.text).where(Message.home == case.home, Message.case == case.id, Message.no == 1)
    own = causes.likened(case, db.session.scalar(first) or "")
    others = _waiting(Case.desk == case.desk, Case.home == case.home, Case.id != case.id)
    like = [(one, said, causes.likened(one, said)) for one, said in others]
    found = [(one, said, likeness.alike(own, its)) for one, said, its in like if not its.cause and likeness.may_go_together(own, its)]
    return sorted(found, key=lambda row: (not row[2], row[0].number != case.number, row[0].due, row[0].id))[:LISTED]


def causes_to_join(case: Case) -> list[Cause]:
    """Return the causes with waiting cases that a case may be tied to, newest first."""
    query = select(Cause, Case).join(Case, and_(Case.home == Cause.home, Case.tie == Cause.id, Case.alone.is_(False)))
    query = query.where(Cause.home == case.home, Cause.desk == case.desk, Case.state.in_(_WAITS), Case.id != case.id)
    found = {cause.id: (cause, other) for cause, other in db.session.execute(query.order_by(Cause.at.desc()).limit(LOOKED_AT))}
    own = causes.likened(case)
    return [cause for cause, other in found.values() if likeness.may_go_together(own, causes.likened(other))]


_WAITS = list(machine.TABLE["tie"].states)


def _waiting(*which: Any) -> list[tuple[Case, str]]:
    """Return the newest waiting cases with what was asked first."""
    query = select(Case, func.coalesce(Message.text, ""))
    query = query.outerjoin(Message, and_(Message.home == Case.home, Message.case == Case.id, Message.no == 1))
    query = query.outerjoin(Cause, and_(Cause.home == Case.home, Cause.id == Case.tie))
    query = query.where(Case.state.in_(_WAITS), *which).order_by(Case.made.desc(), Case.id).limit(LOOKED_AT)
    return [(case, text) for case, text in db.session.execute(query)]
