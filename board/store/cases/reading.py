"""Reading cases: by receipt or id, what was said in them, and their evidence for the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from board.models import Case, Message, Receipt, User, db
from board.store import ledger, sealing


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


def last_no(case: Case) -> int:
    """Return the number of the newest message; forms send it back as ``seen``, to detect later changes."""
    return db.session.scalar(select(func.max(Message.no)).where(Message.home == case.home, Message.case == case.id)) or 0


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


def about_notice(home: str, number: str, id: str) -> Case | None:
    """Return the case of this id that was asked about a notice of ``home``, whichever office was asked first; None if there is none."""
    query = select(Case).where(Case.publisher == home, Case.number == number, Case.id == id)
    return db.session.scalars(query).first()


def villager_texts(case: Case, after: int = 0) -> list[str]:
    """Return what the villager has said since message ``after``."""
    query = select(Message.text).where(Message.home == case.home, Message.case == case.id, Message.side == "villager", Message.no > after)
    return list(db.session.scalars(query))


def digest(home: str, id: str, no: int, text: str) -> str:
    """Return the keyed digest of a message for the ledger; keyed, since the text behind a plain digest of a few words could be guessed."""
    return sealing.vault().key("message", f"{home}/{id}/{no}/{text}")


def receipt_evidence(key: str) -> str:
    """Return the keyed digest of a receipt key for the ledger: it proves which case the key opens, and opens none itself."""
    return sealing.vault().key("logged", key)


def tie_evidence(case: Case) -> str | None:
    """Return the keyed digest of the cause that a case is tied to, None for none; keyed, so that the log does not join askers."""
    return str(sealing.vault().key("tie", f"{case.home}/{case.id}/{case.tie}")) if case.tie else None


def evidence(case: Case) -> dict[str, Any]:
    """Return a case's fields as ``rules.cases.log.replay`` gives them; the row is keyed, since a row identifies a household."""
    wall = f"/{case.wall}" if case.wall else ""  # left out where there is none: entries from before walls could be asked from stay whole
    about = sealing.vault().key("about", f"{case.home}/{case.id}/{case.row}/{case.version}{wall}")
    answered = ledger.moment(case.answered) if case.answered else None
    return {
        "publisher": case.publisher, "number": case.number, "category": case.category, "place": case.place, "about": str(about),
        "state": case.state, "made": ledger.moment(case.made), "due": case.due.isoformat(), "answered": answered, "desk": case.desk,
        "since": case.since.isoformat(), "asked": case.asked.isoformat() if case.asked else None, "rating": case.rating,
        "held": case.held.isoformat() if case.held else None, "source": case.source, "consent": case.consent, "outcome": case.outcome,
        "tie": tie_evidence(case), "alone": case.alone, "supervised": case.supervised,
    }  # fmt: skip
