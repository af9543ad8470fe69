"""What settles a place's period: kept as notices are posted, corrected and withdrawn, and made anew to the same."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, update

from board.models import DutySettlement, db
from board.rules.duties.duty_period import matter
from board.store import duties, notices, people
from board.store.duties import settling
from board.store.engine import writing
from tests.store.due import COUNTY, HERE, TOWN, moment, publishes

MAY, JUNE = date(2026, 5, 6), date(2026, 6, 3)
TITLE = "百和镇2026年耕地地力保护补贴公示"


def stored(duty: str = "cropland_subsidy") -> dict[tuple[str, str], list[DutySettlement]]:
    db.session.rollback()
    found: dict[tuple[str, str], list[DutySettlement]] = {}
    for row in db.session.query(DutySettlement).filter_by(duty=duty).order_by(DutySettlement.home, DutySettlement.day):
        found.setdefault((row.home, row.period), []).append(row)
    return found


def counting(duty: str = "cropland_subsidy") -> dict[tuple[str, str], tuple[str, date]]:
    found = {key: [row for row in rows if row.counts] for key, rows in stored(duty).items()}
    assert all(len(rows) == 1 for rows in found.values()), "one counts"
    return {key: (rows[0].source, rows[0].day) for key, rows in found.items()}


def withdraws(posted, day=JUNE) -> None:
    assert notices.take_down(posted, people.named("baihe-reviewer").id, "错了", moment(day))


@pytest.fixture(autouse=True)
def made_anew(app):
    """Whatever a test did, counting anew finds nothing else."""
    yield
    assert duties.recount() == []


def test_one_sheet_of_a_township_settles_every_village_on_it(app):
    posted = publishes("cropland-subsidy", TITLE, MAY, HERE)
    assert counting() == {(place, "2026"): (f"n{posted.number}", MAY) for place in HERE}
    assert {row.by for rows in stored().values() for row in rows} == {TOWN}


def test_a_village_that_a_correction_adds_was_published_on_the_day_of_the_correction(app):
    posted = publishes("cropland-subsidy", TITLE, MAY, HERE[:2])
    publishes("cropland-subsidy", TITLE, JUNE, HERE, corrects=posted)
    assert [day for _source, day in counting().values()] == [MAY, MAY, JUNE]


def test_a_village_that_a_correction_leaves_out_is_not_published_any_more(app):
    posted = publishes("cropland-subsidy", TITLE, MAY, HERE)
    publishes("cropland-subsidy", TITLE, JUNE, HERE[:1], corrects=posted)
    assert list(counting()) == [(HERE[0], "2026")]


def test_a_correction_of_the_period_moves_what_is_settled(app):
    posted = publishes("cropland-subsidy", TITLE, MAY, HERE)
    publishes("cropland-subsidy", TITLE.replace("2026", "2025"), JUNE, HERE, corrects=posted)
    assert counting() == {(place, "2025"): (f"n{posted.number}", JUNE) for place in HERE}


def test_when_the_first_is_withdrawn_the_next_counts_and_then_none(app):
    first, second = (publishes("cropland-subsidy", TITLE, day, HERE) for day in (MAY, JUNE))
    assert {source for source, _day in counting().values()} == {f"n{first.number}"}
    withdraws(first)
    assert set(counting().values()) == {(f"n{second.number}", JUNE)}
    withdraws(second)
    assert counting() == {}


def test_a_notice_that_tells_no_period_settles_none_until_somebody_says_it(app):
    clerk = people.named("baihe-clerk").id
    posted = publishes("cropland-subsidy", "耕地地力保护补贴公示", MAY, HERE)
    assert counting() == {}
    assert [one.number for one in duties.untold("510521")] == [posted.number]
    with pytest.raises(duties.PeriodRefused, match="period"):
        duties.say_period(TOWN, posted.number, "2026-q1", clerk, moment(JUNE))
    duties.say_period(TOWN, posted.number, "2026", clerk, moment(JUNE))
    assert counting() == {(place, "2026"): (f"n{posted.number}", MAY) for place in HERE}
    assert duties.untold("510521") == []


def test_one_that_tells_its_period_is_not_said_otherwise(app):
    posted = publishes("cropland-subsidy", TITLE, MAY, HERE)
    with pytest.raises(duties.PeriodRefused, match="told"):
        duties.say_period(TOWN, posted.number, "2025", people.named("baihe-clerk").id, moment(JUNE))
    with pytest.raises(duties.PeriodRefused, match="notice"):
        duties.say_period(TOWN, "99999999", "2025", people.named("baihe-clerk").id, moment(JUNE))


def test_the_period_that_a_clerk_chose_is_that_of_the_version(app):
    publishes("cropland-subsidy", "耕地地力保护补贴公示", MAY, HERE[:1], frozen={"period": "2025"})
    assert list(counting()) == [(HERE[0], "2025")]


def test_one_of_another_length_is_none_of_the_duty(app):
    publishes("cropland-subsidy", TITLE, MAY, HERE[:1], frozen={"period": "2026-q1"})
    assert counting() == {}


def test_only_the_facts_that_a_duty_names_count(app):
    title = "百和镇2026年第一季度低保名单"
    publishes("social-assistance", title, MAY, HERE, facts={"stage": "proposed"})
    assert counting("social_assistance") == {}
    approved = publishes("social-assistance", title, JUNE, HERE, facts={"stage": "approved"})
    assert counting("social_assistance") == {(place, "2026-q1"): (f"n{approved.number}", JUNE) for place in HERE}


def test_what_happens_is_settled_by_itself_and_judged_by_its_own_last_day(app):
    posted = publishes("disaster-relief", "冬春救助", JUNE, [HERE[0]], home=HERE[0], by=MAY)
    key = HERE[0], matter(posted.number)
    assert counting("disaster_relief") == {key: (f"n{posted.number}", JUNE)}
    assert stored("disaster_relief")[key][0].due == MAY


def test_accounts_are_due_by_the_law_of_the_place_and_by_their_own_last_day(app):
    publishes("village-finance", "2026年第一季度收支", MAY, home=HERE[0], facts={"covers": "2026年第一季度"})
    publishes("village-finance", "2026年第二季度收支", JUNE, home=HERE[0], by=date(2026, 6, 1))
    due = {period: rows[0].due for (_place, period), rows in stored("village_accounts").items()}
    assert due == {"2026-q1": date(2026, 4, 10), "2026-q2": date(2026, 6, 1)}


def test_a_stage_goes_by_the_matter_that_began_before_it(app):
    first = publishes("land-pre-notice", "征收土地预公告", MAY, [HERE[0]], home=COUNTY)
    key = COUNTY, matter(first.number)
    assert counting("land_pre_notice") == {key: (f"n{first.number}", MAY)}
    plan = publishes("land-resettlement", "补偿安置公告", JUNE, [HERE[0]], home=COUNTY, frozen={"period": key[1]})
    assert counting("land_resettlement") == {key: (f"n{plan.number}", JUNE)}
    assert {rows[0].as_of for rows in stored("land_resettlement").values()} == {MAY}
    notices.take_down(first, people.named("luxian-reviewer").id, "错了", moment(JUNE))
    assert counting("land_pre_notice") == {}
    assert {rows[0].as_of for rows in stored("land_resettlement").values()} == {JUNE}, "its own day, for nothing goes before it"


def test_counting_anew_finds_and_puts_right_what_a_hand_changed(app):
    posted = publishes("cropland-subsidy", TITLE, MAY, HERE)
    right = counting()
    with writing() as session:
        session.execute(delete(DutySettlement).where(DutySettlement.home == HERE[0]))
        session.execute(update(DutySettlement).where(DutySettlement.home == HERE[1]).values(day=JUNE))
        session.add(
            DutySettlement(
                home=HERE[2], duty="grain_subsidy", period="2026", source="n1", sort="notice", by=TOWN, day=MAY, as_of=MAY, counts=True
            )
        )
    wrong = app.test_cli_runner().invoke(args=["duties", "recount"])
    assert (wrong.exit_code, wrong.output.splitlines()[0]) == (1, f"{HERE[0]} cropland_subsidy 2026")
    assert len(wrong.output.splitlines()) == 4
    again = app.test_cli_runner().invoke(args=["duties", "recount"])
    assert (again.exit_code, "agrees" in again.output) == (0, True)
    assert counting() == right
    assert posted.number


def test_a_recount_of_one_county_leaves_the_others_alone(app):
    publishes("cropland-subsidy", TITLE, MAY, HERE)
    with writing() as session:
        session.execute(delete(DutySettlement))
    assert settling.recount("510522") == []
    assert len(settling.recount("510521")) == 3
