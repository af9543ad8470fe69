"""The tabs of a draft's steps: each saves what was typed on the page, and goes on."""

from __future__ import annotations

import pytest

from tests.web.drafting import begins, draft_of, pastes

ROSTER = "组\t户主姓名\t补贴面积(亩)\t补贴标准(元/亩)\t补贴金额(元)\n1组\t甲\t2\t93.6\t187.2\n1组\t乙\t1\t93.6\t93.6"


@pytest.fixture
def draft(clerk):
    return draft_of(pastes(clerk, ROSTER))


@pytest.mark.parametrize("tab", ["上传表格", "对列", "核数", "送审"])
def test_a_tab_saves_the_facts_that_were_typed(clerk, draft, tab):
    page = clerk.submits(f"{draft}/facts", tab, eligibility="种地的", objection_phone="不是电话")
    assert page.status == 200
    assert not page.path.endswith("/facts")
    fields = clerk.sees(f"{draft}/facts").form("存好").fields
    assert (fields["eligibility"][0].strip(), fields["objection_phone"]) == ("种地的", ["不是电话"]), "right or wrong, nothing is lost"


def test_a_tab_saves_the_cells_that_were_typed(clerk, draft):
    page = clerk.submits(f"{draft}/table", "填情况", **{"cell-2-1": "甲甲"})
    assert page.path.endswith("/facts")
    assert clerk.sees(f"{draft}/table").form("存好").fields["cell-2-1"] == ["甲甲"]


def test_a_tab_saves_the_rows_that_were_typed(clerk):
    page = clerk.follows(begins(clerk, "cropland-subsidy", "510521116004"), "手工填写")
    page = clerk.submits(page, "填情况", **{"row-0-name": "甲"})
    assert page.path.endswith("/facts")
    assert clerk.sees(f"{draft_of(page)}/by-hand").form("填好了").fields["row-0-name"] == ["甲"]


def test_a_tab_saves_the_reasons_that_were_typed(clerk):
    draft = draft_of(pastes(clerk, ROSTER.replace("187.2", "180")))
    page = clerk.submits(f"{draft}/ready", "送审", **{"reason-product_differs": "按丈量前的数发的"})
    assert page.path.endswith("/finish")
    assert clerk.sees(f"{draft}/ready").form("下一步").fields["reason-product_differs"] == ["按丈量前的数发的"]


def test_a_tab_that_does_not_exist_is_passed_over(clerk, draft):
    form = clerk.sees(f"{draft}/facts").form("存好")
    fields = {name: values[0] for name, values in form.fields.items() if values}
    assert clerk.client.post(f"{draft}/facts", data=fields | {"to": "nowhere"}).status_code == 422
