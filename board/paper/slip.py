"""明白卡: eight cards on an A4 sheet to be cut, each for one door, with a QR code that opens that household's page."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from board.paper import qr
from board.paper.typesetting import typeset

A_SHEET = 8


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that a household gets this year: what, the row of the sheet on the wall, how much, and since when it is told."""

    what: str
    row: str
    amount: str
    day: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """What one card says. There is no field for a name: who is meant is told by place, group and row."""

    door: str  # 高洞社区 1组
    items: tuple[Item, ...]
    more: str = ""  # that there are others, which only the page has room for
    qr_text: str


@dataclass(frozen=True, kw_only=True)
class Cards:
    """A village's cards and the words that stand on each."""

    title: str
    how: str
    until: str
    ask: str = ""  # whom to ring
    demo_mark: str = ""
    footer_words: str = "本站从不索要银行卡号、密码、验证码"
    cards: tuple[Card, ...]


def address(base_url: str, token: str) -> str:
    """Return the address in a card's QR code: ``HTTPS://HOST/S/<token>``, in capitals for a small symbol (as ``qr.address``)."""
    return f"{base_url.rstrip('/')}/s/{token}".upper()


def slips(cards: Cards) -> bytes:
    """Return the sheets as a black-and-white A4 PDF; the symbols measure 27 mm, quiet zone not counted."""
    said: dict[str, Any] = asdict(cards)
    for card in said["cards"]:
        card["qr"] = qr.svg(card.pop("qr_text"), border=0)
    return typeset("slip", said, "pdf")
