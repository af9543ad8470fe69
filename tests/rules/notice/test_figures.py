"""The big numbers of a notice, and how an amount came about: what stands side by side adds up, what is multiplied agrees."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board import kinds
from tests.rules.notice.test_page import page, row, totals_of

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
@settings(max_examples=25)  # of each kind
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


def test_square_metres_are_shown_as_such():
    one = page("homestead", facts={}, totals={"area": "403.33"}, parts=[])

    assert one.sentence("zh") == "百和镇：宅基地 5 户，共 403.33 平方米。"
    assert [(figure.value, figure.unit) for figure in one.figures("en")] == [("403.33", "m²"), ("5", "households")]


@given(st.integers(1, 12), st.integers(1, 10**7), st.booleans(), st.integers(-200, 200))
def test_people_times_a_sum_per_head_is_explained_if_and_only_if_it_is_the_amount(people, fen, stated, off):
    rate, right = Decimal(fen) / 100, Decimal(people * fen) / 100
    told = {} if stated else {"per_head": str(rate)}
    one = page("land-compensation", facts={"per_head": str(rate)} if stated else {})
    shared = row(people=str(people), amount=str(right + Decimal(off) / 100), **told)

    assert bool(one.how(shared, "zh")) == (abs(off) <= 1)
    assert one.differing([shared]) == ([] if abs(off) <= 1 else [shared])


def test_a_sum_a_month_is_multiplied_by_the_months():
    one = page("public-post", facts={})

    assert one.how(row(month_rate="500", months="3", amount="1500"), "zh") == "每月多少 500 元/人 × 几个月 3 个月 = 发放金额 1,500.00 元"
    assert one.how(row(month_rate="500", months="3", amount="1000"), "zh") == ""
