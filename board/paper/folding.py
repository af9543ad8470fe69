"""Folding: a booklet's A5 pages put side by side on A4, so that the sheets printed on both sides and folded once are the booklet."""

from __future__ import annotations

from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter, Transformation

from board.paper.formats import PAPERS, POINTS

SHORT, LONG = PAPERS["a4"].short * POINTS, PAPERS["a4"].long * POINTS  # the fold is in the middle of the long side


def sides(pages: int) -> list[tuple[int | None, int | None]]:
    """Which pages (from 0) lie left and right on each side of the sheets, in the order of printing; None is a blank one.

    Blanks that fill the last sheet stand before the last page, for that is the booklet's back.
    """
    full = -(-pages // 4) * 4
    order: list[int | None] = [*range(pages - 1), *[None] * (full - pages), pages - 1]
    found = []
    for sheet in range(full // 4):
        low, high = 2 * sheet, full - 1 - 2 * sheet
        found += [(order[high], order[low]), (order[low + 1], order[high - 1])]
    return found


def folded(pdf: bytes) -> bytes:
    """The pages of an A5 booklet on A4 on its side: print on both sides, turned over the short edge; equal booklets give equal bytes."""
    pages, made = PdfReader(BytesIO(pdf)).pages, PdfWriter()
    width = float(pages[0].mediabox.width)
    for halves in sides(len(pages)):
        side = made.add_page(PageObject.create_blank_page(width=LONG, height=SHORT))
        for page, left in zip(halves, (LONG / 2 - width, LONG / 2), strict=True):
            if page is not None:
                side.merge_transformed_page(pages[page], Transformation().translate(left, 0))
    out = BytesIO()
    made.write(out)
    return out.getvalue()
