"""An auditor finds the village that never posted; 政务公开办 says since when what is owed."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from board.rules.duties.statement import Said
from board.store import areas, duties, people
from tests.store.due import publishes
from tests.web.duties import AT, COUNTY, TOWN, VILLAGE, accounts, owed

TODAY = date(2026, 11, 22)


@pytest.fixture
def disclosure(person):
    return person("luxian-disclosure")


def test_an_auditor_finds_in_three_taps_the_village_that_never_posted(app, auditor):
    owed()
    accounts()
    page = auditor.follows(auditor.sees("/audit"), "该公开的：按时、晚了、还没公开")
    assert "村级财务收支" in page.text
    listed = auditor.sees(figure(page, area=TOWN, state="missing"))

    assert "朱巷村" in listed.text
    assert "军大丘村" not in listed.text
    late = auditor.sees(figure(page, area=TOWN, state="late")).text
    assert "军大丘村" in late
    assert "公开晚了" in late


def figures(page) -> list[tuple[str, str]]:
    """Return the figures of an overview that lead to a list, with their addresses."""
    return [(words, address) for words, address in page.links if "/audit/due/list?" in address]


def figure(page, **asked: str) -> str:
    """Return where the figure leads that counts just this."""
    wanted = asked | {"year": "2026"}
    return next(address for _words, address in figures(page) if dict(parse_qsl(urlsplit(address).query)) == wanted)


def rows(person, address: str) -> list[str]:
    """Return the rows of a list, of all its pages."""
    page, found = person.sees(address), []
    while True:
        assert page.status == 200
        found += re.findall('<tr><td class="d">.*?</tr>', page.html, re.DOTALL)
        if not any("看后面的" in words for words, _address in page.links):
            return found
        page = person.follows(page, "看后面的")


def test_a_long_list_goes_on_and_shows_every_cell_once(app, auditor):
    owed()
    missing = duties.listed(COUNTY, 2026, TODAY, states=["missing"], limit=10_000)
    address = figure(auditor.sees("/audit/due"), area=COUNTY, state="missing")
    found = rows(auditor, address)

    assert len(missing) > 200, "three pages"
    assert len(found) == len(missing)
    assert "看后面的" in auditor.sees(address).text
    second = auditor.follows(auditor.sees(address), "看后面的")
    assert areas.label(missing[100].place) in second.html
    assert second.html.count('<tr><td class="d">') == 100
    names = areas.labels({one.place for one in missing})
    assert [re.sub("<.*?>", "", row.split("</td>")[0]) for row in found] == [names[one.place] for one in missing]


@pytest.mark.parametrize("area", [TOWN, COUNTY])
def test_every_figure_equals_its_list(app, auditor, area):
    owed("cropland_subsidy", "land_pre_notice", "fund_allocation")
    accounts()
    publishes("land-pre-notice", "青龙片区征收土地预公告", TODAY, [VILLAGE], home=COUNTY)
    publishes("fund-allocation", "资金分配", TODAY, [TOWN], home=COUNTY)
    page = auditor.sees(f"/audit/due?area={area}")

    assert len(figures(page)) > 10
    for words, address in figures(page):
        assert len(rows(auditor, address)) == int(words.replace(",", "")), address


def test_the_county_s_own_row_opens_what_the_county_itself_owes(app, auditor):
    owed("land_pre_notice")
    publishes("land-pre-notice", "青龙片区征收土地预公告", TODAY, [VILLAGE], home=COUNTY)
    page = auditor.sees("/audit/due")

    assert "泸县本级" in page.text
    found = rows(auditor, figure(page, area=COUNTY, state="on_time", own="1"))
    assert [re.sub("<.*?>", "", row.split("</td>")[0]) for row in found] == ["泸县"]
    assert "军大丘村" not in auditor.sees(f"/audit/due/list?area={COUNTY}&own=1").text


def test_what_was_never_owed_is_told_from_what_there_is_not(app, auditor, clerk):
    owed()
    said = Said("none", "village_accounts", "2026-q3", (VILLAGE,), TODAY, why="本季没有收支")
    duties.say(TOWN, said, people.named("baihe-clerk").id, AT)
    page = auditor.sees(f"/audit/due?area={TOWN}")
    assert "不要求或没有这项" in page.text
    found = [row for row in rows(auditor, figure(page, area=TOWN, state="not_applicable")) if "军大丘村" in row]
    assert [("没有这项" in row, "不要求" in row) for row in found] == [(False, True), (False, True), (True, False)]


def test_an_auditor_reads_and_does_not_switch(app, auditor, disclosure):
    assert auditor.client.get("/audit/due/switches").status_code == 403
    page = disclosure.sees("/audit/due/switches")
    assert "还没有要求" in page.text


def test_a_duty_is_switched_on_from_a_day_and_off_only_with_a_reason(app, disclosure):
    page = disclosure.sees("/audit/due/switches")
    token = page.forms[0].fields["csrf_token"] if page.forms else ""
    given = {"csrf_token": token, "home": COUNTY, "duty": "village_accounts", "since": "2026-07-01"}

    assert "记下了" in disclosure.client.post("/audit/due/switches", data=given | {"on": "1"}, follow_redirects=True).text
    assert [act.on for act in duties.of(COUNTY)["village_accounts"]] == [True]
    off = given | {"on": "0", "since": "2026-11-22", "why": ""}
    refused = disclosure.client.post("/audit/due/switches", data=off)
    assert (refused.status_code, "不公开必须备案" in refused.text) == (422, True)
    past = disclosure.client.post("/audit/due/switches", data=off | {"since": "2026-08-01", "why": "合并了"})
    assert "以前缺的不能改没" in past.text
    assert "记下了" in disclosure.client.post("/audit/due/switches", data=off | {"why": "合并了"}, follow_redirects=True).text
    assert "不公开：合并了" in disclosure.sees("/audit/due/switches").text


def test_a_reason_names_nobody_and_is_asked_about_where_it_tells_of_somebody(app, disclosure):
    owed()
    page = disclosure.sees("/audit/due/switches")

    def switches_off(why: str, **more: str):
        return disclosure.submits(page, press="不公开，备案", duty="village_accounts", why=why, since="2026-11-22", **more)

    for why, said in (("低保户涂春燕家不同意", "这里不要写人名：涂春燕"), ("长" * 501, "最多 500 个字"), ("问 13800138000", "手机号")):
        refused = switches_off(why)
        assert (refused.status, said in refused.text) == (422, True)
    told = switches_off("他得了尿毒症，不公开")
    assert (told.status, "像是说到了某个人的" in told.text) == (422, True)
    assert [act.on for act in duties.of(COUNTY)["village_accounts"]] == [True]
    disclosure.submits(told, press="不公开，备案", duty="village_accounts", looked="尿毒症")
    assert [act.on for act in duties.of(COUNTY)["village_accounts"]] == [True, False]


def test_another_county_s_list_is_not_there(app, auditor):
    owed()
    for page in ("/audit/due", "/audit/due/list"):
        for other in ("510522000000", "510522104000"):
            assert auditor.client.get(f"{page}?area={other}").status_code == 404
        assert auditor.client.get(f"{page}?area={TOWN}").status_code == 200
