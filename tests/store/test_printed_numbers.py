"""Numbers that stand on paper and on plates: each is given once, and says what it was printed on."""

from __future__ import annotations

import secrets

from board.rules import numbers
from board.store import notices, printed_numbers, walls
from tests.store.posted import AT, GAODONG


def test_a_number_that_was_given_is_never_given_again(posted, monkeypatch):
    draws = iter([int(posted.number[:-1]) - 10_000_000, 7])
    monkeypatch.setattr(secrets, "randbelow", lambda _most: next(draws))

    assert printed_numbers.fresh()[:-1] == "10000007"


def test_a_number_never_given_finds_nothing(app):
    assert notices.find("123456789") is None
    assert printed_numbers.what("123456789") == ""


def test_a_number_says_what_it_was_printed_on(posted, clerk):
    wall = walls.add(GAODONG, "村委会门口", clerk, AT)

    assert (printed_numbers.what(posted.number), printed_numbers.what(wall.number)) == ("notice", "wall")
    assert numbers.valid(posted.number)
    assert numbers.valid(wall.number)
