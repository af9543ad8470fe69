"""What the demo's counties owe: some duties are switched on from the middle of the year, one by one."""

from __future__ import annotations

from datetime import date, datetime

from board.demo.staff import staff
from board.rules.calendar import day_of
from board.rules.duties.switches import Switched
from board.store import duties

SWITCHED = ("village_accounts", "cropland_subsidy", "grain_subsidy", "fund_allocation")


def switch_on(at: datetime) -> None:
    """Switch duties of 泸县 on from the last 1 July."""
    day = day_of(at)
    since = date(day.year, 7, 1) if day.month > 6 else date(day.year - 1, 7, 1)
    for duty in SWITCHED:
        duties.switch("510521000000", duty, Switched(True, since), staff("luxian-disclosure").id, at)
