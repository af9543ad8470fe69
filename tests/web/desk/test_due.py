"""A clerk starts what is due from its list, and says where there is nothing to post."""

from __future__ import annotations

from datetime import date

from board.models import Draft, db
from board.store import duties
from tests.store.by_hand import by_hand
from tests.web.duties import VILLAGE, accounts, owed

SAY = "/desk/due/village_accounts/2026-q3"


def token(page) -> str:
    return page.html.split('name="csrf_token" value="')[1].split('"')[0]


def test_what_is_missing_stands_first_with_the_villages_that_lack_it(app, clerk):
    owed()
    page = clerk.follows(clerk.sees("/desk"), "该公开的")

    assert "村级财务收支 · 2026年第三季度" in page.text
    assert "还没公开，最晚应该是2026年10月10日" in "".join(page.text.split())
    assert "军大丘村" in page.text


def test_a_notice_is_begun_from_the_list_with_its_period_and_what_was_stated_last(app, clerk):
    owed()
    accounts()
    page = clerk.sees("/desk/due")
    given = {"csrf_token": token(page), "duty": "village_accounts", "period": "2026-q4", "home": VILLAGE}
    done = clerk.client.post("/desk/due/begin", data=given, follow_redirects=True)

    assert "上次写过的情况已经带过来" in done.text
    draft = db.session.query(Draft).filter_by(home=VILLAGE, state="draft").one()
    assert (draft.facts["duty_period"], draft.facts["objection_phone"]) == ("2026-q4", "0830-8190000")
    for wrong in ({"period": "2026"}, {"duty": "nothing"}, {"home": "510521117001"}):
        assert clerk.client.post("/desk/due/begin", data=given | wrong).status_code == 404


def test_no_such_item_is_said_of_many_places_in_one_act(app, clerk):
    owed()
    page = clerk.sees(SAY)
    given = {"csrf_token": token(page), "sort": "none", "places": [VILLAGE, "510521116228"], "why": ""}
    assert "请写为什么没有这一项" in clerk.client.post(SAY, data=given).text
    assert "记下了" in clerk.client.post(SAY, data=given | {"why": "这一季没有收支"}, follow_redirects=True).text

    left = duties.lacking("510521116000", "village_accounts", "2026-q3", date(2026, 11, 22))
    assert left is not None
    assert VILLAGE not in left.lacking


def test_what_was_published_elsewhere_or_on_paper_is_noted_with_its_day(app, clerk, villager):
    owed()
    page = clerk.sees(SAY)
    given = {"csrf_token": token(page), "places": [VILLAGE], "day": "2026-10-08"}
    assert "请选一样" in clerk.client.post(SAY, data=given).text
    wrong = clerk.client.post(SAY, data=given | {"sort": "elsewhere", "address": "luxian.gov.cn"})
    assert "网址要以 https:// 开头" in wrong.text
    assert 'value="luxian.gov.cn"' in wrong.text, "nothing that was typed is lost"
    clerk.client.post(SAY, data=given | {"sort": "elsewhere", "address": "https://www.example.gov.cn/zw/1.html"})

    assert "已在别处公开" in villager.sees(f"/a/{VILLAGE}/due").text
    assert "按时 1" in villager.sees(f"/a/{VILLAGE}").text
    paper = given | {"places": ["510521116228"], "sort": "paper", "seen_by": "监督委员会主任"}
    clerk.client.post(SAY, data=paper)
    assert "只贴了纸" in villager.sees("/a/510521116228/due").text


def test_what_another_office_owes_is_not_there_to_be_settled(app, clerk, person):
    owed("cropland_subsidy", "fund_allocation")
    assert clerk.client.get("/desk/due/cropland_subsidy/2026").status_code == 200
    county = person("luxian-clerk")
    given = {"csrf_token": token(county.sees("/desk")), "sort": "none", "places": [VILLAGE], "why": "没有收支"}
    assert (county.client.get(SAY).status_code, county.client.post(SAY, data=given).status_code) == (404, 404)
    by_hand("UPDATE \"user\" SET area = '510521116227' WHERE username = 'baihe-clerk'")
    assert clerk.client.get(SAY).status_code == 200
    assert clerk.client.get("/desk/due/cropland_subsidy/2026").status_code == 404


def test_a_day_before_the_period_began_is_refused(app, clerk):
    owed()
    given = {"csrf_token": token(clerk.sees(SAY)), "places": [VILLAGE], "sort": "paper", "seen_by": "监督委员会主任"}
    wrong = clerk.client.post(SAY, data=given | {"day": "2026-06-30"})
    assert (wrong.status_code, "这一期那天还没有开始" in wrong.text) == (422, True)
    assert "记下了" in clerk.client.post(SAY, data=given | {"day": "2026-07-01"}, follow_redirects=True).text


def test_a_period_that_is_none_is_not_there(app, clerk):
    owed()
    for wrong in ("/desk/due/village_accounts/2026", "/desk/due/nothing/2026-q3", "/desk/due/village_accounts/n123456789"):
        assert clerk.client.get(wrong).status_code == 404


def test_a_clerk_chooses_the_period_where_nothing_tells_it(app, clerk):
    owed()
    page = clerk.sees("/desk/due")
    given = {"csrf_token": token(page), "duty": "village_accounts", "period": "2026-q3", "home": VILLAGE}
    clerk.client.post("/desk/due/begin", data=given)
    draft = db.session.query(Draft).filter_by(home=VILLAGE, state="draft").one()
    page = clerk.sees(f"/desk/{VILLAGE}/{draft.id}/facts")

    assert "这是哪一期的" in page.text
    assert '<option selected value="2026-q3">2026年第三季度' in page.html
