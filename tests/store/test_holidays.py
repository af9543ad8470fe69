"""The table of days off: it starts with the published years, the county keeps it right, and every county's ledger tells of a change."""

from __future__ import annotations

from datetime import date

import pytest

from board.models import Holiday, db
from board.store import areas, holidays, ledger
from board.store.holidays import HolidayRefused
from tests.store.posted import AT


def test_what_the_county_put_down_outlives_loading_the_published_table(app):
    assert holidays.load("console", app.clock()) == len(holidays.rows())
    holidays.remove(date(2026, 10, 10), "luxian-admin", app.clock())
    holidays.put(date(2027, 1, 1), True, "元旦", "luxian-admin", app.clock())
    assert holidays.load("console", app.clock()) == 0
    assert date(2026, 10, 10) not in {day for day, _, _ in holidays.rows()}
    assert holidays.calendar().provisional(date(2027, 6, 1))


def test_before_anything_is_loaded_the_published_table_holds(app):
    assert db.session.query(Holiday).count() == 0
    assert (date(2026, 10, 1), True, "国庆节") in holidays.rows()


def test_the_first_change_takes_the_published_years_over(app):
    before = holidays.rows()
    holidays.put(date(2026, 11, 28), False, "补班", "luxian-admin", AT)

    assert set(holidays.rows()) - set(before) == {(date(2026, 11, 28), False, "补班")}
    assert not holidays.calendar().is_holiday(date(2026, 11, 28))


def test_every_county_is_told_of_a_change_and_of_no_change_nobody(app):
    for _ in range(2):
        holidays.put(date(2026, 11, 25), True, "停工", "luxian-admin", AT)
        holidays.remove(date(2026, 11, 30), "luxian-admin", AT)  # is no row of the table
    told = {county.code: [entry.action for entry in ledger.entries(county.code)][-1] for county in areas.counties()}

    assert set(told.values()) == {"holiday.put"}
    assert [entry.action for entry in ledger.entries("510521000000")].count("holiday.put") == 1


@pytest.mark.parametrize(
    ("day", "off", "name", "reason"),
    [
        (date(2019, 12, 31), True, "元旦", "year"),
        (date(2026, 11, 25), True, "", "name"),
        (date(2026, 11, 25), True, "很" * 21, "name"),
        (date(2026, 11, 25), False, "补班", "weekday"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_nothing_changes(app, day, off, name, reason):
    before = holidays.rows()
    with pytest.raises(HolidayRefused) as refused:
        holidays.put(day, off, name, "luxian-admin", AT)

    assert refused.value.reason == reason
    assert holidays.rows() == before


def test_holidays_of_a_year_without_a_table_are_assumed_by_name(app):
    assumed = dict(holidays.assumed(2031))

    assert assumed[date(2031, 10, 1)] == "国庆节"
    assert holidays.assumed(2026) == []
