"""The county admin at his desk: people, areas, holidays, and nothing beyond his county."""

from __future__ import annotations

import re
from datetime import date

import pytest

from board.store import holidays, people
from board.store.drafting import drafts

LUXIAN, BAIHE, GAODONG = "510521000000", "510521116000", "510521116004"


def id_of(username):
    """Return a user id."""
    return people.named(username).id


def test_an_added_person_signs_in_with_what_the_page_showed_once(admin, person):
    page = admin.submits("/admin/people/add", name="钱多多", username="gaodong-clerk", role="clerk", area=GAODONG)
    password = re.search(r"<b>([a-z-]+-\d{4})</b>", page.html)[1]
    assert password not in admin.sees(f"/admin/people/{id_of('gaodong-clerk')}").text
    assert person().submits("/sign-in", username="gaodong-clerk", password=password).path == "/account"


def test_the_list_goes_by_area_and_ends_at_the_county(admin):
    text = admin.sees("/admin").text
    assert text.index("泸县 510521000000") < text.index("百和镇 510521116000") < text.index("baihe-clerk")
    assert "hejiang-auditor" not in text


def test_moving_somebody_changes_what_he_may_do(admin, person):
    page = admin.submits(f"/admin/people/{id_of('baihe-clerk')}", press="调动", role="reviewer", area=LUXIAN)
    assert "调好了" in page.text
    assert "审核（把关）" in person("baihe-clerk").sees("/account").text


def test_a_disabled_person_comes_back_with_his_own_password(admin, person):
    page = admin.submits(admin.submits(f"/admin/people/{id_of('baihe-clerk')}", press="停用"), "停用")
    assert person().submits("/sign-in", username="baihe-clerk", password="mingbai-demo").status == 401
    admin.submits(page, press="恢复登录")
    assert person("baihe-clerk").sees("/desk").path == "/desk"


def test_the_admin_cannot_shut_himself_out(admin):
    page = admin.sees(f"/admin/people/{id_of('luxian-admin')}")
    token = page.forms[0].fields["csrf_token"][0]
    assert "停用" not in [words for form in page.forms for words, *_ in form.buttons]
    answer = admin.client.post(f"/admin/people/{id_of('luxian-admin')}/disable", data={"csrf_token": token, "sure": "yes"})
    assert answer.status_code == 400
    assert "不能停用或调动自己" in answer.text


def test_drafts_are_handed_to_a_colleague_of_the_same_desk(app, admin):
    people.add("baihe-second", "某人", "clerk", BAIHE, at=app.clock())
    drafts.start(BAIHE, "cropland", "", id_of("baihe-clerk"), app.clock())
    heir = id_of("baihe-second")
    page = admin.submits(f"/admin/people/{id_of('baihe-clerk')}", press="移交", heir=heir)
    assert "移交了 1 份草稿" in page.text
    assert people.open_drafts(heir) == {BAIHE: 1}


@pytest.mark.parametrize("act", ["move", "enable", "reset"])
def test_the_admin_never_holds_the_inspectors_key(admin, act):
    page = admin.sees(f"/admin/people/{id_of('luxian-inspector')}")
    token = page.forms[0].fields["csrf_token"][0]
    sent = {"csrf_token": token, "role": "clerk", "area": BAIHE}
    answer = admin.client.post(f"/admin/people/{id_of('luxian-inspector')}/{act}", data=sent)
    assert answer.status_code == 403


@pytest.mark.parametrize("act", ["", "/disable", "/enable", "/reset", "/move", "/hand-over"])
def test_a_neighbour_countys_people_are_not_there(admin, act):
    address = f"/admin/people/{id_of('hejiang-auditor')}{act}"
    token = admin.sees("/admin").forms[0].fields["csrf_token"][0]
    answer = admin.client.post(address, data={"csrf_token": token}) if act else admin.client.get(address)
    assert answer.status_code == 404
    assert not people.named("hejiang-auditor").disabled


@pytest.mark.parametrize("act", ["", "/rename", "/merge", "/close"])
def test_a_neighbour_countys_areas_are_not_there(admin, act):
    token = admin.sees("/admin").forms[0].fields["csrf_token"][0]
    address = f"/admin/areas/510522104000{act}"
    answer = admin.client.post(address, data={"csrf_token": token, "name": "x"}) if act else admin.client.get(address)
    assert answer.status_code == 404


def test_an_unheard_of_number_is_no_page(admin):
    assert [admin.sees(f"/admin/{path}").status for path in ("people/2147483648", "people/99999", "areas/510521999999")] == [404] * 3


@pytest.mark.parametrize("username", ["baihe-clerk", "luxian-reviewer", "luxian-auditor", "luxian-inspector"])
@pytest.mark.parametrize("path", ["/admin", "/admin/people/add", "/admin/areas", "/admin/holidays"])
def test_nobody_else_gets_in(person, username, path):
    assert person(username).sees(path).status == 403


@pytest.mark.parametrize("path", ["/inspect", "/audit", "/desk"])
def test_the_admin_sees_no_report_no_audit_and_no_draft(admin, path):
    assert admin.sees(path).status == 403


def test_an_area_is_renamed_and_found_under_both_names(admin):
    page = admin.submits(f"/admin/areas/{GAODONG}", press="改名称", name="高峰社区")
    assert page.heading == "高峰社区"
    assert "高洞社区居民委员会" in page.text
    for words in ("高峰", "高洞社区", GAODONG):
        assert "找到 1 处" in admin.submits("/admin/areas", q=words).text
    assert "没有找到“%_”" in admin.submits("/admin/areas", q="%_").text


def test_a_township_with_villages_is_not_closed(admin):
    page = admin.submits(f"/admin/areas/{BAIHE}", press="关掉", sure="y")
    assert page.status == 400
    assert "下面还有没关的地方" in page.text


def test_a_closed_area_offers_nothing_to_change(admin):
    page = admin.submits(f"/admin/areas/{GAODONG}", press="关掉", sure="y")
    assert "已经关了，不能再发新的公示" in page.text
    assert [form.action for form in page.forms] == ["/sign-out"]


def test_a_year_without_a_published_table_says_it_is_provisional(admin):
    page = admin.sees("/admin/holidays?year=2027")
    assert "暂定" in page.text
    assert "2027年10月1日 星期五\n放假 暂定\n国庆节" in page.text
    assert "暂定" not in admin.sees("/admin/holidays").text


def test_a_make_up_day_counts_from_the_moment_it_is_put_down(admin):
    day = date(2026, 11, 28)
    assert not holidays.calendar().is_working(day)
    page = admin.submits("/admin/holidays", press="记下", day=day, off="0", name="调休")
    assert "2026年11月28日 星期六\n调休上班" in page.text
    assert holidays.calendar().is_working(day)
    assert len(holidays.rows()) > 100


def test_a_day_that_is_struck_off_is_what_its_weekday_says(app, admin):
    holidays.put(date(2026, 11, 23), True, "测试节", "console", app.clock())
    token = admin.sees("/admin/holidays").forms[0].fields["csrf_token"][0]
    answer = admin.client.post("/admin/holidays/remove", data={"csrf_token": token, "day": "2026-11-23", "sure": "yes"})
    assert answer.location == "/admin/holidays?year=2026"
    assert holidays.calendar().is_working(date(2026, 11, 23))
