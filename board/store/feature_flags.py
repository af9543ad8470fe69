"""Feature flags: optional functions, such as slips, that a county turns on. By default all are off."""

from __future__ import annotations

from datetime import datetime

from board.models import Switch, db
from board.rules.areas import prefix
from board.store import ledger
from board.store.engine import writing

SLIPS = "slips"


def is_on(name: str, home: str) -> bool:
    """Return whether a flag is on for the county of an area."""
    return db.session.get(Switch, (county(home), name)) is not None


def turn(name: str, home: str, on: bool, actor: str, at: datetime) -> None:
    """Turn a flag on or off for the county of an area and log it; does nothing when it is so already."""
    with writing() as session:
        found = session.get(Switch, (county(home), name), with_for_update=True, populate_existing=True)
        if (found is not None) == on:
            return
        if found:
            session.delete(found)
        else:
            session.add(Switch(home=county(home), name=name))
        ledger.append(county(home), at, actor, "switch.on" if on else "switch.off", name)


def county(home: str) -> str:
    """Return the code of the county in which an area lies."""
    return prefix(home, "county").ljust(12, "0")
