"""来件: filing one under its receipt, finding it again, answering it, and what the desks and the county see of them.

A message with an empty text is an act without words: by the office 我们在办, by the villager 解决了.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.exc import IntegrityError

from board.models import Area, Case, Message, Notice, Receipt, User, Version, db
from board.rules import cases as rules
from board.rules.place_names import canonical
from board.store import ledger, people, sealing
from board.store.engine import writing
from board.store.notices import Posted

VILLAGER = "villager"  # who did it, in the ledger: nothing more is known of him


class Taken(Exception):
    """The receipt key is that of a case about another notice: of 9 * 10**14 receipts two were the same; another one has to be made."""


class MovedOn(Exception):
    """Something was said or done in the case after the page was opened; ``case`` is its present state."""

    def __init__(self, case: Case) -> None:
        super().__init__(case.id)
        self.case = case


@dataclass(frozen=True)
class Asked:
    """What a villager's form says; ``text`` is tidied and has its personal numbers covered, ``contact`` is as typed ("" for none)."""

    place: str
    row: int | None
    category: str
    text: str
    contact: str
    due: date


@dataclass(frozen=True)
class CaseMessage:
    """One message as the desk reads it; ``who`` is the name of the colleague, "" for the villager."""

    no: int
    side: str
    who: str
    text: str
    at: datetime


@dataclass(frozen=True)
class CaseEntry:
    """One case of a list: what it is about, in names."""

    case: Case
    title: str
    place: str
    again: bool = False  # the office had answered, and the villager was not helped


def file(posted: Posted, key: str, asked: Asked, at: datetime) -> Case:
    """Return the case under this receipt key: the first call files it, a resend of the same form finds it.

    A resend that says something else (the villager went back and wrote on) adds that to the case, so that nothing typed is lost.
    Raises Taken.
    """
    try:
        with writing() as session:
            found = session.get(Receipt, key)
            return _sent_again(found, posted, asked, at) if found else _filed(posted, key, asked, at)
    except IntegrityError:  # the same form came twice at once, and the other process was quicker: its case is the case
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
    session.add(Receipt(key=key, home=case.home, case=case.id))  # first, so that a resend in another process stops here
    session.flush()
    session.add(case)
    session.flush()
    words = _say(case, "villager", None, asked.text, at)
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
        changed["words"] = _add(case, asked.text, asked.due, at)
    if case.state == "received" and (case.category, case.place) != (asked.category, asked.place):  # he went back because he had mispressed
        case.category, case.place = asked.category, asked.place
        changed |= {"category": asked.category, "place": asked.place}
    if asked.contact and asked.contact != contact(case):
        case.contact = _seal(asked.contact)
        changed["contact"] = True  # that there is another one, not what it is
    if changed:
        ledger.append(case.home, at, VILLAGER, "case.added", case.id, state=case.state, due=case.due.isoformat(), **changed)
    return case


def _add(case: Case, text: str, due: date, at: datetime) -> str:
    """Add a villager's words and return their digest; on an answered case the office's clock starts again with ``due``."""
    if rules.reopens(case.state, "add"):
        case.due, case.answered = due, None
    case.state = rules.move(case.state, "add") or case.state
    return _say(case, "villager", None, text, at)


def _say(case: Case, side: str, user: int | None, text: str, at: datetime) -> str:
    no = last_no(case) + 1
    db.session.add(Message(home=case.home, case=case.id, no=no, side=side, user_id=user, text=text, at=at))
    db.session.flush()
    return digest(case.home, case.id, no, text)


def digest(home: str, id: str, no: int, text: str) -> str:
    """Return what the ledger keeps of a message: keyed, since a bare digest of a few plain words could be guessed from the public log."""
    return sealing.vault().key("message", f"{home}/{id}/{no}/{text}")


def _seal(contact: str) -> bytes | None:
    return sealing.vault().seal(contact) if contact else None


def _locked(home: str, id: str) -> Case:
    return db.session.get_one(Case, (home, id), with_for_update=True, populate_existing=True)


def last_no(case: Case) -> int:
    """Return the number of the newest message: a form carries it as ``seen``, and what came since is noticed."""
    return db.session.scalar(select(func.max(Message.no)).where(Message.home == case.home, Message.case == case.id)) or 0


def _villager_texts(case: Case, after: int = 0) -> list[str]:
    query = select(Message.text).where(Message.home == case.home, Message.case == case.id, Message.side == "villager", Message.no > after)
    return list(db.session.scalars(query))


def by_receipt(key: str) -> Case | None:
    """Return the case under a receipt key, or None when that receipt was never given."""
    receipt = db.session.get(Receipt, key)
    return db.session.get_one(Case, (receipt.home, receipt.case)) if receipt else None


def one(home: str, id: str) -> Case | None:
    """Return one case, or None."""
    return db.session.get(Case, (home, id))


def messages(case: Case) -> list[CaseMessage]:
    """Return everything said in a case, oldest first."""
    columns = (Message.no, Message.side, func.coalesce(User.name, ""), Message.text, Message.at)
    query = select(*columns).outerjoin(User, User.id == Message.user_id).where(Message.home == case.home, Message.case == case.id)
    return [CaseMessage(*row) for row in db.session.execute(query.order_by(Message.no))]


def contact(case: Case) -> str:
    """Return the contact, unsealed ("" for none); a desk reads it through ``open_contact`` only, which logs it."""
    return sealing.vault().open(case.contact) if case.contact else ""


def say_more(key: str, text: str, seen: int, due: date, at: datetime) -> Case:
    """Add a villager's words from his receipt page and return the case; an answered or closed one opens again, to be answered by ``due``.

    ``seen`` is the newest message his page showed: the same words sent twice from one page are said once.
    """
    with writing() as session:
        receipt = session.get_one(Receipt, key)
        case = _locked(receipt.home, receipt.case)
        if rules.new_words(text, _villager_texts(case, after=seen)):
            action = "case.reopened" if rules.reopens(case.state, "add") else "case.added"
            words = _add(case, text, due, at)
            ledger.append(case.home, at, VILLAGER, action, case.id, due=case.due.isoformat(), words=words)
    return case


def close(key: str, seen: int, at: datetime) -> Case:
    """Close a case because its villager says it is solved, and return it; pressed twice, it stays closed.

    Raises MovedOn when there is an answer that his page did not show, or none at all.
    """
    with writing() as session:
        receipt = session.get_one(Receipt, key)
        case = _locked(receipt.home, receipt.case)
        if case.state == "closed":
            return case
        _do(case, "solve", seen)
        _say(case, "villager", None, "", at)
        ledger.append(case.home, at, VILLAGER, "case.closed", case.id)
    return case


def _do(case: Case, act: rules.Act, seen: int) -> None:
    becomes = rules.move(case.state, act)
    if becomes is None or last_no(case) != seen:
        raise MovedOn(case)
    case.state = becomes


def take_up(home: str, id: str, user: int, seen: int, at: datetime) -> None:
    """Tell the villager that the office is on it. Raises MovedOn when the case is not as the clerk's page (``seen``) showed it."""
    with writing():
        case = _locked(home, id)
        _do(case, "work", seen)
        _say(case, "office", user, "", at)
        ledger.append(home, at, people.username(user), "case.taken_up", id)


def answer(home: str, id: str, user: int, text: str, seen: int, at: datetime, looked_at: int = 0) -> None:
    """Answer a case; ``looked_at`` is how many words about a person the clerk let stand after a second look.

    Raises MovedOn, saying nothing, when the case is not as the clerk's page (``seen``) showed it.
    """
    with writing():
        case = _locked(home, id)
        _do(case, "answer", seen)
        case.answered = at
        words = _say(case, "office", user, text, at)
        looked = {"looked_at": looked_at} if looked_at else {}  # the count only: the log is public
        ledger.append(home, at, people.username(user), "case.answered", id, due=case.due.isoformat(), words=words, **looked)


def open_contact(home: str, id: str, user: int, at: datetime) -> str:
    """Return the contact that a villager left, and log who opened it; "" (and no entry) when he left none."""
    with writing():
        case = _locked(home, id)
        found = contact(case)
        if found:
            ledger.append(home, at, people.username(user), "case.contact_opened", id)
    return found


Place = tuple[date, str, str]  # where a page of a list ends: (due, home, id) of its last case


def inbox(homes: str, *, done: bool = False, after: Place | None = None, limit: int = 50) -> list[CaseEntry]:
    """Return the cases of all homes under a code prefix: those that wait, first due first, or (``done``) the others, last due first."""
    key = tuple_(Case.due, Case.home, Case.id)
    query = _lines(homes).where(Case.state.not_in(rules.OPEN) if done else Case.state.in_(rules.OPEN))
    if after:
        query = query.where(key < after if done else key > after)
    order = (Case.due, Case.home, Case.id)
    return _listed(query.order_by(*(column.desc() if done else column for column in order)).limit(limit))


def about(home: str, number: str, limit: int = 200) -> list[CaseEntry]:
    """Return the cases about one notice, first due first."""
    query = _lines(home).where(Case.home == home, Case.number == number)
    return _listed(query.order_by(Case.due, Case.id).limit(limit))


def late(homes: str, today: date, *, after: Place | None = None, limit: int = 200) -> list[CaseEntry]:
    """Return the cases under a code prefix that still wait although their day is over, longest first."""
    query = _lines(homes).where(Case.state.in_(rules.OPEN), Case.due < today)
    if after:
        query = query.where(tuple_(Case.due, Case.home, Case.id) > after)
    return _listed(query.order_by(Case.due, Case.home, Case.id).limit(limit))


def _lines(homes: str) -> Any:
    title = (Version.home == Notice.home) & (Version.number == Notice.number) & (Version.no == Notice.current)
    told = select(Message.no).where(Message.home == Case.home, Message.case == Case.id, Message.side == "office", Message.text != "")
    again = Case.state.in_(rules.OPEN) & told.exists()
    query = select(Case, Version.title, Area.name, again).join(Notice, (Notice.home == Case.home) & (Notice.number == Case.number))
    return query.join(Version, title).join(Area, Area.code == Case.place).where(Case.home.startswith(homes))


def _listed(query: Any) -> list[CaseEntry]:
    return [CaseEntry(case, title, canonical(place), again) for case, title, place, again in db.session.execute(query)]


def waiting(homes: str) -> int:
    """Return how many cases of all homes under a code prefix wait for an answer."""
    return db.session.scalar(select(func.count()).where(Case.home.startswith(homes), Case.state.in_(rules.OPEN))) or 0


@dataclass(frozen=True)
class Counts:
    """How one home stands with its cases: ``waiting`` has ``late`` among them, ``answered`` has ``closed`` among them."""

    home: str
    waiting: int
    late: int
    answered: int
    closed: int


def counts(prefix: str, today: date) -> list[Counts]:
    """Return the figures of each home under a code prefix that has cases, by code; they are sums over the very lists of this module."""
    waits, over = Case.state.in_(rules.OPEN), Case.due < today
    figures = [func.count().filter(which) for which in (waits, waits & over, Case.state.not_in(rules.OPEN), Case.state == "closed")]
    query: Any = select(Case.home, *figures).where(Case.home.startswith(prefix)).group_by(Case.home).order_by(Case.home)
    return [Counts(*row) for row in db.session.execute(query)]


def newest(home: str, number: str, limit: int) -> list[datetime]:
    """Return when the last cases about a notice came in, newest first."""
    query = select(Case.made).where(Case.home == home, Case.number == number).order_by(Case.made.desc()).limit(limit)
    return list(db.session.scalars(query))


def receipt_evidence(key: str) -> str:
    """Return what the ledger says of a receipt's key: it proves that the key leads where it did, and opens nothing."""
    return sealing.vault().key("logged", key)


def evidence(case: Case) -> dict[str, Any]:
    """Return a case's fields as ``rules.replay`` gives them; which row it is about is keyed, for a row is a household."""
    about = sealing.vault().key("about", f"{case.home}/{case.id}/{case.row}/{case.version}")
    answered = ledger.moment(case.answered) if case.answered else None
    return {
        "number": case.number, "category": case.category, "place": case.place, "about": str(about), "state": case.state,
        "made": ledger.moment(case.made), "due": case.due.isoformat(), "answered": answered,
    }  # fmt: skip
