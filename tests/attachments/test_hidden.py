"""Whatever somebody's number hides in: it is found and told by its place, and it is in no byte that is served."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

import pytest

from board.attachments.reply import photo
from tests.attachments.making import NAMES, docx, paragraph, pdf, picture, set_in_chinese, shows, stream, told
from tests.sheets.making import made_card, made_id, made_phone, xlsx

ID, CARD, PHONE = made_id(), made_card(), made_phone()
WIDE = f"\ufeff{PHONE}".encode("utf-16-be").hex()
FORM = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources <</Font <</F1 3 0 R>>>>"
ANNOTATION = "/Type /Annot /Rect [100 100 300 130]"


def unpacked(data: bytes) -> bytes:
    """All bytes of a file, with each packed part beside them."""
    found = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found += [archive.read(name) + name.encode() for name in archive.namelist()]
    for match in re.finditer(rb"stream\r?\n(.*?)\nendstream", data, re.S):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            found.append(match[1])
    return b"\n".join(found)


def is_in(number: str, data: bytes) -> bool:
    """Whether a number stands anywhere in a file, in letters of one byte or of two."""
    whole = unpacked(data)
    return any(number.encode(coding) in whole for coding in ("ascii", "utf-16-le", "utf-16-be")) or number.encode().hex().encode() in whole


def places(found) -> set[tuple[str, str]]:
    return {(one["where"], one["what"]) for one in found}


def annotated(head: str, more: str = "", **given) -> bytes:
    return pdf(page="/Annots [100 0 R]", more={100: f"<<{ANNOTATION} {head}>>", 101: stream(shows(PHONE), FORM)}, **given)


JUST_A_PICTURE = stream(
    picture(note=PHONE),
    "/Type /XObject /Subtype /Image /Width 400 /Height 300 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
)


def letter(body: str, kind: str = "", part: str = "") -> bytes:
    """A Word file that leads to one more part of that kind by the id "x"."""
    return docx(body, relations={"x": (kind, f"{kind}.xml")} if kind else {}, parts={f"word/{kind}.xml": part} if kind else {})


def with_head(body: str) -> bytes:
    """A Word file whose pages have a head."""
    called = f'<w:document {NAMES}><w:body><w:p/><w:sectPr><w:headerReference r:id="h"/></w:sectPr></w:body></w:document>'
    parts = {"word/header1.xml": f"<w:hdr {NAMES}>{body}</w:hdr>", "word/document.xml": called}
    return docx(relations={"h": ("header", "header1.xml")}, parts=parts)


def run(text: str, properties: str = "") -> str:
    """A paragraph of one kind of letters."""
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def cells(*texts: str) -> str:
    """A table of one line."""
    return "<w:tbl><w:tr>" + "".join(f"<w:tc>{paragraph(one)}</w:tc>" for one in texts) + "</w:tr></w:tbl>"


SWITCHED_OFF = "/OCProperties <</OCGs [100 0 R] /D <</OFF [100 0 R]>>>>"
STYLES = f'<w:styles {NAMES}><w:style w:styleId="h">{{}}</w:style></w:styles>'
BOX = f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{paragraph(PHONE)}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
LINK = f'<w:p><w:hyperlink r:id="h"><w:r><w:t>{PHONE}</w:t></w:r></w:hyperlink></w:p>'
TAGGED = f"/PieceInfo <</X ({PHONE})>> ".encode()

# What nobody sees on paper: the file is taken, and the number is gone.
UNSEEN = {
    "document information": (pdf(trailer="/Info 100 0 R", more={100: f"<</Author ({PHONE})>>"}), "文件属性"),
    "document information in UTF-16": (
        pdf(trailer="/Info 100 0 R", more={100: f"<</Title <{WIDE}>>>"}),
        "文件属性",
    ),
    "XMP": (
        pdf(catalog="/Metadata 100 0 R", more={100: stream(f"<x:xmpmeta>{PHONE}</x:xmpmeta>".encode(), "/Type /Metadata")}),
        "文件属性",
    ),
    "XMP of a page": (pdf(page="/Metadata 100 0 R", more={100: stream(f"<x>{PHONE}</x>".encode(), packed=True)}), "文件属性"),
    "a remark": (annotated(f"/Subtype /Text /Contents (call {PHONE}) /T (Li Si)"), "批注和链接"),
    "a remark's author": (annotated(f"/Subtype /Highlight /T ({PHONE})"), "批注和链接"),
    "a link": (annotated(f"/Subtype /Link /A <</S /URI /URI (tel:{PHONE})>>"), "脚本和动作"),
    "a program that a click starts": (annotated(f"/Subtype /Link /A <</S /Launch /F (C:/{PHONE}.exe)>>"), "脚本和动作"),
    "a hidden form field": (annotated(f"/Subtype /Widget /FT /Tx /F 2 /T (a) /V ({PHONE})"), "批注和链接"),
    "a form field's value": (pdf(catalog=f"/AcroForm <</Fields [<</FT /Tx /T (a) /V ({PHONE})>>]>>"), "表单"),
    "a bookmark": (pdf(catalog="/Outlines 100 0 R", more={100: "<</First 101 0 R>>", 101: f"<</Title ({PHONE})>>"}), "书签"),
    "an embedded text": (
        pdf(catalog="/Names <</EmbeddedFiles <</Names [(a.txt) <</EF <</F 100 0 R>>>>]>>>>", more={100: stream(f"电话 {PHONE}".encode())}),
        "夹带的文件",
    ),
    "an embedded sheet": (
        pdf(catalog="/Names <</EmbeddedFiles <</Names [(a) <</EF <</F 100 0 R>>>>]>>>>", more={100: stream(xlsx([["电话", PHONE]]))}),
        "夹带的文件",
    ),
    "a script": (pdf(catalog=f"/OpenAction <</S /JavaScript /JS (app.alert('{PHONE}'))>>"), "脚本和动作"),
    "a script of a page": (pdf(page=f"/AA <</O <</S /JavaScript /JS (x='{PHONE}')>>>>"), "脚本和动作"),
    "a program's private data": (pdf(page=f"/PieceInfo <</Word <</Private ({PHONE})>>>>"), "别的程序留下的数据"),
    "a picture's private data": (
        pdf(
            resources="/XObject <</Im 100 0 R>>",
            more={100: JUST_A_PICTURE[:2] + TAGGED + JUST_A_PICTURE[2:]},
        ),
        "别的程序留下的数据",
    ),
    "a spoken text": (pdf(catalog=f"/StructTreeRoot <</K <</Alt ({PHONE})>>>>"), "标签和替代文字"),
    "a layer's name": (pdf(catalog=f"/OCProperties <</OCGs [<</Name ({PHONE})>>]>>"), "图层"),
    "an unknown corner": (pdf(catalog=f"/Whatever [<</X [({PHONE})]>>]"), "文件的其他部分"),
    "Word: properties": (docx(parts={"docProps/core.xml": f"<x><creator>{PHONE}</creator></x>"}), "文件属性"),
    "Word: properties of one's own": (docx(parts={"docProps/custom.xml": f'<x><p name="电话" value="{PHONE}"/></x>'}), "文件属性"),
    "Word: a remark": (
        letter("", "comments", f"<w:comments {NAMES}><w:comment>{paragraph(PHONE)}</w:comment></w:comments>"),
        "批注",
    ),
    "Word: a deletion that is tracked": (
        docx(f'<w:p><w:r><w:t>通知</w:t></w:r><w:del w:author="李四"><w:r><w:delText>{PHONE}</w:delText></w:r></w:del></w:p>'),
        "正文里看不见的字",
    ),
    "Word: a move that is tracked": (docx(f"<w:p><w:moveFrom><w:r><w:t>{PHONE}</w:t></w:r></w:moveFrom></w:p>"), "正文里看不见的字"),
    "Word: a deleted line of a table": (
        docx(f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph(PHONE)}</w:tc></w:tr></w:tbl>"),
        "正文里看不见的字",
    ),
    "Word: hidden letters": (docx(f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{PHONE}</w:t></w:r></w:p>"), "正文里看不见的字"),
    "Word: a hidden line of a table": (
        docx(f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{paragraph(PHONE)}</w:tc></w:tr></w:tbl>"),
        "正文里看不见的字",
    ),
    "Word: a field's code": (
        docx(
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "tel:'
            f'{PHONE}" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>电话</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        ),
        "正文里看不见的字",
    ),
    "Word: a link": (docx(relations={"h": ("hyperlink", f"http://a.cn/?tel={PHONE}")}), "链接"),
    "Word: an embedded sheet": (docx(parts={"word/embeddings/a.xlsx": xlsx([["电话", PHONE]])}), "嵌入的对象"),
    "Word: a letter's recipients": (docx(parts={"word/recipientData.xml": f"<x>{PHONE}</x>"}), "附带的数据"),
    "Word: data of a form": (docx(parts={"customXml/item1.xml": f"<x><a>{PHONE}</a></x>"}), "附带的数据"),
    "Word: a building block": (docx(parts={"word/glossary/document.xml": f"<x><a>{PHONE}</a></x>"}), "文档部件"),
    "Word: the other way to draw a box": (
        docx(
            '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
            f"{paragraph('盒子')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
            f"{paragraph(PHONE)}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        ),
        "正文里看不见的字",
    ),
}


@pytest.mark.parametrize("place", UNSEEN)
def test_what_nobody_sees_is_found_and_gone(place):
    data, where = UNSEEN[place]
    file = told(data)

    assert places(file.removed) == {(where, "phone")}
    assert places(file.found) == set()
    assert file.data
    assert not is_in(PHONE, file.data)


# What is there to be seen, or may be: the file cannot be public, and nothing of it leaves the child.
SEEN = {
    "a page's text": (pdf(shows("a"), shows(f"ID {ID}")), "第 2 页", "id_number"),
    "a number in groups": (pdf(shows(f"card {CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}")), "第 1 页", "bank_card"),
    "a number drawn letter by letter": (
        pdf(b"BT /F1 12 Tf 72 700 Td " + b" ".join(f"({letter}) Tj".encode() for letter in PHONE) + b" ET"),
        "第 1 页",
        "phone",
    ),
    "a number that goes on in the next line": (
        pdf(f"BT /F1 9 Tf 72 700 Td ({ID[:10]}) Tj 0 -12 Td ({ID[10:]}) Tj ET".encode()),
        "第 1 页",
        "id_number",
    ),
    "white letters": (pdf(b"1 g " + shows(PHONE)), "第 1 页", "phone"),
    "letters that are not drawn": (pdf(f"BT 3 Tr /F1 12 Tf 72 700 Td ({PHONE}) Tj ET".encode()), "第 1 页", "phone"),
    "letters beside the paper": (pdf(f"BT /F1 12 Tf 9000 700 Td ({PHONE}) Tj ET".encode()), "第 1 页", "phone"),
    "a layer that is switched off": (
        pdf(
            b"/OC /L BDC " + shows(PHONE) + b" EMC",
            resources="/Properties <</L 100 0 R>>",
            catalog=SWITCHED_OFF,
            more={100: "<</Type /OCG /Name (old)>>"},
        ),
        "第 1 页",
        "phone",
    ),
    "a form that a page draws": (
        pdf(b"/X Do", resources="/XObject <</X 100 0 R>>", more={100: stream(shows(PHONE), FORM, packed=True)}),
        "第 1 页",
        "phone",
    ),
    "a form that no page draws": (
        pdf(shows("a"), resources="/XObject <</X 100 0 R>>", more={100: stream(shows(PHONE), FORM, packed=True)}),
        "文件的其他部分",
        "phone",
    ),
    "a seal or a filled-in field": (annotated("/Subtype /Stamp /AP <</N 101 0 R>>"), "第 1 页", "phone"),
    "a ticked box": (annotated("/Subtype /Widget /FT /Btn /AS /On /AP <</N <</On 101 0 R>>>>"), "第 1 页", "phone"),
    "Chinese letters": (set_in_chinese(f"收款人账号{CARD}"), "第 1 页", "bank_card"),
    "Word: letters of two colours": (
        docx(f"<w:p><w:r><w:t>电话{PHONE[:3]}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{PHONE[3:]}</w:t></w:r></w:p>"),
        "正文",
        "phone",
    ),
    "Word: letters in a wrapping": (docx(f"<w:p><w:r><w:t><![CDATA[{PHONE}]]></w:t></w:r></w:p>"), "正文", "phone"),
    "Word: letters where none belong": (docx(f"<w:p>{PHONE}</w:p>"), "文件的其他部分", "phone"),
    "Word: a table": (docx(cells("1", ID)), "正文", "id_number"),
    "Word: a box for each digit": (docx(cells(*ID)), "正文", "id_number"),
    "Word: a head of the page": (with_head(paragraph(PHONE)), "页眉页脚", "phone"),
    "Word: a footnote": (letter("", "footnotes", f"<w:footnotes {NAMES}>{paragraph(PHONE)}</w:footnotes>"), "脚注尾注", "phone"),
    "Word: a box of text": (docx(BOX), "正文", "phone"),
    "Word: a style that hides its text": (
        letter(run(PHONE, '<w:rStyle w:val="h"/>'), "styles", STYLES.format("<w:rPr><w:vanish/></w:rPr>")),
        "正文",
        "phone",
    ),
    "Word: an insertion that is tracked": (docx(f"<w:p><w:ins><w:r><w:t>{PHONE}</w:t></w:r></w:ins></w:p>"), "正文", "phone"),
    "Word: a link's words": (docx(LINK, relations={"h": ("hyperlink", "http://a.cn")}), "正文", "phone"),
    "Word: a control for filling in": (docx(f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(PHONE)}</w:sdtContent></w:sdt>"), "正文", "phone"),
    "Word: a name of a style": (letter("", "styles", STYLES.format(f'<w:name w:val="{PHONE}"/>')), "文件的其他部分", "phone"),
}


@pytest.mark.parametrize("place", SEEN)
def test_what_can_be_seen_is_counted_and_nothing_is_served(place):
    data, where, what = SEEN[place]
    file = told(data)

    assert places(file.numbers) == {(where, what)}
    assert [one["count"] for one in file.numbers] == [1]
    assert (file.blocked, file.data) == (True, b"")


def test_a_name_of_the_file_is_looked_at_and_forgotten():
    file = told(pdf(), f"名单{ID}.pdf")

    assert places(file.removed) == {("文件名", "id_number")}
    assert not is_in(ID, file.data)


PICTURES = {
    "a photo": picture(note=PHONE),
    "a photo with something behind its end": picture(note=PHONE) + PHONE.encode(),
    "a screenshot": picture(kind="PNG", note=PHONE),
    "a photo in a PDF": pdf(b"/Im Do", resources="/XObject <</Im 100 0 R>>", more={100: JUST_A_PICTURE}),
    "a photo in a Word file": docx(
        '<w:p><w:r><w:drawing><pic:pic><pic:blipFill><a:blip r:embed="p"/></pic:blipFill></pic:pic></w:drawing></w:r></w:p>',
        relations={"p": ("image", "media/photo.jpg")},
        parts={"word/media/photo.jpg": picture(note=PHONE)},
    ),
    "a screenshot in a Word file": docx(
        f'<w:p><w:r><w:drawing><pic:pic><pic:nvPicPr><pic:cNvPr name="{PHONE}.png" descr="{PHONE}"/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="p"/></pic:blipFill></pic:pic></w:drawing></w:r></w:p>',
        relations={"p": ("image", f"media/{PHONE}.png")},
        parts={f"word/media/{PHONE}.png": picture(kind="PNG", note=PHONE)},
    ),
}


@pytest.mark.parametrize("which", PICTURES)
def test_a_picture_is_served_without_its_notes_and_said_to_be_unread(which):
    file = told(PICTURES[which])

    assert list(file.unread) == [1]
    assert file.data
    assert not is_in(PHONE, file.data)
    assert b"Exif" not in unpacked(file.data)


@pytest.mark.parametrize("which", ["a photo", "a photo with something behind its end", "a screenshot"])
def test_a_photo_of_a_case_is_kept_without_its_notes(which):
    reply, kept = photo(PICTURES[which], 300 * 1024)

    assert reply == {}
    assert kept.startswith(b"\xff\xd8\xff")
    assert not is_in(PHONE, kept)
    assert b"Exif" not in kept


def test_an_earlier_state_of_a_pdf_is_not_served():
    first = pdf(shows(f"ID {ID}"))
    changed = first + stream_after(first, shows("Notice"))
    file = told(changed)

    assert not file.blocked
    assert not is_in(ID, file.data)


def stream_after(first: bytes, content: bytes) -> bytes:
    """What a program adds that saves only its changes: the page's contents anew."""
    body = b"500 0 obj\n" + stream(content) + b"\nendobj\n"
    start, table = int(first.rsplit(b"startxref\n", 1)[1].split(b"\n")[0]), len(first) + len(body)
    return (
        body
        + f"xref\n500 1\n{len(first):010d} 00000 n \ntrailer\n<</Size 501 /Root 1 0 R /Prev {start}>>\nstartxref\n{table}\n%%EOF\n".encode()
    )
