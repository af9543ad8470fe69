"""Slips of the pen are caught, and a receipt is never mistaken for something private."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.numbers import _damm, compact, make, receipt, receipt_spaced, receipt_valid, spaced, valid

numbers = st.integers(0, 89_999_999).map(lambda chance: make(lambda _: chance))
receipts = st.binary(min_size=16, max_size=64).map(receipt)


def slips(number: str) -> set[str]:
    """Every number with one digit wrong, and every one with two neighbours swapped."""
    wrong = {number[:at] + digit + number[at + 1 :] for at in range(len(number)) for digit in "0123456789"}
    swapped = {number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(len(number) - 1)}
    return (wrong | swapped) - {number}


def luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


@given(numbers)
def test_a_number_is_nine_digits_and_valid(number: str):
    assert re.fullmatch(r"[1-9][0-9]{8}", number)
    assert valid(number)


@given(numbers)
def test_each_wrong_digit_and_each_swap_is_caught(number: str):
    assert not [slip for slip in slips(number) if valid(slip)]


def test_the_check_digit_is_damms():
    assert _damm("5724") == 0  # the usual example
    assert make(lambda _: 0) == "100000006"
    assert make(lambda most: most - 1).startswith("99999999")


@pytest.mark.parametrize("text", ["", "12345678", "1234567890", "12345678a", "１２３４５６７８９", "012345678", "²²²²²²²²²"])
def test_other_texts_are_no_numbers(text: str):
    assert not valid(text)


@given(receipts)
def test_a_receipt_is_sixteen_digits_and_valid(number: str):
    assert re.fullmatch(r"[1-9][0-9]{15}", number)
    assert receipt_valid(number)


@given(receipts)
def test_a_receipt_is_never_taken_for_a_card_an_id_or_a_phone(number: str):
    assert not luhn(number)
    for spelt in (number, receipt_spaced(number)):
        assert not re.search(r"(?<!\d)(\d{11}|\d{15}|\d{17}[\dXx])(?!\d)", spelt)


@given(receipts)
def test_each_wrong_digit_of_a_receipt_is_caught(number: str):
    assert not [slip for slip in slips(number) if receipt_valid(slip) and sum(a != b for a, b in zip(slip, number, strict=True)) == 1]


@given(st.binary(min_size=16, max_size=32))
def test_a_resend_shows_the_same_receipt(digest: bytes):
    assert receipt(digest) == receipt(digest)


def test_a_short_digest_is_refused():
    with pytest.raises(ValueError, match="16 bytes"):
        receipt(b"short")


def test_numbers_are_written_in_groups_and_read_back():
    assert spaced("123456789") == "123 456 789"
    assert receipt_spaced("8123456789012345") == "8123 4567 8901 2345"
    assert compact(" 123 456-789 ") == "123456789"
    assert compact("１２３\u3000４５６ ７８９") == "123456789"
