"""The booklet of a village (便民手册): all notices of one quarter, as A5 pages."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import NamedTuple

from board.paper.answers_poster import Answered
from board.paper.formats import POINTS, Measures
from board.paper.poster import Phone, Poster, code, layout, plain
from board.paper.typesetting import typeset

MARGIN = 12  # millimetres
MEASURES = Measures((148 - 2 * MARGIN) * POINTS, 9, 0)
LARGEST = 9.5  # points: large enough for reading in the hand


class Entry(NamedTuple):
    """One notice: its poster, and the text in place of rows that are not printed ("" if they are, or there are none)."""

    poster: Poster
    instead: str = ""


@dataclass(frozen=True, kw_only=True)
class Booklet:
    """The final texts of a village's booklet; ``qr_text`` and ``short_address`` are those of its wall, or of its page if it has no wall."""

    place_name: str
    above: str  # the township and county of the place
    own: str  # 本村, of a community 本社区
    quarter: str  # 2026年第四季度
    until: str  # the day up to which the notices are complete
    wall: str  # location of the wall that the code leads to; "": the code leads to the village's page
    qr_text: str
    short_address: str
    entries: tuple[Entry, ...]
    asked: tuple[Answered, ...]  # what was answered for everybody about these notices, newest first
    phones: tuple[Phone, ...]
    county: tuple[str, ...]  # office, telephone and address for complaints about officials; "" where unknown
    demo_mark: str = ""
    footer_words: str = "本站从不索要银行卡号、密码、验证码"


def booklet(texts: Booklet) -> bytes:
    """Return the booklet as a PDF of A5 pages: cover, contents, each notice on pages of its own, what was asked
    about them, and how to ask on the back."""
    entries = [
        {**plain(entry.poster), **layout(entry.poster, MEASURES, LARGEST), "instead": entry.instead, "k": 1} for entry in texts.entries
    ]
    data = {**asdict(texts), "entries": entries, "margin": MARGIN, "k": 1, "qr": code(texts.qr_text, texts.short_address)}
    return typeset("booklet", data, "pdf")
