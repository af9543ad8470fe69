"""来件: file a case under its receipt, find it, and do with it what its villager and its office may.

Every act of ``rules.cases.machine`` is a message, with or without words, and a ledger entry; from the entries the case replays.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from board import policies
from board.models import Case, Message, Receipt, User, db
from board.rules import period_rules, periods
from board.rules.bilingual import Words
from board.rules.calendar import day_of
from board.rules.cases import clock, log, machine, texts
from board.store import areas, holidays, ledger, people, sealing
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


class Barred(Exception):
    """The answer is not for this person to give: the villager did not accept the one that he gave before."""


class NoTime(Exception):
    """There is no more time to give: the law's own last day is not later than the day that the villager was told."""


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
    """One act with its words as staff read it; ``who`` is the name of the staff member, "" for the villager."""

    no: int
    side: str
    act: str
    user: int | None
    who: str
    text: str
    at: datetime


def due(desk: str, category: str, day: date) -> date:
    """Return the last day for an answer of an office to a case of this category received on ``day``; a case keeps the day that it got."""
    period, level = policies.case_categories()[category].answer, areas.get(desk).level
    return period_rules.answer_by(day, period, policies.period_rules(), level, desk, holidays.calendar())


def why(case: Case) -> Words | None:
    """Return why the office has to answer by the day that the villager was told; None once a stop or more time has moved it."""
    period, desk, calendar = policies.case_categories()[case.category].answer, areas.get(case.desk), holidays.calendar()
    strictest = period_rules.answer_clock(case.since, period, policies.period_rules(), desk.level, desk.code, calendar)
    return clock.why(case.since, strictest, calendar) if periods.due(case.since, strictest, calendar) == case.due else None


def extended_due(case: Case) -> date:
    """Return the last day for the answer if its office is given more time. Raises NoTime where the law leaves none."""
    more, level = policies.case_categories()[case.category].extension, areas.get(case.desk).level
    caps, calendar = period_rules.answers_within(policies.period_rules(), level, case.desk), holidays.calendar()
    last = min(periods.due(case.due, more, calendar), *(periods.due(case.since, cap, calendar) for cap in caps))
    if last <= case.due:
        raise NoTime
    return last


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
        desk=posted.home,
        made=at,
        since=day_of(at),
        due=asked.due,
    )
    session.add(Receipt(key=key, home=case.home, case=case.id))  # first, so that a concurrent resend fails here
    session.flush()
    session.add(case)
    session.flush()
    words = _add_message(case, "ask", None, asked.text, at)
    told = {name: value for name, value in evidence(case).items() if name in ("number", "category", "place", "about", "due", "desk")}
    ledger.append(case.home, at, VILLAGER, "case.received", case.id, **told, receipt=receipt_evidence(key), words=words)
    return case


def _sent_again(receipt: Receipt, posted: Posted, asked: Asked, at: datetime) -> Case:
    case = _locked(receipt.home, receipt.case)
    if (case.home, case.number) != (posted.home, posted.number):
        raise Taken
    changed: dict[str, Any] = {}
    if texts.new_words(asked.text, _villager_texts(case)):
        changed["words"] = _add_villager_text(case, asked.text, at)
    if case.state == "received" and (case.category, case.place) != (asked.category, asked.place):  # the villager went back and corrected it
        case.category, case.place = asked.category, asked.place
        changed |= {"category": asked.category, "place": asked.place}
    if asked.contact and asked.contact != contact(case):
        case.contact = _seal(asked.contact)
        changed["contact"] = True  # only that it changed: the log is public
    if changed:
        ledger.append(case.home, at, VILLAGER, "case.added", case.id, **_where(case), **changed)
    return case


def _add_villager_text(case: Case, text: str, at: datetime) -> str:
    """Add a villager's message and return its digest; an answered case is opened again, and the clock of one that waits for him goes on."""
    if case.state == "asked" and case.asked:
        case.due = clock.resumed(case.due, case.asked, day_of(at))
    _move(case, "add", at)
    return _add_message(case, "add", None, text, at)


def _move(case: Case, act: machine.Act, at: datetime) -> None:
    """Lead a case to the state and the office of an act; where an answer is owed anew, its clock begins. Raises MovedOn."""
    level = areas.get(case.desk).level
    becomes = machine.move(case.state, act, level)
    if becomes is None:
        raise MovedOn(case)
    opens = machine.reopens(case.state, act, level)
    if act in machine.RISES and becomes != "unsolved":
        case.desk = machine.up(case.desk, level) or case.desk
    case.state, case.asked = becomes, day_of(at) if act == "ask_back" else case.asked if becomes == "asked" else None
    if opens:
        case.answered, case.since, case.due = None, day_of(at), due(case.desk, case.category, day_of(at))


def _add_message(case: Case, act: str, user: int | None, text: str, at: datetime) -> str:
    no, side = last_no(case) + 1, "villager" if user is None else "office"
    db.session.add(Message(home=case.home, case=case.id, no=no, side=side, act=act, user_id=user, text=text, at=at))
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
    """Return the acts of a case with their words, oldest first."""
    columns = (Message.no, Message.side, Message.act, Message.user_id, func.coalesce(User.name, ""), Message.text, Message.at)
    query = select(*columns).outerjoin(User, User.id == Message.user_id).where(Message.home == case.home, Message.case == case.id)
    return [CaseMessage(*row) for row in db.session.execute(query.order_by(Message.no))]


def contact(case: Case) -> str:
    """Return the contact, unsealed ("" for none); staff views call ``open_contact`` instead, which logs it."""
    return sealing.vault().open(case.contact) if case.contact else ""


def say_more(key: str, text: str, seen: int, at: datetime) -> Case:
    """Add a villager's message from the receipt page and return the case; an answered or closed one is opened again.

    ``seen`` is the newest message that the page showed: a text already sent after it is not added again.
    """
    with writing() as session:
        receipt = session.get_one(Receipt, key)
        case = _locked(receipt.home, receipt.case)
        if texts.new_words(text, _villager_texts(case, after=seen)):
            action = "case.reopened" if case.state in machine.ANSWERED else "case.added"
            words = _add_villager_text(case, text, at)
            ledger.append(case.home, at, VILLAGER, action, case.id, **_where(case), words=words)
    return case


def _where(case: Case) -> dict[str, Any]:
    """Return what every entry says of where a case stands after it."""
    return {"state": case.state, "due": case.due.isoformat(), "desk": case.desk}


def close(key: str, seen: int, at: datetime) -> Case:
    """Close a case as solved for its villager, and return it; a closed case stays as it is.

    Raises MovedOn when the case has no answer, or one that the villager's page (``seen``) did not show.
    """
    return _of_villager(key, "solve", seen, at, done=("closed",))


def dispute(key: str, seen: int, text: str, at: datetime) -> Case:
    """Take a case whose answer solved nothing to the office one level up, with all that was said and ``text`` ("": nothing more); at the
    county it stays unsolved. Returns the case. Raises MovedOn as ``close`` does, and when DISPUTE_DAYS are over."""
    return _of_villager(key, "dispute", seen, at, text=text, done=("unsolved",))


def rate(key: str, seen: int, rating: int, at: datetime) -> Case:
    """Keep how satisfied the villager is with the newest answer (5 to 1), once for each answer; return the case. Raises MovedOn."""
    return _of_villager(key, "rate", seen, at, rating=rating)


def _of_villager(key: str, act: machine.Act, seen: int, at: datetime, *, text: str = "", rating: int = 0, done: Sequence[str] = ()) -> Case:
    with writing() as session:
        receipt = session.get_one(Receipt, key)
        case = _locked(receipt.home, receipt.case)
        if case.state in done:
            return case
        acts = [one.act for one in messages(case)]
        if acts[seen:] == [act]:  # the same form, sent twice
            return case
        over = act == "dispute" and case.answered and not machine.may_dispute(case.state, day_of(case.answered), day_of(at))
        if len(acts) != seen or over or act == "rate" and not machine.may_rate(acts):
            raise MovedOn(case)
        _do(case, act, None, text, at, **({"rating": rating} if rating else {}))
    return case


def act(home: str, id: str, act: machine.Act, user: int, text: str, seen: int, at: datetime, looked_at: int = 0) -> Case:
    """Do what an office does with a case, and return it; ``text`` is what the villager reads ("" for an act without words, and for a
    grant, whose words are the reason that was asked with).

    ``looked_at`` is the number of warnings about personal words that the clerk confirmed. Raises MovedOn, without doing anything, when the
    case changed after the clerk's page (``seen``) was opened or the act is not possible; Barred for a person whose answer the villager
    did not accept; NoTime when the law leaves no more.
    """
    with writing():
        case = _locked(home, id)
        said = messages(case)
        acts = [one.act for one in said]
        again = act == "ask_back" and not machine.may_ask_back(acts) or act == "extend" and not machine.may_extend(acts)
        undecided = act in ("grant", "refuse") and not machine.extension_waits(acts)
        if len(said) != seen or again or undecided:
            raise MovedOn(case)
        if act == "answer" and user in machine.decided((one.act, one.user) for one in said):
            raise Barred
        if act in ("extend", "grant"):
            later = extended_due(case)
            case.due = later if act == "grant" else case.due
        if act == "grant":
            text = next(one.text for one in reversed(said) if one.act == "extend")
        if act == "answer":
            case.answered = at
            case.rating = None
        if act == "ask_back":
            case.due = clock.stopped(case.due)
        _do(case, act, user, text, at, **({"looked_at": looked_at} if looked_at else {}))  # only the number: the log is public
    return case


def _do(case: Case, act: machine.Act, user: int | None, text: str, at: datetime, **more: Any) -> None:
    """Do an act within a running transaction: the case moves, its message is added, and the ledger has it."""
    _move(case, act, at)
    case.rating = more.get("rating", case.rating)
    words = _add_message(case, act, user, text, at)
    logged = _where(case) | ({"words": words} if text else {}) | more
    ledger.append(case.home, at, people.username(user) if user else VILLAGER, log.ACTIONS[act], case.id, **logged)


def open_contact(home: str, id: str, user: int, at: datetime) -> str:
    """Return the villager's contact and log who opened it; "" without an entry when there is none."""
    with writing():
        case = _locked(home, id)
        found = contact(case)
        if found:
            ledger.append(home, at, people.username(user), "case.contact_opened", id)
    return found


def newest(home: str, number: str, limit: int) -> list[datetime]:
    """Return when the newest cases about a notice were filed, newest first."""
    query = select(Case.made).where(Case.home == home, Case.number == number).order_by(Case.made.desc()).limit(limit)
    return list(db.session.scalars(query))


def receipt_evidence(key: str) -> str:
    """Return the keyed digest of a receipt key for the ledger: it proves which case the key opens, and opens none itself."""
    return sealing.vault().key("logged", key)


def evidence(case: Case) -> dict[str, Any]:
    """Return a case's fields as ``rules.cases.log.replay`` gives them; the row is keyed, since a row identifies a household."""
    about = sealing.vault().key("about", f"{case.home}/{case.id}/{case.row}/{case.version}")
    answered = ledger.moment(case.answered) if case.answered else None
    return {
        "number": case.number, "category": case.category, "place": case.place, "about": str(about), "state": case.state,
        "made": ledger.moment(case.made), "due": case.due.isoformat(), "answered": answered, "desk": case.desk,
        "since": case.since.isoformat(), "asked": case.asked.isoformat() if case.asked else None, "rating": case.rating,
    }  # fmt: skip
