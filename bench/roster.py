"""Invented rosters: people born before 1900, with valid check digits."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from board.rules.personal.identifiers import check_digit, is_card

TOWN = "510521116000"
_OWNER = ("村", "组", "户主姓名", "身份证号", "一卡通账号", "开户银行", "联系电话")
HEAD = ("序号", *_OWNER, "补贴面积（亩）", "补贴标准（元/亩）", "补贴金额（元）", "备注")
VILLAGES = ("高洞社区", "土主社区", "军大丘村", "朱巷村", "楼方咀村", "蒋坝村", "四合村", "方碑村", "骑龙村", "东岳村", "排楼村")
_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
_GIVEN = "一丁七万三上下不与丑专且世业丛东丝两严个中丰临丹主丽举乃久义之乌乐乔乘乙九也书云互五井亚交亦亨京亭人仁今介从仓仙代令以"


def made(rows: int, seed: str, villages: tuple[str, ...] = VILLAGES) -> bytes:
    """Return an .xlsx with a title, a line of units and rows of twelve columns, with shared strings as spreadsheet programs write them."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("发放表")
        sheet.write_string(0, 0, "百和镇2026年耕地地力保护补贴发放明细表")
        sheet.write_row(2, 0, HEAD)
        for line, row in enumerate(people(rows, seed, villages), 3):
            sheet.write_row(line, 0, row)
    return held.getvalue()


def people(rows: int, seed: str, villages: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows, sorted by village; no two people share a name or number."""
    rand = random.Random(seed)
    each = -(-rows // len(villages))
    for no in range(rows):
        area = Decimal(rand.randint(20, 1200)) / 100
        name = _FAMILY[no % 40] + _GIVEN[no // 40 % 50] + _GIVEN[no // 2000 % 50]
        yield (no + 1, villages[no // each], f"{no % 12 + 1}组", name, _id(no), _card(no), "农村信用社", f"139{'0' * 4}{no % 10_000:04}",
               float(area), 93.6, float((area * Decimal("93.6")).quantize(Decimal("0.01"))), "")  # fmt: skip


def _id(no: int) -> str:
    day = no % 16_800
    body = f"510521{1850 + day // 336}{day // 28 % 12 + 1:02}{day % 28 + 1:02}{no // 16_800:03}"
    return body + check_digit(body)


def _card(no: int) -> str:
    body = f"629999{no:012}"
    return next(body + digit for digit in "0123456789" if is_card(body + digit))
