"""A villager sees what his village should have made public, and what it has not."""

from __future__ import annotations

from datetime import date

from board.rules.duties.statement import Said
from board.rules.duties.switches import Switched
from board.store import duties, people
from tests.store.due import publishes
from tests.web.duties import AT, COUNTY, TOWN, VILLAGE, accounts, owed

TODAY = date(2026, 11, 22)


def test_nothing_is_said_before_the_county_says_what_is_owed(villager):
    assert "该公开的：" not in villager.sees(f"/a/{VILLAGE}").text
    assert "县里还没有定下这里该公开什么" in villager.sees(f"/a/{VILLAGE}/due").text


def test_a_village_that_never_posted_is_told_of(app, villager):
    owed()
    page = villager.sees(f"/a/{VILLAGE}")

    assert "今年该公开的：按时 0，晚了 0，还没公开 1，没到期 1" in page.text
    listed = villager.sees(f"/a/{VILLAGE}/due").text
    assert "村级财务收支 2026年第三季度" in listed
    assert listed.index("第三季度") < listed.index("第四季度"), "what is missing stands first"
    assert "该军大丘村公开" in listed
    assert "还没公开 最晚2026年10月10日公开" in " ".join(listed.split())


def test_what_is_posted_late_is_late_and_leads_to_its_notice(app, villager):
    owed()
    number = accounts()
    page = villager.sees(f"/a/{VILLAGE}/due")

    assert "公开晚了" in page.text
    assert f'href="/n/{number}"' in page.data.decode()
    assert "晚了 1，还没公开 0" in villager.sees(f"/a/{VILLAGE}").text


def test_a_county_is_listed_by_its_townships(app, villager):
    owed()
    accounts()

    assert f'href="/a/{TOWN}/due?year=2026"' in villager.sees(f"/a/{COUNTY}/due").data.decode()
    assert "军大丘村\n还没到期 1，公开晚了 1" in villager.sees(f"/a/{TOWN}/due").text
    assert villager.client.get("/a/990000000000/due").status_code == 404


def says(sort: str, place: str = VILLAGE, **more: str) -> None:
    """Let 百和镇 say something of the third quarter of a village."""
    day = TODAY if sort == "none" else date(2026, 10, 8)
    duties.say(TOWN, Said(sort, "village_accounts", "2026-q3", (place,), day, **more), people.named("baihe-clerk").id, AT)


def test_a_village_reads_why_there_is_nothing_and_where_it_stands_but_not_who_saw_it(app, villager):
    owed()
    says("none", why="本季没有收支")
    assert "为什么没有：本季没有收支" in villager.sees(f"/a/{VILLAGE}/due").text
    says("elsewhere", address="https://www.example.gov.cn/zw/1.html")
    page = villager.sees(f"/a/{VILLAGE}/due")
    assert "网址：https://www.example.gov.cn/zw/1.html" in page.text
    assert not [address for _words, address in page.links if "example.gov.cn" in address], "to be copied"
    assert "没有收支" not in page.text
    says("paper", "510521116228", seen_by="监督委员会主任")
    page = villager.sees("/a/510521116228/due")
    assert ("只贴了纸" in page.text, "监督委员会主任" in page.html) == (True, False)


def test_what_was_never_owed_is_not_said_not_to_exist(app, villager):
    publishes("village-finance", "2026年第一季度收支", date(2026, 4, 8), home=VILLAGE, facts={"covers": "2026年第一季度"})
    owed()
    page = villager.sees(f"/a/{VILLAGE}/due")
    assert ("没有这项" in page.text, "第一季度" in page.text, "不要求" in page.text) == (False, False, False)
    says("none", why="本季没有收支")
    assert "没有这项" in villager.sees(f"/a/{VILLAGE}/due").text
    assert "没有这项" not in villager.sees(f"/a/{COUNTY}/due").text


def test_a_township_s_page_leads_to_each_of_its_villages(app, villager):
    owed()
    page = villager.follows(villager.sees(f"/a/{TOWN}/due"), "朱巷村")
    assert page.heading == "朱巷村2026年该公开的"


def test_a_county_shows_what_it_owes_itself_and_is_not_listed_as_a_township(app, villager):
    owed("land_pre_notice")
    number = publishes("land-pre-notice", "青龙片区征收土地预公告", TODAY, [VILLAGE], home=COUNTY).number
    page = villager.sees(f"/a/{COUNTY}/due")

    assert "泸县本级" in page.text
    assert f"/n/{number}" in [address for _words, address in page.links]
    assert f"/a/{COUNTY}/due?year=2026" not in [address for _words, address in page.links]
    assert f"/a/{TOWN}/due?year=2026" in [address for _words, address in page.links]


def test_what_a_county_does_not_disclose_stands_on_its_page_with_the_reason(app, villager):
    owed("grain_subsidy")
    off = Switched(False, TODAY, "由省里统一公开")
    duties.switch(COUNTY, "grain_subsidy", off, people.named("luxian-disclosure").id, AT)
    text = villager.sees(f"/a/{COUNTY}/due").text

    assert "不公开的事项和理由" in text
    assert "2026年11月22日起不公开：由省里统一公开" in text


def test_at_the_turn_of_the_year_the_last_quarter_is_still_there(app, villager, at):
    owed()
    accounts()
    at("2027-01-02")
    assert "今年该公开的，和去年还没公开的：按时 0，晚了 0，还没公开 0，没到期 2" in villager.sees(f"/a/{VILLAGE}").text
    page = villager.sees(f"/a/{VILLAGE}/due").text
    assert "村级财务收支 2026年第四季度" in page
    assert "2026年第三季度" not in page, "that was published"
    at("2027-02-01")
    assert "还没公开 1，没到期 1" in villager.sees(f"/a/{VILLAGE}").text
    assert "还没公开 最晚2027年1月" in " ".join(villager.sees(f"/a/{VILLAGE}/due").text.split())
    assert "还没公开 25" in villager.sees(f"/a/{COUNTY}/due").text, "two quarters of thirteen villages, but for one"
