"""答复上墙: a village's answered questions on one A4, newest first; as many as fit, and how many more are on the web."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from board.paper.poster import Phone, code
from board.paper.typesetting import typeset


@dataclass(frozen=True)
class Answered:
    """A question answered for everybody: which notice it is about, by title and printed number, and when it was published."""

    question: str
    answer: str
    notice: str
    number: str
    day: str


@dataclass(frozen=True, kw_only=True)
class AnswersPoster:
    """The final texts of the sheet; ``qr_text`` and ``short_address`` are those of the wall, ``spot`` is where it stands."""

    place_name: str
    spot: str
    answered: tuple[Answered, ...]  # newest first
    phones: tuple[Phone, ...]
    qr_text: str
    short_address: str
    printed: str  # the day
    demo_mark: str = ""
    footer_words: str = "本站从不索要银行卡号、密码、验证码"


def answers_poster(texts: AnswersPoster) -> bytes:
    """Return the sheet as an A4 PDF of one page; equal input gives equal bytes."""
    return typeset("answers_poster", {**asdict(texts), "k": 1, "qr": code(texts.qr_text, texts.short_address)}, "pdf")
