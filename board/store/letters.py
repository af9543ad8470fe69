"""领导信箱: letters to an office's leader, published with the answer in the office's words once a second person has approved them.

A letter keeps its number; a withdrawn one has empty texts and says why.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import aliased

from board import policies
from board.models import Area, Case, PublicLetter, User, db
from board.rules.cases import machine
from board.store import ledger, people, sealing
from board.store.engine import writing

State = Literal["waiting", "returned", "published", "withdrawn"]


class NotPublishable(Exception):
    """The writer did not agree to it, or the office owes an answer (again), or another office has the case."""


class NotShown(Exception):
    """The letter is no longer what the page showed: somebody approved, returned, rewrote or withdrew it."""


class OwnHand(Exception):
    """Whoever wrote a letter for everybody does not approve it."""


@dataclass(frozen=True)
class Wording:
    """What everybody reads of a letter, in the office's words."""

    title: str
    question: str
    answer: str


def state(letter: PublicLetter) -> State:
    """Return where a letter stands."""
    if letter.withdrawn_at:
        return "withdrawn"
    if letter.approved_at:
        return "published"
    return "waiting" if letter.returned is None else "returned"


def publishable(case: Case) -> bool:
    """Return whether a case may be published as a letter: a kind that asks for consent, its writer gave it, and the answer stands."""
    asks = policies.case_categories()[case.category].publish == "consent"
    return asks and case.consent is True and case.state in machine.ANSWERED


def find(home: str, no: int) -> PublicLetter | None:
    """Return one letter, published or not, or None."""
    return db.session.get(PublicLetter, (home, no))


def of_case(case: Case) -> PublicLetter | None:
    """Return the letter that the office which has a case made of it, or None; withdrawn ones do not count."""
    own = (PublicLetter.home == case.desk, PublicLetter.asked == case.home, PublicLetter.case == case.id)
    return db.session.scalars(select(PublicLetter).where(*own, PublicLetter.withdrawn_at.is_(None))).first()


def waiting(under: str) -> list[PublicLetter]:
    """Return the letters under a code prefix that wait for approval, oldest first."""
    return _unpublished(under, PublicLetter.returned.is_(None))


def returned(under: str) -> list[PublicLetter]:
    """Return the letters under a code prefix that were sent back, oldest first."""
    return _unpublished(under, PublicLetter.returned.is_not(None))


def _unpublished(under: str, which: Any) -> list[PublicLetter]:
    open_ = (PublicLetter.approved_at.is_(None), PublicLetter.withdrawn_at.is_(None))
    query = select(PublicLetter).where(PublicLetter.home.startswith(under), *open_, which)
    return list(db.session.scalars(query.order_by(PublicLetter.drafted_at, PublicLetter.home, PublicLetter.no)))


def published(home: str, *, after: int = 0, limit: int = 50) -> list[PublicLetter]:
    """Return an office's published letters, newest first; ``after`` is the number of the last one on the page before, 0 for none."""
    key, last = tuple_(PublicLetter.approved_at, PublicLetter.no), find(home, after) if after else None
    stands = (PublicLetter.approved_at.is_not(None), PublicLetter.withdrawn_at.is_(None))
    query = select(PublicLetter).where(PublicLetter.home == home, *stands)
    if last and last.approved_at:
        query = query.where(key < (last.approved_at, last.no))
    return list(db.session.scalars(query.order_by(PublicLetter.approved_at.desc(), PublicLetter.no.desc()).limit(limit)))


def draft(asked: str, case: str, wording: Wording, user: int, at: datetime, looked_at: int = 0) -> PublicLetter:
    """Put a case before the reviewers as a letter for everybody, and return it; one that was sent back is rewritten under its number.

    ``asked`` and ``case`` are home and id of the case. ``looked_at`` is the number of names and other personal words that were let stand.
    Raises NotPublishable, and NotShown where the case's letter waits or is published already.
    """
    with writing() as session:
        found = session.get(Case, (asked, case), with_for_update=True, populate_existing=True)
        if found is None or not publishable(found):
            raise NotPublishable
        session.get_one(Area, found.desk, with_for_update={"key_share": True})  # lock, so that two letters get different numbers
        letter = of_case(found)
        if letter and state(letter) != "returned":
            raise NotShown
        if letter is None:
            no = (session.scalar(select(func.max(PublicLetter.no)).where(PublicLetter.home == found.desk)) or 0) + 1
            letter = PublicLetter(home=found.desk, no=no, asked=asked, case=case)
            session.add(letter)
        letter.title, letter.question, letter.answer = wording.title, wording.question, wording.answer
        letter.drafted_by, letter.drafted_at, letter.returned = user, at.replace(microsecond=0), None
        looked = {"looked_at": looked_at} if looked_at else {}  # only the number: the log is public
        _log(letter, "drafted", user, at, words=digest(letter), **looked)
    return letter


def approve(home: str, no: int, shown: str, user: int, at: datetime) -> None:
    """Publish a letter exactly as it was shown: ``shown`` is the digest on the reviewer's page.

    Raises NotShown, OwnHand, and NotPublishable where the writer has asked again since.
    """
    with writing() as session:
        letter = _waiting(home, no, shown)
        if letter.drafted_by == user:
            raise OwnHand
        case = session.get(Case, (letter.asked, letter.case), with_for_update=True, populate_existing=True)
        if case is None or not publishable(case) or case.desk != home:
            raise NotPublishable
        letter.approved_by, letter.approved_at = user, at.replace(microsecond=0)
        _log(letter, "published", user, at, words=digest(letter))


def send_back(home: str, no: int, shown: str, user: int, at: datetime, reason: str) -> None:
    """Return a letter that waits, as it was shown, to whoever wrote it, with a reason that only staff read. Raises NotShown."""
    with writing():
        letter = _waiting(home, no, shown)
        letter.returned = reason
        _log(letter, "returned", user, at, reason=reason_digest(letter))


def withdraw(home: str, no: int, user: int, at: datetime, reason: str) -> bool:
    """Withdraw a letter with a reason that is public: delete its texts, keep its number and its ledger entries. False: it was already."""
    with writing() as session:
        letter = session.get(PublicLetter, (home, no), with_for_update=True, populate_existing=True)
        if letter is None or letter.withdrawn_at:
            return False
        letter.title = letter.question = letter.answer = ""
        letter.withdrawn_at, letter.withdrawn_because = at.replace(microsecond=0), reason
        _log(letter, "withdrawn", user, at, reason=reason)
    return True


def _waiting(home: str, no: int, shown: str) -> PublicLetter:
    letter = db.session.get(PublicLetter, (home, no), with_for_update=True, populate_existing=True)
    if letter is None or state(letter) != "waiting" or digest(letter) != shown:
        raise NotShown
    return letter


def _log(letter: PublicLetter, what: str, user: int, at: datetime, **body: Any) -> None:
    ledger.append(letter.home, at, people.username(user), f"letter.{what}", str(letter.no), **body)


def digest(letter: PublicLetter) -> str:
    """Return the keyed digest of a letter's texts and its case; keyed, so that neither can be guessed from the public log."""
    of = [letter.home, letter.no, letter.asked, letter.case, letter.title, letter.question, letter.answer]
    return sealing.vault().key("letter", json.dumps(of, ensure_ascii=False))


def reason_digest(letter: PublicLetter) -> str:
    """Return the keyed digest of the reason for which a letter was sent back ("": it was not)."""
    text = json.dumps([letter.home, letter.no, letter.returned], ensure_ascii=False)
    return sealing.vault().key("letter returned", text) if letter.returned is not None else ""


def evidence(home: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return (home, number) -> what the table says of each letter of a home, as its ledger entries give it."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    writer, second = aliased(User), aliased(User)
    rows = select(PublicLetter, writer.username, second.username).outerjoin(writer, writer.id == PublicLetter.drafted_by)
    rows = rows.outerjoin(second, second.id == PublicLetter.approved_by).where(PublicLetter.home == home)
    for one, drafted_by, approved_by in db.session.execute(rows):
        found[home, str(one.no)] = {
            "drafted": (drafted_by, ledger.moment(one.drafted_at)),
            "approved": (approved_by, ledger.moment(one.approved_at)) if one.approved_at else approved_by,
            "words": digest(one) if one.title or one.question or one.answer else "",
            "returned": reason_digest(one),
            "withdrawn": ledger.moment(one.withdrawn_at) if one.withdrawn_at else None,
            "reason": one.withdrawn_because,
        }
    return found
