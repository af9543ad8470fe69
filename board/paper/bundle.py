"""All of a township's sheets as one PDF, in the order of its villages, behind a list to tick them off as they are hung."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import NamedTuple

from pypdf import PdfReader, PdfWriter

from board.paper.formats import PAPERS
from board.paper.poster import code
from board.paper.typesetting import typeset


class CoverLine(NamedTuple):
    """What is told of one village's sheet: its name, how many rows it has (with their word: 312 户) and what it comes to."""

    place: str
    rows: str
    total: str


@dataclass(frozen=True, kw_only=True)
class CoverList:
    """What the list in front says beside its lines: whose sheets these are, and of what."""

    title: str
    place_name: str
    number: str
    version: int
    qr_text: str
    short_address: str
    period_line: str
    what: str  # which sheets: 贴墙版，全部明细，A4
    rows: str
    total: str
    volume: str = ""  # 第 1 册，共 2 册; "" where all is in one
    fingerprint: str = ""
    demo_mark: str = ""
    footer_words: str = "本站从不索要银行卡号、密码、验证码"


def bundle(cover: CoverList, sheets: Iterable[tuple[CoverLine, bytes]]) -> bytes:
    """The list and behind it the sheets, each with its own pages counted; equal sheets give equal bytes.

    They are taken one by one as they are set, so that of many no more than the finished pages is held. The list is A4, whatever they are.
    """
    joined, lines = PdfWriter(), []
    for line, pdf in sheets:
        pages = PdfReader(BytesIO(pdf)).pages
        for page in pages:
            joined.add_page(page)
        joined.add_outline_item(title=line.place, page_number=len(joined.pages) - len(pages))
        joined.reset_translation()  # or it would keep every sheet as it was read, beside its pages
        lines.append((line.place, len(pages), line.rows, line.total))
    front = PdfReader(BytesIO(_cover(cover, lines))).pages
    for place, page in enumerate(front):
        joined.insert_page(page, place)
    joined.add_metadata({"/Title": f"{cover.place_name} {cover.title}".replace("\n", "")})
    made = BytesIO()
    joined.write(made)
    return made.getvalue()


def _cover(cover: CoverList, lines: list[tuple[str, int, str, str]]) -> bytes:
    pages = sum(line[1] for line in lines)
    paper = PAPERS["a4"]
    extra = {"lines": lines, "pages": pages, "k": paper.k, "margin": paper.margin, "qr": code(cover.qr_text, cover.short_address)}
    return typeset("cover", {**asdict(cover), **extra}, "pdf")
