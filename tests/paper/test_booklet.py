"""A village's booklet: what is in it, which code is where, and how it is folded."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from board.paper import qr
from board.paper.booklet import Booklet, Entry, booklet
from board.paper.folding import folded, sides
from board.paper.poster import Column, Group, Phone
from tests.paper import posters
from tests.paper.conftest import Printer, codes

HOME = qr.front(posters.ADDRESS, "a", posters.PLACE)


def book(*entries: Entry, **changes: object) -> Booklet:
    made = Booklet(
        place_name="向阳村",
        above="古蔺县龙山镇",
        own="本村",
        quarter="2026年第四季度",
        until="2026年11月22日",
        wall="",
        qr_text=HOME,
        short_address="mingbai.example/a/510525101201",
        entries=entries or (Entry(replace(posters.by_groups(14, 9, 22), edition="web")), Entry(posters.land())),
        asked=(),
        phones=(Phone("问镇里", "0830-7801234", "农业服务中心 王主任"), Phone("举报", "12388")),
        county=("古蔺县纪委监委信访室", "0830-7205678", "古蔺县公开街1号"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def said(pdf: bytes, printer: Printer) -> list[str]:
    return ["".join(text.split()) for text in printer.texts(pdf)]


def test_a_booklet_has_a_cover_contents_each_notice_and_how_to_ask(printer: Printer) -> None:
    made = book()
    cover, contents, *notices, back = said(booklet(made), printer)

    for words in (
        "古蔺县龙山镇",
        "向阳村",
        "便民手册",
        "2026年第四季度",
        "有关的公示2项，排到2026年11月22日",
        "mingbai.example/a/510525101201",
    ):
        assert words in cover
    assert [line for line in contents.split("公示") if line][0].endswith("2026年耕地地力保护补贴发放")
    assert "2026年耕地地力保护补贴发放公示3" in contents
    assert f"拟征收土地预公告{len(notices) + 2}" in contents  # it stands on the last page before the back
    inside = "".join(notices)
    for row in made.entries[0].poster.all_rows():
        assert "".join("".join(row).split()) in inside
    for entry in made.entries:
        for words in (entry.poster.sentence, entry.poster.period_line, *[fact.label for fact in entry.poster.facts]):
            assert "".join(words.split()) in inside
    for words in (
        "16位查询号",
        "0830-7801234",
        "12388",
        "古蔺县纪委监委信访室",
        "0830-7205678",
        "古蔺县公开街1号",
        "本站从不索要银行卡号、密码、验证码。",
    ):
        assert words in back


def test_every_page_is_a5_counted_and_carries_the_code_of_what_it_is_about(printer: Printer) -> None:
    pdf = booklet(book())
    pages = PdfReader(BytesIO(pdf)).pages
    assert {(round(float(page.mediabox.width) * 25.4 / 72), round(float(page.mediabox.height) * 25.4 / 72)) for page in pages} == {
        (148, 210)
    }
    notice = posters.village().qr_text
    assert [codes(picture) for picture in printer.pictures(pdf)] == [[HOME], [HOME], *[[notice]] * (len(pages) - 3), [HOME]]
    for no, text in enumerate(said(pdf, printer), 1):
        assert f"第{no}页共{len(pages)}页" in text


def test_a_roster_that_is_not_printed_says_why_and_names_nobody(printer: Printer) -> None:
    bare = replace(posters.village(300), columns=(), groups=(), total_row=None)
    text = "".join(said(booklet(book(Entry(bare, "名单的公示期过了，已经收起，这里只留总数。"))), printer))
    assert "名单的公示期过了，已经收起，这里只留总数。" in text
    assert "48,210.50元" in text
    assert posters.name(1) not in text


def test_a_long_title_many_columns_and_no_county_office_still_make_a_booklet(printer: Printer) -> None:
    columns = (Column("序号", "center", 0.6), Column("户主"), *[Column(f"第{n}项补助(元)", "right") for n in range(8)])
    rows = tuple((str(n), posters.name(n), *["1,123,456.78"] * 8) for n in range(1, 60))
    long = posters.village(
        title="2025年度古蔺县财政衔接推进乡村振兴补助资金\n项目收益分配情况公示", columns=columns, groups=(Group("", rows),), total_row=None
    )
    text = "".join(said(booklet(book(Entry(long), county=("", "", ""), wall="村委会门口", demo_mark="演示数据 · 虚构")), printer))
    assert "请打县纪委监委的电话，或者到县里去。" in text
    assert "扫一扫，看本村公示墙（村委会门口）" in text
    assert text.count("1,123,456.78") == 59 * 8
    assert "项目收益分配情况公示" in text


def test_equal_booklets_give_equal_bytes_flat_and_folded() -> None:
    assert booklet(book()) == booklet(book())
    assert folded(booklet(book())) == folded(booklet(book()))


@pytest.mark.parametrize(
    ("pages", "order"),
    [
        (4, [(3, 0), (1, 2)]),
        (8, [(7, 0), (1, 6), (5, 2), (3, 4)]),
        (5, [(4, 0), (1, None), (None, 2), (3, None)]),
        (1, [(0, None), (None, None)]),
    ],
)
def test_pages_that_are_folded_once_read_in_order(pages: int, order: list[tuple[int | None, int | None]]) -> None:
    assert sides(pages) == order


@given(st.integers(2, 200))
def test_a_reader_of_the_folded_pages_reads_every_page_once_and_the_back_last(pages: int) -> None:
    made = sides(pages)
    fronts, backs = made[::2], made[1::2]
    leaves = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    leaves += [page for front, back in zip(reversed(fronts), reversed(backs), strict=True) for page in (back[1], front[0])]
    assert [page for page in leaves if page is not None] == list(range(pages))
    assert (leaves[0], leaves[-1]) == (0, pages - 1)
    assert len(leaves) % 4 == 0


def test_the_folded_pages_are_a4_on_their_side_with_both_codes_to_scan(printer: Printer) -> None:
    pdf = folded(booklet(book()))
    boxes = {
        (round(float(page.mediabox.width) * 25.4 / 72), round(float(page.mediabox.height) * 25.4 / 72))
        for page in PdfReader(BytesIO(pdf)).pages
    }
    assert boxes == {(297, 210)}
    first, *_ = printer.pictures(pdf)
    assert codes(first) == [HOME, HOME]  # the cover, and the back beside it
