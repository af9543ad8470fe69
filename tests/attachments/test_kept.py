"""What is read on paper is still there when a file was written anew; and what no machine can read is said to be so."""

from __future__ import annotations

import io
import random
import re
import zipfile

import pytest
from PIL import Image
from pypdf import PdfReader

from board.attachments import UnreadableAttachment, photo, read
from board.attachments.limits import TALLEST, WIDEST
from tests.attachments.making import NAMES, docx, paragraph, pdf, picture, set_in_chinese, shows, stream, told
from tests.sheets.making import made_phone

PHONE = made_phone()
PICTURE = '<w:p><w:r><w:drawing><pic:pic><pic:blipFill><a:blip r:embed="p"/>{}</pic:blipFill></pic:pic></w:drawing></w:r></w:p>'


def pages(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(told(data).data)).pages]


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(told(data).data))


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(told(data).data)) as archive:
        return archive.read(next(one for one in archive.namelist() if re.fullmatch(name, one))).decode()


# ---- PDF


def test_the_pages_of_a_pdf_say_what_they_said():
    assert pages(pdf(shows("Plan"), shows("100 mu of rice"))) == ["Plan", "100 mu of rice"]
    assert pages(set_in_chinese("高洞社区二〇二六年规划图")) == ["高洞社区二〇二六年规划图"]


def test_a_page_keeps_its_paper_and_how_it_lies():
    (page,) = PdfReader(io.BytesIO(told(pdf(page="/Rotate 90 /CropBox [10 10 300 400]")).data)).pages
    assert (page.rotation, [int(side) for side in page.mediabox], [int(side) for side in page.cropbox]) == (
        90,
        [0, 0, 595, 842],
        [10, 10, 300, 400],
    )


def test_a_pdf_holds_nothing_but_its_pages():
    held = PdfReader(io.BytesIO(told(pdf(catalog="/Outlines 9 0 R /Lang (zh) /PageMode /UseOutlines", page="/Tabs /S /Annots []")).data))
    assert set(held.trailer) == {"/Size", "/Root"}
    assert set(held.trailer["/Root"]) == {"/Type", "/Pages"}
    assert set(held.pages[0]) == {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}


def test_a_seal_stands_where_it_stood():
    form = stream(b"BT /F1 12 Tf 2 2 Td (seal) Tj ET", "/Type /XObject /Subtype /Form /BBox [0 0 50 50] /Resources <</Font <</F1 3 0 R>>>>")
    stamp = "<</Type /Annot /Subtype /Stamp /Rect [100 200 200 250] /AP <</N 101 0 R>>>>"
    (page,) = PdfReader(io.BytesIO(told(pdf(page="/Annots [100 0 R]", more={100: stamp, 101: form})).data)).pages
    assert b"q 2.000000 0 0 1.000000 100.000000 200.000000 cm /Annotation0 Do Q" in page.get_contents().get_data()
    assert "seal" in page.extract_text()


@pytest.mark.parametrize("code", [b"12 TL", b"BT ET"])
def test_a_page_that_says_little_but_all_of_it_in_letters_is_read(code):
    assert not told(pdf(code + b" " + shows("Annex 1"))).unread


INLINE = b"BI /W 100 /H 100 /CS /G /BPC 8 ID " + b"0" * 10_000 + b" EI"
IMAGE = "/Type /XObject /Subtype /Image /Width {0} /Height {0} /ColorSpace /DeviceGray /BitsPerComponent 8"
NUMBERED = (
    "<</Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H "
    "/DescendantFonts [<</Type /Font /Subtype /CIDFontType2 /BaseFont /A>>]>>"
)
UNREAD = {
    "a scan": pdf(b"/Im Do", resources="/XObject <</Im 100 0 R>>", more={100: stream(bytes(90_000), IMAGE.format(300))}),
    "a screenshot under a text": pdf(
        shows("list") + b" /Im Do", resources="/XObject <</Im 100 0 R>>", more={100: stream(bytes(90_000), IMAGE.format(300))}
    ),
    "a picture in the drawing itself": pdf(INLINE),
    "letters drawn as outlines": pdf(b"0 0 m " + b"1 2 3 4 5 6 c " * 400 + b"f"),
    "a font that only numbers its letters": pdf(b"BT /F1 9 Tf 72 700 Td <00130014001500160017> Tj ET", font=NUMBERED),
    "letters of a pattern": pdf(
        b"/Pattern cs /P scn 0 0 99 99 re f",
        resources="/Pattern <</P 100 0 R>>",
        more={
            100: stream(
                shows("tile"),
                "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources <</Font <</F1 3 0 R>>>>",
            )
        },
    ),
}


@pytest.mark.parametrize("which", UNREAD)
def test_a_page_that_no_machine_can_read_is_said_to_be_one(which):
    assert list(told(UNREAD[which]).unread) == [1]


def test_a_bullet_drawn_as_a_picture_is_no_page_to_look_at():
    assert not told(
        pdf(shows("a") + b" /Im Do", resources="/XObject <</Im 100 0 R>>", more={100: stream(bytes(400), IMAGE.format(20))})
    ).unread


def test_only_the_pages_that_need_it_are_to_be_looked_at():
    assert list(told(pdf(shows("a"), INLINE)).unread) == [2]


def test_words_about_somebody_are_found_over_the_end_of_a_line():
    file = told(set_in_chinese("低保户张三因患尿毒\n症长期透析，家庭困难。"))
    assert {(one["where"], one["what"]) for one in file.found} == {("第 1 页", "health")}
    assert not file.blocked


# ---- pictures


def test_a_photo_is_turned_as_it_was_held():
    turned = opened(picture((400, 300), turned=6))
    assert turned.size == (300, 400)
    assert turned.getpixel((295, 5))[0] < 80  # the dark corner, which was at the top left, is at the top right now


@pytest.mark.parametrize(("kind", "size"), [("JPEG", (5000, 3000)), ("PNG", (3000, 200)), ("JPEG", (300, 13_000))])
def test_a_large_picture_is_made_as_small_as_it_may_be(kind, size):
    width, height = opened(picture(size, kind=kind)).size
    assert width <= WIDEST
    assert height <= TALLEST
    assert abs(width / height - size[0] / size[1]) < 0.01


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_any_colours_can_be_seen(mode):
    image, held = Image.new("RGB", (90, 60), "white"), io.BytesIO()
    image.paste((10, 20, 30), (0, 0, 45, 60))
    made = image.convert("L").convert("I").point(lambda grey: grey * 256).convert("I;16") if mode == "I;16" else image.convert(mode)
    made.save(held, "PNG")
    shown = opened(held.getvalue()).convert("L")
    assert shown.getpixel((10, 10)) < 60
    assert shown.getpixel((80, 10)) > 200


def test_a_photo_in_the_colours_of_print_is_one_for_screens():
    held = io.BytesIO()
    Image.new("CMYK", (50, 50)).save(held, "JPEG")
    assert opened(held.getvalue()).mode == "RGB"


# ---- photos of a case


@pytest.mark.parametrize("most", [300 * 1024, 60 * 1024])
def test_a_photo_is_made_as_small_as_is_asked(most):
    grain, held = Image.frombytes("RGB", (1600, 1200), random.Random(1).randbytes(1600 * 1200 * 3)), io.BytesIO()
    grain.save(held, "JPEG", quality=90)
    made = photo(held.getvalue(), most)
    assert len(made) <= most < len(held.getvalue())
    assert made == photo(held.getvalue(), most), "the same photo gives the same bytes"


def test_a_photo_that_is_small_enough_loses_no_points():
    assert Image.open(io.BytesIO(photo(picture((1800, 900)), 300 * 1024))).size == (1800, 900)


def test_a_photo_is_a_jpeg_upright_and_what_was_clear_is_white():
    held = io.BytesIO()
    Image.new("RGBA", (50, 20), (0, 0, 0, 0)).save(held, "PNG")
    made = Image.open(io.BytesIO(photo(held.getvalue(), 300 * 1024)))
    assert (made.format, made.size, made.getpixel((5, 5))) == ("JPEG", (50, 20), (255, 255, 255))
    assert Image.open(io.BytesIO(photo(picture((400, 300), turned=6), 300 * 1024))).size == (300, 400)


# ---- Word

TABLE = f"<w:tbl><w:tr><w:tc>{paragraph('亩')}</w:tc><w:tc>{paragraph('100')}</w:tc></w:tr></w:tbl>"


def test_a_word_file_says_what_it_said():
    body = part(docx(paragraph("关于规划的通知") + TABLE + "<w:p><w:ins><w:r><w:t>后来写的</w:t></w:r></w:ins></w:p>"), "word/document.xml")
    assert re.findall("<w:t>([^<]*)</w:t>", body) == ["关于规划的通知", "亩", "100", "后来写的"]
    assert body.count("<w:tc>") == 2


def test_a_page_still_has_its_number_and_a_link_is_its_words():
    body = part(
        docx(
            '<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            '<w:fldSimple w:instr="INCLUDETEXT C:/a.txt"><w:r><w:t>文</w:t></w:r></w:fldSimple>'
            '<w:hyperlink r:id="h"><w:r><w:t>网址</w:t></w:r></w:hyperlink></w:p>',
            relations={"h": ("hyperlink", "http://a.cn")},
        ),
        "word/document.xml",
    )
    assert re.findall("<w:t>([^<]*)</w:t>", body) == ["1", "文", "网址"]
    assert re.findall('w:instr="([^"]*)"', body) == [" PAGE "]
    assert "hyperlink" not in body


def test_who_wrote_it_and_when_is_nowhere():
    body = part(
        docx(
            '<w:p w:rsidR="00A1" w14:paraId="1"><w:pPr><w:rPr><w:ins w:author="李四" w:date="2026-01-01"/></w:rPr></w:pPr>'
            '<w:r w:rsidRPr="00B2"><w:t>文</w:t></w:r></w:p>'
        ),
        "word/document.xml",
    )
    assert not re.search("rsid|w14|李四|2026|Ignorable", body)


def test_only_parts_that_are_read_on_paper_are_kept():
    file = told(
        docx(
            relations={
                "s": ("settings", "settings.xml"),
                "c": ("customXml", "../customXml/item1.xml"),
                "t": ("attachedTemplate", "file:///C:/李四.dotx"),
            },
            parts={
                "word/settings.xml": f"<w:settings {NAMES}><w:rsids/><w:zoom/><w:docVars/></w:settings>",
                "customXml/item1.xml": "<x/>",
                "docProps/app.xml": "<x/>",
                "docProps/thumbnail.jpeg": picture(),
            },
        )
    )
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        names = archive.namelist()
        settings = archive.read(next(name for name in names if "settings" in name and name.endswith(".xml"))).decode()
    assert len(names) == 5
    assert not [name for name in names if "docProps" in name or "custom" in name]
    assert re.findall("<w:(?!settings)[a-zA-Z]+", settings) == ["<w:zoom"]
    assert not file.unread


def test_what_was_cropped_away_is_gone():
    data = docx(
        PICTURE.format('<a:srcRect l="50000" t="50000"/>'),
        relations={"p": ("image", "media/a.jpg")},
        parts={"word/media/a.jpg": picture((400, 300))},
    )
    with zipfile.ZipFile(io.BytesIO(told(data).data)) as archive:
        shown = Image.open(io.BytesIO(archive.read("word/media/image1.jpeg")))
        assert "srcRect" not in archive.read("word/document.xml").decode()
    assert shown.size == (200, 150)
    assert shown.getpixel((5, 5))[0] > 150  # the dark corner was in the part that was cut away


@pytest.mark.parametrize("target", ["media/a.emf", "http://a.cn/a.png", "media/none.png"])
def test_a_picture_that_cannot_be_drawn_anew_is_left_out(target):
    data = docx(
        paragraph("文") + PICTURE.format(""),
        relations={"p": ("image", target)},
        parts={"word/media/a.emf": b"\x01\x00\x00\x00" + bytes(99)},
    )
    file = told(data)
    assert "w:drawing" not in part(data, "word/document.xml")
    assert not file.unread


def test_a_word_file_of_the_strict_kind_is_better_a_pdf():
    with pytest.raises(UnreadableAttachment) as caught:
        read(
            docx(
                parts={"word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body/></w:document>'}
            ),
            "a",
        )
    assert caught.value.code == "letter"
