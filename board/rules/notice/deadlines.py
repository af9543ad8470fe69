"""The two lines by which a notice has to be public, the law's (法定) and that of its city (本市要求), and which of them was missed.

What is later than the city's alone is 晚于本市要求: it breaks no law, and is never called late.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal

from board.rules.bilingual import Language, Words, say
from board.rules.calendar import CHINA, day_of
from board.rules.periods import Explained, said, said_at

FROZEN = "local"  # the key of the city's line in what a version is frozen with; left out where it asks nothing
SCHEDULE = "schedule"  # the key of the days of the kind's schedule, in its order
LATE = "late"  # the key of the last day that an earlier version missed; left out where none did
Missed = Literal["", "law", "local"]


@dataclass(frozen=True)
class Lines:
    """By when a notice has to be public, and the dated steps of its matter: ``publish_by`` is the law's last day (None: not known),
    ``local`` the city's line as ``frozen`` gives it ({}: it asks nothing), ``dated`` the days of the kind's schedule. ``was_late`` says
    that an earlier version was late by law; then ``publish_by`` is that one's."""

    publish_by: date | None = None
    local: Mapping[str, str] = field(default_factory=dict)
    dated: tuple[date, ...] = ()
    was_late: bool = False


def read(publish_by: date | str | None, frozen: Mapping[str, Any]) -> Lines:
    """Return the lines of a version or a proposal, from its last day and what it is frozen with."""
    before = frozen.get(LATE, "")
    publish_by = before or publish_by
    day = date.fromisoformat(publish_by) if isinstance(publish_by, str) else publish_by
    return Lines(day, frozen.get(FROZEN, {}), tuple(map(date.fromisoformat, frozen.get(SCHEDULE, ()))), bool(before))


def late_by_law(version: Any) -> dict[str, str]:
    """Return what a correction keeps of a version, or of one before it, that was late by law: its last day; {} where none was."""
    lines = read(version.publish_by, version.frozen)
    late = missed(lines, version.starts, version.posted_at) == "law" and lines.publish_by
    return {LATE: lines.publish_by.isoformat()} if late and lines.publish_by else {}


def frozen(line: Explained) -> dict[str, str]:
    """Return the city's line as it is frozen with a version: its day, or its moment in China."""
    return {"by": line.at.astimezone(CHINA).isoformat(timespec="minutes") if line.at else line.day.isoformat()}


def of_correction(local: Mapping[str, str], posted_at: datetime) -> dict[str, str]:
    """Return the city's line as a correction keeps it: that of the first version, with the moment at which that one was posted."""
    return {"posted": posted_at.isoformat(timespec="seconds"), **local} if local else {}


def local_line(local: Mapping[str, str]) -> Words:
    """Return the end of the city's line as people write it; "" where it asks nothing."""
    by = local.get("by", "")
    if not by:
        return Words("", "")
    return said_at(datetime.fromisoformat(by)) if "T" in by else said(date.fromisoformat(by))


def behind_city(local: Mapping[str, str], posted_at: datetime) -> bool:
    """Return whether a notice came after its city's line; of a correction the first version counts."""
    by = local.get("by", "")
    if not by:
        return False
    end = datetime.fromisoformat(by) if "T" in by else datetime.combine(date.fromisoformat(by), time(23, 59, 59), CHINA)
    return datetime.fromisoformat(local.get("posted", posted_at.isoformat())) > end


def scheduled(page: Any, language: Language) -> list[tuple[str, date, str]]:
    """Return the dated steps of the matter of a ``Page`` as (what, day, by what rule or ""), in the order of their days."""
    lines = zip(page.kind.schedule, page.lines.dated, strict=True) if page.lines.dated else ()
    found = [(say(one.label, language), day, say(one.period.basis, language)) for one, day in lines]
    return sorted(found, key=lambda line: line[1])


def missed(lines: Lines, starts: date, posted_at: datetime) -> Missed:
    """Return which line was missed by a notice that was posted at a moment and is shown from ``starts`` on: the law's comes first."""
    if lines.was_late or lines.publish_by and max(day_of(posted_at), starts) > lines.publish_by:
        return "law"
    return "local" if behind_city(lines.local, posted_at) else ""
