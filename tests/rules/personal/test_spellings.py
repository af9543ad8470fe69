"""Digits as a reader sees them: without what has no ink, whatever parts them, and as numerals."""

from __future__ import annotations

import pytest

from board.rules.personal.spellings import Shown, chains, may_hold_number, shown, spelled_out
from board.rules.text_width import narrow
from tests.numbers import CARD, MOBILE


def seen(text: str) -> Shown:
    return shown(text, narrow(text))


def digits(text: str) -> list[list[str]]:
    return [[piece.digits for piece in chain] for chain in chains(seen(text).text, lambda word: [word])]


def test_what_has_no_ink_is_left_out_and_places_are_those_of_the_text() -> None:
    look = seen("卡1\u200b3９\ufe0f0")
    assert look == Shown("卡1390", [0, 1, 3, 4, 6])
    assert look.place(1, 3) == (1, 4)
    assert seen("卡1390") == Shown("卡1390")


@pytest.mark.parametrize(
    "gap",
    [
        "     ",
        "\t\n ",
        "+",
        " + ",
        "\r\n\r\n",
        " - ",
        ",",
        "、",
        "\u3000\u3000\u3000\u3000\u3000",
        "(",
        "...",
        "----",
        "……",
        "〕〔",
        "】 【",
    ],
)
def test_any_number_of_blanks_and_eight_separators_part_no_number(gap: str) -> None:
    assert digits(f"510521{gap}18960504") == [["510521", "18960504"]]


@pytest.mark.parametrize("between", ["年", "-a-", "°"])
def test_words_part_numbers(between: str) -> None:
    assert digits(f"5105211896{between}1 51052118960504396") == [["5105211896"], ["1", "51052118960504396"]]


def test_numerals_are_read_letter_for_letter_where_they_are_many() -> None:
    assert spelled_out("户主五一〇五二一一八九六〇五") == "户主510521189605"
    assert spelled_out("伍壹零伍贰壹壹捌玖陆○") == "51052118960"
    assert spelled_out("三组、四组") == spelled_out(MOBILE) == ""


def test_a_text_with_few_digits_is_not_looked_at() -> None:
    assert may_hold_number("账号:8819-0120")
    assert may_hold_number("二零二六年一月三日")
    assert not may_hold_number("东林村3组17号,26年")
    assert digits("2026年11月3日 12345") == []


@pytest.mark.parametrize(
    ("text", "spans", "codes"),
    [
        ("2026-07-02 1200", 1, 0),
        ("1,679.40 2,696.34", 2, 0),
        ("0830-8190000", 1, 0),
        ("2106-510521-04-01-196363", 0, 1),
        ("2106 510521 04 01 196363", 0, 1),
        ("2106_510521_04_01_1963", 0, 1),
        ("105.432187,28.123456", 0, 1),
        ("28.12345678,105.43218765", 0, 1),
        ("3112345.678,35412345.678", 1, 1),
        ("东经105.43218765", 0, 1),
        ("项目代码:2106510521040119", 0, 1),
        (f"合同编号{CARD}", 0, 1),
        ("统一社会信用代码 915105217118260753", 0, 1),
        (f"卡号{CARD}", 0, 0),
        (f"合同账号{CARD}", 0, 0),
        (f"信用卡号{CARD}", 0, 0),
    ],
)
def test_figures_and_codes_are_told_from_numbers(text: str, spans: int, codes: int) -> None:
    pieces = [piece for chain in chains(text, lambda word: [word]) for piece in chain]
    assert len({piece.span for piece in pieces} - {-1}) == spans
    assert len({piece.code for piece in pieces} - {-1}) == codes


def test_a_long_text_of_separators_takes_no_time() -> None:
    assert len(digits("1 " * 20_000)) == 1
    assert not may_hold_number("12 " + " -" * 200_000)
