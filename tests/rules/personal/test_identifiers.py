"""ID numbers, bank cards and mobile numbers by their digits."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.personal.identifiers import birth, canonical_id, check_digit, is_card, is_day, is_id, is_minor, is_mobile
from tests.numbers import CARD, ID, ID_X, MOBILE, OLD_ID, cards, ids, mobiles

TODAY = date(2026, 11, 22)


@given(st.text("0123456789", min_size=16, max_size=19))
def test_check_digits_are_those_of_the_standards(number: str) -> None:
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number)))
    assert is_card(number) is (sum(value // 10 + value % 10 for value in doubled) % 10 == 0)
    weighed = sum(2 ** (17 - at) * int(digit) for at, digit in enumerate(number[:17].ljust(17, "0")))
    assert (weighed + (10 if (check := check_digit(number[:17].ljust(17, "0"))) == "X" else int(check))) % 11 == 1


@pytest.mark.parametrize(("born", "minor"), [("20081122", False), ("20081123", True), ("18960504", False), ("20260101", True)])
def test_who_is_under_eighteen_today_is_a_minor(born: str, minor: bool) -> None:
    body = f"510521{born}396"
    assert is_minor(body + check_digit(body), TODAY) is minor


@given(ids())
def test_an_id_with_its_check_digit_is_one(number: str) -> None:
    assert is_id(number)
    assert birth(number) == date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


@pytest.mark.parametrize(
    ("number", "found"),
    [
        pytest.param(ID_X, True, id="ends with X"),
        pytest.param(ID_X.lower(), True, id="ends with x"),
        pytest.param(OLD_ID, True, id="15 digits"),
        pytest.param(ID[:-1] + "9", True, id="a wrong check digit beside a likely year"),
        pytest.param(ID[:-1], False, id="17 digits"),
        pytest.param("510521" + "19961340" + "3961", False, id="no month and day"),
        pytest.param("５" + ID[1:], False, id="full width, which narrow() makes plain first"),
    ],
)
def test_an_id_has_18_or_15_digits_with_a_day_in_them(number: str, found: bool) -> None:
    assert is_id(number) is found


def test_an_old_id_is_matched_under_its_new_form() -> None:
    new = canonical_id(OLD_ID)
    assert len(new) == 18
    assert new[6:10] == "1989"
    assert canonical_id(new.lower()) == new


def test_where_the_birth_date_is_no_day_the_age_is_unknown() -> None:
    assert is_minor("510521" + "20100230" + "3961", TODAY) is None


@pytest.mark.parametrize(("month", "day", "right"), [("02", "29", True), ("02", "30", False), ("13", "01", False), ("04", "31", False)])
def test_a_day_is_one_of_some_year(month: str, day: str, right: bool) -> None:
    assert is_day(month, day) is right


@given(cards())
def test_one_wrong_digit_is_no_card(number: str) -> None:
    assert is_card(number)
    assert not is_card(number[:-1] + str((int(number[-1]) + 1) % 10))


@given(mobiles())
def test_a_mobile_is_known_with_the_countrys_code_too(number: str) -> None:
    assert is_mobile(number)
    assert is_mobile("86" + number)
    assert is_mobile("0086" + number)


@pytest.mark.parametrize("number", [CARD, MOBILE[:-1], "2" + MOBILE[1:], "12" + MOBILE[2:]])
def test_other_digits_are_no_mobile(number: str) -> None:
    assert not is_mobile(number)
