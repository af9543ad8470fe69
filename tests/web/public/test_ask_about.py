"""What a form is about, which offices may look first at it, and whose telephone is shown."""

from __future__ import annotations

import shutil

import pytest
from werkzeug.exceptions import NotFound

from board import policies
from board.models import Area, db
from board.store import people, walls
from board.web.public import ask_about
from tests.store.asked import COUNTY, does, files
from tests.store.posted import AT, GAODONG, TOWN
from tests.web.asking import asks, checks, looks_up, receipt_on

CITY = "510500000000"


@pytest.fixture
def about(app, posted, wall):
    """What each form is about, by the page from which it is opened."""
    with app.test_request_context():
        yield {
            "notice": ask_about.of_notice(posted.number), "village": ask_about.of_area(GAODONG), "town": ask_about.of_area(TOWN),
            "county": ask_about.of_area(COUNTY), "wall": ask_about.of_wall(wall.number), "first": ask_about.of_nothing(),
        }  # fmt: skip


@pytest.mark.parametrize(("page", "place", "offices", "likely"), [
    ("notice", "", {"township": TOWN, "county": COUNTY}, "township"),
    ("notice", GAODONG, {"village": GAODONG, "township": TOWN, "county": COUNTY}, "township"),
    ("village", GAODONG, {"village": GAODONG, "township": TOWN, "county": COUNTY}, "township"),
    ("wall", GAODONG, {"village": GAODONG, "township": TOWN, "county": COUNTY}, "township"),
    ("town", TOWN, {"township": TOWN, "county": COUNTY}, "township"),
    ("county", COUNTY, {"county": COUNTY}, "county"),
    ("first", TOWN, {"township": TOWN, "county": COUNTY}, "township"),
])  # fmt: skip
def test_the_offices_are_those_of_the_place_the_village_first(about, page, place, offices, likely):
    found = about[page].offices(place)

    assert {level: office.code for level, office in found.items()} == offices
    assert list(found) == list(offices)
    assert about[page].likely_office(place) == likely


def test_who_says_no_town_on_the_first_page_asks_a_county(about):
    (level,) = about["first"].offices("")
    assert level == "county"


def test_the_towns_of_the_first_page_follow_their_counties(about):
    found = [one.code for one in about["first"].places()]

    assert found == sorted(found)
    assert {TOWN, COUNTY} <= set(found)
    assert not {GAODONG, CITY} & set(found)
    assert about["village"].places() == about["notice"].places() == []


def test_a_town_that_was_closed_is_not_offered(about):
    db.session.get(Area, TOWN).closed = True
    db.session.commit()

    assert TOWN not in [one.code for one in about["first"].places()]


@pytest.mark.parametrize("code", [CITY, "999999999999"])
def test_a_city_and_an_unknown_area_have_no_office_here(app, code):
    with pytest.raises(NotFound):
        ask_about.of_area(code)


def test_an_unknown_notice_and_an_unknown_wall_are_not_found(villager):
    for address in ("/n/123456789/ask", "/w/123456789/ask", f"/a/{CITY}/ask"):
        assert villager.sees(address).status == 404


def test_one_goes_back_to_where_one_came_from(about, posted, wall):
    assert about["notice"].back() == f"/n/{posted.number}"
    assert about["wall"].back() == f"/w/{wall.number}"
    assert about["village"].back() == f"/a/{GAODONG}"
    assert about["first"].back() == "/"


def test_a_wall_that_was_taken_away_can_still_be_asked_from(villager, wall):
    walls.close(wall, people.named("baihe-clerk").id, AT)

    assert receipt_on(asks(villager, f"/w/{wall.number}/ask", category="suggestion"))


# ---- the telephone


def test_the_telephone_is_that_of_the_office_that_has_the_case(app, posted):
    app.config["SITE_PHONE"] = "0830-8190000"
    own, countys = files(posted, "amount_wrong"), files(posted, "amount_wrong", COUNTY, "b" * 32)

    assert ask_about.phone_of(own, posted) == ("0830-8191234", "农业服务中心 张老师")
    assert ask_about.phone_of(countys, posted) == ("0830-8190000", ""), "never that of an office that is not to know"
    assert ask_about.phone_of(files(None, "suggestion", GAODONG, "c" * 32, row=None), None) == ("0830-8190000", "")
    does(own, "forward", 1, "不归我们管。")
    assert ask_about.phone_of(own, posted) == ("0830-8190000", "")


@pytest.mark.parametrize("page", ["row", "area", "wall"])
def test_who_goes_straight_to_the_county_is_shown_no_telephone_of_the_township(app, villager, posted, form, wall, page):
    app.config["SITE_PHONE"] = "0830-8190000"
    address = {"row": form, "area": f"/a/{GAODONG}/ask", "wall": f"/w/{wall.number}/ask"}[page]
    checked = checks(villager, address, first="county")
    sent = villager.submits(checked, "交上去")
    for shown in (checked, sent, looks_up(villager, receipt_on(sent))):
        assert "0830-8191234" not in shown.html


NEW = """
[[categories]]
id = "opinion"
label = { zh = "对草案的意见", en = "An opinion on a draft" }
hint = { zh = "哪一条不合适", en = "Which article is not right" }
to = "publisher"
about = ["notice", "area"]
first = ["village", "township", "county"]
clocks = "question"
publish = "reworded"
keep_days = 730
"""


@pytest.fixture
def opinion(tmp_path, monkeypatch):
    """One more category, as data."""
    shutil.copytree(policies._FOLDER, tmp_path / "policies")
    with (tmp_path / "policies" / "cases.toml").open("a", encoding="utf-8") as file:
        file.write(NEW)
    monkeypatch.setattr(policies, "_FOLDER", tmp_path / "policies")
    policies.case_categories.cache_clear()
    yield
    policies.case_categories.cache_clear()


@pytest.mark.usefixtures("opinion")
def test_adding_a_category_is_adding_data(villager, clerk, posted):
    page = asks(villager, f"/n/{posted.number}/ask", category="opinion", text="第三条的面积怎么算没有写。")
    receipt = receipt_on(page)
    case = clerk.follows(clerk.sees("/desk/cases"), "对草案的意见")
    clerk.submits(case, "答复", text="已经补写在第三条里。")

    assert "已经补写在第三条里。" in looks_up(villager, receipt).text
