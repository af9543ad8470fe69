"""来件: file a case under its receipt, find and answer it, and list cases for offices and the county.

A message with an empty text records an act: 我们在办 by the office, 解决了 by the villager.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.exc import IntegrityError

from board import policies
from board.models import Area, Case, Message, Notice, Receipt, User, Version, db
from board.rules import cases as rules
from board.rules import period_rules
from board.rules.place_names import canonical
from board.store import areas, holidays, ledger, notices, people, sealing
from board.store.engine import writing
from board.store.notices import Posted

VILLAGER = "villager"  # actor in the ledger: villagers have no account


class Taken(Exception):
    """The receipt key belongs to a case about another notice (a collision among 9 * 10**14 receipts); make another receipt."""


class MovedOn(Exception):
    """The case was changed after the page was opened; ``case`` is its present state."""

    def __init__(self, case: Case) -> None:
        super().__init__(case.id)
        self.case = case


@dataclass(frozen=True)
class Asked:
    """The content of a villager's form; ``text`` has personal numbers masked, ``contact`` is as typed ("" for none)."""

    place: str
    row: int | None
    category: str
    text: str
    contact: str
    due: date


@dataclass(frozen=True)
class CaseMessage:
    """One message as staff read it; ``who`` is the name of the staff member, "" for the villager."""

    no: int
    side: str
    who: str
    text: str
    at: datetime


@dataclass(frozen=True)
class CaseEntry:
    """One case of a list, with the notice's title and the place's name."""

    case: Case
    title: str
    place: str
    again: bool = False  # answered before, and reopened by the villager


def due(home: str, category: str, day: date) -> date:
    """Return the last day for an answer of an office to a case of this category received on ``day``; a case keeps the day that it got."""
    clock, level = policies.case_categories()[category].answer, areas.get(home).level
    return period_rules.answer_by(day, clock, policies.period_rules(), level, home, holidays.calendar())


def file(posted: Posted, key: str, asked: Asked, at: datetime) -> Case:
    """Return the case under this receipt key: the first call creates it, a resend of the same form finds it.

    A resend with another text (the villager went back and continued) adds a message, so that nothing typed is lost. Raises Taken.
    """
    try:
        with writing() as session:
            found = session.get(Receipt, key)
            return _sent_again(found, posted, asked, at) if found else _filed(posted, key, asked, at)
    except IntegrityError:  # the same form was sent twice at once: use the case of the other process
        if by_receipt(key) is None:
            raise
        return file(posted, key, asked, at)


def _filed(posted: Posted, key: str, asked: Asked, at: datetime) -> Case:
    session = db.session
    case = Case(
        home=posted.home,
        id=secrets.token_hex(6),
        number=posted.number,
        place=asked.place,
        row=asked.row,
        version=posted.notice.current,
        category=asked.category,
        contact=_seal(asked.contact),
        state="received",
        made=at,
        due=asked.due,
    )
    session.add(Receipt(key=key, home=case.home, case=case.id))  # first, so that a concurrent resend fails here
    session.flush()
    session.add(case)
    session.flush()
    words = _add_message(case, "villager", None, asked.text, at)
    body = {name: value for name, value in evidence(case).items() if name in rules.TOLD} | {
        "receipt": receipt_evidence(key),
        "words": words,
    }
    ledger.append(case.home, at, VILLAGER, "case.received", case.id, **body)
    return case


def _sent_again(receipt: Receipt, posted: Posted, asked: Asked, at: datetime) -> Case:
    case = _locked(receipt.home, receipt.case)
    if (case.home, case.number) != (posted.home, posted.number):
        raise Taken
    changed: dict[str, Any] = {}
    if rules.new_words(asked.text, _villager_texts(case)):
        changed["words"] = _add_villager_text(case, asked.text, asked.due, at)
    if case.state == "received" and (case.category, case.place) != (asked.category, asked.place):  # the villager went back and corrected it
        case.category, case.place = asked.category, asked.place
        changed |= {"category": asked.category, "place": asked.place}
    if asked.contact and asked.contact != contact(case):
        case.contact = _seal(asked.contact)
        changed["contact"] = True  # only that it changed: the log is public
    if changed:
        ledger.append(case.home, at, VILLAGER, "case.added", case.id, state=case.state, due=case.due.isoformat(), **changed)
    return case


def _add_villager_text(case: Case, text: str, due: date, at: datetime) -> str:
    """Add a villager's message and return its digest; an answered case is reopened with the new deadline ``due``."""
    if rules.reopens(case.state, "add"):
        case.due, case.answered = due, None
    case.state = rules.move(case.state, "add") or case.state
    return _add_message(case, "villager", None, text, at)


def _add_message(case: Case, side: str, user: int | None, text: str, at: datetime) -> str:
    no = last_no(case) + 1
    db.session.add(Message(home=case.home, case=case.id, no=no, side=side, user_id=user, text=text, at=at))
    db.session.flush()
    return digest(case.home, case.id, no, text)


def digest(home: str, id: str, no: int, text: str) -> str:
    """Return the keyed digest of a message for the ledger; keyed, since the text behind a plain digest of a few words could be guessed."""
    return sealing.vault().key("message", f"{home}/{id}/{no}/{text}")


def _seal(contact: str) -> bytes | None:
    return sealing.vault().seal(contact) if contact else None


def _locked(home: str, id: str) -> Case:
    return db.session.get_one(Case, (home, id), with_for_update=True, populate_existing=True)


def last_no(case: Case) -> int:
    """Return the number of the newest message; forms send it back as ``seen``, to detect later changes."""
    return db.session.scalar(select(func.max(Message.no)).where(Message.home == case.home, Message.case == case.id)) or 0


def _villager_texts(case: Case, after: int = 0) -> list[str]:
    query = select(Message.text).where(Message.home == case.home, Message.case == case.id, Message.side == "villager", Message.no > after)
    return list(db.session.scalars(query))


def by_receipt(key: str) -> Case | None:
    """Return the case under a receipt key, or None."""
    receipt = db.session.get(Receipt, key)
    return db.session.get_one(Case, (receipt.home, receipt.case)) if receipt else None


def one(home: str, id: str) -> Case | None:
    """Return one case, or None."""
    return db.session.get(Case, (home, id))


def messages(case: Case) -> list[CaseMessage]:
    """Return the messages of a case, oldest first."""
    columns = (Message.no, Message.side, func.coalesce(User.name, ""), Message.text, Message.at)
    query = select(*columns).outerjoin(User, User.id == Message.user_id).where(Message.home == case.home, Message.case == case.id)
    return [CaseMessage(*row) for row in db.session.execute(query.order_by(Message.no))]


def contact(case: Case) -> str:
    """Return the contact, unsealed ("" for none); staff views call ``open_contact`` instead, which logs it."""
    return sealing.vault().open(case.contact) if case.contact else ""


def say_more(key: str, text: str, seen: int, due: date, at: datetime) -> Case:
    """Add a villager's message from the receipt page and return the case; an answered or closed one is reopened, with deadline ``due``.

    ``seen`` is the newest message that the page showed: a text already sent after it is not added again.
    """
    with writing() as session:
        receipt = session.get_one(Receipt, key)
        case = _locked(receipt.home, receipt.case)
        if rules.new_words(text, _villager_texts(case, after=seen)):
            action = "case.reopened" if rules.reopens(case.state, "add") else "case.added"
            words = _add_villager_text(case, text, due, at)
            ledger.append(case.home, at, VILLAGER, action, case.id, due=case.due.isoformat(), words=words)
    return case


def close(key: str, seen: int, at: datetime) -> Case:
    """Close a case as solved for its villager, and return it; a closed case stays as it is.

    Raises MovedOn when the case has no answer, or one that the villager's page (``seen``) did not show.
    """
    with writing() as session:
        receipt = session.get_one(Receipt, key)
        case = _locked(receipt.home, receipt.case)
        if case.state == "closed":
            return case
        _do(case, "solve", seen)
        _add_message(case, "villager", None, "", at)
        ledger.append(case.home, at, VILLAGER, "case.closed", case.id)
    return case


def _do(case: Case, act: rules.Act, seen: int) -> None:
    becomes = rules.move(case.state, act)
    if becomes is None or last_no(case) != seen:
        raise MovedOn(case)
    case.state = becomes


def take_up(home: str, id: str, user: int, seen: int, at: datetime) -> None:
    """Mark a case as being worked on. Raises MovedOn when it changed after the clerk's page (``seen``) was opened."""
    with writing():
        case = _locked(home, id)
        _do(case, "work", seen)
        _add_message(case, "office", user, "", at)
        ledger.append(home, at, people.username(user), "case.taken_up", id)


def answer(home: str, id: str, user: int, text: str, seen: int, at: datetime, looked_at: int = 0) -> None:
    """Answer a case; ``looked_at`` is the number of warnings about personal words that the clerk confirmed.

    Raises MovedOn, without answering, when the case changed after the clerk's page (``seen``) was opened.
    """
    with writing():
        case = _locked(home, id)
        _do(case, "answer", seen)
        case.answered = at
        words = _add_message(case, "office", user, text, at)
        looked = {"looked_at": looked_at} if looked_at else {}  # only the number: the log is public
        ledger.append(home, at, people.username(user), "case.answered", id, due=case.due.isoformat(), words=words, **looked)


def open_contact(home: str, id: str, user: int, at: datetime) -> str:
    """Return the villager's contact and log who opened it; "" without an entry when there is none."""
    with writing():
        case = _locked(home, id)
        found = contact(case)
        if found:
            ledger.append(home, at, people.username(user), "case.contact_opened", id)
    return found


Place = tuple[date, str, str]  # key for the next page of a list: (due, home, id) of the last case shown


def inbox(homes: str, *, kind: str = "", year: int = 0, done: bool = False, after: Place | None = None, limit: int = 50) -> list[CaseEntry]:
    """Return the cases under a code prefix: open ones, first due first, or (``done``) the others, last due first.

    ``kind`` and ``year`` are those of the notice that a case is about, where they are given.
    """
    key = tuple_(Case.due, Case.home, Case.id)
    query = _lines(homes).where(*notices.of(kind, year)).where(Case.state.not_in(rules.OPEN) if done else Case.state.in_(rules.OPEN))
    if after:
        query = query.where(key < after if done else key > after)
    order = (Case.due, Case.home, Case.id)
    return _listed(query.order_by(*(column.desc() if done else column for column in order)).limit(limit))


def about(home: str, number: str, limit: int = 200) -> list[CaseEntry]:
    """Return the cases about one notice, first due first."""
    query = _lines(home).where(Case.home == home, Case.number == number)
    return _listed(query.order_by(Case.due, Case.id).limit(limit))


def late(homes: str, today: date, *, kind: str = "", year: int = 0, after: Place | None = None, limit: int = 200) -> list[CaseEntry]:
    """Return the open cases under a code prefix that are past their deadline, first due first; ``kind`` and ``year`` as for ``inbox``."""
    query = _lines(homes).where(*notices.of(kind, year)).where(Case.state.in_(rules.OPEN), Case.due < today)
    if after:
        query = query.where(tuple_(Case.due, Case.home, Case.id) > after)
    return _listed(query.order_by(Case.due, Case.home, Case.id).limit(limit))


_TITLE = (Version.home == Notice.home) & (Version.number == Notice.number) & (Version.no == Notice.current)


def _lines(homes: str) -> Any:
    replies = select(Message.no).where(Message.home == Case.home, Message.case == Case.id, Message.side == "office", Message.text != "")
    again = Case.state.in_(rules.OPEN) & replies.exists()
    query = select(Case, Version.title, Area.name, again).join(Notice, (Notice.home == Case.home) & (Notice.number == Case.number))
    return query.join(Version, _TITLE).join(Area, Area.code == Case.place).where(Case.home.startswith(homes))


def _listed(query: Any) -> list[CaseEntry]:
    return [CaseEntry(case, title, canonical(place), again) for case, title, place, again in db.session.execute(query)]


def waiting(homes: str) -> int:
    """Return the number of open cases under a code prefix."""
    return db.session.scalar(select(func.count()).where(Case.home.startswith(homes), Case.state.in_(rules.OPEN))) or 0


@dataclass(frozen=True)
class Counts:
    """The number of cases of one home: ``waiting`` includes ``late``, and ``answered`` includes ``closed``."""

    home: str
    waiting: int
    late: int
    answered: int
    closed: int


def counts(prefix: str, today: date, kind: str = "", year: int = 0) -> list[Counts]:
    """Return the figures of each home with cases under a code prefix, by code; they equal the lengths of this module's lists."""
    waits, over = Case.state.in_(rules.OPEN), Case.due < today
    figures = [func.count().filter(which) for which in (waits, waits & over, Case.state.not_in(rules.OPEN), Case.state == "closed")]
    query: Any = select(Case.home, *figures).where(Case.home.startswith(prefix)).group_by(Case.home).order_by(Case.home)
    if kind or year:
        query = query.join(Notice, (Notice.home == Case.home) & (Notice.number == Case.number)).join(Version, _TITLE)
        query = query.where(*notices.of(kind, year))
    return [Counts(*row) for row in db.session.execute(query)]


def newest(home: str, number: str, limit: int) -> list[datetime]:
    """Return when the newest cases about a notice were filed, newest first."""
    query = select(Case.made).where(Case.home == home, Case.number == number).order_by(Case.made.desc()).limit(limit)
    return list(db.session.scalars(query))


def receipt_evidence(key: str) -> str:
    """Return the keyed digest of a receipt key for the ledger: it proves which case the key opens, and opens none itself."""
    return sealing.vault().key("logged", key)


def evidence(case: Case) -> dict[str, Any]:
    """Return a case's fields as ``rules.cases.replay`` gives them; the row is keyed, since a row identifies a household."""
    about = sealing.vault().key("about", f"{case.home}/{case.id}/{case.row}/{case.version}")
    answered = ledger.moment(case.answered) if case.answered else None
    return {
        "number": case.number, "category": case.category, "place": case.place, "about": str(about), "state": case.state,
        "made": ledger.moment(case.made), "due": case.due.isoformat(), "answered": answered,
    }  # fmt: skip
