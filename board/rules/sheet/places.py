"""The place and group of each row: each spelling is looked up once, and asked about once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from board.rules.areas import Area, prefix
from board.rules.bilingual import Words
from board.rules.kind import Kind
from board.rules.place_names import Places, canonical, split_place
from board.rules.sheet.headers import Head
from board.rules.sheet.layout import Layout
from board.rules.sheet.problems import LEVEL_WORDS, Problem, problem
from board.rules.sheet.questions import Answers, answer, answered, question
from board.rules.sheet.table import Cell, Table, text
from board.rules.text_width import squeezed

_TOWN_HEADS = frozenset({"乡镇", "镇街", "镇乡", "乡镇街道", "镇", "乡", "街道", "镇(街道)", "乡镇(街道)", "乡(镇)", "乡镇名称"})

_FEWEST_STRANGE = 3  # unknown places of a township that are asked about as one
_NAMED = 5  # of them in a message
_LOOKED_THROUGH = 60  # places that are offered when no name is like the one in the sheet
_ORDINAL = re.compile(r"^(?:\d{1,2}[.、]|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\))")  # 1.东林村, (一)东林村


@dataclass
class Place:
    """One way of writing a place: its ``code`` ("" while unknown), the group written with it, and the lines that write it so."""

    written: str
    code: str = ""
    group: str = ""
    offers: tuple[str, ...] = ()
    many: bool = False
    lines: list[int] = field(default_factory=list)


class PlaceReader:
    """Finds the places that the rows of one sheet name, in the scope of its publisher; ``home`` itself may be named at any level.

    ``whole`` is the one place of all rows of a sheet without a column of places ("": not chosen).
    """

    def __init__(self, places: Places, home: str, level: str | None, choices: Mapping[str, str], whole: str = "") -> None:
        self.places, self.home, self.level, self.whole = places, home, level, whole if whole in places.by_code else ""
        self.choices = {squeezed(written): code for written, code in choices.items()}
        self._seen: dict[tuple[str, str], Place] = {}
        self.ours_only = False  # the clerk wants no rows of places outside the scope
        self._asked_as_one = False  # and is not asked about each

    def read(self, written: str, town: str = "") -> Place:
        """Return the place that a cell names; ``town`` is the cell of a township column beside it, "" without one."""
        if (written, town) not in self._seen:
            self._seen[written, town] = self._looked(written, town)
        return self._seen[written, town]

    def _looked(self, written: str, town: str) -> Place:
        name, group = split_place(written, self.places)
        if not self.places.find(name):
            name, group = split_place(_ORDINAL.sub("", squeezed(written)), self.places)
        chosen = self.choices.get(squeezed(written)) or self.choices.get(name)
        if chosen in self.places.by_code:
            return Place(name, str(chosen), group)
        found = self.places.find(name, self.level)
        if town and self.places.scope.level in ("township", "village") and not self.places.names_home(town):
            found = []  # a village of the same name in another township
        if len(found) > 1 and town:
            found = self.places.find(town + name, self.level) or found
        if len(found) == 1:
            return Place(name, found[0].code, group)
        home = self.places.by_code[self.home]
        if home in self.places.find(name) and (not town or self.places.names_home(town)):
            return Place(name, self.home, group)
        offers = found or [*(self.places.nearest(name, level=self.level) or self._all()), home]
        return Place(name, "", group, tuple(area.code for area in offers), len(found) > 1)

    def _all(self) -> list[Area]:
        """Return the places that rows may belong to, for a name like none of them; none where they are too many to look through."""
        inside = [area for area in self.places.by_code.values() if area.level == self.level and not area.closed]
        inside = [area for area in inside if area.code.startswith(prefix(self.home, self.places.by_code[self.home].level))]
        return inside if len(inside) <= _LOOKED_THROUGH else []

    def keep(self, lines: Collection[int]) -> None:
        """Forget what lines wrote that turned out to be no rows."""
        for place in self._seen.values():
            if not place.code:
                place.lines = [line for line in place.lines if line in lines]

    def problems(self, field_id: str, index: int, header: str) -> Iterator[Problem]:
        """One question for each name that is not one place of the scope, at the first line that writes it; see ``elsewhere``."""
        for place in () if self._asked_as_one else self._asked():
            scope, level = self.places.scope.name, LEVEL_WORDS[self.level or "village"]
            yield problem(
                "many_places" if place.many else "unknown_place",
                place.lines[0],
                header,
                lines=tuple(place.lines),
                written=place.written,
                scope=scope,
                level=level,
                field=field_id,
                index=index,
                offers=place.offers,
            )

    def elsewhere(self, field_id: str, index: int, header: str, answers: Answers) -> Problem | None:
        """Return the one question about many places outside the scope, or what was answered; None where there are few of them."""
        strange = [place for place in self._asked() if not place.many]
        known = {place.code for place in self._seen.values() if place.code}
        village = self.places.scope.level == "village"
        if len(strange) < (1 if village and known else _FEWEST_STRANGE) or (not village and len(strange) <= len(known)):
            return None
        lines = tuple(sorted(line for place in strange for line in place.lines))
        names = "、".join(place.written for place in strange[:_NAMED]) + ("…" if len(strange) > _NAMED else "")
        details: dict[str, Any] = {"field": field_id, "index": index, "lines": lines, "choices": ("ours", "each") if known else ("each",)}
        details |= {"count": len(strange), "scope": canonical(self.places.scope.name), "named": names, "more_rows": len(lines)}
        asked = question("places_elsewhere", "places", lines[0], header, **details)
        given = answer(answers, "places", asked.choices)
        self.ours_only, self._asked_as_one = given == "ours", given != "each"
        about = Words(f"表里有 {len(lines)} 行写的是别处（{names}）", f"{len(lines)} rows name places elsewhere ({names})")
        return answered(asked, given, about) if given else asked

    def _asked(self) -> list[Place]:
        """Return the unknown places that rows name, those written alike but for the group put together."""
        together: dict[str, Place] = {}
        for place in self._seen.values():
            if not place.code and place.lines:
                one = together.setdefault(place.written, Place(place.written, offers=place.offers, many=place.many))
                one.lines.extend(place.lines)
        for place in together.values():
            place.lines.sort()
        return sorted(together.values(), key=lambda place: place.lines[0])


def place_column(table: Table, kind: Kind, found: Layout, reader: PlaceReader) -> None:
    """Set the column of the rows' places: of those headed like one, the one most of whose first cells are found.

    A sheet may have 乡镇 and 村 side by side, both good headers of a place; and a column of groups may hold both (东林村3组), which is
    then one of places. A clerk's choice for a column is kept.
    """
    types = {column.type: column for column in kind.columns if column.type in ("place", "group")}
    column = types.get("place")
    if column is None or (named := found.columns.get(column.id)) in found.chosen:
        return
    names = {*column.synonyms, column.label.zh}
    used = {index for field_id, index in found.columns.items() if field_id != column.id} | set(found.chosen)
    likely = [one.index for one in found.heads.values() if one.index not in used and names & set(one.forms) and one.index != named]
    group = found.columns.get(types["group"].id) if "group" in types else None
    if likely or named is not None:
        first = [] if named is None else [named]
        found.columns[column.id] = max([*first, *likely], key=lambda index: _known(table, found.last, index, reader))
    elif group is not None and group not in found.chosen and _are_places(table, found.last, group, reader):
        del found.columns[types["group"].id]
        found.columns[column.id] = group


def _known(table: Table, last: int, index: int, reader: PlaceReader) -> int:
    return sum(
        1 for cell in _first_cells(table, last, index) if reader.places.find(split_place(text(cell), reader.places)[0], reader.level)
    )


def _are_places(table: Table, last: int, index: int, reader: PlaceReader) -> bool:
    """Return whether most cells of a column name places; a village on a line of its own may stand in any column."""
    return _known(table, last, index, reader) * 2 > len(_first_cells(table, last, index))


def _first_cells(table: Table, last: int, index: int) -> list[Cell]:
    return [row[index] for row in table.cells[last : last + 40] if index < len(row) and row[index] != ""]


def town_column(heads: Mapping[int, Head], place: int | None) -> int | None:
    """Return the column of townships beside a column of villages, which distinguishes homonyms."""
    return next((one.index for one in heads.values() if one.index != place and _TOWN_HEADS & set(one.forms)), None)
