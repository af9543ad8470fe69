"""Dated names of backups, and which of them are old."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

_NAME = re.compile(r"mingbai-(\d{8}-\d{6})\.backup(?:\.age)?")
_STAMP = "%Y%m%d-%H%M%S"


def name(at: datetime, encrypted: bool) -> str:
    """Return the name of a backup of that time: mingbai-20261130-013505.backup (UTC), with .age where it is encrypted."""
    return f"mingbai-{at.astimezone(UTC):{_STAMP}}.backup{'.age' if encrypted else ''}"


def made(file: str) -> datetime | None:
    """Return the time in a backup's name, None for any other file."""
    found = _NAME.fullmatch(file)
    try:
        return found and datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:  # eight digits that are no day
        return None


def outdated(files: Iterable[str], at: datetime, keep: int, weekly: int = 0, monthly: int = 0) -> list[str]:
    """Return the names of backups that need not be kept, oldest first.

    Kept are the newest ``keep``, and of each of the newest ``weekly`` weeks and ``monthly`` months in which any was made the newest
    one. Files of other names are none of ours. What is dated later than ``at``, when the newest was made, is neither removed nor counted:
    a clock was wrong, and would have each new one removed at once.
    """
    dated = sorted(((when, file) for file in files if (when := made(file)) and when <= at), reverse=True)
    kept = {file for _when, file in dated[:keep]}
    for most, period in ((weekly, _week), (monthly, _month)):
        newest: dict[Any, str] = {}
        for when, file in dated:
            newest.setdefault(period(when), file)
        kept |= set(list(newest.values())[:most])
    return [file for when, file in reversed(dated) if file not in kept and when < at.replace(microsecond=0)]


_week: Callable[[datetime], Any] = lambda at: at.isocalendar()[:2]  # noqa: E731
_month: Callable[[datetime], Any] = lambda at: (at.year, at.month)  # noqa: E731
