"""What a notice in the making keeps is sealed, and opens again with the installation's key only."""

from __future__ import annotations

import pytest

from board.store import notices, sealing
from tests.store.posted import GAODONG


@pytest.mark.parametrize("value", [{"name": "张小三", "rows": [1, 2.5, None]}, [], "", 0, None], ids=str)
def test_what_was_sealed_opens_as_it_was_and_cannot_be_read_meanwhile(app, value):
    sealed = sealing.seal(value)

    assert sealing.unseal(sealed) == value
    assert "张小三".encode() not in sealed
    assert sealing.seal(value) != sealed  # so that nobody sees that two are alike


def test_where_nothing_is_there_is_what_the_caller_says(app):
    assert sealing.unseal(None) is None
    assert sealing.unseal(None, []) == []


def test_a_name_is_sealed_and_opens_again(posted):
    row = notices.row(posted, GAODONG, 1)

    assert (row.shown_name, sealing.name_of(row)) == ("张*三", "张小三")
    assert "张小三".encode() not in row.sealed_name
    assert row.name_key != notices.row(posted, GAODONG, 2).name_key


def test_of_one_who_was_erased_there_is_no_name(posted):
    row = notices.row(posted, GAODONG, 1)
    row.sealed_name = None

    assert sealing.name_of(row) == ""
