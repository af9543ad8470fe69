"""The minutes of a reading on A4 with their signature lines, and a page of slips to be cut."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader

from board.paper.minutes import ClosedSlips, Minutes, minutes_pdf, slips_pdf

WORDS = Minutes(
    title="百和镇2026年耕地地力\n保护补贴发放公示", place_name="军大丘村", publisher="百和镇人民政府", number="123 456 789", version=1,
    fingerprint="AB12 CD34", rows="300 户", total="113,724.00 元", qr_text="HTTPS://GK.EXAMPLE.CN/N/123456789/510521116227/1",
    short_address="gk.example.cn/n/123456789", held="2026年12月1日", present="86 人", presider="陈明",
    read="第 1 号到第 300 号，共 300 户，全部念完", objections=(("17 号", "数不对"), ("41 号", "人不对"), ("299 号", "别的")),
    objected="3 户有异议，行号在下面", remarks="", supervisor="村务监督", villager="村民", made_at=1_796_000_000, demo_mark="演示数据",
)  # fmt: skip
SLIPS = ClosedSlips(
    title=WORDS.title, place_name="军大丘村", number="123 456 789", address="https://gk.example.cn/n/123456789/ask",
    short_address=WORDS.short_address, straight="不让镇村知道，直接交县里",
)  # fmt: skip


def words(pdf: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def test_the_minutes_fit_a_page_with_everything_and_a_line_for_each_who_signs() -> None:
    (page,) = words(minutes_pdf(WORDS))

    for stated in ("念名单会记录", "123456789", "300户", "113,724.00元", "AB12CD34", "17号数不对", "299号别的", "演示数据"):
        assert stated in page
    for signs in ("主持人", "村务监督", "记录人", "村民"):
        assert signs in page
    assert minutes_pdf(WORDS) == minutes_pdf(WORDS)


def test_many_objections_run_to_a_second_page_and_markup_is_a_plain_character() -> None:
    many = replace(WORDS, objections=tuple((f"{no} 号", "数不对") for no in range(1, 121)), remarks="#panic() $x$ 第 3 号没到")
    pages = words(minutes_pdf(many))

    assert len(pages) == 2
    assert "120号数不对" in "".join(pages)
    assert "#panic()$x$" in "".join(pages)


def test_four_slips_are_on_a_page_and_ask_for_no_name() -> None:
    (page,) = words(slips_pdf(SLIPS))

    assert page.count("别家的事，写在这里") == 4
    assert page.count("不用写您的名字") == 4
