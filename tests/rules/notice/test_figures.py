"""The big numbers of a notice: what stands side by side adds up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import kinds
from tests.rules.notice.test_page import page, totals_of

LAND = {"land_fee": "100", "resettlement_fee": "200", "crops_fee": "7", "amount": "307", "area": "4"}


@pytest.mark.parametrize(
    ("totals", "labels"),
    [
        (LAND, ["合计", "共", "征收面积"]),  # three parts do not fit
        ({name: LAND[name] for name in ("land_fee", "resettlement_fee", "area")} | {"amount": "300"},
         ["合计", "共", "土地补偿费", "安置补助费"]),
        ({name: LAND[name] for name in ("land_fee", "resettlement_fee", "area", "amount")}, ["合计", "共", "征收面积"]),  # 7 yuan short
        ({"land_fee": "100", "amount": "100"}, ["合计", "共", "土地补偿费"]),
    ],
)  # fmt: skip
def test_of_a_sum_all_parts_stand_beside_it_or_none(totals, labels):
    assert [one.label for one in page("land-compensation", totals=totals).figures("zh")] == labels


@pytest.mark.parametrize("id", sorted(kinds.load()))
@given(data=st.data())
def test_what_stands_beside_a_total_adds_up_to_it_whatever_a_notice_holds(id, data):
    kind = kinds.load()[id]
    fen = st.one_of(st.none(), st.integers(0, 10**6))
    totals = {name: str(Decimal(value).scaleb(-2)) for name in totals_of(id) if (value := data.draw(fen)) is not None}
    for check in kind.checks:
        if check.type == "sum" and data.draw(st.booleans()):
            totals[check.result] = str(sum((Decimal(totals.get(name, "0")) for name in check.of), Decimal()))
    own = page(id, totals=totals, parts=[])
    shown = {one.label: Decimal(one.value.replace(",", "")) for one in own.figures("zh") if one.value}

    for check in kind.checks:
        whole, parts = kind.column(check.result).label.zh, [kind.column(name).label.zh for name in check.of]
        beside = [shown[part] for part in parts if part in shown]
        if own.explains(check) and check.type == "sum" and whole in shown and beside:
            assert sum(beside) == shown[whole]


def test_accounts_show_what_they_began_with_where_it_makes_the_balance():
    totals = {"income": "100", "spending": "30.5", "balance": "79.5"}
    own = {stated: page("village-finance", totals=totals, parts=[], facts={"opening_balance": stated}) for stated in ("10", "11", "约十")}

    assert [(one.label, one.value) for one in own["10"].figures("zh")] == [
        ("上期结存", "10.00"), ("收入", "100.00"), ("支出", "30.50"), ("期末余额", "79.50"),
    ]  # fmt: skip
    assert [own[stated].figures("zh")[3].label for stated in ("11", "约十")] == ["共", "共"]
    assert own["10"].summed("zh") == "收入 100.00 元 支出 30.50 元"
