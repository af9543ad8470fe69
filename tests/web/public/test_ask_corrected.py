"""A case cites a row by its number: when that row is corrected or taken out, the clerk, the villager and the next who asks are told."""

from __future__ import annotations

import pytest

from board.store import notices
from tests.store.corrected import TWO_AND_ONE, correct
from tests.store.posted import AT, GAODONG
from tests.web.asking import asks, looks_up, receipt_on


@pytest.fixture
def asked(villager, posted):
    """The receipt of a question about a row, by its number."""

    def ask(row: int) -> str:
        return receipt_on(asks(villager, f"/n/{posted.number}/ask?place={GAODONG}&row={row}"))

    return ask


@pytest.mark.parametrize(
    ("row", "desk", "phone"),
    [
        (1, "1 号 张*三：补贴金额 463.32 → 468.00 元，补贴面积 4.95 → 5 亩", "1 号 张*三：补贴金额 463.32 → 468.00 元"),
        (2, "2 号：去掉了", "2 号：去掉了"),
        (4, "", ""),
    ],
)
def test_whoever_asked_about_a_row_learns_what_became_of_it(clerk, villager, posted, asked, row, desk, phone):
    receipt = asked(row)
    correct(posted, TWO_AND_ONE, at=AT)
    case = clerk.follows(clerk.sees("/desk/cases"), "我家的数不对")
    progress = looks_up(villager, receipt)

    assert ("问过以后更正了" in case.text, desk in case.text) == (bool(desk), True)
    assert ("您问过以后，这一行更正了" in progress.text, phone in progress.text) == (bool(phone), True)


def test_after_the_roster_is_put_away_the_figures_are_not_told_any_more(villager, posted, asked, at):
    receipt = asked(1)
    correct(posted, TWO_AND_ONE, at=AT)
    at("2028-06-01")
    progress = looks_up(villager, receipt)

    assert "名单已经收起，请打公示单上的电话核对" in progress.text
    assert "463.32" not in progress.text


def test_the_form_says_that_its_row_was_corrected_or_is_gone(villager, posted):
    correct(posted, TWO_AND_ONE, at=AT)
    form = f"/n/{posted.number}/ask?place={GAODONG}&row="

    assert "这一行在第 2 版更正过" in villager.sees(f"{form}1").text
    assert "2 号在第 2 版里去掉了（两户的面积量错了）" in villager.sees(f"{form}2").text
    assert "更正过" not in villager.sees(f"{form}4").text
    assert "名单上没有 9 号" in villager.sees(f"{form}9").text


def test_a_form_opened_before_its_row_was_taken_out_says_so_and_keeps_what_was_written(villager, posted):
    page = villager.sees(f"/n/{posted.number}/ask?place={GAODONG}&row=2")
    correct(posted, TWO_AND_ONE, at=AT)
    page = asks(villager, page)

    assert "2 号在第 2 版里去掉了" in page.text
    assert "两亩三分" in page.html
    assert notices.find(posted.number).version.no == 2
