"""明白卡 as they come out of the printer: eight to a sheet, a phone reads each code, and the fullest card keeps to its eighth."""

from __future__ import annotations

from dataclasses import fields

import pytest

from board.paper.slip import A_SHEET, Card, Cards, Item, address, slips
from tests.paper.conftest import Printer, codes

LONG = Item(what="耕地地力保护补贴发放结果公示", row="1,203 号", day="12月31日", amount="12,004,463.32 元")


def cards(count: int, items: tuple[Item, ...] = (LONG, LONG, LONG)) -> Cards:
    """Return cards that are as full as a card can be."""
    own = [
        Card(door=f"高洞社区 {no}组", items=items, more="还有 12 项，扫码看", qr_text=address("https://gk.luxian.gov.cn/", f"{no:A>26}"))
        for no in range(count)
    ]
    return Cards(
        title="2026年明白卡",
        how="扫码看每一项怎么算的。只给自家人看。",
        ask="有疑问打 0830-8190000",
        until="2026年底前有效",
        demo_mark="演示数据 · 虚构",
        cards=tuple(own),
    )


@pytest.mark.parametrize(("count", "sheets"), [(1, [1]), (8, [8]), (9, [8, 1]), (17, [8, 8, 1])])
def test_eight_cards_stand_on_a_sheet_and_a_phone_reads_each(printer: Printer, count: int, sheets: list[int]) -> None:
    pictures = printer.pictures(slips(cards(count)))
    read = [codes(picture) for picture in pictures]
    assert [len(page) for page in read] == sheets
    assert {text for page in read for text in page} == {f"HTTPS://GK.LUXIAN.GOV.CN/S/{no:A>26}" for no in range(count)}
    assert A_SHEET == 8


def test_the_fullest_card_ends_above_the_next(printer: Printer) -> None:
    (page,) = (text.replace(" ", "") for text in printer.texts(slips(cards(8))))
    for words in ("1,203号", "12,004,463.32元", "还有12项，扫码看", "本站从不索要", "0830-8190000", "2026年底前有效"):
        assert page.count(words) == 8 * (3 if "1,203" in words or "004" in words else 1), words
    lines = [line.strip() for line in page.splitlines() if line.strip()]
    doors = [at for at, line in enumerate(lines) if "高洞社区" in line]
    feet = [at for at, line in enumerate(lines) if "本站从不索要" in line]
    assert [door < foot for door, foot in zip(doors, feet, strict=True)] == [True] * 4
    assert [foot < door for foot, door in zip(feet, doors[1:], strict=False)] == [True] * 3


def test_equal_cards_give_equal_bytes() -> None:
    assert slips(cards(2)) == slips(cards(2))


def test_there_is_no_place_for_a_name() -> None:
    assert {field.name for field in fields(Card)} == {"door", "items", "more", "qr_text"}
    assert {field.name for field in fields(Item)} == {"what", "row", "amount", "day", "note"}
