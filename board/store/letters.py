"""领导信箱: letters to an office's leader, published with the answer in the office's words once a second person has approved them
(``board.store.approval``).

A letter keeps its number; a withdrawn one has empty texts and says why.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_

from board import policies
from board.models import Area, Case, PublicLetter, db
from board.rules.cases import machine
from board.store import approval, sealing
from board.store.approval import NotPublishable, NotShown, Sort
from board.store.engine import writing


@dataclass(frozen=True)
class Wording:
    """What everybody reads of a letter, in the office's words."""

    title: str
    question: str
    answer: str


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


def of_writer(case: Case) -> list[PublicLetter]:
    """Return every letter that an office made of a case, of those that are not withdrawn."""
    own = (PublicLetter.asked == case.home, PublicLetter.case == case.id, PublicLetter.withdrawn_at.is_(None))
    return list(db.session.scalars(select(PublicLetter).where(*own)))


def published(home: str, *, after: int = 0, limit: int = 50) -> list[PublicLetter]:
    """Return an office's published letters, newest first; ``after`` is the number of the last one on the page before, 0 for none."""
    key, last = tuple_(PublicLetter.approved_at, PublicLetter.no), find(home, after) if after else None
    query = select(PublicLetter).where(PublicLetter.home == home, *approval.is_public(PublicLetter))
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
        if letter and approval.state(letter) != "returned":
            raise NotShown
        if letter is None:
            no = (session.scalar(select(func.max(PublicLetter.no)).where(PublicLetter.home == found.desk)) or 0) + 1
            letter = PublicLetter(home=found.desk, no=no, asked=asked, case=case)
            session.add(letter)
        letter.title, letter.question, letter.answer = wording.title, wording.question, wording.answer
        approval.submit(SORT, letter, user, at, looked_at)
    return letter


def approve(home: str, no: int, shown: str, user: int, at: datetime) -> None:
    """Publish a letter exactly as it was shown: ``shown`` is the digest on the reviewer's page.

    Raises NotShown, OwnHand, and NotPublishable where the writer has asked again since, or no longer agrees.
    """
    approval.approve(SORT, (home, no), shown, user, at)


def send_back(home: str, no: int, shown: str, user: int, at: datetime, reason: str) -> None:
    """Return a letter that waits, as it was shown, to whoever wrote it, with a reason that only staff read. Raises NotShown."""
    approval.send_back(SORT, (home, no), shown, user, at, reason)


def withdraw(home: str, no: int, user: int, at: datetime, reason: str) -> bool:
    """Withdraw a letter with a reason that is public: delete its texts, keep its number and its ledger entries. False: it was already."""
    return approval.withdraw(SORT, (home, no), user, at, reason)


def digest(letter: PublicLetter) -> str:
    """Return the keyed digest of a letter's texts and its case; keyed, so that neither can be guessed from the public log."""
    of = [letter.home, letter.no, letter.asked, letter.case, letter.title, letter.question, letter.answer]
    return sealing.vault().key("letter", json.dumps(of, ensure_ascii=False))


def _agreed(letter: PublicLetter) -> bool:
    case = db.session.get(Case, (letter.asked, letter.case), with_for_update=True, populate_existing=True)
    return case is not None and publishable(case) and case.desk == letter.home


SORT = Sort(
    table=PublicLetter,
    action="letter",
    texts=("title", "question", "answer"),
    key=lambda letter: (letter.home, str(letter.no)),
    logged=lambda letter: (str(letter.no), {}),
    words=digest,
    shown=digest,
    lasting=lambda _letter: {},
    may_go_out=_agreed,
)
