"""Of dated backups the newest stay, and one of each week and month; whatever else lies in the folder is not touched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from board.backup.retention import made, name, outdated

FIRST = datetime(2026, 11, 1, 1, 30, tzinfo=UTC)
LAST = FIRST + timedelta(39, microseconds=7)
DAILY = [name(FIRST + timedelta(day), encrypted=day % 2 == 1) for day in range(40)]


def test_a_name_tells_the_time_and_whether_it_is_encrypted():
    assert DAILY[:2] == ["mingbai-20261101-013000.backup", "mingbai-20261102-013000.backup.age"]
    assert made(DAILY[1]) == FIRST + timedelta(1)


def test_the_newest_stay_whatever_their_order():
    assert outdated(reversed(DAILY), LAST, keep=30) == DAILY[:10]
    assert outdated(DAILY[:3], LAST, keep=30) == []


def test_the_newest_of_each_week_and_month_stays_too():
    gone = outdated(DAILY, LAST, keep=7, weekly=3, monthly=12)
    kept = [file for file in DAILY if file not in gone]
    # 10 December is a Thursday: its week's newest is among the seven, then the Sundays before; of November the 30th.
    assert [made(file).strftime("%m-%d") for file in kept] == ["11-29", "11-30", *(f"12-{day:02}" for day in range(4, 11))]


def test_other_files_are_none_of_ours():
    others = ["keys.toml", "mingbai.sqlite", "mingbai-20261101-013000.backup.part", "mingbai-20269999-013000.backup", "notes"]
    assert outdated([*others, *DAILY[:2]], LAST, keep=1) == DAILY[:1]


def test_what_a_wrong_clock_dated_later_stays_and_takes_nobodys_place():
    assert outdated([*DAILY, name(LAST + timedelta(400), encrypted=False)], LAST, keep=39) == DAILY[:1]
    assert outdated(DAILY, FIRST + timedelta(1), keep=1) == DAILY[:1]


def test_the_one_just_made_stays_beside_another_of_the_same_second():
    assert outdated([name(FIRST, encrypted=False), name(FIRST, encrypted=True)], FIRST, keep=1) == []
