"""A second notice about the same time is told; a notice of another year, quarter, batch or stage is not."""

from __future__ import annotations

from datetime import date

import pytest

from board.rules.notice.same_period import about, alike, covered_until


def of(title: str, starts: str = "2026-11-20", **facts: str):
    return about(title, facts, starts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of("百和镇2026年耕地地力保护补贴公示"), of("2026年百和镇耕地补贴名单")),
        (of("耕地补贴公示"), of("百和镇2026年耕地补贴")),  # the year in which it is shown
        (of("2026年第三季度财务"), of("2026年7月到9月收支")),
        (of("2026年第三季度财务"), of("财务收支", covers="2026年7-9月")),
        (of("2026年8月财务"), of("2026年三季度财务")),
        (of("2026年财务"), of("2026年第3季度财务")),  # one does not say which part
        (of("2025—2026年度冬春救助"), of("2026年冬春救助")),
        (of("2026 年 低保"), of("2026年低保", stage="proposed")),
        (of("2026年上半年财务"), of("2026年六月财务")),
    ],
)
def test_about_the_same_time(one, other):
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (of("2025年耕地补贴"), of("2026年耕地补贴")),
        (of("耕地补贴", starts="2025-11-20"), of("耕地补贴")),
        (of("2026年第二季度财务"), of("2026年第三季度财务")),
        (of("2026年上半年财务"), of("2026年十月财务")),
        (of("2026年11月低保"), of("2026年1月低保")),
        (of("2026年第一批救灾款"), of("2026年第二批救灾款")),
        (of("2026年低保", stage="proposed"), of("2026年低保", stage="approved")),
    ],
)
def test_about_another_time(one, other):
    assert not alike(one, other)
    assert not alike(other, one)


def test_a_document_number_in_a_title_is_no_month():
    assert of("按川农发〔2026〕12号文的公示").months == frozenset()


@pytest.mark.parametrize(
    ("covers", "last"),
    [
        ("2026年第三季度", date(2026, 9, 30)),
        ("2026年7月至9月", date(2026, 9, 30)),
        ("2026年7月1日至9月30日", date(2026, 9, 30)),
        ("2026年上半年", date(2026, 6, 30)),
        ("2028年2月", date(2028, 2, 29)),
        ("2026年度", date(2026, 12, 31)),
        ("本季度", None),
        ("2025年10月至2026年3月", None),
        ("", None),
    ],
)
def test_accounts_go_until_the_last_day_that_they_cover(covers: str, last: date | None) -> None:
    assert covered_until({"covers": covers}) == last
