"""Cells of what must be published, in words: for villagers, offices and auditors alike."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from flask_babel import lazy_gettext as _

from board import kinds, policies
from board.rules.bilingual import Words
from board.rules.duties.cell import CellClass
from board.rules.duties.duty_period import MATTER, parse
from board.store import areas, duties, notices

CLASSES: dict[CellClass, object] = {
    "not_due": _("还没到期"),
    "on_time": _("按时公开"),
    "late": _("公开晚了"),
    "missing": _("还没公开"),
    "not_applicable": _("没有这项"),
}


class DueLine(NamedTuple):
    """A cell with the names of its place, kind and period, its printed number if a notice settled it, and which office has to act."""

    cell: duties.Cell
    place: str
    kind: Words
    period: Words
    number: str
    owner: str


def lines(cells: Collection[duties.Cell]) -> list[DueLine]:
    """Return cells in words, with two queries in all."""
    names = areas.labels({code for one in cells for code in (one.place, one.owner)})
    words = period_words(notices.titles({one.period.removeprefix(MATTER) for one in cells if one.period.startswith(MATTER)}))
    return [
        DueLine(
            one, names[one.place], kinds.load()[policies.duties()[one.duty].kind].name, words(one.period), _number(one), names[one.owner]
        )
        for one in cells
    ]


def _number(one: duties.Cell) -> str:
    return one.settled.source.removeprefix("n") if one.settled and one.settled.sort == "notice" else ""


def period_words(titles: dict[str, str]) -> Callable[[str], Words]:
    """Return how periods are said; a matter by the title of its first notice, "" (all of them) as what comes up."""

    def words(key: str) -> Words:
        if not key:
            return Words("临时的、一步一步的", "As it happens, and stages")
        title = titles.get(key.removeprefix(MATTER), key.removeprefix(MATTER))
        return Words(title, title) if key.startswith(MATTER) else parse(key).words

    return words
