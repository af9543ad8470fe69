"""The personal number in one cell: sure by its own digits, unsure without a check digit, by the cell on its left or by its header."""

from __future__ import annotations

from decimal import Decimal

import pytest

from board.rules.sheet.cell_numbers import Hit, headed, hit_in, labelled, unproven
from board.rules.sheet.table import Cell
from tests.sheets.making import made_card, made_id

ID, CARD, PASSBOOK = made_id(3), made_card(7), "88190120000000010"


@pytest.mark.parametrize(
    ("cell", "hit"),
    [
        (ID, Hit("id_number", ID)),
        (Decimal(CARD[:16]), Hit("bank_card", CARD[:16])),
        (PASSBOOK, Hit("bank_card", PASSBOOK, sure=False)),
        ("8819 0120 0000 0001", Hit("bank_card", "8819012000000001", sure=False)),
        (Decimal(PASSBOOK[:13]), Hit("bank_card", PASSBOOK[:13], sure=False)),
        (ID[:17], Hit("id_number", ID[:17], sure=False)),
        ("2026-07-02 1200", None),
        ("123456.78", None),
        (Decimal("1250000"), None),
        ("低保户", None),
    ],
)
def test_a_cell_tells_its_number_and_how_sure_that_is(cell: Cell, hit: Hit | None) -> None:
    assert hit_in(cell) == hit


def test_the_cell_on_the_left_makes_it_sure() -> None:
    assert labelled(["账号：", PASSBOOK], 1) == Hit("bank_card", PASSBOOK)
    assert labelled(["项目编号", PASSBOOK], 1) is None


def test_below_a_header_a_number_counts_as_the_header_says() -> None:
    assert headed("bank_card", Hit("id_number", PASSBOOK[:15])) == Hit("bank_card", PASSBOOK[:15])
    assert unproven("id_number", "E12345678") == Hit("id_number", "E12345678")
    assert unproven("bank_card", "6217********1234") == Hit("bank_card", "")
    assert unproven("bank_card", "无卡") is None
