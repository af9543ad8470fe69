"""The versions of a posted notice: which one a sheet is of, and what became of its rows since."""

from __future__ import annotations

from datetime import date, timedelta

from board import kinds
from board.store import notices, versions
from tests.store.corrected import TWO_AND_ONE, correct, figure, with_one, without
from tests.store.posted import AT, GAODONG, NEXT

LATER = AT + timedelta(days=3)


def rows(posted, place=GAODONG):
    return [(row.no, row.since, row.amount) for row in notices.rows(posted, place)]


def test_a_number_that_is_gone_is_not_given_again(posted):
    posted = correct(posted, without("赵六"), at=LATER)
    posted = correct(posted, with_one(village="高洞社区", group="1组", name="孙七", area="1", amount="93.6"), at=LATER)

    assert [no for no, _since, _amount in rows(posted)] == [1, 2, 3, 5]


def test_each_places_sheet_hangs_for_the_period_of_the_version_it_is_of(posted):
    posted = correct(posted, TWO_AND_ONE, at=LATER)

    assert versions.of_poster(posted, NEXT).ends == date(2026, 11, 27)
    assert versions.of_poster(posted, GAODONG).ends == posted.version.ends > date(2026, 11, 27)


def test_the_numbers_touched_since_each_version(posted):
    posted = correct(posted, TWO_AND_ONE, at=LATER)
    posted = correct(posted, figure("赵六", "4", "374.4"), at=LATER)
    since = {version: versions.touched(posted, version).get(GAODONG) for version in (1, 2, 3)}

    assert (since[1].changed, since[1].new, since[1].gone) == ([1, 3, 4], [], [2])
    assert (since[2].changed, since[2].new, since[2].gone) == ([4], [], [])
    assert since[3] is None


def test_a_row_changed_and_changed_back_is_told_to_nobody(posted):
    posted = correct(posted, figure("张小三", "5", "468"), at=LATER)
    posted = correct(posted, figure("张小三", "4.95", "463.32"), at=LATER)
    columns = kinds.load()["cropland-subsidy"].columns
    (one,) = versions.changed(posted, columns, 2, GAODONG)

    assert versions.changed(posted, columns, 1, GAODONG) == []
    assert (one.no, [(column.id, old, new) for column, old, new in one.figures]) == (
        1, [("area", "5", "4.95"), ("amount", "468", "463.32")],
    )  # fmt: skip


def test_the_history_of_a_row_has_each_version_that_changed_it_and_its_end(posted):
    posted = correct(posted, TWO_AND_ONE, at=LATER)
    posted = correct(posted, figure("张小三", "6", "561.6"), at=LATER)
    columns = kinds.load()["cropland-subsidy"].columns

    def history(no):
        return [(version, one.what, [new for column, _old, new in one.figures if column.id == "area"])
                for version, one in versions.history(posted.in_full(), columns, GAODONG, no)]  # fmt: skip

    assert history(1) == [(2, "changed", ["5"]), (3, "changed", ["6"])]
    assert history(2) == [(2, "gone", [])]
    assert history(4) == []
    assert history(99) == []
