"""Files that are not taken, or were made to do harm: each is refused soon, in words, and none takes the program along."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest

from board import attachments
from board.attachments import UnreadableAttachment, read
from board.attachments.limits import MOST_BYTES, MOST_PAGES
from board.attachments.reasons import REASONS
from board.attachments.reply import answer
from tests.attachments.making import NAMES, assembled, docx, paragraph, pdf, picture, shows, stream
from tests.sheets.making import xlsx, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SOON = 25  # seconds: the child has 20 of CPU


def refused(data: bytes, name: str = "附件.pdf") -> str:
    began = time.monotonic()
    with pytest.raises(UnreadableAttachment) as caught:
        read(data, name)
    assert time.monotonic() - began < SOON
    assert caught.value.message == REASONS[caught.value.code]
    return caught.value.code


def compound(name: str) -> bytes:
    """A compound file of one empty stream."""
    head = (
        OLE
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(10)
        + struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    )
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)

    def entry(name: str, kind: int) -> bytes:
        raw = name.encode("utf-16-le")
        return raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1) + bytes(48) + struct.pack("<IQ", 0xFFFFFFFE, 0)

    return head.ljust(512, b"\0")[:508] + b"\xff" * 4 + table + (entry("Root Entry", 5) + entry(name, 2)).ljust(512, b"\0")


def png(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and of which hardly anything follows."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(bytes(9999)))
        + chunk(b"IEND", b"")
    )


def many_objects() -> bytes:
    """A PDF in which a page leads to a million others by way of its resources, at nearly no cost."""
    parts: dict[int, str | bytes] = {1: "<</Type /Catalog /Pages 2 0 R>>", 2: "<</Type /Pages /Count 1 /Kids [10 0 R]>>"}
    parts[10] = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources <</Font 11 0 R>>>>"
    return assembled(parts | {11 + no: f"<</A {12 + no} 0 R /B [{12 + no} 0 R]>>" for no in range(120_000)})


def drawing_itself() -> bytes:
    """A PDF whose form draws itself twice over, for ever."""
    form = stream(b"/X Do /X Do /Y Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X 101 0 R /Y 100 0 R>>>>")
    return pdf(b"/X Do", resources="/XObject <</X 100 0 R>>", more={100: form, 101: form})


def nested_forms() -> bytes:
    """A PDF of thirty forms, each of which draws the next one eight times: 8 to the power of 30 drawings."""
    forms = {
        100 + no: stream(b"/X Do " * 8, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X {101 + no} 0 R>>>>")
        for no in range(30)
    }
    return pdf(b"/X Do", resources="/XObject <</X 100 0 R>>", more=forms | {130: stream(shows("a"), "/Subtype /Form /BBox [0 0 9 9]")})


def bombed(name: str, size: int) -> bytes:
    """A Word file one part of which unpacks to that many megabytes of nothing."""
    held = io.BytesIO(docx())
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w", force_zip64=True) as part:
        for _ in range(size):
            part.write(bytes(1 << 20))
    return held.getvalue()


def gigabyte() -> bytes:
    """A PDF with a stream that unpacks, twice, to a gigabyte of nothing."""
    once, part = zlib.compressobj(1), bytes(1 << 20)
    packed = b"".join([*(once.compress(part) for _ in range(1 << 10)), once.flush()])
    return pdf(more={500: stream(zlib.compress(packed, 9), "/Filter [/FlateDecode /FlateDecode]")})


ENTITIES = "".join(f'<!ENTITY e{no} "{f"&e{no - 1};" * 10}">' for no in range(1, 12))
BOMB = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "0123456789">{ENTITIES}]><w:document {NAMES}><w:body>&e11;</w:body></w:document>'
LOCKED = docx().replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")

NOT_TAKEN = {
    "a text": ("通知".encode(), "not_taken"),
    "a program": (b"MZ" + bytes(500), "not_taken"),
    "an old Word file": (compound("WordDocument"), "doc"),
    "an old sheet": (compound("Workbook"), "sheet"),
    "a Word file with a password": (compound("EncryptedPackage"), "password"),
    "a compound file cut off": (OLE + bytes(20), "damaged"),
    "a rich text": (b"{\\rtf1 a}", "letter"),
    "a sheet": (xlsx(), "sheet"),
    "slides": (zipped({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}), "letter"),
    "an OpenDocument text": (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "letter"),
    "a bundle": (zipped({"a.txt": "a"}), "not_taken"),
    "a Word file with macros": (docx(parts={"word/vbaProject.bin": b"x"}), "macros"),
    "a Word file part of which is locked": (LOCKED, "password"),
    "a Word file cut off": (docx()[:300], "damaged"),
    "a Word file of broken markup": (docx("<w:p>"), "damaged"),
    "a picture of the newest kind": (b"\x00\x00\x00\x18ftypheic" + bytes(99), "picture_kind"),
    "a picture from the web": (b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(99), "picture_kind"),
    "a moving picture": (b"GIF89a" + bytes(99), "picture_kind"),
    "a photo cut off": (picture()[:700], "damaged"),
    "a screenshot cut off": (picture(kind="PNG")[:100], "damaged"),
    "a PDF cut off": (pdf()[:200], "damaged"),
    "a PDF without a page": (assembled({1: "<</Type /Catalog /Pages 2 0 R>>", 2: "<</Type /Pages /Count 0 /Kids []>>"}), "damaged"),
    "a PDF of a thesis": (pdf(*[b" "] * (MOST_PAGES + 1)), "too_many_pages"),
}
# Made when it is asked for: every worker reads this file, and one of them a row of it.
HARMFUL: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "50,000 by 50,000 dots": (lambda: png(50_000, 50_000), {"large_picture"}),
    "a picture as wide as a number can be": (lambda: png(2**31 - 1, 1), {"large_picture", "damaged"}),
    "a Word file that unpacks to much": (lambda: bombed("word/media/a.png", 120), {"bomb"}),
    "a Word file of one long part": (lambda: bombed("word/styles.xml", 30), {"bomb"}),
    "entities in entities": (lambda: docx(parts={"word/document.xml": BOMB}), {"bomb"}),
    "entities in UTF-16": (lambda: docx(parts={"word/document.xml": BOMB.replace('<?xml version="1.0"?>', "").encode("utf-16")}), {"bomb"}),
    "markup a hundred thousand deep": (lambda: docx("<w:p>" * 100_000 + "</w:p>" * 100_000), {"crashed"}),
    "a hundred thousand parts": (lambda: zipped({f"a/{no}": "" for no in range(3_000)} | {"word/document.xml": "<x/>"}), {"bomb"}),
    "a hundred thousand objects": (many_objects, {"bomb", "timeout", "crashed", "damaged"}),
    "pages that are their own parents": (
        lambda: assembled({1: "<</Type /Catalog /Pages 2 0 R>>", 2: "<</Type /Pages /Count 9 /Kids [2 0 R 2 0 R]>>"}),
        {"damaged", "crashed"},
    ),
    "lists in lists": (lambda: pdf(page=f"/A {'[' * 50_000}{']' * 50_000}"), {"crashed", "damaged"}),
    "a stream that unpacks to a gigabyte": (gigabyte, {"damaged", "crashed"}),
}


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "empty"), (b" \r\n ", "empty"), (b"%PDF-1.7" + bytes(MOST_BYTES), "too_large"), (compound("WordDocument"), "doc")],
    ids=["nothing", "only blanks", "too many bytes", "an old Word file"],
)
def test_what_is_not_taken_is_told_with_what_to_do(data, code):
    assert refused(data) == code


@pytest.mark.parametrize("which", NOT_TAKEN)
def test_why_it_is_not_taken_is_told_by_its_content(which):
    data, code = NOT_TAKEN[which]
    assert answer(data, "附件.pdf") == ({"error": code}, b"")


@pytest.mark.parametrize("which", HARMFUL)
def test_what_was_made_to_do_harm_is_refused_soon(which):
    made, codes = HARMFUL[which]
    data = made()
    assert len(data) < MOST_BYTES
    assert refused(data) in codes


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (png(50_000, 50_000), {"large_picture"}),
        (png(2**31 - 1, 1), {"large_picture", "damaged"}),
        (picture()[:700], {"damaged"}),
        (b"GIF89a" + bytes(99), {"picture_kind"}),
        (pdf(), {"not_taken"}),
        (b" ", {"empty"}),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES), {"too_large"}),
    ],
    ids=["huge", "wide", "cut off", "moving", "a PDF", "blank", "too many bytes"],
)
def test_what_is_no_photo_of_a_case_is_refused_soon(data, codes):
    began = time.monotonic()
    with pytest.raises(UnreadableAttachment) as caught:
        attachments.photo(data, 300 * 1024)
    assert caught.value.code in codes
    assert time.monotonic() - began < SOON


@pytest.mark.parametrize("data", [drawing_itself(), nested_forms()], ids=["itself", "8 to the power of 30"])
def test_forms_that_draw_each_other_are_drawn_once(data):
    began = time.monotonic()
    assert read(data, "a").pages == 1
    assert time.monotonic() - began < SOON


@pytest.mark.parametrize("ending", [".pdf", ".doc", ".png", ""])
def test_a_file_is_told_by_its_content_whatever_it_is_called(ending):
    types = [answer(data, f"附件{ending}")[0]["type"] for data in (pdf(), docx(), picture(), picture(kind="PNG"))]
    assert types == ["pdf", "docx", "jpeg", "png"]


def test_a_child_that_says_nothing_has_crashed(tmp_path, monkeypatch):
    program = tmp_path / "child.py"
    program.write_text("import os, sys; data = sys.stdin.buffer.read(); os.write(2, data); os.write(1, data); os.abort()")
    monkeypatch.setattr(attachments, "CHILD", program)
    assert refused(pdf()) == "crashed"


def test_a_child_that_does_not_come_back_is_stopped(tmp_path, monkeypatch):
    program = tmp_path / "child.py"
    program.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(attachments, "CHILD", program)
    monkeypatch.setattr(attachments, "SECONDS", 0.5)
    assert refused(pdf()) == "timeout"


def test_a_spoilt_file_is_refused_or_written_anew_and_never_anything_else():
    chance = random.Random(20261122)
    whole = [pdf(shows("a"), shows("b"), page="/Annots []"), docx(paragraph("通知")), picture((60, 40)), picture((60, 40), kind="PNG")]
    for _ in range(400):
        data = bytearray(chance.choice(whole))
        for _ in range(chance.choice((1, 5, 20))):
            at = chance.randrange(len(data))
            data[at : at + chance.randrange(3)] = chance.choice((b"", b"\xff", b"9999", b"<<", b"(", data[:9]))
        reply, served = answer(bytes(data), "附件")
        assert reply.get("error", "damaged") in REASONS
        assert bool(served) == ("error" not in reply)


def test_the_same_file_gives_the_same_bytes():
    for data in (pdf(shows("a"), shows("b")), docx(paragraph("通知")), picture(), picture(kind="PNG")):
        assert read(data, "a").data == read(data, "b").data != b""
