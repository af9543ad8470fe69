"""The poster on the wall, looked at as people look at it: rendered, scanned and read."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from board.paper.formats import Format, legible
from board.paper.poster import BigNumber, Column, Fact, Group, Poster, paired, poster_pdf
from tests.paper import posters
from tests.paper.conftest import DPI, Printer, codes, sizes, symbol_width

HOSTILE = ("#panic()", "*粗*", "$x^2$", "[括]", "\\n反", "`码`", "<标>", "@引", "= 题", "//注", "~", '"引"', "_下_")

FOOT_LINE = "编号123456782·第1版·共12行·合计48,210.50元·2026年11月22日公布·贴墙版·防改码7f3a91c25be0"


def squeezed(text: str) -> str:
    """The text without blanks: pdftotext puts some between a figure and its unit."""
    return re.sub(r"\s", "", text)


def test_twelve_households_fit_one_page(printer: Printer) -> None:
    assert len(printer.texts(poster_pdf(posters.village(12)))) == 1


def test_a_phone_reads_the_code_on_the_first_and_on_every_following_page(printer: Printer) -> None:
    poster = posters.by_groups(14, 9, 22, 17, 8, 20)
    pictures = printer.pictures(poster_pdf(poster))
    assert len(pictures) == 3
    assert [codes(picture) for picture in pictures] == [[poster.qr_text]] * 3


def test_a_photo_of_the_whole_poster_sent_by_chat_still_opens_it(printer: Printer) -> None:
    poster = posters.village(12)
    (page,) = printer.pictures(poster_pdf(poster))
    sent, jpeg = page.resize((1080, 1080 * page.height // page.width)), BytesIO()
    sent.save(jpeg, "JPEG", quality=60)
    assert codes(Image.open(jpeg)) == [poster.qr_text]


@pytest.mark.parametrize("host", ["https://a.cn", "https://mingbai.example", "https://gongkai.mingbai.luzhou.gov.cn"])
def test_the_symbol_is_8_cm_wide_on_the_first_page_and_3_5_on_the_next(printer: Printer, host: str) -> None:
    text = posters.qr.address(host, posters.NUMBER, posters.PLACE, 1)
    first, second, *_ = printer.pictures(poster_pdf(replace(posters.by_groups(30, 30), qr_text=text)))
    assert symbol_width(first) == pytest.approx(80, abs=2)
    assert symbol_width(second) == pytest.approx(35, abs=2)


def test_nothing_is_printed_in_the_quiet_zone(printer: Printer) -> None:
    poster = posters.by_groups(30, 30)
    modules = len(posters.qr.matrix(poster.qr_text, border=0))
    for page, width in zip(printer.pictures(poster_pdf(poster)), (80, 35, 35), strict=False):
        left, top, side = _corner(page, width)
        zone = int(side / modules * 4) - 2
        box = page.crop((left - zone, top - zone, left + side + zone, top + side + zone)).convert("L")
        box.paste(255, (zone - 1, zone - 1, zone + side + 2, zone + side + 2))
        assert box.getextrema()[0] > 128


def _corner(page: Image.Image, width: int) -> tuple[int, int, int]:
    """Left and top of the symbol and its side, in pixels."""
    (code,) = zxingcpp.read_barcodes(page, zxingcpp.BarcodeFormat.QRCode)
    return code.position.top_left.x, code.position.top_left.y, round(width / 25.4 * DPI)


def test_every_page_says_what_it_is_alone(printer: Printer) -> None:
    poster = posters.by_groups(14, 9, 22, 17, 8, 20)
    pages = [squeezed(text) for text in printer.texts(poster_pdf(poster))]
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in page
        address = (poster.number, poster.short_address, poster.fingerprint)
        for words in (poster.title, poster.place_name, *address, poster.total, poster.footer_words):
            assert squeezed(words) in page
        assert squeezed("公示时间： 2026年11月22日至 2026年11月29日") in page
        assert "".join(squeezed(column.header) for column in poster.columns) in page


def test_all_rows_groups_sums_phones_and_hands_are_printed(printer: Printer) -> None:
    poster = posters.by_groups(14, 9, 22)
    text = squeezed("".join(printer.texts(poster_pdf(poster))))
    for row in poster.all_rows():
        assert squeezed("".join(row)) in text
    for words in (
        *[group.name for group in poster.groups],
        *[phone.number for phone in poster.phones],
        poster.committee_line,
        "（盖章）",
        poster.how_computed,
    ):
        assert squeezed(words) in text


def test_a_groups_name_stands_again_on_each_page_it_runs_to(printer: Printer) -> None:
    pages = printer.texts(poster_pdf(posters.by_groups(90)))
    assert len(pages) > 2
    assert all("第1村民小组" in page for page in pages)


def test_a_short_group_is_not_torn_and_a_sum_never_stands_alone(printer: Printer) -> None:
    for size in range(3, 11):
        pages = printer.texts(poster_pdf(posters.by_groups(*[size] * 14)))
        counts = [sum(bool(re.match(r"\s*\d+\s+[\u4e00-\u9fff]{2,3}\s", line)) for line in page.splitlines()) for page in pages]
        assert all(count % size == 0 for count in counts), (size, counts)


def test_long_words_in_the_cells_run_over_pages_and_never_into_the_foot(printer: Printer) -> None:
    long = "新建生产便道一条,长一千二百米,宽三米五,厚十八公分,并修涵洞两处。"
    columns = (Column("序号", "center", 0.5), Column("项目"), Column("建设内容", weight=1.5), Column("资金(元)", "right"))
    for repeat in (1, 4, 12, 60):
        rows = tuple((str(n), f"甲{n}乙", long * repeat, "120,000.00") for n in range(1, 10))
        poster = posters.village(columns=columns, groups=(Group("第一村民小组", rows),) * 2, total_row=("合计", "", "", "1"))
        pdf = poster_pdf(poster)
        feet = [re.sub(r"第\d+页共\d+页", "", "".join(words)) for words in printer.lowest(pdf)]
        assert set(feet) == {poster.footer_words + FOOT_LINE}
        assert squeezed("".join(printer.texts(pdf))).count("公分") == 18 * repeat


def test_a_short_roster_begins_on_the_first_page_even_when_it_does_not_end_there(printer: Printer) -> None:
    poster = posters.village(9)
    first, second = printer.texts(poster_pdf(replace(poster, facts=poster.facts * 5)))
    assert posters.name(1) in first
    assert posters.name(9) in second


def test_few_households_with_many_facts_stand_on_one_page_in_type_that_is_as_legible(printer: Printer) -> None:
    poster = posters.by_groups(1, 1, 2)
    pdf = poster_pdf(replace(poster, facts=poster.facts * 3))
    (page,) = printer.texts(pdf)

    assert "（盖章）" in page
    assert squeezed(page).count("中央财政农业生产发展资金") == 3
    smallest = poster_pdf(posters.village(12))  # of a page that had room
    assert min(sizes(pdf).values()) >= min(sizes(smallest).values())
    assert sizes(pdf)["示"] >= legible(1.5)
    assert [round(symbol_width(picture)) for picture in printer.pictures(pdf)] == [80]


@pytest.mark.parametrize("count", range(8, 40, 3))
def test_the_signatures_never_stand_on_a_page_without_rows(printer: Printer, count: int) -> None:
    last = printer.texts(poster_pdf(posters.village(count)))[-1]
    assert posters.name(count) in last
    assert "村务监督委员会签字" in last


def test_the_headline_and_the_total_can_be_read_at_a_metre_and_a_half() -> None:
    long = "2025年度古蔺县财政衔接推进乡村振兴补助资金项目收益分配情况公示"
    for poster in (posters.village(), posters.village(title=long, big_numbers=(BigNumber("合计", "12,345,678,901.23 元"),))):
        sizes: dict[str, float] = {}

        def see(text: str, _cm: object, matrix: list[float], _font: object, size: float, sizes: dict[str, float] = sizes) -> None:
            for char in text.strip():
                sizes[char] = max(sizes.get(char, 0), size * abs(matrix[3]))

        PdfReader(BytesIO(poster_pdf(poster))).pages[0].extract_text(visitor_text=see)
        assert sizes["示"] >= 30
        assert sizes["元"] >= 40


def test_rare_characters_of_names_are_printed_and_can_be_copied(printer: Printer) -> None:
    rare = "㼆䶮𬭎𠅤"
    rows = tuple((str(n), "王" + char, "1", "1", "1") for n, char in enumerate(rare, 1))
    text = "".join(printer.texts(poster_pdf(posters.village(groups=(Group("", rows),)))))
    assert [char for char in rare if "王" + char not in text] == []
    assert "请用笔补写" not in text


def test_a_character_that_cannot_be_printed_is_left_to_the_pen(printer: Printer) -> None:
    rows = (("1", "王\ue123", "1", "1", "1"),)
    text = "".join(printer.texts(poster_pdf(posters.village(groups=(Group("", rows),)))))
    assert "王〓" in text
    assert "〓是字库里没有的字，请用笔补写" in squeezed(text)


def test_signs_of_markup_in_any_text_print_as_they_are(printer: Printer) -> None:
    rows = tuple((str(n), text, text, "1", text) for n, text in enumerate(HOSTILE, 1))
    every = "".join(HOSTILE)
    poster = posters.village(
        groups=(Group(every, rows, ("", *HOSTILE[:4])),), sentence=every, facts=(Fact(every, every),), how_computed=every
    )
    text = squeezed("".join(printer.texts(poster_pdf(replace(poster, publisher=every)))))
    assert all(text.count(squeezed(sign)) >= 3 for sign in HOSTILE)


def test_a_draft_has_its_mark_on_every_page_and_nothing_to_scan(printer: Printer) -> None:
    pdf = poster_pdf(replace(posters.by_groups(30, 30), draft_mark="送审稿", qr_text="", number="", short_address="", fingerprint=""))
    pages = printer.pictures(pdf)
    assert [codes(page) for page in pages] == [[]] * len(pages)
    for text in printer.texts(pdf):
        assert "编号 " not in text
    assert all("送审稿" in page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_a_draft_shows_everything_else_where_the_final_poster_has_it(printer: Printer) -> None:
    final, draft = (printer.texts(poster_pdf(poster)) for poster in (posters.village(12), posters.draft()))
    assert len(final) == len(draft)
    assert "审核通过后" in draft[0]
    assert ("日公布" in squeezed(final[0]), "日公布" in squeezed(draft[0])) == (True, False)


@pytest.mark.parametrize("change", [{"draft_mark": "送审稿"}, {"qr_text": ""}, {"number": ""}, {"short_address": ""}])
def test_a_draft_with_an_address_and_a_poster_without_one_are_refused(change: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"draft"):
        posters.village(**change)


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="rows without columns"):
        posters.village(columns=())
    with pytest.raises(ValueError, match="4 texts under 5 columns"):
        posters.village(total_row=("合计", "", "", ""))


def test_demo_data_says_so_on_every_page(printer: Printer) -> None:
    for page in printer.texts(poster_pdf(replace(posters.by_groups(30, 30), demo_mark="演示数据 · 虚构"))):
        assert "演示数据·虚构" in squeezed(page)


def test_the_two_editions_say_which_they_are(printer: Printer) -> None:
    for edition, words in (("wall", "贴墙版"), ("web", "网上版")):
        assert words in printer.texts(poster_pdf(posters.village(edition=edition)))[0]


def test_the_fingerprint_line_names_nobody(printer: Printer) -> None:
    poster = posters.village(12)
    (line,) = [line for line in printer.texts(poster_pdf(poster))[0].splitlines() if poster.fingerprint in line]
    assert squeezed(line) == FOOT_LINE


def test_a_notice_without_a_roster_runs_on_with_its_words(printer: Printer) -> None:
    poster = posters.land()
    assert len(printer.texts(poster_pdf(poster))) == 1
    pages = printer.texts(poster_pdf(replace(poster, facts=poster.facts * 4)))
    assert len(pages) > 1
    assert squeezed("".join(pages)).count("抢栽、抢种、抢建") == 4
    assert "合计" not in pages[0]


def test_a_bare_poster_prints() -> None:
    bare = Poster(
        title="通知",
        place_name="某村",
        publisher="某镇",
        date_line="2026年1月1日",
        qr_text="HTTPS://A.CN/N/1/2/3",
        number="1",
        short_address="a.cn/n/1",
    )
    assert poster_pdf(bare).startswith(b"%PDF")
    assert poster_pdf(replace(bare, columns=posters.COLUMNS, groups=(Group("", ()),))).startswith(b"%PDF")


def test_many_columns_turn_the_poster_and_no_figure_breaks(printer: Printer) -> None:
    columns = (Column("序号", "center", 0.6), Column("户主"), *[Column(f"第{n}项补助(元)", "right") for n in range(10)])
    rows = tuple((str(n), posters.name(n), *["1,123,456.78"] * 10) for n in range(1, 20))
    pdf = poster_pdf(posters.village(columns=columns, groups=(Group("", rows),), total_row=("合计", "", *["21,345,678.82"] * 10)))
    box = PdfReader(BytesIO(pdf)).pages[0].mediabox
    assert box.width > box.height
    assert "".join(printer.texts(pdf)).count("21,345,678.82") == 10


def test_the_same_poster_gives_the_same_bytes_in_another_process() -> None:
    code = """
import sys
from board.paper.poster import poster_pdf
from tests.paper import posters
sys.stdout.buffer.write(poster_pdf(posters.by_groups(9, 30)))
"""
    root = Path(__file__).parents[2]
    other = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True).stdout
    assert poster_pdf(posters.by_groups(9, 30)) == other


def test_threads_print_at_the_same_time_without_mixing_their_posters() -> None:
    jobs = [posters.village(count) for count in range(5, 13)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(poster_pdf, jobs)) == [poster_pdf(job) for job in jobs]


def test_the_pdf_has_a_title_a_language_and_tags_for_a_screen_reader() -> None:
    reader = PdfReader(BytesIO(poster_pdf(posters.village(12))))
    assert reader.metadata is not None
    assert reader.metadata.title == "古蔺县龙山镇向阳村 2026年耕地地力保护补贴发放公示"
    assert str(reader.trailer["/Root"]["/Lang"]).lower().startswith("zh")
    assert "/StructTreeRoot" in reader.trailer["/Root"]


def test_twelve_hundred_rows_take_less_than_three_seconds() -> None:
    poster = posters.by_groups(*[40] * 30)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    made = poster_pdf(poster)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < 3  # of a processor, however many others it has to serve meanwhile
    assert len(made) < 4_000_000


def test_on_a_large_sheet_every_fifth_row_has_a_heavier_rule(printer: Printer) -> None:
    small, large = (_rules(printer.pictures(poster_pdf(posters.village(12), Format(size)))[0]) for size in ("a4", "a3"))
    assert len(small) == 1, "the headline's"
    assert len(large) == 4, "the headline's, that of the table's head, and those below the fifth and the tenth household"
    row = (large[3] - large[2]) / 5
    assert 20 < row < 60


def _rules(picture: Image.Image) -> list[int]:
    """Where a page has a rule of three dots or more across most of its width, from the top."""
    grey = picture.convert("L")
    across = [sum(grey.crop((0, y, grey.width, y + 1)).histogram()[:110]) > grey.width * 0.6 for y in range(grey.height)]
    return [match.start() for match in re.finditer("1{3,}", "".join("01"[line] for line in across))]


def test_the_foot_has_room_for_a_checkpoint(printer: Printer) -> None:
    (text,) = printer.texts(poster_pdf(replace(posters.village(12), checkpoint="8a2f 91c0")))
    assert "存证码8a2f91c0" in squeezed(text)
    assert "存证码" not in squeezed(printer.texts(poster_pdf(posters.village(12)))[0])


@pytest.mark.parametrize("poster", [posters.village(110), posters.by_groups(22, 22, 22, 22, 22)], ids=["one list", "five groups"])
def test_a_hundred_and_ten_households_are_on_three_pages(printer: Printer, poster: Poster) -> None:
    assert len(printer.texts(poster_pdf(poster))) == 3


@pytest.mark.parametrize(
    ("sizes", "sheets"), [((20,), 2), ((24,), 1), ((40,), 2), ((110,), 2), ((22,) * 5, 3), ((3, 40, 2, 60, 9), 3), ((26,), 1), ((32,), 2)]
)
def test_few_short_fields_stand_in_two_tables_beside_each_other(printer: Printer, sizes: tuple[int, ...], sheets: int) -> None:
    poster = posters.short(*sizes)
    texts = printer.texts(poster_pdf(poster))
    assert len(texts) == sheets
    said = [re.findall(r"(\d+)\s*([\u4e00-\u9fff]{2,3})\s+\d\.\d\d", text) for text in texts]
    numbers = [int(no) for page in said for no, _name in page]
    assert sorted(numbers) == list(range(1, sum(sizes) + 1)), "each household once"
    assert "签字" in texts[-1]
    assert numbers[-1] == sum(sizes) or len(said[-1]) > 1


def test_the_two_tables_of_the_last_page_are_equally_long(printer: Printer) -> None:
    poster = posters.short(26)
    (text,) = printer.texts(poster_pdf(poster))
    beside = [line for line in text.splitlines() if len(re.findall(r"\d\.\d\d\s", line + " ")) >= 4 or "合计" in line]
    assert len(beside) >= 13


def test_a_long_name_or_a_fifth_field_keeps_one_table() -> None:
    upright = Format("a4").paper.turned(False)
    poster = posters.short(60)
    assert paired(poster, upright, 11.5) > 10
    assert paired(posters.village(60), upright, 11.5) == 0
    assert paired(posters.short(20), upright, 11.5) == 0
    long = replace(poster, groups=(Group("", (("1", "买买提·吐尔逊江·阿布都热合曼", "1.00", "1,034.28"),) * 60),))
    assert paired(long, upright, 11.5) == 0
