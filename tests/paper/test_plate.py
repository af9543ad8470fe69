"""The plate of a wall: as a sign maker cuts it and as a phone reads it."""

from __future__ import annotations

import re

import pytest
import zxingcpp

from board.paper import qr
from board.paper.plate import Plate, plate
from tests.paper.conftest import DPI, Printer

ADDRESS = qr.wall_address("https://gk.luxian.gov.cn", "123456789")
WORDS = Plate(place_name="高洞社区", qr_text=ADDRESS, short_address="gk.luxian.gov.cn/w/123456789", number="123 456 789")


def test_a_phone_reads_the_printed_plate_and_its_symbol_is_twelve_centimetres_wide(printer: Printer) -> None:
    (picture,) = printer.pictures(plate(WORDS, "pdf"))
    (code,) = zxingcpp.read_barcodes(picture)
    assert (code.text, code.ec_level) == ("HTTPS://GK.LUXIAN.GOV.CN/W/123456789", "Q")
    left, right = code.position.top_left.x, code.position.top_right.x
    assert (right - left) / DPI * 25.4 == pytest.approx(120, abs=0.6)


def test_the_quiet_zone_is_free_on_every_side(printer: Printer) -> None:
    (picture,) = printer.pictures(plate(WORDS, "pdf"))
    (code,) = zxingcpp.read_barcodes(picture)
    corner = code.position.top_left
    width = code.position.top_right.x - corner.x
    zone = int(width / len(qr.matrix(ADDRESS, border=0)) * 4) - 6  # the reader's corners are right to some dots
    around = picture.convert("L").crop((corner.x - zone, corner.y - zone, corner.x + width + zone, corner.y + width + zone))
    around.paste(255, (zone - 6, zone - 6, zone + width + 6, zone + width + 6))
    assert around.getextrema()[0] > 200


def test_whoever_has_no_phone_reads_village_number_and_address(printer: Printer) -> None:
    (text,) = printer.texts(plate(WORDS, "pdf"))
    for words in ("高洞社区", "扫一扫，看钱发到哪了", "123 456 789", "gk.luxian.gov.cn/w/123456789", "只认这个网址"):
        assert words in text


def test_the_drawing_for_the_sign_maker_has_outlines_only_and_is_the_same_each_time() -> None:
    drawn = plate(WORDS, "svg").decode()
    assert drawn.startswith("<svg")
    assert not re.findall("<text|<image|font-family|href=.http", drawn)
    assert set(re.findall(r'fill="(#[0-9a-f]{6})"', drawn)) == {"#ffffff", "#000000"}
    assert plate(WORDS, "svg") == plate(WORDS, "svg")


def test_a_long_name_keeps_to_the_plate_and_a_demo_says_so(printer: Printer) -> None:
    words = Plate(**vars(WORDS) | {"place_name": "双凤乡双凤铺彝族苗族自治社区", "demo_mark": "演示数据"})
    (text,) = printer.texts(plate(words, "pdf"))
    assert "双凤乡双凤铺彝族苗族自治社区" in text
    assert "演示数据" in text


@pytest.mark.parametrize("number", ["12/3", "", "w1", "１２３"])
def test_an_address_with_anything_but_a_number_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        qr.wall_address("https://gk.example.cn", number)
