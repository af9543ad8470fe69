"""What time a notice is about: until when its accounts go, and whether two notices of one kind and home are about the same time.

A second one is then probably meant as a correction of the first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from board.rules.notice.carry_over import years

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九十")} | {"十一": 11, "十二": 12}
_NUMBER = r"(十[一二]|[一二三四五六七八九十]|1[0-2]|0?[1-9])"
_QUARTER = re.compile(rf"第?{_NUMBER}季")
_HALF = re.compile(r"([上下])半年")
_MONTHS = re.compile(rf"(?<!\d){_NUMBER}(?:月份?)?(?:[-—–~至到]{_NUMBER})?月")
_BATCH = re.compile(rf"第{_NUMBER}[批期次轮]")
_COVERS = "covers"  # the fact of accounts: the time that they are of
_STAGE = "stage"  # the fact of assistance: proposed, approved, ended


@dataclass(frozen=True)
class About:
    """What a notice is about: its years, the months of these years (empty: not said, so the whole), its batch ("" if none), its stage."""

    years: frozenset[int]
    months: frozenset[int]
    batch: str
    stage: str


def about(title: str, facts: Mapping[str, str], starts: str) -> About:
    """Return what a notice is about, by its title and the time that its facts say they cover; else by the year in which it is shown.

    ``starts`` is the ISO date of its first day of display, or "".
    """
    text = re.sub(r"\s", "", f"{title} {facts.get(_COVERS, '')}")
    named = years(text) or years(starts[:4])
    batch = _BATCH.search(text)
    return About(frozenset(named), frozenset(_months(text)), batch[1] if batch else "", facts.get(_STAGE, ""))


def covered_until(facts: Mapping[str, str]) -> date | None:
    """Return the last day of the time that accounts say they cover; None where they say none, or several years."""
    said = about("", {_COVERS: facts.get(_COVERS, "")}, "")
    if len(said.years) != 1:
        return None
    year, month = min(said.years), max(said.months, default=12)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(1)


def alike(one: About, other: About) -> bool:
    """Return whether two notices of one kind and home are about the same time and stage.

    What only one of them says does not tell them apart: 2026年 and 2026年第三季度 may be the same, two quarters are not.
    """
    if one.stage and other.stage and one.stage != other.stage:
        return False
    if one.batch and other.batch and one.batch != other.batch:
        return False
    if one.months and other.months and not one.months & other.months:
        return False
    return bool(one.years & other.years)


def _months(text: str) -> set[int]:
    found: set[int] = set()
    for match in _QUARTER.finditer(text):
        quarter = _number(match[1])
        found |= set(range(3 * quarter - 2, 3 * quarter + 1))
    for match in _HALF.finditer(text):
        found |= set(range(1, 7)) if match[1] == "上" else set(range(7, 13))
    for match in _MONTHS.finditer(text):
        first = _number(match[1])
        found |= set(range(first, _number(match[2] or match[1]) + 1))
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() else _DIGITS[text]
