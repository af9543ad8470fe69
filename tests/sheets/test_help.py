"""The help says what the program does: every code is explained once, and every example is made again."""

from __future__ import annotations

import re

import pytest

from board.policies.sheet_help import HelpEntry, load
from board.rules.sheet.problems import ERRORS, WARNINGS
from board.sheets import reasons
from tests.sheets import corpus, describe

HELP = load(reasons.REASONS)
SHEETS = {entry.name: entry for entry in corpus.entries()}
each_code = pytest.mark.parametrize("said", HELP.codes, ids=[said.code for said in HELP.codes])


def test_every_code_is_explained_once_and_no_other() -> None:
    assert [said.code for said in HELP.codes] == [*ERRORS, *WARNINGS]
    assert [said.code for said in HELP.files] == [*reasons.REASONS]


@each_code
def test_an_example_is_a_sheet_of_the_corpus(said: HelpEntry) -> None:
    drawn = [[cell.strip() for cell in line.split("|")] for line in SHEETS[said.shows].drawn.removesuffix("\n").split("\n")]
    assert [[_covered(cell) for cell in line] for line in said.example] == [[_covered(cell) for cell in line] for line in drawn]


@each_code
def test_a_message_is_what_the_example_brings_out(said: HelpEntry) -> None:
    found = corpus.checked(SHEETS[said.shows])
    assert said.message in [one.message for one in (*found.errors, *found.warnings) if one.code == said.code]


def test_the_page_in_docs_is_the_one_that_is_written() -> None:
    assert describe.FILE.read_text("utf-8") == describe.markdown()


def _covered(cell: str) -> str:
    """A cell without the mark of a text, and with the words that the page has for a personal number."""
    return re.sub(r"\{[a-z]+\d\}|（[^（）]*(?:号|号码)）", "…", cell.removeprefix("'"))
