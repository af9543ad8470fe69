"""能看纸质的地方 (公开查阅点): what a reading point is, what a county has to say of one, and who signs for what is brought there.

Offices bring archives and libraries what they disclose (docs/sources.md: disclosure-25). No source gives a day by which, so that nothing
which has not been brought yet is called late.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from board.rules.areas import prefix
from board.rules.bilingual import Words
from board.rules.datafile import Table
from board.rules.personal import detection

PointFault = Literal["name", "sort", "address", "hours", "phone", "serves", "takes", "since", "closed", "long"]
SignFault = Literal["name", "personal", "day", "future", "early"]
LONGEST = 60  # characters of a name, of an address and of the hours
_PHONE_MARKS = frozenset("0123456789+- ()（）、转/")


@dataclass(frozen=True)
class Sort:
    """What a reading point may be, and the ids of the channels that a catalogue has ticked where there is one."""

    id: str
    label: Words
    channels: tuple[str, ...]


def read_sort(table: Table, channels: Collection[str]) -> Sort:
    """Return a sort of the data file; ``channels`` are the ids that there are."""
    return Sort(table.id(), table.words("label"), table.strings("channels", channels))


@dataclass(frozen=True)
class Point:
    """What a county says of a reading point; ``serves`` is the code of the county, or of the one township that brings its notices there.

    Notices posted before ``since`` are not brought there, and nothing from ``closed_on`` on (None: it is open).
    """

    name: str
    sort: str
    address: str
    hours: str
    phone: str
    serves: str
    paper: bool
    file: bool
    since: date
    closed_on: date | None = None


def is_open(closed_on: date | None, today: date) -> bool:
    """Return whether a reading point is open on a day."""
    return closed_on is None or today < closed_on


def serves(county: str, served: str, office: str) -> bool:
    """Return whether an office brings its notices to a point that serves an area; ``office`` is a county, a township or a village."""
    level = "county" if served == county else "township"
    return office.startswith(prefix(served, level))


def fault(point: Point, sorts: Mapping[str, Sort], served: Collection[str]) -> PointFault | None:
    """Return the first thing wrong with a reading point, or None; ``served`` has the codes of the areas that one may serve."""
    if any(len(text) > LONGEST for text in (point.name, point.address, point.hours, point.phone)):
        return "long"
    if len(point.name) < 2:
        return "name"
    if point.sort not in sorts:
        return "sort"
    if len(point.address) < 2:
        return "address"
    if len(point.hours) < 2:
        return "hours"
    if point.phone and (not set(point.phone) <= _PHONE_MARKS or sum(letter.isdigit() for letter in point.phone) < 5):
        return "phone"
    if point.serves not in served:
        return "serves"
    if not point.paper and not point.file:
        return "takes"
    return "closed" if point.closed_on and point.closed_on < point.since else None


def sign_fault(name: str, day: date | None, made_on: date, today: date) -> SignFault | None:
    """Return the first thing wrong with who signed for a list and when, or None; ``made_on`` is the day of the list."""
    if not 2 <= len(name) <= 20:
        return "name"
    if detection.find(name) or any(letter.isdigit() for letter in name):
        return "personal"
    if day is None:
        return "day"
    if day > today:
        return "future"
    return "early" if day < made_on else None
