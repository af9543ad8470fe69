"""The picture of one place's part of a notice for the village's WeChat group: 1080 by 1440 pixels, without names."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from board.paper import qr
from board.paper.typesetting import typeset

WIDTH, PAGE = 1080, 360  # pixels, and the points that share.typ sets; 1440 by 480 the other way


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The final texts of the picture; ``figures`` are (label, value with unit), the first set largest."""

    title: str  # may contain a line break
    place: str
    figures: tuple[tuple[str, str], ...]
    equal: bool  # no figure is set larger: income and spending of accounts
    sentence: str
    period: str
    phone: str
    qr_text: str
    address: str  # in the form to type
    number: str  # in groups: 123 456 789
    publisher: str
    demo_mark: str = ""
    nameless: str = "图上不含姓名"
    never: str = "本站从不索要银行卡号、密码、验证码"
    scan: str = "长按识别，看明细"
    ask: str = "有疑问打电话"


def picture(shown: Picture) -> bytes:
    """Return the picture as PNG; equal pictures give equal bytes."""
    return typeset("share", {**asdict(shown), "code": qr.svg(shown.qr_text)}, "png", ppi=72 * WIDTH / PAGE)
