"""The 便民手册: all that was posted for one village in a quarter, as a booklet of A5 pages that goes into a pocket."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import NamedTuple

from board.paper.formats import POINTS, Measures
from board.paper.poster import Phone, Poster, code, layout, plain
from board.paper.typesetting import typeset

MARGIN = 12  # millimetres
MEASURES = Measures((148 - 2 * MARGIN) * POINTS, 9, 0)
LARGEST = 9.5  # points: what is read in the hand need not be larger


class Entry(NamedTuple):
    """One notice: its sheet, and what is said where rows would stand that are not printed ("" where they are, or there are none)."""

    poster: Poster
    instead: str = ""


@dataclass(frozen=True, kw_only=True)
class Booklet:
    """All that a village's booklet says, in final words; ``qr_text`` and ``short_address`` are its wall's, or else its page's."""

    place_name: str
    above: str  # the township and county that it lies in
    quarter: str  # 2026年第四季度
    until: str  # the day up to which it is complete
    wall: str  # where the wall is that the code leads to, "" where it leads to the village's page
    qr_text: str
    short_address: str
    entries: tuple[Entry, ...]
    phones: tuple[Phone, ...]
    county: tuple[str, ...]  # office, telephone and address to turn to about officials; what is not known is ""
    demo_mark: str = ""
    footer_words: str = "本站从不索要银行卡号、密码、验证码"


def booklet(said: Booklet) -> bytes:
    """The booklet as a PDF of A5 pages: cover, contents, a notice on pages of its own each, and how to ask on the back."""
    entries = [
        {**plain(entry.poster), **layout(entry.poster, MEASURES, LARGEST), "instead": entry.instead, "k": 1} for entry in said.entries
    ]
    data = {**asdict(said), "entries": entries, "margin": MARGIN, "k": 1, "qr": code(said.qr_text, said.short_address)}
    return typeset("booklet", data, "pdf")
