"""Which period a notice is for is told by its title, chosen by its clerk or asked for: it is never assumed."""

from __future__ import annotations

from datetime import date

import pytest

from board import kinds
from board.models import NoticePeriod, db
from board.store import duties, ledger, people
from board.store.duties import asking
from board.store.proof import notices as proof
from tests.house.statements import counted
from tests.store.due import COUNTY, HERE, TOWN, moment, owes, publishes

TODAY = date(2026, 11, 20)
TITLE = "百和镇耕地地力保护补贴公示"


def test_a_title_that_tells_it_is_not_asked_about(app):
    asked = duties.asked_period("cropland-subsidy", TOWN, f"2026年{TITLE}", {}, TODAY)
    assert (asked.told, asked.period) == ("2026", "2026")
    assert not asking.is_needed("cropland-subsidy", TOWN, f"2026年{TITLE}", {}, TODAY)


def test_one_that_does_not_offers_the_last_periods(app):
    asked = duties.asked_period("village-finance", HERE[0], "财务收支", {}, TODAY)
    assert (asked.told, asked.period) == ("", "")
    assert list(asked.choices)[:2] == ["2026-q4", "2026-q3"]
    assert asked.choices["2026-q3"].zh == "2026年第三季度"
    chosen = duties.asked_period("village-finance", HERE[0], "财务收支", {asking.PERIOD: "2026-q3"}, TODAY)
    assert chosen.period == "2026-q3"
    assert list(duties.asked_period("cropland-subsidy", TOWN, TITLE, {}, TODAY).choices) == ["2027", "2026", "2025", "2024"]


def test_a_period_that_is_told_can_be_chosen_however_old(app):
    assert list(duties.asked_period("cropland-subsidy", TOWN, f"2021年{TITLE}", {}, TODAY).choices)[0] == "2021"


def test_a_kind_that_goes_by_none_is_not_asked(app):
    assert duties.asked_period("disaster-relief", HERE[0], "冬春救助", {}, TODAY) is None
    assert duties.asked_period("fund-allocation", TOWN, "资金分配", {}, TODAY) is None
    assert duties.asked_period("social-assistance", TOWN, "拟救助", {"stage": "proposed"}, TODAY) is None


def test_it_has_to_be_chosen_only_where_the_county_owes_it(app):
    said = ("cropland-subsidy", TOWN, TITLE, {}, TODAY)
    assert not asking.is_needed(*said)
    owes("cropland_subsidy", date(2026, 1, 1))
    assert asking.is_needed(*said)
    assert not asking.is_needed("cropland-subsidy", TOWN, TITLE, {asking.PERIOD: "2026"}, TODAY)


def test_a_stage_is_asked_which_matter_it_goes_on_with(app):
    first = publishes("land-pre-notice", "青龙片区预公告", date(2026, 5, 6), [HERE[0]], home=COUNTY)
    asked = duties.asked_period("land-resettlement", COUNTY, "补偿安置公告", {}, TODAY)
    assert {key: words.zh for key, words in asked.choices.items()} == {f"n{first.number}": f"青龙片区预公告（{first.number}）"}
    named = duties.asked_period("land-resettlement", COUNTY, "补偿安置公告", {"follows": first.number}, TODAY)
    assert named.told == f"n{first.number}", "the draft says already which notice it comes after"
    assert duties.asked_period("land-resettlement", COUNTY, "补偿安置公告", {"follows": "123456789"}, TODAY).told == ""


def test_what_is_said_afterwards_is_logged_and_proven(app):
    posted = publishes("cropland-subsidy", TITLE, TODAY, HERE)
    duties.say_period(TOWN, posted.number, "2026", people.named("baihe-clerk").id, moment(TODAY))
    assert [(one.subject, one.body) for one in ledger.entries(TOWN) if one.action == "duty.period"] == [(posted.number, {"period": "2026"})]
    assert proof.first_fault() is None
    assert db.session.get(NoticePeriod, (TOWN, posted.number)).period == "2026"

    clerk = people.named("baihe-clerk").id
    duties.say_period(TOWN, posted.number, "2026", clerk, moment(TODAY))  # the same form, sent twice
    with pytest.raises(duties.PeriodRefused, match="told"):
        duties.say_period(TOWN, posted.number, "2025", clerk, moment(TODAY))
    assert len([one for one in ledger.entries(TOWN) if one.action == "duty.period"]) == 1


def test_the_versions_of_which_nobody_knows_the_period_are_listed_from_the_newest(app):
    posted = [publishes("cropland-subsidy", TITLE, date(2026, 5, day), HERE) for day in (6, 7, 8)]
    publishes("cropland-subsidy", f"2026年{TITLE}", date(2026, 5, 9), HERE)
    found = duties.untold("510521", limit=2)
    assert [one.number for one in found] == [posted[2].number, posted[1].number]
    assert [one.number for one in duties.untold("510521", before=(found[-1].posted_at, found[-1].number))] == [posted[0].number]


def test_they_are_asked_about_with_few_selects_however_many(app):
    for day in (6, 7, 8):
        publishes("cropland-subsidy", TITLE, date(2026, 5, day), HERE)
        publishes("village-finance", "财务收支", date(2026, 5, day), home=HERE[day - 6])
    first = publishes("land-pre-notice", "青龙片区预公告", date(2026, 5, 6), [HERE[0]], home=COUNTY)
    later = publishes("land-resettlement", "补偿安置公告", date(2026, 6, 6), [HERE[0]], home=COUNTY)
    db.session.expire_all()
    with counted() as statements:
        asked = duties.asked_untold("510521", TODAY, 20)
    assert len(asked) == 7
    assert len(statements.sent) <= 3
    assert {version.number: list(choices) for version, choices in asked}[later.number] == [f"n{first.number}"]


def test_a_fact_of_a_draft_is_none_of_a_kind():
    assert all(kind.fact(asking.PERIOD) is None for kind in kinds.load().values())
