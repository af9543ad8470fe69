"""Units that stand in each row."""

from __future__ import annotations

from board import kinds
from board.rules.notice.formatting import total
from board.rules.row_units import by_unit, key, single

RECEIVED = kinds.load()["relief-goods"].column("received")
MIXED = {"received:床": "120", "received:吨": "3.5", "given_out:箱": "1"}


def test_a_unit_is_one_however_it_is_spaced():
    assert key(RECEIVED, " 床 ") == "received:床"


def test_only_what_has_one_unit_has_one_sum():
    assert by_unit(RECEIVED, MIXED) == {"吨": "3.5", "床": "120"}
    assert (single(RECEIVED, MIXED), single(RECEIVED, {"received:床": "120"}), single(RECEIVED, {})) == ("", "床", "")


def test_a_total_names_each_unit():
    assert total(RECEIVED, MIXED, "en") == "3.5 吨, 120 床"
