"""明白卡: eight cards on an A4 page to be cut, each for one household, with a QR code that opens its rows."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from board.paper import qr
from board.paper.typesetting import typeset

A_SHEET = 8


@dataclass(frozen=True, kw_only=True)
class Item:
    """One payment to the household this year: what, its row on the poster, the amount, the date of the notice, and what else to know."""

    what: str
    row: str
    amount: str
    day: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Card:
    """The texts of one card. It has no name: the household is identified by place, group and row."""

    door: str  # 高洞社区 1组
    items: tuple[Item, ...]
    more: str = ""  # text for further items, which only the page lists
    qr_text: str


@dataclass(frozen=True, kw_only=True)
class Cards:
    """A village's cards and the texts that all of them share."""

    title: str
    how: str
    until: str
    ask: str = ""  # the telephone number for questions
    demo_mark: str = ""
    footer_words: str = "本站从不索要银行卡号、密码、验证码"
    cards: tuple[Card, ...]


def address(base_url: str, token: str) -> str:
    """Return the address in a card's QR code: ``HTTPS://HOST/S/<token>``, in capitals for a small symbol (as ``qr.address``)."""
    return f"{base_url.rstrip('/')}/s/{token}".upper()


def slips(cards: Cards) -> bytes:
    """Return the cards as a black-and-white A4 PDF; the symbols measure 27 mm without quiet zone."""
    data: dict[str, Any] = asdict(cards)
    for card in data["cards"]:
        card["qr"] = qr.svg(card.pop("qr_text"), border=0)
    return typeset("slip", data, "pdf")
