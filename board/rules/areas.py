"""Areas of the country's division, and loading a file of them (statistical codes, 统计用区划代码)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from board.rules.bilingual import Words
from board.rules.kind import LEVELS, Level

DIGITS: Mapping[str, int] = {"city": 4, "county": 6, "township": 9, "village": 12}


@dataclass(frozen=True)
class Area:
    """One place of the division: 12 digits, its own name, its level and the code of the one above ("" for the topmost).

    ``aliases`` are former and popular names; a ``closed`` area keeps its printed addresses but takes no new rows.
    """

    code: str
    name: str
    level: Level
    parent: str
    aliases: tuple[str, ...] = ()
    closed: bool = False


class AreaErrors(ValueError):
    """A file of areas that cannot be loaded; ``problems`` has every fault as (line of the file, message)."""

    def __init__(self, problems: list[tuple[int, Words]]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"{line}: {message}" for line, message in problems))


def prefix(code: str, level: str) -> str:
    """Return the beginning that the codes of all places inside an area share. It depends on the level, not on trailing zeros, which may
    be part of a code."""
    return code[: DIGITS[level]]


def upwards(code: str) -> list[str]:
    """Return the codes that an area and the areas above it may have, the highest first; a code need not exist, nor be of 12 digits."""
    return list(dict.fromkeys([*(code[:digits].ljust(12, "0") for digits in DIGITS.values()), code]))


def load_rows(text: str, known: Collection[Area] = ()) -> list[Area]:
    """Return the areas of a CSV text with the columns code, name, level, parent and, if wanted, aliases (parted by ``|``) and closed (1).

    ``known`` are areas loaded before, which may be parents. Raises AreaErrors with the faults of all lines at once.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if missing := {"code", "name", "level", "parent"} - set(reader.fieldnames or ()):
        columns = ", ".join(sorted(missing))
        raise AreaErrors([(1, Words(f"第一行缺少列名：{columns}", f"the first line lacks the columns {columns}"))])
    rows = [(reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}) for row in reader]
    levels = {area.code: area.level for area in known} | {row["code"]: row["level"] for _, row in rows}
    problems = [(line, message) for line, row in rows for message in _faults(row, levels)]
    problems += _twice(rows)
    if problems:
        raise AreaErrors(sorted(problems, key=lambda problem: problem[0]))
    return [_area(row) for _, row in rows]


def _area(row: Mapping[str, str]) -> Area:
    level = next(level for level in LEVELS if level == row["level"])
    aliases = tuple(alias.strip() for alias in row.get("aliases", "").split("|") if alias.strip())
    return Area(row["code"], row["name"], level, row["parent"], aliases, row.get("closed", "") in ("1", "true", "yes", "是"))


def _faults(row: Mapping[str, str], levels: Mapping[str, str]) -> Iterator[Words]:
    """Yield the faults of one line; a fault that only follows from another one is left out."""
    code, level, parent = row["code"], row["level"], row["parent"]
    if not re.fullmatch(r"[1-9][0-9]{11}", code):
        yield Words(f"代码“{code}”不是 12 位数字", f"the code “{code}” is not 12 digits")
        return
    if not row["name"]:
        yield Words("没有名称", "there is no name")
    if level not in LEVELS:
        yield Words(f"级别“{level}”只能是 {'、'.join(LEVELS)}", f"the level “{level}” is none of {', '.join(LEVELS)}")
        return
    if set(code[DIGITS[level] :]) - {"0"} or (level == "village" and code.endswith("000")):
        yield Words(f"代码 {code} 的形式不是 {level} 级的", f"the code {code} has not the form of a {level}")
        return
    yield from _parent_faults(code, level, parent, levels)


def _parent_faults(code: str, level: str, parent: str, levels: Mapping[str, str]) -> Iterator[Words]:
    if not parent:  # the topmost of the file
        return
    if parent not in levels:
        yield Words(f"上级 {parent} 不在表里，也没有载入过", f"the parent {parent} is neither in the file nor loaded before")
    elif DIGITS.get(levels[parent], 12) >= DIGITS[level]:
        above = levels[parent]
        yield Words(f"上级 {parent} 是 {above} 级，不在 {level} 级之上", f"the parent {parent}, a {above}, is not above a {level}")
    elif not code.startswith(prefix(parent, levels[parent])):
        yield Words(f"代码 {code} 不属于上级 {parent}", f"the code {code} does not lie in the parent {parent}")


def _twice(rows: list[tuple[int, dict[str, str]]]) -> Iterator[tuple[int, Words]]:
    first: dict[str, int] = {}
    for line, row in rows:
        above = first.setdefault(row["code"], line)
        if above != line:
            yield line, Words(f"代码 {row['code']} 与第 {above} 行重复", f"the code {row['code']} is already on line {above}")
