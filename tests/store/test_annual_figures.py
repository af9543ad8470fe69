"""What the board tells for the yearly report: counts of one year and area, by the day of posting, of receiving and of approval."""

from __future__ import annotations

from datetime import date

from board.store import annual_figures, notices, people
from board.store.cases import last_no
from tests.store.asked import does, files
from tests.store.due import COUNTY, HERE, TOWN, moment, publishes

UNDER = "510521116"
DAY = date(2026, 8, 3)


def _id(username: str) -> int:
    person = people.named(username)
    assert person
    return person.id


def test_notices_count_by_the_level_of_who_published_them_and_by_their_group(app):
    first = publishes("cropland-subsidy", "2026年耕地地力保护补贴", DAY, HERE)
    publishes("cropland-subsidy", "2026年耕地地力保护补贴", DAY, HERE, corrects=first)
    gone = publishes("village-finance", "2026年第二季度村级财务收支", DAY, home=HERE[2])
    publishes("cropland-subsidy", "2025年耕地地力保护补贴", date(2025, 8, 3), HERE)
    publishes("fund-allocation", "资金分配", DAY, [TOWN], home=COUNTY)
    notices.take_down(gone, _id("baihe-reviewer"), "发错了", moment(DAY))
    found = annual_figures.of(UNDER, 2026)

    assert dict(found.posted) == {"township": 1, "village": 1}
    assert dict(found.groups) == {"subsidy": 1, "finance": 1}
    assert (found.corrected, found.withdrawn) == (1, 1)
    assert annual_figures.of(UNDER, 2025).posted["township"] == 1
    assert annual_figures.of("510521", 2026).posted["county"] == 1


def test_applications_count_by_what_became_of_them_and_other_cases_by_their_category(app):
    files(None, "application", key="a" * 32, at=moment(DAY), place=TOWN, row=None)
    done = files(None, "application", key="b" * 32, at=moment(DAY), place=TOWN, row=None)
    does(done, "confirm", _id("baihe-clerk"), "", moment(DAY))
    does(done, "answer", _id("baihe-clerk"), "给您。", moment(DAY), "given")
    assert last_no(done) > 1
    files(publishes("cropland-subsidy", "2026年耕地地力保护补贴", DAY, HERE), "unclear", key="c" * 32, at=moment(DAY))
    files(None, "application", key="d" * 32, at=moment(date(2025, 12, 31)), place=TOWN, row=None)
    found = annual_figures.of(UNDER, 2026)

    assert dict(found.received) == {"application": 2, "unclear": 1}
    assert (+found.outcomes, found.waiting) == ({"given": 1}, 1)
