"""An auditor finds the village that never posted; 政务公开办 says since when what is owed."""

from __future__ import annotations

from datetime import date

import pytest

from board.store import duties
from tests.web.duties import COUNTY, TOWN, VILLAGE, accounts, owed


@pytest.fixture
def disclosure(person):
    return person("luxian-disclosure")


def test_an_auditor_finds_in_three_taps_the_village_that_never_posted(app, auditor):
    owed()
    accounts()
    page = auditor.follows(auditor.sees("/audit"), "该公开的：按时、晚了、还没公开")
    assert "村级财务收支" in page.text
    listed = auditor.sees(f"/audit/due/list?year=2026&state=missing&area={TOWN}")

    assert "朱巷村" in listed.text
    assert "军大丘村" not in listed.text
    late = auditor.sees(f"/audit/due/list?year=2026&state=late&area={TOWN}").text
    assert "军大丘村" in late
    assert "公开晚了" in late


def test_every_figure_equals_its_list(app, auditor):
    owed("cropland_subsidy")
    accounts()
    counts = duties.counted(TOWN, 2026, date(2026, 11, 22))

    for state, n in duties.totals(counts).items():
        rows = auditor.sees(f"/audit/due/list?year=2026&area={TOWN}&state={state}").html.count('<tr><td class="d">')
        assert rows == min(n, 100)


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


def test_another_county_s_list_is_not_there(app, auditor):
    assert auditor.client.get("/audit/due?area=510522000000").status_code == 404
    assert VILLAGE.startswith("510521")
