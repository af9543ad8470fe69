"""What a sheet proposes before its clerk has said anything: its kind, the title of its notice and the rates that all its rows have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from board.rules.kind import Kind, Level
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.layout import Headers, Layout, layout, possible_headers
from board.rules.sheet.table import Table, plain, text
from board.rules.text_width import squeezed

TOP = 200  # lines in which to look for the header
TABLES = 5  # tables of an upload that are looked at: the roster is among the first
_LONGEST = 60  # characters of a title
_LIST = re.compile(
    r"(?:发放|公示|申报|登记|人员|农户|到户|分户)*(?:花名册|名册|清册|名单|(?:明细|登记|汇总|统计|公示|发放|分户|到户)*表|册|台账|清单)(?:\([^)]*\))?$"
)
_TITLE = re.compile(r"表|册|名单|公示|公告|公开|清单|明细|台账|账")
_ENDS = ("公示", "公告", "公开")


def kinds_by_fit(tables: Sequence[Cleaned], kinds: Iterable[Kind], level: Level) -> list[Kind]:
    """Return the kinds that a publisher of ``level`` may post, the likeliest first: those whose required columns a table has, then those
    whose words its title has, then by how many columns they share."""
    looked_at = [(table, possible_headers(_top(table))) for table in tables[:TABLES]]
    scored = [(_score(looked_at, kind, level), kind) for kind in kinds if kind.columns and level in kind.levels]
    return [kind for _score_, kind in sorted(scored, key=lambda one: (*(-figure for figure in one[0]), one[1].position))]


def _score(tables: Iterable[tuple[Cleaned, Headers]], kind: Kind, level: Level) -> tuple[int, ...]:
    return max((_fit(*table, kind, level) for table in tables), default=(0, 0, 0))


def _fit(cleaned: Cleaned, headers: Headers, kind: Kind, level: Level) -> tuple[int, int, int]:
    found = _layout(cleaned, kind, headers)
    needed = [one.id for one in kind.required_columns(level) if one.type != "place"]
    whole = bool(found.columns) and all(id in found.columns for id in needed)
    named = any(word in title for title in _titles(cleaned, found) for word in kind.titles)
    return int(whole), int(named), len(found.columns)


def _layout(cleaned: Cleaned, kind: Kind, headers: Headers | None = None) -> Layout:
    return layout(_top(cleaned), kind, cleaned.private, {}, {}, headers)


def _top(cleaned: Cleaned) -> Table:
    return replace(cleaned.table, cells=cleaned.table.cells[:TOP])


def _titles(cleaned: Cleaned, found: Layout) -> list[str]:
    """Return what stands above the header like a title, without blanks, and the name of the sheet."""
    above = [squeezed(text(cell)) for line in cleaned.table.cells[: max(found.first - 1, 0)] for cell in line if cell != ""]
    return [words for words in above if len(words) <= _LONGEST and _TITLE.search(words)] + [cleaned.table.name]


def title(cleaned: Cleaned, kind: Kind) -> str:
    """Return the title that a sheet's own makes for its notice (…发放花名册 becomes …公示), or "" where it has none that tells the matter.

    A title with something covered in it (●) is none.
    """
    for words in _titles(cleaned, _layout(cleaned, kind))[:-1]:
        told = _LIST.sub("", words)
        if len(told) >= 4 and "●" not in told and any(word in told for word in kind.titles or (told,)):
            return told if told.endswith(_ENDS) else f"{told}公示"
    return ""


def rates(cleaned: Cleaned, kind: Kind) -> dict[str, str]:
    """Return the rates that all rows of a sheet have, in plain digits, by the fact of the kind that states each (standard, per_head)."""
    found = _layout(cleaned, kind)
    stated = [one for one in kind.columns if one.stated and kind.fact(one.stated) and one.id in found.columns]
    return {one.stated: rate for one in stated if (rate := _same(cleaned, found, found.columns[one.id]))}


def _same(cleaned: Cleaned, found: Layout, index: int) -> str:
    cells = (row[index] for row in cleaned.table.cells[found.last :] if index < len(row) and row[index] != "")
    written = {plain(cell) if isinstance(cell, Decimal) else squeezed(text(cell)) for cell in cells}
    return written.pop() if len(written) == 1 and re.fullmatch(r"\d{1,7}(\.\d{1,4})?", next(iter(written))) else ""
