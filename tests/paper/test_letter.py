"""A letter as it comes out of the printer: the words, the quotation, lines for a pen, on one page unless the quotation is long."""

from __future__ import annotations

from dataclasses import replace

from board.paper.letter import LetterWords, letter
from tests.paper.conftest import Printer

WORDS = LetterWords(
    to="泸县人民政府",
    title="关于镇里到期没有答复的反映",
    body="我在2026年11月22日就公示《百和镇2026年耕地地力保护补贴公示》（编号 377 527 858）提了意见。\n请查一查。",
    quoting="我当时写的是：",
    quote="我家是两亩三分，只算了两亩。\n#strong[请再量一次] $x$",
    basis="依据：《信访工作条例》第二十二条、第二十三条",
    to_fill=("姓名：", "电话：", "签名：", "日期："),
    language="zh",
)


def plain(text: str) -> str:
    return "".join(text.split())


def test_everything_stands_on_the_letter_and_a_quotation_is_shown_as_it_was_typed(printer: Printer) -> None:
    (text,) = map(plain, printer.texts(letter(WORDS)))
    for words in (WORDS.to, WORDS.title, *WORDS.body.split("\n"), WORDS.quoting, *WORDS.quote.split("\n"), WORDS.basis, *WORDS.to_fill):
        assert plain(words) in text, words


def test_a_pen_has_four_lines_of_six_centimetres(printer: Printer) -> None:
    (page,) = printer.pictures(letter(WORDS))
    width = page.width
    rows = [bytes(page.crop((0, y, width, y + 1)).convert("L").tobytes()) for y in range(page.height)]
    longest = [max(map(len, "".join("#" if dot < 128 else " " for dot in row).split()), default=0) / 150 * 25.4 for row in rows]
    ruled = [at for at, long in enumerate(longest) if 58 < long < 66]
    assert len([at for at in ruled if at - 1 not in ruled]) == 4


def test_the_longest_quotation_goes_on_over_the_page_with_the_signature_in_one_piece(printer: Printer) -> None:
    pages = [plain(text) for text in printer.texts(letter(replace(WORDS, quote="我家的地量少了，请查一查。" * 150)))]
    assert len(pages) == 3
    assert ["姓名：" in page for page in pages] == ["日期：" in page for page in pages] == [False, False, True]


def test_an_english_letter_has_english_punctuation_and_equal_words_give_equal_bytes(printer: Printer) -> None:
    english = replace(WORDS, to="泸县人民政府", language="en", quoting="What I wrote:")
    assert "泸县人民政府:" in printer.texts(letter(english))[0]
    assert letter(english, 5) == letter(english, 5)
