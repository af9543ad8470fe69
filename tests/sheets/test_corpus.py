"""Every sheet of the corpus comes out as the table beside it says, on the way that an upload takes."""

from __future__ import annotations

import json

import pytest

from board.rules.sheet.problems import ERRORS, WARNINGS
from tests.house.page import personal
from tests.sheets.corpus import Entry, entries, got

ENTRIES = entries()


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.name for entry in ENTRIES])
def test_a_sheet_comes_out_as_expected(entry: Entry) -> None:
    assert got(entry) == entry.expected


def test_there_are_sixty_sheets_at_least() -> None:
    assert len(ENTRIES) >= 60


def test_every_code_has_a_sheet_that_brings_it_out() -> None:
    shown = {problem.split()[-1] for entry in ENTRIES for problem in (*entry.expected.errors, *entry.expected.warnings)}
    assert shown == ERRORS.keys() | WARNINGS.keys()


def test_no_personal_number_comes_out_of_any_sheet() -> None:
    # What comes out is what is expected, as the first test here says of each sheet: none is read a second time for this.
    told = json.dumps([entry.expected.__dict__ for entry in ENTRIES], ensure_ascii=False)
    assert personal(told) == []
