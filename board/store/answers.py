"""大家问过的: questions about a notice that were answered for everybody, and the ledger's word for each.

An answer keeps its number for ever; one that was taken back has neither question nor answer any more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from board.models import Notice, PublicAnswer, db
from board.store import ledger, people, sealing
from board.store.engine import writing
from board.store.notices import Posted


@dataclass(frozen=True)
class QuestionAnswer:
    """What is answered for everybody: ``place`` is the code of the only place that it is about, "" where it is about all of the notice."""

    question: str
    answer: str
    place: str = ""


def published(posted: Posted, place: str | None = None) -> list[PublicAnswer]:
    """Return the answers that stand, in the order of their numbers: all, or those that concern one place."""
    query = select(PublicAnswer).where(PublicAnswer.home == posted.home, PublicAnswer.number == posted.number, PublicAnswer.answer != "")
    if place is not None:
        query = query.where(or_(PublicAnswer.place.is_(None), PublicAnswer.place == place))
    return list(db.session.scalars(query.order_by(PublicAnswer.no)))


def published_of(numbers: Collection[str]) -> dict[str, list[PublicAnswer]]:
    """Return the answers that stand about many notices in one select: by the notice's number, each in the order of their own."""
    found: dict[str, list[PublicAnswer]] = {number: [] for number in numbers}
    query = select(PublicAnswer).where(PublicAnswer.number.in_(found), PublicAnswer.answer != "")
    for one in db.session.scalars(query.order_by(PublicAnswer.no)) if found else ():
        found[one.number].append(one)
    return found


def of_case(home: str, id: str) -> bool:
    """Return whether an answer that stands came from this 来件."""
    query = select(PublicAnswer.no).where(PublicAnswer.home == home, PublicAnswer.case == id, PublicAnswer.answer != "")
    return db.session.scalars(query).first() is not None


def publish(posted: Posted, said: QuestionAnswer, case: str | None, user: int, at: datetime) -> int:
    """Put an answer before everybody and return its number; ``case`` is the id of the 来件 that it came from, which no entry names."""
    with writing() as session:
        session.get_one(Notice, (posted.home, posted.number), with_for_update=True)  # so that two clerks are given two numbers
        own = (PublicAnswer.home == posted.home, PublicAnswer.number == posted.number)
        no = (session.scalar(select(func.max(PublicAnswer.no)).where(*own)) or 0) + 1
        session.add(
            PublicAnswer(
                home=posted.home, number=posted.number, no=no, place=said.place or None, case=case, question=said.question,
                answer=said.answer, user_id=user, at=at.replace(microsecond=0),
            )
        )  # fmt: skip
        words = digest(posted.home, posted.number, no, said)
        ledger.append(posted.home, at, people.username(user), "answer.published", posted.number, no=no, place=said.place, words=words)
    return no


def withdraw(posted: Posted, no: int, user: int, at: datetime) -> None:
    """Take an answer back at once: its words are gone, its entries stay. Nothing happens where there is none any more."""
    with writing() as session:
        found = session.get(PublicAnswer, (posted.home, posted.number, no), with_for_update=True, populate_existing=True)
        if found is None or not found.answer:
            return
        found.question = found.answer = ""
        ledger.append(posted.home, at, people.username(user), "answer.withdrawn", posted.number, no=no)


def digest(home: str, number: str, no: int, said: QuestionAnswer) -> str:
    """Return what the ledger keeps of an answer: keyed, since what had to be taken back must not be guessed from the public log."""
    return sealing.vault().key("answer", f"{home}/{number}/{no}/{said.question}\n{said.answer}")
