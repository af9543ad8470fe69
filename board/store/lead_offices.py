"""牵头单位: the department that a county names on the notices of a group of kinds. A version keeps what was named when it was proposed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from board.models import LeadOffice, db
from board.store import ledger
from board.store.engine import writing
from board.store.feature_flags import county


def put(home: str, group: str, name: str, phone: str, actor: str, at: datetime) -> bool:
    """Name the department of a group of kinds, or none ("") from now on; returns False when it is so already."""
    with writing() as session:
        found = session.get(LeadOffice, (home, group), with_for_update=True, populate_existing=True)
        if ((found.name, found.phone) if found else ("", "")) == (name, phone):
            return False
        if found and not name:
            session.delete(found)
        elif name:
            session.merge(LeadOffice(home=home, group=group, name=name, phone=phone))
        session.flush()
        ledger.append(home, at, actor, "lead_office.put", group, name=name, phone=phone)
    return True


def of(home: str) -> dict[str, LeadOffice]:
    """Return group -> the department that a county names."""
    return {one.group: one for one in db.session.scalars(select(LeadOffice).where(LeadOffice.home == home))}


def frozen(home: str, group: str) -> dict[str, Any]:
    """Return what a version of an area's notice keeps of its lead office; {} where the county names none."""
    found = db.session.get(LeadOffice, (county(home), group))
    return {"lead": {"name": found.name, "phone": found.phone}} if found else {}


def evidence(home: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return (home, group) -> what the table says, as the ledger entries give it."""
    return {(home, group): {"name": one.name, "phone": one.phone} for group, one in of(home).items()}
