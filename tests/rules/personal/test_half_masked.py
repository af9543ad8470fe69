"""ID numbers with stars: those that still tell the day of birth."""

from __future__ import annotations

import pytest

from board.rules.personal.detection import find, mask
from board.rules.personal.half_masked import half_masked


@pytest.mark.parametrize(
    "number",
    [
        "51052118960504****",
        "510521189605*****7",
        "5105211952****",
        "510521195203*******",
        "51052119520304XXXX",
        "51052119520304xxxx",
        "51052119520304####",
        "51052119520304＊＊＊＊",
        "51052119520304●●●●",
        "510521 19520304 ****",
        "510521-1952-****-****",
        "******19520304****",
        "******195203043961",
    ],
)
def test_a_day_of_birth_that_can_be_read_is_found_and_covered(number: str) -> None:
    assert [one.what for one in find(f"户主{number},3组")] == ["id_number"]
    assert "19" not in mask(number)
    assert "18" not in mask(number)


@pytest.mark.parametrize(
    "text",
    [
        "510521********3961",
        "5105**********3961",
        "******************",
        "6217********1234",
        "139****0286",
        "张*三2026",
        "3#楼2026年",
        "510521199613****61",  # no month
        "5105212026",
        "1234567890*2",
    ],
)
def test_a_starred_middle_and_other_stars_tell_no_birth(text: str) -> None:
    assert list(half_masked(text)) == []


@pytest.mark.parametrize("text", ["****19630412****", "证件 ******19630412**** 已核"])
def test_a_day_of_birth_between_stars_alone_is_found(text):
    assert len(list(half_masked(text))) == 1
