"""The inbox in a flood: one line that says how many it holds and opens to them, and a case taken out of it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

import pytest

from bench.flood_texts import HONEST, pageless
from board.models import Case, db
from board.rules.cases.flood import Came
from board.store import cases
from board.web.desk import cases as pages
from tests.store.asked import ASKED, AT, COUNTY

SEVERAL = re.compile(r"([\d,]+) 件差不多")


def pours(posted, **more):
    for no, one in enumerate(islice(pageless(), 60)):
        cases.file(posted, f"{no:032}", replace(ASKED, text=one, row=None, **more), AT, came=Came("203.0.113.7", "none"))


@pytest.fixture
def flooded(once, posted):
    """A script has sent three texts to 百和镇, twenty times each."""
    once("poured", lambda: pours(posted))
    return posted


def test_thousands_are_a_few_lines_that_say_how_many_they_hold(clerk, flooded):
    page = clerk.sees("/desk/cases")
    assert len(SEVERAL.findall(page.text)) >= 3
    assert page.html.count('class="tap"') < 20
    assert "60" in clerk.sees("/desk").text, "the figure counts each of them"


def test_a_line_opens_to_its_cases_page_by_page_and_each_can_be_answered(clerk, flooded, monkeypatch):
    monkeypatch.setattr(pages, "LISTED", 7)
    page = clerk.sees("/desk/cases")
    count = int(SEVERAL.search(page.text)[1])
    page = clerk.follows(page, f"{count} 件差不多")
    assert "写的都差不多" in page.text
    seen = set()
    while True:
        seen |= set(re.findall(r"/desk/cases/510521116000/(\w+)", page.html))
        if "看后面的" not in page.text:
            break
        page = clerk.follows(page, "看后面的")

    assert len(seen) == count
    one = clerk.sees(f"/desk/cases/510521116000/{seen.pop()}")
    assert "已答复" in clerk.submits(one, "答复", text="查过了，没有这回事。").text


def test_a_clerk_takes_a_case_out_of_its_line(clerk, flooded):
    page = clerk.follows(clerk.sees("/desk/cases"), " 件差不多")
    id = re.search(r"/desk/cases/510521116000/(\w+)", page.html)[1]
    one = clerk.sees(f"/desk/cases/510521116000/{id}")
    assert "收在一行里" in one.text

    one = clerk.submits(one, "单独一行")
    assert "这一件现在单独一行" in one.text
    assert "收在一行里" not in one.text
    assert f"/desk/cases/510521116000/{id}" in clerk.sees("/desk/cases").html


def test_a_reviewer_reads_the_line_and_takes_nothing_out(reviewer, flooded):
    page = reviewer.follows(reviewer.sees("/desk/cases"), " 件差不多")
    id = re.search(r"/desk/cases/510521116000/(\w+)", page.html)[1]
    assert "单独一行" not in reviewer.sees(f"/desk/cases/510521116000/{id}").text


def test_what_came_with_no_right_answer_says_so(clerk, flooded):
    cases.file(flooded, "f" * 32, replace(ASKED, text=HONEST[0]), AT, came=Came("", "wrong"))
    cases.file(flooded, "e" * 32, replace(ASKED, text=HONEST[1]), AT, came=Came("", "none"))
    page = clerk.sees("/desk/cases")
    assert " 件，一阵来的" in page.text
    assert "没有答对" in clerk.follows(page, " 件，一阵来的").text


def test_a_flood_at_the_county_is_on_no_page_of_the_township(clerk, person, posted):
    before = clerk.sees("/desk/cases").text
    pours(posted, home=COUNTY)

    assert clerk.sees("/desk/cases").text == before
    db.session.rollback()
    case = next(case for case in db.session.query(Case) if case.fold)
    address = f"/desk/cases?fold={case.home}_{case.fold}_{case.desk}"
    assert "没有等答复的来件" in clerk.sees(address).text
    assert "差不多" in person("luxian-clerk").sees("/desk/cases").text


@pytest.mark.parametrize("fold", ["", "_", "a_b", "510521116000_x_y_z", "510521116000_a'--_510521116000", "_" * 60])
def test_an_address_of_no_line_shows_all_or_nothing(clerk, flooded, fold):
    assert clerk.sees(f"/desk/cases?fold={fold}").status == 200
