"""What the digits of a chain prove, and what they only may be."""

from __future__ import annotations

import pytest

from board.rules.personal.number_rules import apart, certain, possible
from tests.numbers import CARD, ID, ID_X, MOBILE, OLD_ID


def numbers(found: list[tuple[str, int, int]], text: str) -> list[tuple[str, str]]:
    return [(what, text[start:end]) for what, start, end in found]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (ID[:6] + " " + ID[6:], "id_number"),
        ("|".join(ID_X), "id_number"),
        (OLD_ID[:6] + "-" + OLD_ID[6:], "id_number"),
        (CARD[:7] + "/" + CARD[7:], "bank_card"),  # 62: a card of China's banks
        ("卡号:4" + "111 1111 1111 11" + "11", "bank_card"),
        (MOBILE[:3] + " " + MOBILE[3:7] + " " + MOBILE[7:], "phone"),
        (" ".join(MOBILE), "phone"),
        ("电话 " + MOBILE[:6] + "、" + MOBILE[6:], "phone"),
    ],
)
def test_what_is_certain_is_also_possible_at_most_as_the_same(text: str, what: str) -> None:
    ((found, start, end),) = certain(text)
    assert found == what
    assert {one for one, *_ in possible(text)} <= {what}
    assert end == len(text)
    assert text[start].isdigit()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (MOBILE[:5] + "、" + MOBILE[5:], "phone"),
        ("4" + "111 11111 111 11" + "11", "bank_card"),
        (ID[:6] + " " + ID[6:-1] + "9", "id_number"),  # another check digit
        ("25 135 2000 4500", "phone"),  # another figure stands beside it
    ],
)
def test_what_only_may_be_a_number_proves_nothing(text: str, what: str) -> None:
    assert certain(text) == []
    assert [one for one, *_ in possible(text)] == [what]


def test_the_gravest_class_takes_its_digits_first() -> None:
    text = f"{ID} {CARD} {MOBILE}"
    assert numbers(sorted(certain(text), key=lambda one: one[1]), text) == [("id_number", ID), ("bank_card", CARD), ("phone", MOBILE)]


def test_an_id_between_other_digits_is_parted_from_them() -> None:
    assert apart(f"17{ID}001") == ["17", ID, "001"]
    assert apart("5105212026112212345678901") == ["5105212026112212345678901"]


def test_a_list_of_twenty_thousand_figures_takes_no_minutes() -> None:
    assert certain("1 " * 20_000) == certain("1.1," * 10_000) == []
