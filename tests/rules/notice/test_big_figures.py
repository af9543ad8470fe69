"""Big numbers of goods."""

from __future__ import annotations

from board import kinds
from board.rules.notice.big_figures import total_figure, with_units

GOODS = kinds.load()["relief-goods"]


def test_goods_of_one_unit_have_a_number_and_of_several_none():
    totals, units, mixed = with_units(GOODS, {"received:床": "120"})
    assert (totals["received"], units, mixed) == ("120", {"received": "床"}, False)

    totals, units, mixed = with_units(GOODS, {"received:床": "120", "received:吨": "3.5"})
    assert ("received" in totals, units, mixed) == (False, {}, True)


def test_the_number_has_the_unit_of_its_rows():
    shown = total_figure(GOODS.column("received"), "1200", "zh", "床")
    assert (shown.label, shown.value, shown.unit) == ("收到", "1,200", "床")
