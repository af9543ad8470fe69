"""A cell of what must be published: one place, one duty, one period, and which of five classes it is in.

没到期 not_due, 按时 on_time, 晚 late, 缺 missing, 不适用 not_applicable. A cell is settled by the first publication, on this board,
elsewhere or on paper; 本季没有这项 settles it only as long as there is none.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from board.rules import periods
from board.rules.calendar import Calendar
from board.rules.duties.duty import Duty
from board.rules.duties.duty_period import DutyPeriod
from board.rules.kind import Period

CellClass = Literal["not_due", "on_time", "late", "missing", "not_applicable"]
CLASSES: tuple[CellClass, ...] = get_args(CellClass)
SettledBy = Literal["notice", "elsewhere", "paper", "none"]
_ORDER: tuple[SettledBy, ...] = ("notice", "elsewhere", "paper")


@dataclass(frozen=True)
class Settlement:
    """What may settle a cell: a notice of this board, a publication elsewhere or on paper, or that there is no such item.

    ``source`` tells it from others of its cell; ``by`` is the code of the body whose act it was, ``day`` when it was published (or said),
    ``due`` the last day on which that was in time, None where no clock ran.
    """

    sort: SettledBy
    source: str
    by: str
    day: date
    due: date | None

    @property
    def late(self) -> bool:
        """Whether it was published after its last day; that there is nothing is never late."""
        return self.sort != "none" and self.due is not None and self.day > self.due


def first(found: Collection[Settlement]) -> Settlement | None:
    """Return the one that counts: the earliest publication, and only without any that there is none."""
    published = [one for one in found if one.sort != "none"]
    if published:
        return min(published, key=lambda one: (one.day, _ORDER.index(one.sort), one.source))
    return min(found, key=lambda one: (one.day, one.source), default=None)


def last_day(duty: Duty, period: DutyPeriod, within: Period, calendar: Calendar) -> date:
    """Return the last day on which a notice of a regular duty's period is in time."""
    if duty.window:
        return date(period.year, *duty.window[1])
    return periods.due(period.last, within, calendar)


def earlier(one: date | None, other: date | None) -> date | None:
    """Return the earlier of two last days, of which each may be none."""
    return min((day for day in (one, other) if day), default=None)


def class_of(settled: Settlement | None, due: date | None, today: date, *, owed: bool) -> CellClass:
    """Return the class of a cell.

    ``owed`` says that the duty was switched on and the place open when the period ended; ``due`` is the last day of a cell that nothing has
    settled, None where no clock runs.
    """
    if not owed or (settled is not None and settled.sort == "none"):
        return "not_applicable"
    if settled is not None:
        return "late" if settled.late else "on_time"
    return "not_due" if due is None or today <= due else "missing"
