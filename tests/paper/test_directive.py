"""A letter from the county as it comes out of the printer: its words, its article, and room for the answer where one is wanted."""

from __future__ import annotations

from dataclasses import replace

from board.paper.directive import DirectiveWords, directive
from tests.paper.conftest import Printer

WORDS = DirectiveWords(
    title="责令改正通知书",
    number="〔2026〕2 号",
    to="百和镇人民政府",
    about=("关于：公示单贴晚了", "公示编号：377 527 858"),
    body="有的村晚了三天才贴。\n#strong[请补贴] $x$",
    basis="依据：《政府信息公开条例》第五十三条",
    due="请在2026年12月4日前书面答复。",
    signer="泸县人民政府",
    date="2026年11月20日",
    reply=("答复：", "答复日期：", "答复单位（盖章）："),
    language="zh",
)


def plain(text: str) -> str:
    return "".join(text.split())


def test_everything_stands_on_one_page_as_it_was_typed(printer: Printer) -> None:
    (text,) = map(plain, printer.texts(directive(WORDS)))
    for words in (
        WORDS.title,
        WORDS.number,
        WORDS.to,
        *WORDS.about,
        *WORDS.body.split("\n"),
        WORDS.basis,
        WORDS.due,
        WORDS.signer,
        WORDS.date,
    ):
        assert plain(words) in text, words
    assert all(plain(label) in text for label in WORDS.reply)


def test_a_reminder_has_no_room_for_an_answer_and_equal_words_give_equal_bytes(printer: Printer) -> None:
    reminder = replace(WORDS, title="提醒", reply=(), due="", basis="")
    (text,) = map(plain, printer.texts(directive(reminder)))
    assert "答复" not in text
    assert directive(WORDS, 5) == directive(WORDS, 5)


def test_the_longest_letter_keeps_the_answer_in_one_piece(printer: Printer) -> None:
    pages = [plain(text) for text in printer.texts(directive(replace(WORDS, body="请把收支逐笔公布。" * 220)))]
    assert len(pages) == 3
    assert ["答复日期：" in page for page in pages] == ["盖章" in page for page in pages] == [False, False, True]
