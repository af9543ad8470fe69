"""A paper of an application as it comes out of the printer: the words, room for a pen, one page."""

from __future__ import annotations

from dataclasses import replace

from board.paper.sample import SampleWords, sample
from tests.paper.conftest import Printer

NOTICE = SampleWords(
    title="政府信息公开申请答复书",
    kind="决定不公开，说明理由",
    to="____（申请人）",
    body="您____年____月____日申请公开：\n____\n不予公开，理由是：\n____\n#strong[这一条] $x$",
    fields=(),
    basis="依据：《政府信息公开条例》第三十六条第（三）项",
    remedies=("不服，六十日内可以申请行政复议。",),
    signer="百和镇人民政府（盖章）",
    date="____年____月____日",
    to_fill=("签名：", "日期："),
    mark="样本",
    language="zh",
)
FORM = replace(
    NOTICE, kind="", body="请填好。", fields=(("姓名", "", 1), ("想怎么拿", "□ 纸的　□ 电子文件", 1), ("要什么材料", "", 6)), signer="",
    mark="", remedies=(),
)  # fmt: skip


def plain(text: str) -> str:
    return "".join(text.split())


def ruled(printer: Printer, pdf: bytes, least: int, most: int) -> int:
    """How many lines of this length, in millimetres, stand on the page."""
    (page,) = printer.pictures(pdf)
    rows = [bytes(page.crop((0, y, page.width, y + 1)).convert("L").tobytes()) for y in range(page.height)]
    longest = [max(map(len, "".join("#" if dot < 128 else " " for dot in row).split()), default=0) / 150 * 25.4 for row in rows]
    found = [at for at, long in enumerate(longest) if least < long < most]
    return len([at for at in found if at - 1 not in found])


def test_every_text_stands_on_the_paper_as_it_is_written(printer: Printer) -> None:
    (text,) = map(plain, printer.texts(sample(NOTICE)))
    words = (
        NOTICE.title,
        NOTICE.kind,
        "（申请人）：",
        "不予公开，理由是：",
        "#strong[这一条]$x$",
        NOTICE.basis,
        *NOTICE.remedies,
        NOTICE.signer,
    )
    assert [one for one in (*words, NOTICE.mark) if plain(one) not in text] == []
    assert "____" not in text


def test_a_line_left_to_a_pen_is_as_wide_as_the_paper(printer: Printer) -> None:
    assert ruled(printer, sample(NOTICE), 155, 170) == 2


def test_a_form_is_a_table_with_lines_to_sign_and_no_seal(printer: Printer) -> None:
    (text,) = map(plain, printer.texts(sample(FORM)))
    for words in ("姓名", "□纸的□电子文件", "要什么材料", "签名：", "日期："):
        assert words in text, words
    assert "样本" not in text
    assert "盖章" not in text
    assert ruled(printer, sample(FORM), 155, 170) == 4


def test_an_english_paper_has_english_punctuation_and_equal_words_give_equal_bytes(printer: Printer) -> None:
    english = replace(FORM, to="泸县人民政府", language="en", demo_mark="Demo data")
    (text,) = printer.texts(sample(english))
    assert "泸县人民政府:" in text
    assert "Demo data" in text
    assert sample(english) == sample(english)
