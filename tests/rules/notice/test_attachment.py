"""What a clerk and a reviewer are told of a file, and what is taken for somebody's number in drawn text."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.attachments import text_scan
from board.rules.notice import attachment as rules
from tests.sheets.making import made_card, made_id, made_phone

ID, CARD, PHONE = made_id(), made_card(), made_phone()


def kept(type="pdf", unread=(), found=(), title="规划图", no=1):
    return SimpleNamespace(no=no, title=title, type=type, unread=list(unread), found=list(found))


def test_a_file_that_a_machine_read_and_found_nothing_in_needs_no_word():
    assert rules.warnings([kept()]) == []


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (kept("jpeg", [1]), "机器读不了图片里的字，请自己看一遍：有没有身份证号、银行卡号、电话"),
        (kept("pdf", [2, 3]), "第 2、3 页有图片或画出来的字，机器读不了"),
        (kept("pdf", range(1, 30)), "第 1、2、3、4、5、6、7、8、9、10 … 页"),
        (kept("docx", [1]), "文档里有图片"),
    ],
)
def test_what_no_machine_read_is_said_with_where_it_is(file, said):
    (warning,) = rules.warnings([file])

    assert warning["code"] == "attachment_unread"
    assert said in warning["zh"]
    assert warning["zh"].startswith("附件 1《规划图》：")
    assert "which no machine can read" in warning["en"]


@pytest.mark.parametrize(
    "file",
    [kept(found=[{"where": "第 2 页", "what": "health", "count": 1}]), kept(title="张三患尿毒症的证明")],
    ids=["in it", "its title"],
)
def test_words_about_somebody_are_a_warning_of_their_own(file):
    (warning,) = rules.warnings([file])

    assert warning["code"] == "attachment_words"
    assert "病情或残疾情况" in warning["zh"]
    assert "illness" in warning["en"]


def test_a_served_name_is_numbers_only():
    assert [rules.served_name("123456789", no, type) for no, type in enumerate(rules.TYPES, 1)] == [
        "123456789-1.pdf",
        "123456789-2.jpg",
        "123456789-3.png",
        "123456789-4.docx",
    ]


def counted(text: str) -> dict[str, int]:
    return {one["what"]: one["count"] for one in text_scan.numbers([("第 1 页", text)])}


FOUND = [
    (f"张三 {ID} 1组", {"id_number": 1}),
    (f"身份证号：{ID}，电话：{PHONE}。", {"id_number": 1, "phone": 1}),
    (f"{ID[:6]} {ID[6:14]} {ID[14:]}", {"id_number": 1}),
    (f"{ID[:11]}\n{ID[11:]}", {"id_number": 1}),
    ("\n".join(ID), {"id_number": 1}),
    (f"{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}", {"bank_card": 1}),
    (f"{CARD[:6]} {CARD[6:]}", {"bank_card": 1}),
    (f"{PHONE[:3]} {PHONE[3:7]} {PHONE[7:]}", {"phone": 1}),
    (f"{PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]}", {"phone": 1}),
    ("".join(chr(ord(digit) + 0xFEE0) for digit in PHONE), {"phone": 1}),
    (f"{PHONE} {PHONE}", {"phone": 1}),
    (f"联系电话：{PHONE}", {"phone": 1}),
    (f"{ID[:6]}      {ID[6:14]}  +  {ID[14:]}", {"id_number": 1}),
    ("付工资，账号 88190120000000010", {"bank_card": 1}),
    ("存折号码：8819-0120-0001", {"bank_card": 1}),
    ("户主51052118960504****", {"id_number": 1}),
]


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_a_number_is_found_as_people_write_it(text, found):
    assert counted(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "序号 面积 金额\n135 2000 4500 1\n136 1999 4600 2",
        "6217 0038 1001 2345 6770 8812",
        "13 4.95 93.6 463.32\n14 2 93.6 187.2",
        "2026 11 22 2026 12 05 510521",
        "0830-8190000 12317 2026-11-22",
        "项目代码 2106-510521-04-01-196363 位置 105.432187,28.123456",
        f"监督电话：{PHONE}",
        f"投诉举报电话:{PHONE}",
    ],
)
def test_figures_that_stand_side_by_side_are_nobodys_number(text):
    assert counted(text) == {}


@given(st.lists(st.decimals(0, 99_999, places=2).map(str), min_size=3, max_size=40))
def test_a_table_of_amounts_has_no_numbers_in_it(amounts):
    assert counted(" ".join(amounts)) == {}


@given(st.text(alphabet="张三组0123456789 \n.-", max_size=40), st.text(alphabet="张三组 \n。", max_size=10))
def test_whatever_stands_around_it_an_id_in_one_word_is_found(before, after):
    assert counted(f"{before} {ID} {after}").get("id_number", 0) >= 1
