"""What the page of a place says of closed quarters: with the number received, never of few, and nothing of what only the county got."""

from __future__ import annotations

from datetime import timedelta

import pytest

from board.store import cases, people
from board.store.cases import quarter_shares
from tests.store.asked import ASKED, AT, COUNTY, does, files
from tests.store.posted import GAODONG, NEXT, TOWN

NEW_YEAR = AT + timedelta(days=45)
HEADING = "问过的事，后来怎样了"


@pytest.fixture
def five(posted, clerk_id):
    """What 百和镇 was asked before the new year: one solved, one not, two answered, one waits."""
    made = [cases.file(posted, f"{n:032}", ASKED, AT) for n in range(5)]
    for case in made[:4]:
        does(case, "answer", clerk_id, "查过了。", AT)
    cases.close(f"{0:032}", 2, AT)
    cases.dispute(f"{1:032}", 2, "", AT)
    return made


@pytest.fixture
def clerk_id(app):
    """The id of 百和镇's clerk."""
    return people.named("baihe-clerk").id


def shown(villager, code: str) -> str:
    """What a page says under the heading."""
    page = villager.sees(f"/a/{code}").text
    return page.split(HEADING, 1)[1][:400].replace("\n", " ") if HEADING in page else ""


@pytest.mark.parametrize("code", [TOWN, GAODONG])
def test_a_place_says_what_became_of_what_was_asked_with_how_many_there_were(villager, five, at, code):
    quarter_shares.count(NEW_YEAR)
    at("2027-01-06")
    said = shown(villager, code)

    assert "2026年第四季度" in said
    for words in (
        "收到 5 件",
        "解决了 1 件",
        "没解决 1 件",
        "答了没表态 2 件",
        "还没答 1 件",
        "第一次答复晚了的有 1 件",
        "2027年1月6日数的",
    ):
        assert words in said, words


def test_the_present_quarter_is_not_told(villager, five):
    quarter_shares.count(AT)
    assert shown(villager, TOWN) == ""


def test_of_fewer_than_five_nothing_else_is_told(villager, posted, at, clerk_id):
    made = [cases.file(posted, f"{n:032}", ASKED, AT) for n in range(4)]
    does(made[0], "answer", clerk_id, "查过了。", AT)
    quarter_shares.count(NEW_YEAR)
    at("2027-01-06")
    said = shown(villager, TOWN)

    assert "少于 5 件" in said
    assert "没解决 " not in said
    assert "答了没表态" not in said


def test_a_village_whose_figures_would_tell_of_anothers_few_says_why_it_tells_nothing(villager, posted, at):
    for n in range(9):
        files(None, "suggestion", key=f"{n:032}", row=None, place=GAODONG if n < 2 else NEXT)
    quarter_shares.count(NEW_YEAR)
    at("2027-01-06")

    assert "不单独说" in shown(villager, NEXT)
    assert "收到 7 件" not in shown(villager, NEXT)
    assert "少于 5 件" in shown(villager, GAODONG)
    assert "收到 9 件" in shown(villager, TOWN)


def test_what_went_to_the_county_alone_is_told_on_its_page_and_nowhere_below(villager, five, at):
    quarter_shares.count(NEW_YEAR)
    at("2027-01-06")
    before = [villager.sees(f"/a/{code}").html for code in (TOWN, GAODONG)]
    for n in range(5, 11):
        files(None, "suggestion", COUNTY, f"{n:032}", row=None)
    quarter_shares.count(NEW_YEAR + timedelta(days=1))
    at("2027-01-07")

    after = [villager.sees(f"/a/{code}").html.replace("2027年1月7日数的", "2027年1月6日数的") for code in (TOWN, GAODONG)]
    assert after == before
    assert "收到 6 件" in shown(villager, COUNTY)
