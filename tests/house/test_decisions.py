"""Decisions have a number, a date and a status, the same three headings, and a line in their index."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.house.tree import ROOT, texts

FOLDER = ROOT / "docs" / "decisions"
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
HEAD = re.compile(
    r"# (?P<number>[1-9]\d*)\. (?P<title>.+)\n\n"
    r"Date: (?P<date>\d{4}-\d\d-\d\d)\n\n"
    r"Status: (?P<status>accepted|(?:amended|superseded) by (?P<later>\d+))\n\n"
)
HEADINGS = ["Context", "Choice", "Cost"]
FILE = re.compile(r"docs/decisions/([\w-]+\.md)")


def head(page: Path) -> re.Match[str]:
    """Return the head of a decision, taken apart: number, title, date, status, later."""
    found = HEAD.match(page.read_text("utf-8"))
    assert found, f"{page.name} begins with '# N. Title', 'Date: YYYY-MM-DD', 'Status: accepted' (or 'amended by N', 'superseded by N')"
    return found


def listed() -> list[str]:
    """Return the lines of the index's table, as they stand."""
    return re.findall(r"^\| \d+ \|.*$", (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_decision_has_its_number_a_real_date_and_the_three_headings(page: Path) -> None:
    told = head(page)

    assert page.name.startswith(f"{int(told['number']):04}-")
    assert date.fromisoformat(told["date"])
    assert re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE) == HEADINGS


def test_numbers_have_no_gaps() -> None:
    assert [int(head(page)["number"]) for page in PAGES] == list(range(1, len(PAGES) + 1))


def test_a_changed_decision_names_another_one() -> None:
    numbers = {head(page)["number"] for page in PAGES}
    later = {head(page)["number"]: head(page)["later"] for page in PAGES if head(page)["later"]}

    assert {number: other for number, other in later.items() if other == number or other not in numbers} == {}


def test_the_index_says_of_each_decision_what_its_page_says() -> None:
    heads = [(page.name, head(page)) for page in PAGES]

    assert listed() == [f"| {told['number']} | [{told['title']}]({name}) | {told['date']} | {told['status']} |" for name, told in heads]


def test_a_decision_that_is_named_anywhere_exists() -> None:
    named = {(name, page) for name, text in texts() for page in FILE.findall(text)}
    assert {(name, page) for name, page in named if not (FOLDER / page).exists()} == set()
