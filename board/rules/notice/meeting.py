"""Reading a place's list aloud before the village (念名单会): where it is refused, what a household may say of its own row, and what the
minutes have to state."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from board.rules.bilingual import Words
from board.rules.kind import Level
from board.rules.notice.page import Page

LONGEST = 3_000  # rows of one page that a tablet still scrolls; nobody reads more of them out in a day
MOST_PRESENT = 99_999
WORDS_MOST = 200  # characters that a household adds to its objection

Refusal = Literal["masked", "nameless", "children", "minors", "long"]
Fault = Literal["no_day", "day_later", "day_earlier", "present", "presider", "rows"]


@dataclass(frozen=True)
class Objection:
    """One thing that a household may say of its own row at the meeting, and the category of the case that it becomes."""

    id: str
    label: Words
    category: str


OBJECTIONS: Mapping[str, Objection] = {
    one.id: one
    for one in (
        Objection("figure", Words("数不对", "The figure is wrong"), "amount_wrong"),
        Objection("person", Words("人不对", "It is the wrong person"), "correction"),
        Objection("gone", Words("已经不在", "He is here no more"), "correction"),
        Objection("other", Words("别的", "Something else"), "unclear"),
    )
}


@dataclass(frozen=True)
class Held:
    """What is stated when a meeting is finished: its day, how many were present, and the numbers of the first and the last row read."""

    on: date | None
    present: int
    presider: str
    first: int
    last: int
    remarks: str = ""


def refusal(page: Page, names: Mapping[str, Any], place: str, minors: int) -> Refusal | None:
    """Return why a place's list is not read aloud, or None; ``names`` is the policy frozen with the version, ``minors`` the number of rows
    of children, whose names are covered on the wall too."""
    rows = page.sum_of(place)[1]
    if names["wall"] == "none" or not page.kind.columns or page.whole(place):
        return "nameless"
    if page.kind.children:
        return "children"
    if names["wall"] != "full":
        return "masked"
    if rows <= minors:
        return "minors"
    return "long" if rows > LONGEST else None


def faults(held: Held, posted_on: date, today: date, numbers: Collection[int]) -> dict[str, Fault]:
    """Return field -> what is wrong with what was stated; ``numbers`` are those of the rows of the version that was read."""
    day: Fault | None = None
    if held.on is None:
        day = "no_day"
    elif held.on > today:
        day = "day_later"
    elif held.on < posted_on:
        day = "day_earlier"
    found: dict[str, Fault | None] = {
        "held": day,
        "present": None if 0 < held.present <= MOST_PRESENT else "present",
        "presider": None if held.presider else "presider",
        "rows": None if held.first in numbers and held.last in numbers and held.first <= held.last else "rows",
    }
    return {field: fault for field, fault in found.items() if fault}


def rows_read(numbers: Collection[int], first: int, last: int) -> int:
    """Return how many of the rows with these numbers lie between the first and the last that were read, both included."""
    return sum(first <= no <= last for no in numbers)


def office_level(category_levels: Sequence[Level], publisher: Level) -> Level:
    """Return the level of the office that looks into an objection: the publisher's, or the next above that takes this category."""
    order: tuple[Level, ...] = ("village", "township", "county")
    above = order[order.index(publisher) :] if publisher in order else ("county",)
    return next((level for level in above if level in category_levels), "county")
