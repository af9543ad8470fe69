"""Cells of what must be published, in words: for villagers, offices and auditors alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
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
    "not_applicable": _("不要求或没有这项"),
}


class DueLine(NamedTuple):
    """A cell with the names of its place, kind and period, its printed number if a notice settled it, which office has to act, how it
    stands, what that office said for everybody (why there is no such item, or where it stands), and the digest of what stood there."""

    cell: duties.Cell
    place: str
    kind: Words
    period: Words
    number: str
    owner: str
    state: object
    said: str
    digest: str


def lines(cells: Collection[duties.Cell]) -> list[DueLine]:
    """Return cells in words, with three queries in all."""
    names = areas.labels({code for one in cells for code in (one.place, one.owner)})
    words = periods_in_words(one.period for one in cells)
    said = duties.public_words({one.settled.source for one in cells if one.settled})
    return [
        DueLine(
            one, names[one.place], kinds.load()[policies.duties()[one.duty].kind].name, words(one.period), _number(one), names[one.owner],
            state_words(one), *(said.get(one.settled.source, ("", "")) if one.settled else ("", "")),
        )
        for one in cells
    ]  # fmt: skip


def is_none(one: duties.Cell) -> bool:
    """Return whether somebody said of a cell that there is no such item."""
    return one.settled is not None and one.settled.sort == "none"


def state_words(one: duties.Cell) -> object:
    """Return how a cell stands in words: what was never owed is not called what there is not."""
    if one.state != "not_applicable":
        return CLASSES[one.state]
    return _("没有这项") if is_none(one) else _("不要求")


def _number(one: duties.Cell) -> str:
    return one.settled.source.removeprefix("n") if one.settled and one.settled.sort == "notice" else ""


def periods_in_words(keys: Iterable[str]) -> Callable[[str], Words]:
    """Return how these periods are said, with one query for the titles of matters."""
    return period_words(notices.titles({key.removeprefix(MATTER) for key in keys if key.startswith(MATTER)}))


def period_words(titles: dict[str, str]) -> Callable[[str], Words]:
    """Return how periods are said; a matter by the title of its first notice, "" (all of them) as what comes up."""

    def words(key: str) -> Words:
        if not key:
            return Words("临时的、一步一步的", "As it happens, and stages")
        title = titles.get(key.removeprefix(MATTER), key.removeprefix(MATTER))
        return Words(title, title) if key.startswith(MATTER) else parse(key).words

    return words
