"""The forms of the county's admin: what there is to choose is his own county's, and each fault is said beside its field."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask_login import login_user

from board.store import areas, people
from board.web.county import admin_forms

GAODONG, TUZHU = "510521116004", "510521116005"
HEJIANG = "510522000000"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"username": "baihe-clerk"}, "这个名字已经有了"),
        ({"username": "钱"}, "3 到 40 个小写字母"),
        ({"role": "auditor"}, "审计、政务公开办、主管部门、管理只能在县级"),
        ({"role": "inspector"}, "做什么"),
        ({"area": HEJIANG}, "在哪里"),
        ({"area": "510522104000"}, "在哪里"),
        ({"name": ""}, "请填姓名"),
    ],
)
def test_a_wrong_form_is_answered_beside_the_field_and_adds_nobody(admin, given, told):
    before = len(people.listed(""))
    page = admin.submits("/admin/people/add", **{"name": "钱多多", "username": "gaodong-clerk", "role": "clerk", "area": GAODONG} | given)
    assert page.status == 400
    assert told in page.text
    assert len(people.listed("")) == before


def test_an_area_is_merged_only_by_somebody_who_says_he_is_sure(admin):
    page = admin.submits(f"/admin/areas/{GAODONG}", press="并过去", into=TUZHU)
    assert page.status == 400
    assert "请核对后打勾" in page.text
    page = admin.submits(page, press="并过去", into=TUZHU, sure_merge="y")
    assert "已并到土主社区居民委员会（510521116005）" in page.text
    assert areas.get(GAODONG).merged_into == TUZHU


def test_an_area_of_another_county_takes_none_in(admin):
    page = admin.submits(f"/admin/areas/{GAODONG}", press="并过去", into="510522104201", sure_merge="y")
    assert page.status == 400
    assert not areas.get(GAODONG).closed


@pytest.mark.parametrize(
    ("day", "off", "name", "told"),
    [("2026-11-25", "0", "调休", "这一天本来就上班"), ("1999-01-01", "1", "元旦", "年份不对"), ("x", "1", "元旦", "哪一天")],
)
def test_a_day_that_cannot_be_is_refused(admin, day, off, name, told):
    page = admin.submits("/admin/holidays", press="记下", day=day, off=off, name=name)
    assert page.status == 400
    assert told in page.text


@pytest.fixture
def signed_in(app):
    """泸县's admin, within a request."""
    with app.test_request_context():
        login_user(people.named("luxian-admin"))
        yield


def test_what_there_is_to_choose_is_the_admins_own_county(signed_in):
    codes = [area.code for area in admin_forms.own_areas()]

    assert admin_forms.scope() == "510521"
    assert {code[:6] for code in codes} == {"510521"}
    assert codes == sorted(codes)
    offered = [choice.value for choice in admin_forms.Post(meta={"csrf": False}).role.choices]
    assert offered == ["clerk", "reviewer", "supervisor", "leader", "auditor", "disclosure", "department", "admin"]


def test_a_closed_area_is_no_choice_any_more(signed_in):
    areas.close(GAODONG, "luxian-admin", datetime(2026, 11, 22, tzinfo=UTC))

    assert GAODONG not in [area.code for area in admin_forms.own_areas()]


@pytest.mark.parametrize(
    ("code", "name"),
    [("510521000000", "　泸县 (510521000000)"), ("510521116000", "　　百和镇 (510521116000)"), (GAODONG, f"　　　高洞社区 ({GAODONG})")],
)
def test_an_area_stands_under_the_one_it_lies_in(app, code, name):
    assert admin_forms.named(areas.get(code)).strip("　") == name.strip("　")
    assert len(admin_forms.named(areas.get(code))) == len(name)


def test_an_area_is_merged_into_one_of_its_level_its_neighbours_first(signed_in):
    first, *others = admin_forms.Merge(areas.get(GAODONG)).into.choices
    codes = [choice.value for choice in others]

    assert first.value == ""
    assert GAODONG not in codes
    assert {areas.get(code).level for code in codes} == {"village"}
    near = [code[:9] == GAODONG[:9] for code in codes]
    assert near == sorted(near, reverse=True)
    assert True in near
    assert False in near
