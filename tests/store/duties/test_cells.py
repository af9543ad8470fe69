"""What a place, an office and a county owe in a year: each cell in one class, each figure with its list."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from board.rules.duties.statement import Said
from board.rules.duties.switches import Switched
from board.store import areas, duties, people
from board.store.duties import cells
from tests.house.statements import counted
from tests.store.due import COUNTY, HERE, TOWN, moment, owes, publishes

JAN, NOV = date(2026, 1, 1), date(2026, 11, 20)
Q3, DUE = "2026-q3", date(2026, 10, 10)
TITLE = "2026年第三季度收支"
VILLAGES = 13
COVERS = {"covers": "2026年第三季度"}


def states(home: str, today: date, duty: str, period: str, year: int = 2026) -> dict[str, str]:
    return {one.place: one.state for one in duties.of_area(home, year, today, [duty]) if one.period == period}


@pytest.fixture
def accounts(app):
    """Village accounts are owed since January 2026."""
    owes("village_accounts", JAN, NOV)


def test_a_village_owes_each_quarter_that_has_begun_since_the_switch(accounts):
    found = duties.of_area(HERE[0], 2026, date(2026, 8, 1))
    assert [(one.period, one.state, one.due) for one in found] == [
        ("2026-q1", "missing", date(2026, 4, 10)), ("2026-q2", "missing", date(2026, 7, 10)), (Q3, "not_due", DUE),
    ]  # fmt: skip
    assert {one.owner for one in found} == {HERE[0]}
    assert [one.state for one in duties.of_area(HERE[0], 2025, NOV)] == ["not_applicable"] * 4


def test_nothing_is_owed_without_a_switch(app):
    assert duties.of_area(TOWN, 2026, NOV) == []
    assert duties.counted(COUNTY, 2026, NOV) == {}
    assert duties.owes(TOWN, 2026, NOV) == []
    assert duties.first_year(TOWN) is None


def test_a_period_that_ended_before_the_switch_is_not_owed(app):
    owes("village_accounts", date(2026, 7, 15))
    assert [(one.period, one.state) for one in duties.of_area(HERE[0], 2026, NOV)] == [
        ("2026-q1", "not_applicable"), ("2026-q2", "not_applicable"), (Q3, "missing"), ("2026-q4", "not_due"),
    ]  # fmt: skip
    assert duties.first_year(HERE[0]) == 2026


def test_switched_off_it_is_owed_no_more_and_what_was_missing_stays(accounts):
    duties.switch(COUNTY, "village_accounts", Switched(False, NOV, "由省里公开"), people.named("luxian-admin").id, moment(NOV))
    after = date(2027, 2, 1)
    assert [one.state for one in duties.of_area(HERE[0], 2026, after)] == ["missing", "missing", "missing", "not_applicable"]


@pytest.mark.parametrize(("day", "state"), [(DUE, "on_time"), (DUE + timedelta(1), "late")])
def test_what_is_published_is_on_time_or_late(accounts, day, state):
    publishes("village-finance", TITLE, day, home=HERE[0], facts=COVERS)
    assert states(HERE[0], NOV, "village_accounts", Q3) == {HERE[0]: state}


def test_no_such_item_does_not_apply(accounts):
    said = Said("none", "village_accounts", Q3, tuple(HERE), NOV, why="没有收支")
    duties.say(TOWN, said, people.named("baihe-clerk").id, moment(NOV))
    found = states(TOWN, NOV, "village_accounts", Q3)
    assert {found.pop(place) for place in HERE} == {"not_applicable"}
    assert (set(found.values()), len(found)) == ({"missing"}, VILLAGES - len(HERE))


def test_a_closed_village_owes_nothing_after_closing(accounts):
    areas.close(HERE[1], "luxian-admin", moment(date(2026, 8, 1)))
    found = {one.period: one.state for one in duties.of_area(HERE[1], 2026, NOV)}
    assert found == {"2026-q1": "missing", "2026-q2": "missing", Q3: "not_applicable", "2026-q4": "not_applicable"}
    assert duties.of_area(HERE[1], 2027, date(2027, 5, 1)) == []
    assert sum((one.total() for one in duties.counted(TOWN, 2026, NOV).values()), 0) == 4 * VILLAGES


def test_a_sheet_that_covers_all_but_one_village_says_which(app):
    owes("cropland_subsidy", JAN, NOV)
    places = [area.code for area in areas.children(TOWN)]
    publishes("cropland-subsidy", "2026年耕地补贴", date(2026, 5, 6), places[:-1])
    found = duties.lacking(TOWN, "cropland_subsidy", "2026", NOV)
    assert (found.owed, found.settled, found.lacking, found.state) == (VILLAGES, VILLAGES - 1, (places[-1],), "not_due")
    assert duties.lacking(TOWN, "cropland_subsidy", "2025", NOV) is None
    assert duties.lacking(TOWN, "village_accounts", Q3, NOV) is None


def test_an_office_reads_what_it_owes_from_the_longest_missing_on(accounts):
    owes("cropland_subsidy", JAN, NOV)
    publishes("village-finance", TITLE, DUE, home=HERE[0], facts=COVERS)
    found = duties.owes(TOWN, 2026, NOV)
    assert [(one.duty, one.period, one.state, len(one.lacking)) for one in found] == [
        ("village_accounts", "2026-q1", "missing", VILLAGES), ("village_accounts", "2026-q2", "missing", VILLAGES),
        ("village_accounts", Q3, "missing", VILLAGES - 1),
    ]  # fmt: skip
    soon = [one for one in duties.owes(TOWN, 2026, NOV, soon=90) if one.state == "not_due"]
    assert [(one.duty, one.period) for one in soon] == [("village_accounts", "2026-q4"), ("cropland_subsidy", "2026")]
    assert [one.duty for one in duties.owes(HERE[1], 2026, NOV, soon=90)] == ["village_accounts"] * 4, "a village acts on its own"
    assert duties.owes(COUNTY, 2026, NOV) == []


def test_late_counts_to_the_body_whose_act_was_late(app):
    owes("fund_allocation", JAN, NOV)
    owes("cropland_subsidy", JAN, NOV)
    publishes("fund-allocation", "分配", date(2026, 5, 6), [TOWN], home=COUNTY, by=date(2026, 5, 1))
    publishes("cropland-subsidy", "2026年耕地补贴", date(2026, 5, 6), HERE, by=date(2026, 5, 1))
    assert [(one.place, one.duty) for one in duties.late(COUNTY, 2026, NOV)] == [(TOWN, "fund_allocation")]
    assert [(one.place, one.duty) for one in duties.late(TOWN, 2026, NOV)] == [(place, "cropland_subsidy") for place in HERE]
    assert duties.late(HERE[0], 2026, NOV) == []


def test_a_stage_is_next_once_the_one_before_was_published(app):
    for duty in ("land_pre_notice", "land_resettlement"):
        owes(duty, JAN, NOV)
    assert duties.of_area(COUNTY, 2026, NOV) == []
    first = publishes("land-pre-notice", "预公告", date(2026, 5, 6), [HERE[0]], home=COUNTY)
    key = f"n{first.number}"
    assert states(COUNTY, NOV, "land_resettlement", key) == {COUNTY: "not_due"}
    assert [(one.duty, one.due) for one in duties.owes(COUNTY, 2026, NOV)] == [("land_resettlement", None)]
    publishes("land-resettlement", "补偿安置", date(2026, 6, 3), [HERE[0]], home=COUNTY, frozen={"period": key})
    assert states(COUNTY, NOV, "land_resettlement", key) == {COUNTY: "on_time"}


def test_every_figure_equals_its_list_page_by_page(accounts):
    owes("cropland_subsidy", JAN, NOV)
    publishes("village-finance", TITLE, DUE + timedelta(1), home=HERE[0], facts=COVERS)
    publishes("cropland-subsidy", "2026年耕地补贴", date(2026, 5, 6), HERE)
    counts = duties.counted(COUNTY, 2026, NOV)
    totals = duties.totals(counts)
    assert totals["late"] == 1
    assert totals["on_time"] == len(HERE)
    for state, n in totals.items():
        found: list[cells.Cell] = []
        while page := duties.listed(COUNTY, 2026, NOV, states=[state], after=found[-1].key if found else None, limit=250):
            found += page
        assert len(found) == len({one.key for one in found}) == n
        assert Counter((cells._town(one.place), one.duty, one.period) for one in found) == {
            key: one[state] for key, one in counts.items() if one[state]
        }
    assert duties.totals(counts, town=TOWN, duty="village_accounts", period=Q3) == {"late": 1, "missing": VILLAGES - 1}
    assert len(duties.listed(TOWN, 2026, NOV, states=["missing"], duties=["village_accounts"], period=Q3)) == VILLAGES - 1


def test_what_is_rare_is_found_in_few_selects(accounts):
    publishes("village-finance", TITLE, DUE + timedelta(1), home=HERE[0], facts=COVERS)
    with counted() as statements:
        assert [one.place for one in duties.listed(COUNTY, 2026, NOV, states=["late"])] == [HERE[0]]
    assert len(statements.sent) < 10


def test_a_county_s_own_cells_are_listed_alone(accounts):
    owes("land_pre_notice", JAN, NOV)
    publishes("land-pre-notice", "预公告", date(2026, 5, 6), [HERE[0]], home=COUNTY)
    counts = duties.counted(COUNTY, 2026, NOV)
    assert duties.totals(counts, town=COUNTY) == {"on_time": 1}
    assert [(one.place, one.duty) for one in duties.listed(COUNTY, 2026, NOV, town=COUNTY)] == [(COUNTY, "land_pre_notice")]
    assert len(duties.listed(COUNTY, 2026, NOV, town=TOWN, limit=1000)) == 4 * VILLAGES


def test_the_quarters_of_a_year_make_the_year(accounts):
    owes("cropland_subsidy", JAN, NOV)
    publishes("cropland-subsidy", "2026年耕地补贴", date(2026, 5, 6), HERE)
    quarters = [duties.of_area(TOWN, 2026, NOV, quarter=no) for no in (1, 2, 3, 4)]
    assert [{one.period for one in some} for some in quarters] == [{"2026-q1"}, {"2026-q2"}, {Q3}, {"2026-q4", "2026"}]
    assert sorted(one.key for some in quarters for one in some) == [one.key for one in duties.of_area(TOWN, 2026, NOV)]
    parts = [duties.totals(duties.counted(TOWN, 2026, NOV, quarter=no)) for no in (1, 2, 3, 4)]
    assert sum(parts, Counter()) == +duties.totals(duties.counted(TOWN, 2026, NOV))
    assert len(duties.listed(TOWN, 2026, NOV, quarter=3, limit=1000)) == VILLAGES
