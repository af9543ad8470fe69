"""大家问过的: public answers to questions about a notice, each published and withdrawn with a ledger entry.

An answer keeps its number; a withdrawn one has an empty question and answer.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from board.models import Case, Notice, PublicAnswer, db
from board.store import ledger, people, sealing
from board.store.engine import writing
from board.store.notices import Posted


@dataclass(frozen=True)
class QuestionAnswer:
    """A question with its public answer; ``place`` is the code of the place that it concerns, "" for the whole notice."""

    question: str
    answer: str
    place: str = ""


def published(posted: Posted, place: str | None = None) -> list[PublicAnswer]:
    """Return a notice's published answers by number: all, or those about ``place`` and about the whole notice."""
    query = select(PublicAnswer).where(PublicAnswer.home == posted.home, PublicAnswer.number == posted.number, PublicAnswer.answer != "")
    if place is not None:
        query = query.where(or_(PublicAnswer.place.is_(None), PublicAnswer.place == place))
    return list(db.session.scalars(query.order_by(PublicAnswer.no)))


def published_of(numbers: Collection[str]) -> dict[str, list[PublicAnswer]]:
    """Return the published answers of many notices in one select: notice number -> answers by their own number."""
    found: dict[str, list[PublicAnswer]] = {number: [] for number in numbers}
    query = select(PublicAnswer).where(PublicAnswer.number.in_(found), PublicAnswer.answer != "")
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
    query = query.where(PublicAnswer.question != "", Notice.withdrawn_at.is_(None), or_(near, Notice.kind == kind))
    rows = db.session.execute(query.order_by(near.desc(), PublicAnswer.at.desc()).limit(limit))
    came = {"closed": True, "unsolved": False}
    return [Example(number, question, answer, came.get(state or "")) for number, question, answer, state in rows]


_NOTICE = and_(Notice.home == PublicAnswer.home, Notice.number == PublicAnswer.number)


def of_case(home: str, id: str) -> bool:
    """Return whether a published answer was made from this case (来件)."""
    query = select(PublicAnswer.no).where(PublicAnswer.home == home, PublicAnswer.case == id, PublicAnswer.answer != "")
    return db.session.scalars(query).first() is not None


def publish(posted: Posted, content: QuestionAnswer, case: str | None, user: int, at: datetime, looked_at: int = 0) -> int:
    """Publish an answer and return its number; ``case`` is the id of the 来件 that it came from, which is not logged.

    ``looked_at`` is the number of names and other personal words that the clerk let stand.
    """
    with writing() as session:
        session.get_one(Notice, (posted.home, posted.number), with_for_update=True)  # lock, so that two clerks get different numbers
        own = (PublicAnswer.home == posted.home, PublicAnswer.number == posted.number)
        no = (session.scalar(select(func.max(PublicAnswer.no)).where(*own)) or 0) + 1
        session.add(
            PublicAnswer(
                home=posted.home, number=posted.number, no=no, place=content.place or None, case=case, question=content.question,
                answer=content.answer, user_id=user, at=at.replace(microsecond=0),
            )
        )  # fmt: skip
        words = digest(posted.home, posted.number, no, content)
        looked = {"looked_at": looked_at} if looked_at else {}  # only the number: the log is public
        logged: dict[str, Any] = {"no": no, "place": content.place, "words": words, **looked}
        ledger.append(posted.home, at, people.username(user), "answer.published", posted.number, **logged)
    return no


def withdraw(posted: Posted, no: int, user: int, at: datetime) -> None:
    """Withdraw an answer: delete its texts, keep its ledger entries. Does nothing when it is withdrawn already."""
    with writing() as session:
        found = session.get(PublicAnswer, (posted.home, posted.number, no), with_for_update=True, populate_existing=True)
        if found is None or not found.answer:
            return
        found.question = found.answer = ""
        ledger.append(posted.home, at, people.username(user), "answer.withdrawn", posted.number, no=no)


def digest(home: str, number: str, no: int, content: QuestionAnswer) -> str:
    """Return the keyed digest of an answer for the ledger; keyed, so that a withdrawn text cannot be guessed from the public log."""
    return sealing.vault().key("answer", f"{home}/{number}/{no}/{content.question}\n{content.answer}")
