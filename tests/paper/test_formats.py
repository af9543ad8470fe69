"""The paper that a clerk has: its size, which way up it goes, and type that is large enough for where it hangs."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from board.paper.formats import PAPERS, ROWS, Format, legible
from board.paper.poster import BigNumber, Column, Group, Poster, poster_pdf, summary_pdf, turned
from tests.paper import posters
from tests.paper.conftest import Printer, codes, sizes, symbol_width

MM = 25.4 / 72
LONG = "2025年度古蔺县财政衔接推进乡村振兴补助资金项目收益分配情况公示"


def millimetres(pdf: bytes) -> set[tuple[int, int]]:
    """The sizes of a PDF's pages."""
    return {(round(float(page.mediabox.width) * MM), round(float(page.mediabox.height) * MM)) for page in PdfReader(BytesIO(pdf)).pages}


def many_columns(count: int, figure: str = "123.45") -> Poster:
    """A roster of twenty rows with so many columns."""
    columns = (Column("序号", "center", 0.6), Column("户主"), *[Column(f"第{n}项(元)", "right") for n in range(count - 2)])
    rows = tuple((str(n), posters.name(n), *[figure] * (count - 2)) for n in range(1, 21))
    return posters.village(columns=columns, groups=(Group("", rows),), total_row=("合计", "", *[figure] * (count - 2)))


@pytest.mark.parametrize(
    ("form", "pages"),
    [
        (Format(), {(210, 297)}),
        (Format("a4", "wide"), {(297, 210)}),
        (Format("a3"), {(297, 420)}),
        (Format("a3", "wide"), {(420, 297)}),
        (Format("a3", "upright"), {(297, 420)}),
    ],
)
def test_a_poster_is_as_large_and_as_the_clerk_has_it(form: Format, pages: set[tuple[int, int]]) -> None:
    assert millimetres(poster_pdf(posters.by_groups(30, 30), form)) == pages
    assert millimetres(summary_pdf(posters.by_groups(30, 30), form)) == pages


@pytest.mark.parametrize(
    ("columns", "figure", "size", "wide"),
    [
        (5, "123.45", "a4", False),
        (8, "123.45", "a4", False),
        (9, "123.45", "a4", True),
        (9, "123.45", "a3", False),
        (13, "123.45", "a3", True),
        (8, "12,123,456.78", "a4", True),  # eight columns would do, but their figures would be set in eight points
        (8, "12,123,456.78", "a3", False),
    ],
)
def test_many_columns_and_long_figures_turn_a_poster(columns: int, figure: str, size: str, wide: bool) -> None:
    poster = many_columns(columns, figure)
    assert turned(poster, Format(size)) is wide  # type: ignore[arg-type]
    assert not turned(poster, Format(size, "upright"))  # type: ignore[arg-type]
    assert turned(poster, Format(size, "wide"))  # type: ignore[arg-type]


@pytest.mark.parametrize("columns", range(4, 13))
def test_rows_are_set_in_nine_points_or_more_wherever_some_paper_holds_them(columns: int) -> None:
    a4, a3 = (sizes(poster_pdf(many_columns(columns), Format(size)))["序"] for size in ("a4", "a3"))  # type: ignore[arg-type]
    assert a4 >= ROWS
    assert a3 >= a4


def test_the_headline_is_read_at_a_metre_and_a_half_on_every_poster_and_an_a3_one_at_two() -> None:
    assert legible(1.5) == pytest.approx(29.9, abs=0.1)
    for title in ("2026年耕地地力保护补贴发放公示", LONG):
        poster = posters.village(title=title)
        for made in (poster_pdf, summary_pdf):
            for turn in ("upright", "wide"):
                assert sizes(made(poster, Format("a4", turn)))["示"] >= legible(1.5)  # type: ignore[operator, arg-type]
                assert sizes(made(poster, Format("a3", turn)))["示"] >= legible(2)  # type: ignore[operator, arg-type]


def test_the_total_of_a_summary_is_read_at_two_metres_and_the_symbol_is_larger_than_a_posters(printer: Printer) -> None:
    poster = posters.village(312)
    pdf = summary_pdf(poster)
    (page,) = printer.pictures(pdf)
    assert sizes(pdf)["元"] >= legible(2)
    assert codes(page) == [poster.qr_text]
    assert symbol_width(page) > 85


@pytest.mark.parametrize("size", ["a4", "a3"])
@pytest.mark.parametrize("turn", ["upright", "wide"])
def test_a_summary_is_one_page_whatever_it_says_and_names_nobody(size: str, turn: str, printer: Printer) -> None:
    wordy = "本村种粮农民每亩补贴 131.42 元，一共发 48,210.50 元，12月5日前打到各户一卡通。" * 4
    odd = (
        posters.village(),
        posters.land(),
        posters.village(title=LONG, sentence=wordy, big_numbers=(BigNumber("合计", "12,345,678,901.23 元"),)),
        posters.village(
            equal_numbers=True, big_numbers=tuple(BigNumber(label, "1,284,333.27 元") for label in ("收入", "支出", "结余", "欠"))
        ),
        posters.village(demo_mark="演示数据 · 虚构", committee_line="", big_numbers=()),
        replace(posters.draft(), sentence=wordy),
    )
    for poster in odd:
        pdf = summary_pdf(poster, Format(size, turn))  # type: ignore[arg-type]
        (text,) = printer.texts(pdf)
        assert posters.name(1) not in text
        said = "".join(text.split())
        figures, numbers = [one.value for one in poster.big_numbers], [one.number for one in poster.phones]
        assert [words for words in (poster.place_name, *figures, *numbers) if "".join(words.split()) not in said] == []
        assert "".join(printer.lowest(pdf, 18 * PAPERS[size].k)[0]).startswith(poster.footer_words)  # type: ignore[index]
        assert [codes(page) for page in printer.pictures(pdf)] == [[poster.qr_text] if poster.qr_text else []]


@pytest.mark.parametrize("form", [Format("a3"), Format("a3", "wide"), Format("a4", "wide")])
def test_every_page_of_every_paper_carries_its_code_its_head_and_its_count(form: Format, printer: Printer) -> None:
    poster = posters.by_groups(14, 39, 22, 17, 48, 20)
    pdf = poster_pdf(poster, form)
    texts = ["".join(text.split()) for text in printer.texts(pdf)]
    assert [codes(page) for page in printer.pictures(pdf)] == [[poster.qr_text]] * len(texts)
    for no, text in enumerate(texts, 1):
        assert f"第{no}页共{len(texts)}页" in text
        assert "".join(column.header for column in poster.columns) in text
    said = "".join(texts)
    for row in poster.all_rows():
        assert "".join("".join(row).split()) in said


def test_equal_posters_give_equal_bytes_on_every_paper() -> None:
    for form in (Format(), Format("a3"), Format("a4", "wide")):
        assert poster_pdf(posters.village(), form) == poster_pdf(posters.village(), form)
        assert summary_pdf(posters.village(), form) == summary_pdf(posters.village(), form)
