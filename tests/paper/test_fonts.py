"""The typeface: it comes by pip, draws rare names, and owns up to what it lacks."""

from __future__ import annotations

from dataclasses import asdict

from board.paper import fonts, qr, typesetting, typst_process
from board.paper.receipt import ReceiptWords

RARE = "㼆䶮𬭎𠅤𫖯𪟝㽏"


def test_the_press_knows_no_font_but_the_packaged_one() -> None:
    case = typst_process._case(str(fonts.path().parent)).fonts()

    assert {font.path for font in case} == {str(fonts.path())}
    assert case[fonts.FACE].family == fonts.FAMILY


def test_every_basic_ideograph_and_the_rare_ones_of_names_can_be_drawn() -> None:
    basic = "".join(map(chr, range(0x4E00, 0x9FA6)))
    assert fonts.missing(basic + RARE + "·〇①㎡〔〕《》、,。×≈ 0123456789") == ""


def test_a_character_no_font_has_is_named_once() -> None:
    assert fonts.missing("王\ue123明\ue123\U00031350") == "\ue123\U00031350"


def test_a_gap_prints_as_the_printers_mark_and_shapeless_signs_not_at_all() -> None:
    assert fonts.printable("王\ue123\u202e12\x00\t葛\U000e0100\u200b\n") == "王〓12 葛\n"


def test_no_character_of_unicode_stops_the_press() -> None:
    every = [chr(code) for code in [*range(0x3400), *range(0xA000, 0x10000, 3), *range(0x16FE0, 0x32000, 89), *range(0xE0000, 0xE0200)]]
    made = typesetting.typeset("receipt", {**asdict(ReceiptWords(where="")), "lines": ["".join(every)], "qr": qr.svg("1")}, "pdf")
    assert made.startswith(b"%PDF")
