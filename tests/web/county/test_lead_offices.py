"""牵头单位 is named by the administrator, stands on what is published afterwards, and leaves alone what was published before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.store import lead_offices
from board.store.proof import notices as proof
from tests.store.posted import AT, GAODONG, TOWN, line, proposal
from tests.web.publishing import publishes, text

COUNTY = "510521000000"
PAGE = "/admin/lead-offices"


def names(admin, **typed):
    return admin.submits(PAGE, press="存", **{"group": "subsidy", **typed})


def test_the_department_is_kept_and_can_be_emptied(admin):
    page = names(admin, name="泸县农业农村局", phone="0830-8190000")
    assert "以后新公布的写这个" in page.text
    assert lead_offices.of(COUNTY)["subsidy"].name == "泸县农业农村局"
    names(admin, name="", phone="")
    assert lead_offices.of(COUNTY) == {}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "局"}, "请写部门的全称"), ({"name": "局" * 41}, "请写在 40 个字以内"),
        ({"name": "农业农村局", "phone": "找老张"}, "电话只写数字"), ({"name": "农业农村局", "phone": "13800138000"}, "请留办公室的座机"),
    ],
)  # fmt: skip
def test_what_is_no_office_is_not_kept(admin, typed, said):
    page = names(admin, **typed)
    assert page.status == 422
    assert said in page.text
    assert "13800138000" not in page.html
    assert lead_offices.of(COUNTY) == {}


def test_another_countys_administrator_names_nobody_here(admin, person):
    other = person("hejiang-admin")
    page = other.sees(PAGE)
    assert "泸县" not in page.text.replace("例如：泸县", "")
    assert "合江县" in page.text
    answer = other.client.post(f"{PAGE}/{COUNTY}", data={"csrf_token": page.forms[-1].fields["csrf_token"][0], "group": "subsidy"})
    assert answer.status_code == 404


def test_it_stands_on_the_page_and_the_poster_of_what_is_published_from_then_on(villager, clerk, posted):
    before = posted.number
    lead_offices.put(COUNTY, "subsidy", "泸县农业农村局", "0830-8190000", "luxian-admin", AT)
    made = proposal("cropland-subsidy", [line(GAODONG, 1, "张小三", "4.95")])
    number = publishes(replace(made, frozen=made.frozen | lead_offices.frozen(TOWN, "subsidy")))

    for address in (f"/n/{number}", f"/n/{number}/{GAODONG}"):
        assert "牵头单位：泸县农业农村局 0830-8190000" in villager.sees(address).text
    assert "牵头单位" in text(villager.client.get(f"/n/{number}/{GAODONG}/sheet.pdf").data)
    assert "牵头单位" not in villager.sees(f"/n/{before}/{GAODONG}").text
    lead_offices.put(COUNTY, "subsidy", "", "", "luxian-admin", AT)
    assert "牵头单位：泸县农业农村局" in villager.sees(f"/n/{number}").text
    assert proof.first_fault() is None
