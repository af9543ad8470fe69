"""Imposition: a booklet's A5 pages in pairs on A4, so that the sheets, printed on both sides and folded once, are the booklet."""

from __future__ import annotations

from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, RectangleObject, StreamObject

from board.paper.formats import PAPERS, POINTS

SHORT, LONG = PAPERS["a4"].short * POINTS, PAPERS["a4"].long * POINTS  # the fold is in the middle of the long side


def sides(pages: int) -> list[tuple[int | None, int | None]]:
    """Return the pages (from 0) left and right on each side of the paper, in printing order; None is a blank page.

    Blank pages come before the last page, because the last page is the booklet's back cover.
    """
    full = -(-pages // 4) * 4
    order: list[int | None] = [*range(pages - 1), *[None] * (full - pages), pages - 1]
    found = []
    for sheet in range(full // 4):
        low, high = 2 * sheet, full - 1 - 2 * sheet
        found += [(order[high], order[low]), (order[low + 1], order[high - 1])]
    return found


def folded(pdf: bytes) -> bytes:
    """Return an A5 booklet's pages on landscape A4 (print on both sides, flip on the short edge); equal booklets give equal bytes.

    Each page is placed as a form XObject: merging the content streams of two pages takes pypdf a hundred times as long.
    """
    pages, made = PdfReader(BytesIO(pdf)).pages, PdfWriter()
    width = float(pages[0].mediabox.width)
    for halves in sides(len(pages)):
        side = made.add_page(PageObject.create_blank_page(width=LONG, height=SHORT))
        placed, drawn = DictionaryObject(), b""
        for page, left in zip(halves, (LONG / 2 - width, LONG / 2), strict=True):
            if page is not None:
                name = f"/Page{page}"
                placed[NameObject(name)] = made._add_object(_picture(pages[page], made))
                drawn += f"q 1 0 0 1 {left:.3f} 0 cm {name} Do Q\n".encode()
        side[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): placed})
        side[NameObject("/Contents")] = made._add_object(_stream(drawn))
    out = BytesIO()
    made.write(out)
    return out.getvalue()


def _picture(page: PageObject, into: PdfWriter) -> StreamObject:
    """Return a page as a form XObject (ISO 32000-2, 8.10): its content stream and its resources."""
    drawn = page["/Contents"].get_object()
    assert isinstance(drawn, StreamObject)  # typst writes one a page
    form = _stream(drawn.get_data())
    form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    form[NameObject("/BBox")] = RectangleObject(page.mediabox)
    form[NameObject("/Resources")] = page["/Resources"].clone(into)
    return form


def _stream(data: bytes) -> StreamObject:
    plain = StreamObject()
    plain.set_data(data)
    return plain.flate_encode()
