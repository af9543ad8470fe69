"""泸县 has turned slips on, so that its clerks can print a village's cards."""

from __future__ import annotations

from datetime import datetime

from board.store import switches

COUNTY, ADMIN = "510521000000", "luxian-admin"


def turn_on(at: datetime) -> None:
    """Turn slips on as 泸县's admin does."""
    switches.turn(switches.SLIPS, COUNTY, True, ADMIN, at)
