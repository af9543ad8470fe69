"""Two or three quirks on one page come out like none: the rows and totals are those of the plain roster."""

from __future__ import annotations

import random
from datetime import date

import pytest

from board import kinds
from board.rules.place_names import Places
from board.rules.sheet.check import Checked, check
from board.rules.sheet.cleaning import clean
from tests.sheets import corpus
from tests.sheets.combined import AREA, PEOPLE, QUIRKS, RATE, Quirk, plain, together

EVERY = together()
PLACES = Places(corpus.AREAS, corpus.TOWN)


def checked(*quirks: Quirk) -> Checked:
    page = plain()
    for quirk in quirks:
        quirk(page)
    cleaned = clean(page.table(), lambda what, number: what + number[-4:], date(2026, 11, 22))
    return check(cleaned, kinds.load()["cropland-subsidy"], PLACES, area=corpus.TOWN, facts={"standard": "120"})


def wrong(*quirks: Quirk) -> str:
    """What comes out of a page otherwise than it should, in words; "" for nothing."""
    found = checked(*quirks)
    told = [(one.line, one.column, one.code) for one in (*found.errors, *found.warnings)]
    if {code for *_, code in told} != {QUIRKS[quirk] for quirk in quirks if QUIRKS[quirk]}:
        return f"told {told}"
    rows = sorted((row.name, row.place[-3:], row.group[:-1], row.figure("area"), row.figure("amount")) for row in found.rows)
    if rows != ROWS or (found.totals["area"], found.totals["amount"]) != (AREA, AREA * RATE):
        return f"rows {rows}"
    return ""


ROWS = sorted((row.name, row.place[-3:], row.group[:-1], row.figure("area"), row.figure("amount")) for row in checked().rows)


def test_the_plain_roster_is_what_it_says() -> None:
    assert [name for name, *_ in ROWS] == sorted(name for _, _, name, _ in PEOPLE)
    assert wrong() == ""


@pytest.mark.parametrize(
    "pair", [choice for choice in EVERY if len(choice) < 3], ids=lambda pair: "+".join(one.__name__[1:] for one in pair)
)
def test_one_or_two_quirks_leave_the_roster_as_it_is(pair: tuple[Quirk, ...]) -> None:
    assert wrong(*pair) == ""


def test_three_quirks_leave_the_roster_as_it_is() -> None:
    chosen = random.Random(3).sample([choice for choice in EVERY if len(choice) == 3], 300)
    assert {" + ".join(one.__name__ for one in choice): words for choice in chosen if (words := wrong(*choice))} == {}
