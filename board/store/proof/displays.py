"""Whether what was said of the sheets on the walls stands as the ledger says: part of ``board.store.proof.notices``."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from board.models import Hanging, Ledger, db
from board.store import displays

EVIDENCE = {"hanging": {"home", "number", "version", "place", "hung_on", "hung_by", "spot", "photo", "told_at", "down_on"}}
NOT_EVIDENCE = {
    "hanging.printed_at": "of the names that were printed there is an entry; it only tells the clerk what is still to be printed",
    "hanging.printed_by": "as printed_at",
}
Key = tuple[str, int, str]  # number, version, place


def altered(home: str) -> list[Key]:
    """Return the sheets of a home's notices of which its tables do not say what its ledger says."""
    logged, stands = _logged(home), _standing(home)
    return sorted(key for key in logged.keys() | stands.keys() if logged.get(key) != stands.get(key))


def _logged(home: str) -> dict[Key, dict[str, Any]]:
    """The last word on each sheet; a photo stays until another one comes."""
    found: dict[Key, dict[str, Any]] = {}
    query = select(Ledger).where(Ledger.home == home, Ledger.action.in_(("sheet.hung", "sheet.down"))).order_by(Ledger.height)
    for entry in db.session.scalars(query):
        said = entry.body
        before = found.get((entry.subject, said["version"], said["place"]), {"photo": ""})
        found[entry.subject, said["version"], said["place"]] = {
            "on": said["hung_on"],
            "by": said["by"],
            "spot": said["spot"],
            "photo": said.get("photo", before["photo"]),
            "down": said.get("down_on", ""),
            "told": entry.at,
        }
    return found


def _standing(home: str) -> dict[Key, dict[str, Any]]:
    """What the table says of each sheet of which anybody said anything."""
    told = select(Hanging).where(Hanging.home == home, Hanging.told_at.is_not(None) | Hanging.hung_on.is_not(None))
    return {
        (row.number, row.version, row.place): {
            "on": row.hung_on.isoformat() if row.hung_on else "",
            "by": row.hung_by,
            "spot": row.spot,
            "photo": _digest(row.photo) if row.photo else "",
            "down": row.down_on.isoformat() if row.down_on else "",
            "told": row.told_at.astimezone(UTC).isoformat(timespec="seconds") if row.told_at else "",
        }
        for row in db.session.scalars(told)
    }


def _digest(sealed: bytes) -> str:
    try:
        return displays.digest(displays.opened(sealed))
    except (InvalidTag, ValueError):
        return "cannot be opened"
