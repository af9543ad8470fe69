"""The changes of a correction for readers who hold an older poster: row by row, with the old and the new figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from board.rules.kind import Column
from board.rules.notice.formatting import NUMERIC

# Printed on each place's poster beside its own rows: where it changed, every older poster is wrong.
ON_EVERY_SHEET = ("publisher", "names")


@dataclass(frozen=True)
class Change:
    """The change of one row: ``figures`` are (column, old, new), ``words`` the columns whose text changed, ``who`` whether its name,
    group or person did. The old text is not in it: it may be the very thing that had to be removed."""

    place: str
    no: int
    what: Literal["changed", "new", "gone"]
    row: Any  # as it is now; of a row that is gone, as it was
    figures: tuple[tuple[Column, str, str], ...] = ()
    words: tuple[Column, ...] = ()
    who: bool = False


@dataclass(frozen=True)
class Touched:
    """The numbers of one place's rows that are changed, new or gone since a version, each in their order."""

    changed: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)


def touched(spans: Iterable[tuple[str, int, int, int | None]], version: int) -> dict[str, Touched]:
    """Return, by place, what became of the rows since a version; a place in which nothing changed is not there.

    ``spans`` are (place, number, since, until) of the rows of all versions; what they say is not looked at.
    """
    before, now = dict[tuple[str, int], int](), dict[tuple[str, int], int]()
    for place, no, since, until in spans:
        if since <= version and (until is None or until > version):
            before[place, no] = since
        if until is None:
            now[place, no] = since
    found: dict[str, Touched] = {}
    for place, no in sorted(before.keys() | now.keys()):
        was, is_now = before.get((place, no)), now.get((place, no))
        if was != is_now:
            one = found.setdefault(place, Touched())
            (one.new if was is None else one.gone if is_now is None else one.changed).append(no)
    return found


def changes(columns: Sequence[Column], old: Iterable[Any], new: Iterable[Any]) -> list[Change]:
    """Return the changes of rows, by place and number: ``old`` are those of a version, ``new`` those in force, both without the
    unchanged.

    Rows have the columns of their table; ``columns`` are those that the reader may see. One that was changed and changed back is left
    out.
    """
    before, now = ({(row.place, row.no): row for row in rows} for rows in (old, new))
    return [one for key in sorted(before.keys() | now.keys()) if (one := _change(columns, before.get(key), now.get(key)))]


def _change(columns: Sequence[Column], old: Any, new: Any) -> Change | None:
    if old is None or new is None:
        row = old if new is None else new
        return Change(row.place, row.no, "gone" if new is None else "new", row)
    others = [column for column in columns if _unlike(column, old.measures, new.measures)]
    telling = [column for column in others if column.type != "text" or column.choices]  # a word out of a list is not personal
    figures = tuple((one, old.measures.get(one.id, ""), new.measures.get(one.id, "")) for one in telling)
    who = any(getattr(old, name) != getattr(new, name) for name in ("group", "shown_name", "name_key", "person_key", "account_key"))
    found = Change(new.place, new.no, "changed", new, figures, tuple(one for one in others if one not in telling), who)
    return found if found.figures or found.words or who else None


def _unlike(column: Column, old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    was, is_now = old.get(column.id, ""), new.get(column.id, "")
    return was != is_now and not (was and is_now and column.type in NUMERIC and Decimal(was) == Decimal(is_now))


def heading(title: str, facts: Mapping[str, str], frozen: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the text that is the same on every place's poster: where it changed, the posters of all places are to be replaced."""
    return title, dict(facts), *(frozen[name] for name in ON_EVERY_SHEET)


def changed_in(no: int, digest: str, before: tuple[str, int] | None, same_heading: bool) -> int:
    """Return the version in which a place's sheet last changed, for its part of version ``no``.

    ``before`` is (digest, changed in) of its part in the version before, None where it had none.
    """
    return before[1] if before is not None and same_heading and before[0] == digest else no
