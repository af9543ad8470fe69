"""QR codes: what they say, how large they grow, and that a phone reads our own drawing of them."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
import zxingcpp
from PIL import Image

from board.paper import qr


def modules(version: int) -> int:
    """Modules on a side (ISO/IEC 18004, 5.3.1.1)."""
    return 17 + 4 * version


def drawn(text: str, scale: int) -> Image.Image:
    matrix = qr.matrix(text)
    picture = Image.new("1", (len(matrix), len(matrix)), 1)
    picture.putdata([int(not module) for row in matrix for module in row])
    return picture.convert("L").resize((len(matrix) * scale, len(matrix) * scale), Image.Resampling.NEAREST)


def test_the_address_is_upper_case_throughout() -> None:
    made = qr.address("https://mingbai.luzhou.gov.cn/", "12345678k", "510525101201", 3)
    assert made == "HTTPS://MINGBAI.LUZHOU.GOV.CN/N/12345678K/510525101201/3"


def test_a_demo_host_keeps_its_scheme_and_port() -> None:
    assert qr.address("http://192.168.1.9:8000", "123456782", "510525101201", 1) == "HTTP://192.168.1.9:8000/N/123456782/510525101201/1"


@pytest.mark.parametrize(
    "base", ["", "mingbai.cn", "ftp://mingbai.cn", "https://mingbai.cn/board", "https://明白.cn", "https://a b.cn", "https://a.cn?x=1"]
)
def test_an_address_that_may_mind_its_case_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="scheme and host"):
        qr.address(base, "123456782", "510525101201", 1)


@pytest.mark.parametrize(
    ("number", "place", "version"), [("12/34", "510525101201", 1), ("1234", "5105 25", 1), ("1234", "510525101201", 0), ("", "5", 1)]
)
def test_an_address_with_anything_but_a_number_a_place_and_a_version_is_refused(number: str, place: str, version: int) -> None:
    with pytest.raises(ValueError, match="not a number"):
        qr.address("https://mingbai.cn", number, place, version)


@pytest.mark.parametrize(("length", "version"), [(47, 3), (48, 4), (67, 4), (68, 5)])
def test_an_upper_case_address_of_up_to_67_characters_stays_in_version_4(length: int, version: int) -> None:
    text = qr.address("https://" + "h" * (length - 32) + ".cn", "123456782", "510525", 1)
    assert len(text) == length
    assert len(qr.matrix(text, border=0)) == modules(version)


def test_the_quiet_zone_is_four_modules_on_every_side() -> None:
    matrix = qr.matrix("HTTPS://A.CN")
    edges = [*matrix[:4], *matrix[-4:], *[row[:4] for row in matrix], *[row[-4:] for row in matrix]]
    assert not any(any(edge) for edge in edges)
    assert matrix[4][4]


def test_a_phone_reads_level_q() -> None:
    (code,) = zxingcpp.read_barcodes(drawn("HTTPS://MINGBAI.EXAMPLE/N/123456782", 4))
    assert (code.text, code.ec_level) == ("HTTPS://MINGBAI.EXAMPLE/N/123456782", "Q")


def test_the_svg_fills_exactly_the_black_modules() -> None:
    matrix = qr.matrix("HTTPS://MINGBAI.EXAMPLE/N/123456782")
    path = ET.XML(qr.svg("HTTPS://MINGBAI.EXAMPLE/N/123456782"))[1].attrib["d"]
    filled = set()
    for run in path.split("M")[1:]:
        start, length, _ = run.split("h")
        x, y = map(int, start.split())
        filled |= {(x + n, y) for n in range(int(length.split("v")[0]))}
    assert filled == {(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}


def test_the_svg_is_small_and_speaks_its_label() -> None:
    made = qr.svg("HTTPS://MINGBAI.EXAMPLE/N/123456782/510525101201/1", label='打开"明白"<公示>')
    assert ET.XML(made).attrib["aria-label"] == '打开"明白"<公示>'
    assert len(made) < 5_000
