"""The picture of one place's share of a notice, to be sent in the village's WeChat group: 1080 by 1440 pixels, and no name on it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from board.paper import qr
from board.paper.typesetting import typeset

WIDTH, PAGE = 1080, 360  # pixels, and the points that share.typ sets; 1440 by 480 the other way


@dataclass(frozen=True, kw_only=True)
class Picture:
    """All that the picture says, in final words; ``figures`` are label and value with its unit, the first set largest."""

    title: str  # with a line break where it hurts least
    place: str
    figures: tuple[tuple[str, str], ...]
    equal: bool  # no figure is before the others: the income and the spending of accounts
    sentence: str
    period: str
    phone: str
    qr_text: str
    address: str  # as one types it
    number: str  # as it is read aloud: 123 456 789
    publisher: str
    demo_mark: str = ""
    nameless: str = "图上不含姓名"
    never: str = "本站从不索要银行卡号、密码、验证码"
    scan: str = "长按识别，看明细"
    ask: str = "有疑问打电话"


def picture(shown: Picture) -> bytes:
    """The picture as PNG; equal pictures give equal bytes."""
    return typeset("share", {**asdict(shown), "code": qr.svg(shown.qr_text)}, "png", ppi=72 * WIDTH / PAGE)
