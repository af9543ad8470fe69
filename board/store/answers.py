"""大家问过的: questions about a notice, answered for everybody once a second person has approved the words (``board.store.approval``).

An answer keeps its number; a withdrawn one has an empty question and answer, and says why.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from board.models import Case, Message, Notice, PublicAnswer, Version, db
from board.store import approval, sealing
from board.store.approval import NotPublishable, NotShown, Sort
from board.store.cases import lists
from board.store.engine import writing
from board.store.notices import Posted

MOST_SAID = 500  # texts of villagers that new words are held against


@dataclass(frozen=True)
class QuestionAnswer:
    """A question with its public answer; ``place`` is the code of the place that it concerns, "" for the whole notice."""

    question: str
    answer: str
    place: str = ""


def find(number: str, no: int) -> PublicAnswer | None:
    """Return one answer of a notice, public or not, or None."""
    return db.session.scalars(select(PublicAnswer).where(PublicAnswer.number == number, PublicAnswer.no == no)).first()


def of_notice(posted: Posted) -> list[PublicAnswer]:
    """Return all answers about a notice by number, whatever became of them: for staff."""
    query = select(PublicAnswer).where(PublicAnswer.home == posted.home, PublicAnswer.number == posted.number)
    return list(db.session.scalars(query.order_by(PublicAnswer.no)))


def published(posted: Posted, place: str | None = None) -> list[PublicAnswer]:
    """Return a notice's approved answers by number: all, or those about ``place`` and about the whole notice. Withdrawn ones are among
    them, for the reason that they give."""
    own = (PublicAnswer.home == posted.home, PublicAnswer.number == posted.number, PublicAnswer.approved_at.is_not(None))
    query = select(PublicAnswer).where(*own)
    if place is not None:
        query = query.where(or_(PublicAnswer.place.is_(None), PublicAnswer.place == place))
    return list(db.session.scalars(query.order_by(PublicAnswer.no)))


def published_of(numbers: Collection[str]) -> dict[str, list[PublicAnswer]]:
    """Return the public answers of many notices in one select: notice number -> answers by their own number."""
    found: dict[str, list[PublicAnswer]] = {number: [] for number in numbers}
    query = select(PublicAnswer).where(PublicAnswer.number.in_(found), *approval.is_public(PublicAnswer))
    for one in db.session.scalars(query.order_by(PublicAnswer.no)) if found else ():
        found[one.number].append(one)
    return found


@dataclass(frozen=True)
class Example:
    """A question that was answered for everybody, and whether its asker said that it was solved (None: nothing, or asked by nobody)."""

    number: str
    question: str
    answer: str
    solved: bool | None


def examples(place: str, kind: str, limit: int = 3) -> list[Example]:
    """Return the newest public answers about a place, or else about notices of a kind ("": none), with what came of them."""
    near = or_(PublicAnswer.place == place, and_(PublicAnswer.place.is_(None), PublicAnswer.home == place))
    query = select(PublicAnswer.number, PublicAnswer.question, PublicAnswer.answer, Case.state).join(Notice, _NOTICE)
    query = query.outerjoin(
        Case, and_(Case.publisher == PublicAnswer.home, Case.number == PublicAnswer.number, Case.id == PublicAnswer.case)
    )
    query = query.where(*approval.is_public(PublicAnswer), Notice.withdrawn_at.is_(None), or_(near, Notice.kind == kind))
    rows = db.session.execute(query.order_by(near.desc(), PublicAnswer.approved_at.desc()).limit(limit))
    came = {"closed": True, "unsolved": False}
    return [Example(number, question, answer, came.get(state or "")) for number, question, answer, state in rows]


_NOTICE = and_(Notice.home == PublicAnswer.home, Notice.number == PublicAnswer.number)


def of_case(home: str, id: str) -> PublicAnswer | None:
    """Return the newest answer for everybody that was made from this case (来件), or None; withdrawn ones do not count."""
    own = (PublicAnswer.home == home, PublicAnswer.case == id, PublicAnswer.withdrawn_at.is_(None))
    return db.session.scalars(select(PublicAnswer).where(*own).order_by(PublicAnswer.drafted_at.desc(), PublicAnswer.no.desc())).first()


def asked_about(posted: Posted) -> list[str]:
    """Return what villagers wrote in the newest cases about a notice that its publisher may know of: no question for everybody is to have
    their words, and refusing one tells nobody what was written to another office."""
    query = select(Message.text).join(Case, and_(Case.home == Message.home, Case.id == Message.case))
    query = query.where(*lists.known_to_publisher(posted), Message.side == "villager", Message.text != "")
    return list(db.session.scalars(query.order_by(Message.at.desc()).limit(MOST_SAID)))


def titles(numbers: Collection[str]) -> dict[str, str]:
    """Return the titles of notices, in their versions in force, by number."""
    in_force = and_(Version.home == Notice.home, Version.number == Notice.number, Version.no == Notice.current)
    query = select(Notice.number, Version.title).join(Version, in_force).where(Notice.number.in_(numbers))
    found = db.session.execute(query)
    return {row.number: row.title for row in found}


def draft(
    posted: Posted, content: QuestionAnswer, case: str | None, user: int, at: datetime, looked_at: int = 0, no: int = 0
) -> PublicAnswer:
    """Put an answer before the reviewers, and return it; ``case`` is the id of the 来件 that it came from, which is not logged.

    ``no`` is the number of one that was sent back and is rewritten, 0 for a new one. ``looked_at`` is the number of names and other
    personal words that the clerk let stand. Raises NotPublishable where the notice was taken down, NotShown where nothing was sent back.
    """
    with writing() as session:
        # Locked, so that two clerks get different numbers.
        notice = session.get_one(Notice, (posted.home, posted.number), with_for_update=True, populate_existing=True)
        if notice.withdrawn_at:
            raise NotPublishable
        one = session.get(PublicAnswer, (posted.home, posted.number, no), populate_existing=True) if no else None
        if no and (one is None or approval.state(one) != "returned"):
            raise NotShown
        if one is None:
            own = (PublicAnswer.home == posted.home, PublicAnswer.number == posted.number)
            if same := _waiting_alike(own, content):
                return same  # the same form, sent twice
            no = (session.scalar(select(func.max(PublicAnswer.no)).where(*own)) or 0) + 1
            one = PublicAnswer(home=posted.home, number=posted.number, no=no, case=case)
            session.add(one)
        one.question, one.answer, one.place = content.question, content.answer, content.place or None
        approval.submit(SORT, one, user, at, looked_at)
    return one


def _waiting_alike(own: tuple[Any, ...], content: QuestionAnswer) -> PublicAnswer | None:
    alike = PublicAnswer.question == content.question, PublicAnswer.answer == content.answer, PublicAnswer.returned.is_(None)
    unseen = PublicAnswer.approved_at.is_(None), PublicAnswer.withdrawn_at.is_(None)
    found = db.session.scalars(select(PublicAnswer).where(*own, *alike, *unseen))
    return next((one for one in found if (one.place or "") == content.place), None)


def approve(home: str, number: str, no: int, shown: str, user: int, at: datetime) -> None:
    """Publish an answer exactly as it was shown. Raises NotShown, OwnHand, and NotPublishable where its notice was taken down."""
    approval.approve(SORT, (home, number, no), shown, user, at)


def send_back(home: str, number: str, no: int, shown: str, user: int, at: datetime, reason: str) -> None:
    """Return an answer that waits, as it was shown, to whoever wrote it, with a reason that only staff read. Raises NotShown."""
    approval.send_back(SORT, (home, number, no), shown, user, at, reason)


def withdraw(home: str, number: str, no: int, user: int, at: datetime, reason: str) -> bool:
    """Withdraw an answer with a reason that everybody reads: it loses its texts. False: it was withdrawn already."""
    return approval.withdraw(SORT, (home, number, no), user, at, reason)


def digest(home: str, number: str, no: int, content: QuestionAnswer) -> str:
    """Return the keyed digest of an answer for the ledger; keyed, so that a withdrawn text cannot be guessed from the public log."""
    return sealing.vault().key("answer", f"{home}/{number}/{no}/{content.question}\n{content.answer}")


def shown(one: PublicAnswer) -> str:
    """Return the keyed digest of all that a reviewer sees of an answer: its texts, and where they are read."""
    of = [one.home, one.number, one.no, one.place, one.question, one.answer]
    return sealing.vault().key("answer shown", json.dumps(of, ensure_ascii=False))


def _stands(one: PublicAnswer) -> bool:
    notice = db.session.get(Notice, (one.home, one.number), with_for_update={"read": True}, populate_existing=True)
    return notice is not None and notice.withdrawn_at is None


SORT = Sort(
    table=PublicAnswer,
    action="answer",
    texts=("question", "answer"),
    key=lambda one: (one.number, one.no),
    logged=lambda one: (one.number, {"no": one.no}),
    words=lambda one: digest(one.home, one.number, one.no, QuestionAnswer(one.question, one.answer)),
    shown=shown,
    lasting=lambda one: {"place": one.place or ""},
    may_go_out=_stands,
)
