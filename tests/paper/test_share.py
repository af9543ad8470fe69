"""The picture for a village's group: its size, its code, the same bytes each time, and long words that still fit."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image

from board.paper.share import Picture, picture

SHOWN = Picture(
    title="泸县百和镇2026年\n耕地地力保护补贴发放公示",
    place="高洞社区",
    figures=(("补贴金额", "48,210.50 元"), ("共", "312 户"), ("补贴面积", "5,903.61 亩")),
    equal=False,
    sentence="高洞社区：耕地补贴 312 户，共 48,210.50 元，每亩 93.6 元。",
    period="公示到 2026年11月29日",
    phone="0830-8190000",
    qr_text="HTTPS://GK.EXAMPLE.CN/N/123456789/510521116004/1",
    address="gk.example.cn/n/123456789",
    number="123 456 789",
    publisher="泸县百和镇人民政府",
)
LONG = {
    "title": "某某自治县某某民族乡2026年第三季度村级财务收支公开以及相关情况的补充说明公示" * 2,
    "place": "某某维吾尔自治区某某蒙古自治州某某村",
    "address": f"{'w' * 32}/n/123456789",
    "phone": "0830-8190000转8002",
    "publisher": "某某自治县人民政府农业农村和乡村振兴局" * 2,
    "demo_mark": "演示数据 · 虚构",
}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        LONG,
        {"figures": (), "sentence": "军大丘村：准备征收土地，公示到 2026年12月6日。" * 3},
        {"figures": (("收入", "1,234,567.00 元"), ("支出", "1,048,210.50 元"), ("期末余额（账上欠 9.50 元）", "-9.50 元")), "equal": True},
        LONG | {"figures": (("补贴金额", "999,999,999,999.99 元"), ("共", "1,234,567 户"), ("面积", "9,999,999.99 亩"), ("人", "1"))},
    ],
)
def test_every_picture_fills_a_phone_and_its_code_can_be_read(changes):
    drawn = Image.open(io.BytesIO(picture(replace(SHOWN, **changes))))

    assert (drawn.format, drawn.size) == ("PNG", (1080, 1440))
    assert zxingcpp.read_barcode(drawn).text == SHOWN.qr_text


def test_equal_pictures_give_equal_bytes():
    assert picture(SHOWN) == picture(replace(SHOWN))
