"""The minutes of a meeting at which a list was read aloud, on A4, to be signed; and the slips for what nobody says from the floor."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from board.paper import qr
from board.paper.poster import code
from board.paper.typesetting import typeset


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """The texts of a meeting's minutes: what was read as its poster states it, and objections by the numbers of rows, without names."""

    title: str
    place_name: str
    publisher: str
    number: str  # in groups: 123 456 789
    version: int
    fingerprint: str
    rows: str  # 300 户
    total: str  # as on the poster
    qr_text: str
    short_address: str
    held: str
    present: str
    presider: str
    read: str  # which rows were read
    objections: tuple[tuple[str, str], ...]  # (17 号, 数不对)
    objected: str  # how many rows were objected to, or that none was
    remarks: str
    supervisor: str  # 村务监督, in a community 居务监督
    villager: str  # 村民, in a community 居民
    made_at: int = 0  # when it was finished, in seconds since 1970
    demo_mark: str = ""
    footer_words: str = "本站从不索要银行卡号、密码、验证码"


@dataclass(frozen=True, kw_only=True)
class ClosedSlips:
    """The texts of slips on which one writes what concerns another household: four on a page of A4, to be cut, folded and put in a box."""

    title: str
    place_name: str
    number: str
    address: str  # of the form that goes straight to the county
    straight: str  # what that form calls it: 不让镇村知道，直接交县里
    short_address: str
    demo_mark: str = ""


def minutes_pdf(words: Minutes) -> bytes:
    """Return the minutes as an A4 PDF, with lines for the signatures; equal input gives equal bytes."""
    data = {**asdict(words), "qr": code(words.qr_text, words.short_address)}
    return typeset("minutes", data, "pdf", made_at=words.made_at)


def slips_pdf(words: ClosedSlips) -> bytes:
    """Return a page of A4 with four blank slips and lines to cut along."""
    return typeset("closed_slips", {**asdict(words), "qr": qr.svg(words.address, border=0)}, "pdf")
