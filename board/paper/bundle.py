"""All posters of a township as one PDF, in the order of its villages, behind a checklist for hanging them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import NamedTuple

from pypdf import PdfReader, PdfWriter

from board.paper.formats import PAPERS, POINTS, Size
from board.paper.poster import code
from board.paper.typesetting import typeset


class CoverLine(NamedTuple):
    """One line of the checklist: the village, its rows with their unit (312 户), and its total."""

    place: str
    rows: str
    total: str


@dataclass(frozen=True, kw_only=True)
class CoverList:
    """The heading of the checklist: whose posters these are, and of which notice."""

    title: str
    place_name: str
    number: str
    version: int
    qr_text: str
    short_address: str
    period_line: str
    what: str  # which posters: 贴墙版，全部明细，A4
    rows: str
    total: str
    volume: str = ""  # 第 1 册，共 2 册; "" if it is the only one
    fingerprint: str = ""
    posted_at: int = 0  # of its version, in seconds since 1970, for the PDF's own date
    size: Size = "a4"  # of the posters behind it: one job, one paper
    demo_mark: str = ""
    footer_words: str = "本站从不索要银行卡号、密码、验证码"


def bundle(cover: CoverList, posters: Iterable[tuple[CoverLine, bytes]]) -> bytes:
    """Return the checklist and the posters behind it, each with its own page count; equal input gives equal bytes.

    ``posters`` is consumed one by one, so that no more than the finished pages is held in memory.
    """
    joined, lines = PdfWriter(), []
    for line, pdf in posters:
        pages = PdfReader(BytesIO(pdf)).pages
        for page in pages:
            joined.add_page(page)
        joined.add_outline_item(title=line.place, page_number=len(joined.pages) - len(pages))
        joined.reset_translation()  # else pypdf keeps every poster as read, beside its pages
        lines.append((line.place, len(pages), line.rows, line.total))
    front = PdfReader(BytesIO(_cover(cover, lines))).pages
    for place, page in enumerate(front):
        own = joined.insert_page(page, place)
        own.scale_to(PAPERS[cover.size].short * POINTS, PAPERS[cover.size].long * POINTS)
    made_at = f"D:{datetime.fromtimestamp(cover.posted_at, UTC):%Y%m%d%H%M%S}Z"
    joined.add_metadata({"/Title": f"{cover.place_name} {cover.title}".replace("\n", ""), "/CreationDate": made_at})
    made = BytesIO()
    joined.write(made)
    return made.getvalue()


def _cover(cover: CoverList, lines: list[tuple[str, int, str, str]]) -> bytes:
    pages = sum(line[1] for line in lines)
    paper = PAPERS["a4"]  # enlarged for a larger paper, type and all
    extra = {"lines": lines, "pages": pages, "k": paper.k, "margin": paper.margin, "qr": code(cover.qr_text, cover.short_address)}
    return typeset("cover", {**asdict(cover), **extra}, "pdf", made_at=cover.posted_at)
