"""A township's posters in one PDF: the list in front agrees with what lies behind it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader

from board.paper import qr
from board.paper.bundle import CoverLine, CoverList, bundle
from board.paper.formats import Format
from board.paper.poster import Poster, poster_pdf, summary_pdf
from tests.paper import posters
from tests.paper.conftest import Printer, codes

COVER = CoverList(
    title="2026年耕地地力保护补贴发放公示",
    place_name="龙山镇人民政府",
    number="123 456 782",
    version=1,
    qr_text=qr.front(posters.ADDRESS, "n", posters.NUMBER),
    short_address="mingbai.example/n/123456782",
    period_line="公示时间：2026年11月22日 至 2026年11月29日",
    what="贴墙版，全部明细，A4 纸",
    rows="1,194 户",
    total="552,578.07 元",
    fingerprint="7f3a 91c2 5be0",
)


def places(*counts: int) -> list[Poster]:
    """One poster a village, with so many households."""
    return [replace(posters.village(count), place_name=f"第{no}村") for no, count in enumerate(counts, 1)]


def line(poster: Poster) -> CoverLine:
    return CoverLine(poster.place_name, f"{poster.rows_count} 户", poster.total)


def test_the_list_counts_the_pages_that_follow_and_each_village_counts_its_own(printer: Printer) -> None:
    made = places(12, 60, 200)
    texts = ["".join(text.split()) for text in printer.texts(bundle(COVER, [(line(poster), poster_pdf(poster)) for poster in made]))]
    own = [len(PdfReader(BytesIO(poster_pdf(poster))).pages) for poster in made]

    assert own[0] == 1 < own[1] < own[2]
    assert len(texts) == 1 + sum(own)
    assert f"3个地方，共{sum(own)}页（不算清单），合计1,194户，552,578.07元。贴墙版，全部明细，A4纸。" in texts[0]
    for no, (poster, pages) in enumerate(zip(made, own, strict=True), 1):
        assert f"{no}第{no}村{pages}{poster.rows_count}户48,210.50元" in texts[0]
    counted = [f"第{no}页共{pages}页" for pages in own for no in range(1, pages + 1)]
    assert [count for count, text in zip(counted, texts[1:], strict=True) if count not in text] == []


def test_every_page_carries_the_code_of_its_own_poster(printer: Printer) -> None:
    made = [
        replace(poster, qr_text=qr.address(posters.ADDRESS, posters.NUMBER, f"51052510120{no}", 1))
        for no, poster in enumerate(places(12, 40))
    ]
    front, *pages = printer.pictures(bundle(COVER, [(line(poster), poster_pdf(poster)) for poster in made]))
    own = [poster.qr_text for poster in made for _ in PdfReader(BytesIO(poster_pdf(poster))).pages]
    assert codes(front) == ["HTTPS://MINGBAI.EXAMPLE/N/123456782"]
    assert [codes(page) for page in pages] == [[text] for text in own]


def test_a_township_of_very_many_villages_has_a_list_of_several_pages(printer: Printer) -> None:
    page = summary_pdf(posters.village())
    texts = printer.texts(
        bundle(replace(COVER, volume="第 1 册，共 2 册"), [(CoverLine(f"第{no}村", "12 户", "1.00 元"), page) for no in range(1, 61)])
    )
    lists = [text for text in texts if "清单" in text]
    assert len(lists) > 1
    assert len(texts) == len(lists) + 60
    for no, text in enumerate(lists, 1):
        said = "".join(text.split())
        assert f"清单第{no}页共{len(lists)}页" in said
        assert "第1册，共2册" in said
        assert "序地方页数行数合计已贴签名、日期" in said
    assert all(f"第{no}村" in "".join(lists) for no in range(1, 61))


def test_a_reader_finds_each_village_by_its_name_beside_the_pages() -> None:
    reader = PdfReader(BytesIO(bundle(COVER, [(line(poster), poster_pdf(poster)) for poster in places(12, 60, 12)])))
    assert [(item.title, reader.get_destination_page_number(item)) for item in reader.outline] == [("第1村", 1), ("第2村", 2), ("第3村", 5)]  # type: ignore[union-attr, arg-type]
    assert reader.metadata is not None
    assert reader.metadata.title == "龙山镇人民政府 2026年耕地地力保护补贴发放公示"


def test_equal_posters_bound_together_give_equal_bytes() -> None:
    def bound() -> bytes:
        return bundle(COVER, [(line(poster), poster_pdf(poster, Format("a3"))) for poster in places(12, 20)])

    assert bound() == bound()
