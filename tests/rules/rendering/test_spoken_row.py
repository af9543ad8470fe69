"""A row as it is read out: its group, its name, and each figure as a farmer says it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from board.rules.bilingual import Words
from board.rules.kind import Column
from board.rules.rendering.spoken_row import spoken_row

AREA = Column("area", Words("面积", "Area"), "area")
AMOUNT = Column("amount", Words("补贴金额", "Amount"), "money")
PAID, BACK = Column("paid", Words("发到账", "Paid"), "money"), Column("returned", Words("退回", "Returned"), "money")
PEOPLE = Column("people", Words("人口", "People"), "count", unit="人")
DAY, NOTE = Column("date", Words("日期", "Date"), "date"), Column("note", Words("说明", "Note"), "text")


def row(group: str = "3组", **measures: str) -> SimpleNamespace:
    return SimpleNamespace(group=group, measures=measures)


@pytest.mark.parametrize(
    ("measures", "columns", "said"),
    [
        ({"area": "2.3", "amount": "186.40"}, (AREA, AMOUNT), "三组，王大明，两亩三分，一百八十六元四角"),
        ({"area": "", "amount": "0.00"}, (AREA, AMOUNT), "三组，王大明，零元"),
        ({"paid": "100", "amount": "120"}, (PAID, AMOUNT), "三组，王大明，发到账一百元，补贴金额一百二十元"),
        ({"paid": "0", "returned": "0"}, (PAID, BACK), "三组，王大明，发到账零元"),
        ({"people": "2"}, (PEOPLE,), "三组，王大明，人口两人"),
        ({"date": "2026-11-22", "note": "12 号补"}, (DAY, NOTE), "三组，王大明，日期二零二六年十一月二十二日，说明十二号补"),
        ({"amount": "还没定"}, (AMOUNT,), "三组，王大明，还没定"),
    ],
)
def test_a_row_is_read_out_as_it_would_be_said(measures, columns, said):
    assert spoken_row(row(**measures), "王大明", columns) == said


def test_a_name_is_read_as_it_is_written_and_a_row_without_group_begins_with_it():
    assert spoken_row(row(group="", amount="2"), "阿依古丽·买买提", (AMOUNT,)) == "阿依古丽·买买提，两元"
