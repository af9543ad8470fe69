"""Attachments made by hand: PDF, Word and pictures with a text in whichever place such files have."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

import typst
from PIL import Image, PngImagePlugin

from board.attachments.reply import answer
from board.paper import fonts
from board.rules.notice.attachment import Attachment

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OUTSIDE = ' TargetMode="External"'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
NAMES = " ".join(
    f'xmlns:{short}="{long}"'
    for short, long in {
        "w": _W,
        "r": _OFFICE,
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)


def told(data: bytes, name: str = "附件") -> Attachment:
    """What ``board.attachments.read`` gives, without a process of its own for each of two hundred files."""
    reply, served = answer(data, name)
    assert "error" not in reply, reply
    return Attachment(data=served, **reply)


def shows(text: str) -> bytes:
    """What a page draws that says a text."""
    return f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode("latin-1")


def stream(content: bytes, head: str = "", *, packed: bool = False) -> bytes:
    """A stream object's body."""
    data = zlib.compress(content) if packed else content
    return f"<<{head}{' /Filter /FlateDecode' if packed else ''} /Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"


def pdf(
    *contents: bytes,
    page: str = "",
    resources: str = "",
    catalog: str = "",
    trailer: str = "",
    more: Mapping[int, str | bytes] | None = None,
    font: str = "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
) -> bytes:
    """A PDF of one page for each content; ``more`` are objects numbered from 100 on, to which the heads may point."""
    pages = contents or (shows("Notice of the village"),)
    kids = " ".join(f"{10 + number} 0 R" for number in range(len(pages)))
    parts: dict[int, str | bytes] = {
        1: f"<</Type /Catalog /Pages 2 0 R {catalog}>>",
        2: f"<</Type /Pages /Count {len(pages)} /Kids [{kids}]>>",
        3: font,
    }
    for number, content in enumerate(pages):
        parts[10 + number] = (
            f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {500 + number} 0 R {page} "
            f"/Resources <</Font <</F1 3 0 R>> {resources}>>>>"
        )
        parts[500 + number] = stream(content, packed=True)
    return assembled(parts | dict(more or {}), trailer)


def assembled(parts: Mapping[int, str | bytes], trailer: str = "") -> bytes:
    """A file of numbered objects with its table."""
    out, places = io.BytesIO(b""), dict[int, int]()
    out.write(b"%PDF-1.7\n")
    for number, body in sorted(parts.items()):
        places[number] = out.tell()
        out.write(f"{number} 0 obj\n".encode() + (body.encode("latin-1") if isinstance(body, str) else body) + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in places.items():
        out.write(f"{number} 1\n{place:010d} 00000 n \n".encode())
    out.write(f"trailer\n<</Size {max(places) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def set_in_chinese(text: str) -> bytes:
    """A PDF of one page in Chinese letters, as a word processor writes it."""
    words = text.replace("#", "\\#")
    made = typst.compile(f'#set text(font: "{fonts.FAMILY}")\n{words}'.encode(), font_paths=[fonts.path().parent])
    assert isinstance(made, bytes)
    return made


def picture(size: tuple[int, int] = (400, 300), *, kind: str = "JPEG", note: str = "", turned: int = 1) -> bytes:
    """A picture with a note in every place for notes."""
    image = Image.new("RGB", size, (200, 220, 240))
    image.paste((10, 20, 30), (0, 0, size[0] // 4, size[1] // 4))  # one corner is dark: so it can be told how it was turned
    exif, held = Image.Exif(), io.BytesIO()
    exif[0x0112], exif[0x010E], exif[0x9286] = turned, note, note.encode()
    if kind == "PNG":
        chunks = PngImagePlugin.PngInfo()
        chunks.add_text("Comment", note)
        chunks.add_itxt("Title", note, zip=True)
        image.save(held, "PNG", pnginfo=chunks, exif=exif)
    else:
        image.save(held, kind, exif=exif, **({"comment": note.encode()} if kind == "JPEG" else {}))
    return held.getvalue()


def paragraph(text: str) -> str:
    """A paragraph of a Word file."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(
    body: str = "", *, parts: Mapping[str, str | bytes] | None = None, relations: Mapping[str, tuple[str, str]] | None = None
) -> bytes:
    """A Word file around paragraphs; ``relations`` of its document: id -> (kind, target), where http… lies outside."""
    lines = "".join(
        f'<Relationship Id="{id}" Type="{_OFFICE}/{kind}" Target="{target}"{OUTSIDE if "://" in target else ""}/>'
        for id, (kind, target) in (relations or {}).items()
    )
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMES} mc:Ignorable="w14"><w:body>'
        f"{body or paragraph('通知')}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>',
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (whole | dict(parts or {})).items():
            archive.writestr(name, content)
    return held.getvalue()
