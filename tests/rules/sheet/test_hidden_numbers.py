"""Counting the personal numbers that stand outside the shown cells, without repeating any."""

from __future__ import annotations

import json

import pytest

from board.rules.sheet.hidden_numbers import scan
from tests.sheets.making import made_card, made_id, made_phone

ID, CARD, PHONE = made_id(), made_card(), made_phone()
OLD = "510521" + "890504396"


@pytest.mark.parametrize(
    ("texts", "held", "counts"),
    [
        ([("批注", f"身份证{ID}")], [], {("批注", "id_number"): 1}),
        ([("批注", ID), ("批注", f"再说一次{ID}")], [], {("批注", "id_number"): 1}),
        ([("批注", ID), ("页眉页脚", ID)], [], {("批注", "id_number"): 1, ("页眉页脚", "id_number"): 1}),
        ([("批注", f"{ID} {PHONE} {CARD}")], [], {("批注", "id_number"): 1, ("批注", "bank_card"): 1, ("批注", "phone"): 1}),
        ([("批注", ID)], [ID], {}),
        ([("批注", ID)], [f"张三{ID[:6]} {ID[6:]}"], {}),
        ([("批注", f"86{PHONE}")], [PHONE], {}),
        ([("批注", f"{PHONE}")], [f"+86 {PHONE}"], {}),
        ([("批注", made_id(397))], [ID], {("批注", "id_number"): 1}),
        ([("文件属性", "2052-12.1.0.15990"), ("批注", "监督电话0830-8190000")], [], {}),
        ([], [ID], {}),
    ],
)
def test_numbers_that_no_cell_holds_are_counted_by_place_and_class(
    texts: list[tuple[str, str]], held: list[str], counts: dict[tuple[str, str], int]
) -> None:
    assert {(one["where"], one["what"]): one["count"] for one in scan(texts, held)} == counts


def test_no_number_is_repeated_in_what_was_swept() -> None:
    told = json.dumps(scan([("批注", one) for one in (ID, CARD, PHONE, OLD)], []), ensure_ascii=False)
    assert [one for one in (ID, CARD, PHONE, OLD) if one in told] == []


def test_what_is_left_over_counts_only_if_it_stands_nowhere_else() -> None:
    texts, left = [("隐藏的工作表“旧”", ID)], [("不再显示的内容", ID), ("不再显示的内容", CARD), ("不再显示的内容", PHONE)]
    assert [(one["where"], one["what"]) for one in scan(texts, [PHONE], left)] == [
        ("隐藏的工作表“旧”", "id_number"),
        ("不再显示的内容", "bank_card"),
    ]


def test_many_texts_give_the_same_as_few() -> None:
    many = [("不再显示的内容", made_id(no)) for no in range(900)] + [("不再显示的内容", f"第 {no} 个很长的字符串") for no in range(900)]
    assert scan([], (made_id(no) for no in range(1, 900)), many) == [{"where": "不再显示的内容", "what": "id_number", "count": 1}]
