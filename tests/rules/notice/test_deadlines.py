"""Which of the two lines to publish a notice was missed; later than the city's alone is never called late."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from board.rules.calendar import CHINA
from board.rules.notice.deadlines import Lines, behind_city, frozen, local_line, missed, of_correction
from board.rules.periods import Explained

LAW = date(2026, 12, 11)
CITY = frozen(Explained(date(2026, 11, 25), (), False))
ENDED = datetime(2026, 11, 22, 15, 30, tzinfo=CHINA)
HOURS = frozen(Explained(date(2026, 11, 22), (), False, ENDED))


def at(day: int, hour: int = 12, minute: int = 0, month: int = 11) -> datetime:
    """Return a moment of 2026 in China."""
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("posted", "starts", "line"),
    [
        (at(25, 23, 59), date(2026, 11, 25), ""),
        (at(26, 0, 1), date(2026, 11, 26), "local"),
        (at(11, 23, month=12), date(2026, 12, 11), "local"),
        (at(12, 0, month=12), date(2026, 12, 12), "law"),
        (at(25), date(2026, 12, 12), "law"),  # posted in time, but shown too late
    ],
)
def test_the_laws_line_comes_before_the_citys(posted, starts, line):
    assert missed(Lines(LAW, CITY), starts, posted) == line


@pytest.mark.parametrize(("posted", "behind"), [(at(22, 15, 30), False), (at(22, 15, 31), True), (at(22, 10), False)])
def test_a_line_of_hours_is_kept_to_the_minute(posted, behind):
    assert behind_city(HOURS, posted) is behind
    assert local_line(HOURS).zh == "2026年11月22日 15:30"


def test_where_a_city_asks_nothing_only_the_law_counts():
    assert not behind_city({}, at(30))
    assert missed(Lines(LAW), date(2026, 11, 30), at(30)) == ""
    assert local_line({}).zh == ""


def test_a_correction_is_not_later_than_the_city_asks_if_the_first_version_was_in_time():
    in_time, after = of_correction(CITY, at(24)), of_correction(CITY, at(27))

    assert not behind_city(in_time, at(30))
    assert behind_city(of_correction(after, at(28)), at(30))  # the second correction still tells of the first version
    assert of_correction({}, at(24)) == {}
