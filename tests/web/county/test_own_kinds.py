"""主管部门 read what is due and the assessment of their own kinds alone; those who see all see it all."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from board.store import people
from board.store.drafting import drafts, stopped_leaks
from tests.store.asked import does, files
from tests.store.due import HERE, moment, owes, publishes
from tests.store.posted import TOWN

DAY = date(2026, 8, 3)


@pytest.fixture
def finance(person):
    """泸县's department for subsidies."""
    return person("luxian-finance")


def test_of_what_is_due_it_sees_its_own_kinds_alone(finance):
    owes("cropland_subsidy", date(2025, 1, 1))
    owes("village_accounts", date(2025, 1, 1))
    page = finance.follows(finance.sees("/audit/group"), "该公开的")
    assert "泸县：该公开的，2026年 · 涉农补贴" in page.text
    assert "耕地" in page.text
    assert "村级财务" not in page.text
    assert "村级财务" not in finance.sees("/audit/due/list?year=2025&duty=village_accounts").text
    assert finance.sees("/audit/due/switches").status == 403


def test_of_the_assessment_it_sees_its_own_kinds_and_no_case(finance, auditor):
    clerk = people.named("baihe-clerk").id
    own = publishes("cropland-subsidy", "2026年耕地地力保护补贴", DAY, [HERE[0]])
    publishes("disaster-relief", "2026年冬春救助", DAY, [HERE[0]])
    does(files(own, "correction", at=moment(DAY)), "answer", clerk, "改了。", moment(DAY), "corrected")
    for kind in ("cropland-subsidy", "disaster-relief"):
        stopped_leaks.note(TOWN, drafts.start(TOWN, kind, "草稿", clerk, moment(DAY)).id, "file", {"id_number": 3}, moment(DAY))

    def town(who) -> dict[str, str]:
        rows = list(csv.reader(io.StringIO(who.client.get("/audit/assessment/table.csv?quarter=2026-q3").data.decode("utf-8-sig"))))
        return dict(zip(rows[0], next(row for row in rows if row[0].strip() == TOWN), strict=True))

    names = ("第一次公布的公示", "公布前拦下个人信息", "查出公示有错的来件")
    assert [town(auditor)[name] for name in names] == ["2", "2", "1"]
    assert [town(finance)[name] for name in names] == ["1", "1", "1"]
    page = finance.follows(finance.sees("/audit/group"), "考核用的事实")
    assert "考核用的事实 · 涉农补贴" in page.text
    assert "冬春救助" not in finance.sees(f"/audit/assessment/list?figure=posted&area={TOWN}&quarter=2026-q3").text
    assert finance.sees(f"/audit/assessment/list?figure=found&area={TOWN}&quarter=2026-q3").status == 404
    assert finance.sees("/audit/assessment/year").status == 403
