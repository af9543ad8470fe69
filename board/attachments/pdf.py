"""A PDF rewritten page by page: what is drawn stays, everything else that a PDF can contain is dropped.

An allow list says what stays of a page: its contents and resources. Dropped are document information and XMP, scripts, actions and links,
bookmarks, embedded files, private data of programs, tags and alternative texts, comments with their authors, and earlier revisions of the
file. The appearance of an annotation or form field (a seal, a filled-in box) is drawn into the page.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PasswordType, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, StreamObject

from board.attachments import pdf_objects, pdf_text
from board.attachments.limits import MOST_PAGES
from board.attachments.pdf_objects import held
from board.attachments.rewritten import Rewritten
from board.sheets.refusal import Refusal

_KEPT = {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group", "/Resources"}
# Annotations that only work on screen, or whose appearance is only the icon of a comment.
_NOT_DRAWN = {"/Link", "/Popup", "/Text", "/FileAttachment", "/Sound", "/Movie", "/Screen", "/3D", "/RichMedia", "/Watermark"}
_HIDDEN = 1 | 2 | 32  # flags of an annotation: invisible, hidden, no view
_FAULTS = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    AssertionError,
    OverflowError,
    OSError,
    NotImplementedError,
    zlib.error,
)


def rewritten(data: bytes) -> Rewritten:
    """Return a PDF with only what is drawn, and the texts kept and dropped. Raises Refusal."""
    try:
        reader = _reader(data)
        unseen = list(pdf_objects.texts(reader))
        served = _written(reader)
        shown = [pdf_text.look(page, no) for no, page in enumerate(PdfReader(io.BytesIO(served)).pages, 1)]
        left = list(pdf_objects.left(PdfReader(io.BytesIO(served))))
    except _FAULTS:
        raise Refusal("damaged") from None
    seen = [(page.where, text) for page in shown for text in page.texts]
    unread = [page.no for page in shown if not page.legible]
    said = [(page.where, page.flowing) for page in shown]
    return Rewritten(served, "pdf", len(shown), seen, unseen, said, left, unread)


def _reader(data: bytes) -> PdfReader:
    """Return the opened file; a file that needs a password only for changes opens without one."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise Refusal("password")
    if not 0 < len(reader.pages) <= MOST_PAGES:
        raise Refusal("too_many_pages" if len(reader.pages) else "damaged")
    return reader


def _written(reader: PdfReader) -> bytes:
    writer = PdfWriter()
    writer.metadata = None
    for page in reader.pages:
        contents, resources = _drawn(page)
        for key in set(page) - _KEPT:
            del page[key]
        page[NameObject("/Resources")] = resources
        pdf_objects.bare(resources)
        written = writer.add_page(page)
        stream = DecodedStreamObject()
        stream.set_data(contents)
        written.replace_contents(stream.flate_encode())
    writer.compress_identical_objects(remove_unreferenced=True)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _drawn(page: PageObject) -> tuple[bytes, DictionaryObject]:
    """Return a page's contents and resources, with its annotations drawn in; copied, because pages may share dictionaries."""
    contents = pdf_objects.plain(page.get_contents())
    resources = DictionaryObject(_dictionary(held(page, "/Resources")))
    forms = DictionaryObject(_dictionary(held(resources, "/XObject")))
    calls = []
    for number, (appearance, placed) in enumerate(_appearances(page)):
        name = f"/Annotation{number}"
        forms[NameObject(name)] = appearance
        calls.append(f"q {placed} cm {name} Do Q".encode())
    if calls:
        resources[NameObject("/XObject")] = forms
        contents = b"\n".join([b"q", contents, b"Q", *calls])
    return contents, resources


def _appearances(page: PageObject) -> Iterator[tuple[Any, str]]:
    """Yield the appearance of each visible annotation, as (reference, matrix that places it)."""
    for one in held(page, "/Annots") or ():
        annotation = _dictionary(one.get_object())
        if held(annotation, "/Subtype") in _NOT_DRAWN or int(held(annotation, "/F", 0)) & _HIDDEN:
            continue
        states = _dictionary(held(annotation, "/AP"))
        reference = states.raw_get("/N") if "/N" in states else None
        normal = reference.get_object() if reference is not None else None
        if isinstance(normal, DictionaryObject) and not isinstance(normal, StreamObject):
            state = held(annotation, "/AS", "/Off")
            reference = normal.raw_get(state) if state in normal else None
            normal = reference.get_object() if reference is not None else None
        if isinstance(normal, StreamObject) and (placed := _placed(normal, annotation)):
            yield reference, placed


def _placed(appearance: DictionaryObject, annotation: DictionaryObject) -> str:
    """Return the matrix that fits an appearance into its rectangle (ISO 32000-1, 12.5.5); "" if it has no area."""
    a, b, c, d, e, f = map(float, held(appearance, "/Matrix", (1, 0, 0, 1, 0, 0)))
    left, low, right, high = map(float, held(appearance, "/BBox"))
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (low, high)]
    xs, ys = zip(*corners, strict=True)
    x0, y0, x1, y1 = map(float, held(annotation, "/Rect"))
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if not width or not height:
        return ""
    wide, tall = abs(x1 - x0) / width, abs(y1 - y0) / height
    return f"{wide:.6f} 0 0 {tall:.6f} {min(x0, x1) - min(xs) * wide:.6f} {min(y0, y1) - min(ys) * tall:.6f}"


def _dictionary(value: Any) -> DictionaryObject:
    return value if isinstance(value, DictionaryObject) else DictionaryObject()
