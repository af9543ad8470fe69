"""Filing a case under its receipt: once for each form, however often it is sent."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from board import policies
from board.models import Case, Receipt, db
from board.rules.calendar import day_of
from board.rules.cases import clock, flood, texts
from board.rules.cases.category import Answerer
from board.store import holidays, ledger, sealing
from board.store.cases import acting, counting, floods, last_days, reading
from board.store.engine import writing
from board.store.notices import Posted

_FILED = ("publisher", "number", "category", "place", "about", "due", "since", "desk", "source", "consent")


class Taken(Exception):
    """The receipt key belongs to a case about another notice (a collision among 9 * 10**14 receipts); make another receipt."""


@dataclass(frozen=True)
class Asked:
    """The content of a villager's form; ``text`` has personal numbers masked, ``contact`` is as typed ("" for none).

    ``home`` is the office that looks first ("": the publisher); ``source`` is ``web``, or how it came by mouth: call, visit, box, meeting.
    """

    place: str
    row: int | None
    category: str
    text: str
    contact: str
    due: date
    home: str = ""
    wall: str | None = None
    source: str = "web"
    consent: bool | None = None
    supervised: bool = False  # to be seen by the village's supervisor as well


def file(posted: Posted | None, key: str, asked: Asked, at: datetime, writer: int | None = None, came: flood.Came | None = None) -> Case:
    """Return the case under this receipt key: the first call creates it, a resend of the same form finds it.

    ``posted`` is the notice that it is about, None for none; ``writer`` who wrote down what was said by mouth; ``came`` is kept nowhere: of
    what comes from the web, it tells in a flood on which line of the desk the case stands. A resend with another text
    (the villager went back and continued) adds a message, so that nothing typed is lost. Raises Taken.
    """
    try:
        with writing() as session:
            found = session.get(Receipt, key)
            case = _sent_again(found, posted, asked, at, writer) if found else _filed(posted, key, asked, at, writer)
            if came and found:
                floods.answered(case, came)
            elif came:
                floods.place(case, asked.text, came, at)
            return case
    except IntegrityError:  # the same form was sent twice at once: use the case of the other process
        if reading.by_receipt(key) is None:
            raise
        return file(posted, key, asked, at, writer, came)


def _first_office(posted: Posted | None, asked: Asked) -> str:
    return asked.home or (posted.home if posted else asked.place)


def _filed(posted: Posted | None, key: str, asked: Asked, at: datetime, writer: int | None) -> Case:
    session, home = db.session, _first_office(posted, asked)
    case = Case(
        home=home,
        id=secrets.token_hex(6),
        publisher=posted.home if posted else None,
        number=posted.number if posted else None,
        version=posted.notice.current if posted else None,
        place=asked.place,
        row=asked.row,
        wall=asked.wall,
        source=asked.source,
        category=asked.category,
        consent=asked.consent,
        supervised=asked.supervised and acting.may_show(home, asked.place, asked.category),
        contact=_seal(asked.contact),
        state="received",
        desk=home,
        made=at,
        since=_since(asked.category, at),
        due=asked.due,
        alone=False,
    )
    session.add(Receipt(key=key, home=case.home, case=case.id))  # first, so that a concurrent resend fails here
    session.flush()
    session.add(case)
    session.flush()
    counting.keep(case)
    words = acting.add_message(case, "ask", writer, asked.text, at, said_by="villager")
    told = {name: value for name, value in reading.evidence(case).items() if name in _FILED}
    told |= {"supervised": True} if case.supervised else {}  # left out where it is not: entries from before stay whole
    ledger.append(home, at, acting.actor_of(writer), "case.received", case.id, **told, receipt=reading.receipt_evidence(key), words=words)
    return case


def _sent_again(receipt: Receipt, posted: Posted | None, asked: Asked, at: datetime, writer: int | None) -> Case:
    case = acting.locked(receipt.home, receipt.case)
    # Also when another office was chosen since: what is written for the county alone is never added where the township reads it, nor what
    # is written to the leader where the clerks do.
    own = (case.home, case.number, _answerer(case.category))
    if own != (_first_office(posted, asked), posted.number if posted else None, _answerer(asked.category)):
        raise Taken
    changed: dict[str, Any] = {}
    acts = [one.act for one in reading.messages(case)]
    untouched = all(act in ("ask", "add") for act in acts)
    if texts.new_words(asked.text, reading.villager_texts(case)):
        changed["words"] = acting.add_villager_text(case, asked.text, at, writer)
    if untouched and (case.category, case.place) != (asked.category, asked.place):  # the villager went back and corrected it
        if case.category != asked.category:  # another clock, from the same day
            case.since, case.due = _since(asked.category, case.made), last_days.due(case.home, asked.category, day_of(case.made))
        case.category, case.place = asked.category, asked.place
        counting.keep(case)
        changed |= {"category": asked.category, "place": asked.place}
    if asked.consent is not None and asked.consent != case.consent and "retract" not in acts:
        case.consent = changed["consent"] = asked.consent
    shown = asked.supervised and acting.may_show(case.home, case.place, case.category)
    if writer is None and shown != case.supervised:
        case.supervised = changed["supervised"] = shown
    if asked.contact and asked.contact != reading.contact(case):
        case.contact = _seal(asked.contact)
        changed["contact"] = True  # only that it changed: the log is public
    if changed:
        ledger.append(case.home, at, acting.actor_of(writer), "case.added", case.id, **acting.where(case), **changed)
    return case


def _since(category: str, at: datetime) -> date:
    return clock.counts_from(day_of(at), policies.case_categories()[category].clocks, holidays.calendar())


def _answerer(category: str) -> Answerer:
    return policies.case_categories()[category].answerer


def _seal(contact: str) -> bytes | None:
    return sealing.vault().seal(contact) if contact else None
