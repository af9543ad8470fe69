"""Whether the walls stand as the ledger says: part of ``board.store.proof.notices``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from board.models import Ledger, Printed, User, Wall, WallCheck, db
from board.store import walls

EVIDENCE = {
    "wall": {"home", "number", "spot", "photo", "made", "made_by", "closed_at"},
    "wall_check": {"home", "number", "no", "at", "user_id", "way", "finding", "read"},
}
_CHECK = ("no", "way", "finding", "read")


def altered(home: str) -> dict[str, list[str]]:
    """Return the walls of a home that do not stand as its ledger says, each with the names of what differs ("spot", "checks", …)."""
    logged, stands = _logged(home), _standing(home)
    differs = {number: _differing(logged.get(number, {}), stands.get(number, {})) for number in sorted(logged.keys() | stands.keys())}
    return {number: names for number, names in differs.items() if names}


def _logged(home: str) -> dict[str, dict[str, Any]]:
    """What the ledger says of each wall."""
    found: dict[str, dict[str, Any]] = {}
    query = select(Ledger).where(Ledger.home == home, Ledger.action.startswith("wall.")).order_by(Ledger.height)
    for entry in db.session.scalars(query):
        wall = found.setdefault(entry.subject, {"photo": "", "closed": "", "checks": []})
        if entry.action == "wall.added":
            wall |= {"printed": "wall", "spot": entry.body.get("spot"), "made": (entry.at, entry.actor)}
        elif entry.action == "wall.photo":
            wall["photo"] = entry.body.get("sha256")
        elif entry.action == "wall.closed":
            wall["closed"] = entry.at
        elif entry.action == "wall.checked":
            wall["checks"].append((*(entry.body.get(name) for name in _CHECK), entry.actor, entry.at))
    return found


def _standing(home: str) -> dict[str, dict[str, Any]]:
    """What the tables say of each wall."""
    found: dict[str, dict[str, Any]] = {}
    query = select(Wall, User.username, Printed).join(User, User.id == Wall.made_by)
    query = query.outerjoin(Printed, (Printed.number == Wall.number) & (Printed.home == Wall.home)).where(Wall.home == home)
    for wall, who, printed in db.session.execute(query):
        found[wall.number] = {
            "printed": printed.what if printed else "",
            "spot": wall.spot,
            "made": (_second(wall.made), who),
            "photo": walls.digest(wall.photo) if wall.photo else "",
            "closed": _second(wall.closed_at) if wall.closed_at else "",
            "checks": [],
        }
    checks = select(WallCheck, User.username).join(User, User.id == WallCheck.user_id).where(WallCheck.home == home).order_by(WallCheck.no)
    for check, who in db.session.execute(checks):
        kept = (*(getattr(check, name) for name in _CHECK), who, _second(check.at))
        found.setdefault(check.number, {"checks": []})["checks"].append(kept)
    return found


def _second(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _differing(logged: Mapping[str, Any], stands: Mapping[str, Any]) -> list[str]:
    return sorted(name for name in logged.keys() | stands.keys() if logged.get(name) != stands.get(name))
