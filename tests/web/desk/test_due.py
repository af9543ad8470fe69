"""A clerk starts what is due from its list, and says where there is nothing to post."""

from __future__ import annotations

import hashlib
from datetime import date

from board.models import Draft, db
from board.store import duties, notices, people
from board.web.due_words import periods_in_words
from tests.store.by_hand import by_hand
from tests.store.due import owes, publishes
from tests.web.drafting import begins, draft_of
from tests.web.duties import AT, VILLAGE, accounts, owed

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
    assert draft.title == "军大丘村2026年第四季度村级财务收支公示"
    assert draft.facts["covers"] == "2026年第四季度", "and not last time's period"
    assert "opening_balance" not in draft.facts, "last time's accounts began with it"
    for wrong in ({"period": "2026"}, {"duty": "nothing"}, {"home": "510521117001"}):
        assert clerk.client.post("/desk/due/begin", data=given | wrong).status_code == 404


def test_what_was_not_yet_written_then_is_not_stated_of_an_earlier_year(app, clerk):
    stated = {"basis_document": "泸县2026年实施方案", "fund_source": "中央财政", "objection_phone": "0830-8190000"}
    publishes("cropland-subsidy", "百和镇2026年耕地地力保护补贴公示", date(2026, 11, 20), [VILLAGE], facts=stated)
    given = {"csrf_token": token(clerk.sees("/desk")), "duty": "cropland_subsidy", "period": "2025", "home": "510521116000"}
    clerk.client.post("/desk/due/begin", data=given)

    draft = db.session.query(Draft).filter_by(kind="cropland-subsidy", state="draft").one()
    assert (draft.facts["fund_source"], draft.facts["objection_phone"]) == ("中央财政", "0830-8190000")
    assert "basis_document" not in draft.facts


def test_no_such_item_is_said_of_many_places_in_one_act(app, clerk):
    owed()
    page = clerk.sees(SAY)
    assert "checked" not in page.html, "of many villages nothing is said by mistake"
    given = {"csrf_token": token(page), "sort": "none", "places": [VILLAGE, "510521116228"], "why": ""}
    assert "请至少勾一个地方" in clerk.client.post(SAY, data={**given, "places": [], "why": "这一季没有收支"}).text
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


def test_what_stands_on_the_county_s_portal_is_noted_with_its_address_and_the_print_of_the_page(app, person, villager):
    owes("housing_plan", date(2025, 1, 1))
    county = person("luxian-clerk")
    page = county.follows(county.sees("/desk/due"), "已在别处公开")
    page = county.submits(
        page, "记下", address="https://www.luxian.gov.cn/1.html", day="2026-11-20", copy=(b"a page", "page.html"), places=["510521116000"]
    )
    assert "记下了" in page.text
    digest, seen = hashlib.sha256(b"a page").hexdigest().upper(), villager.sees("/a/510521116000/due?year=2025").text
    assert "https://www.luxian.gov.cn/1.html" in seen
    assert f"防改码 {digest[:4]} {digest[4:8]}" in seen


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
    page = clerk.sees(f"{draft_of(begins(clerk, 'village-finance', VILLAGE))}/facts")

    assert "这是哪一期的" in page.text
    assert '<option value="2026-q3">2026年第三季度' in page.html


def test_what_was_said_by_mistake_is_taken_back(app, clerk, person):
    owed()
    clerk.submits(SAY, press="记下", sort="none", why="这一季没有收支", places=[VILLAGE])
    page = clerk.sees("/desk/due")
    assert "军大丘村" not in page.text.split("说过的")[0]
    assert "没有这项：这一季没有收支" in page.text
    address = next(form.action for form in page.forms if any(words == "收回" for words, *_more in form.buttons))
    other = person("hushi-clerk")
    assert other.client.post(address, data={"csrf_token": token(other.sees("/desk"))}).status_code == 404

    page = clerk.submits(page, press="收回")
    assert "收回了" in page.text
    assert "军大丘村" in page.text
    assert "这一季没有收支" not in page.text
    assert clerk.client.post(address, data={"csrf_token": token(page)}).status_code == 404, "once"
    left = duties.lacking("510521116000", "village_accounts", "2026-q3", date(2026, 11, 22))
    assert left is not None
    assert VILLAGE in left.lacking


def test_a_notice_of_no_period_is_listed_until_its_clerk_says_which(app, clerk, person):
    owed("cropland_subsidy")
    number = publishes("cropland-subsidy", "百和镇耕地地力保护补贴公示", date(2026, 11, 20), [VILLAGE]).number
    page = clerk.sees("/desk/due")
    assert "要说明是哪一期的" in page.text
    given = {"csrf_token": token(page), "number": number, "period": "2026-q3"}
    assert "没有记下" in clerk.client.post("/desk/due/period", data=given, follow_redirects=True).text
    other = person("hushi-clerk")
    theirs = given | {"csrf_token": token(other.sees("/desk")), "period": "2026"}
    assert other.client.post("/desk/due/period", data=theirs).status_code == 404
    assert len(duties.untold("510521116")) == 1

    clerk.submits(SAY, press="记下", sort="none", why="这一季没有收支", places=[VILLAGE])
    assert "说过的" in clerk.sees("/desk/due").text, "all three parts, within what a page may ask of the database"
    page = clerk.submits(clerk.sees("/desk/due"), press="就是这一期", period="2026")
    assert "记下了" in page.text
    assert "要说明是哪一期的" not in page.text
    assert duties.untold("510521116") == []


def test_a_matter_is_not_called_by_the_title_of_a_notice_that_was_withdrawn(app):
    first = publishes("land-pre-notice", "青龙片区征收土地预公告", date(2026, 11, 20), [VILLAGE], home="510521000000")
    assert periods_in_words([f"n{first.number}"])(f"n{first.number}").zh == "青龙片区征收土地预公告"
    notices.take_down(first, people.named("luxian-reviewer").id, "错了", AT)
    assert periods_in_words([f"n{first.number}"])(f"n{first.number}").zh == first.number
