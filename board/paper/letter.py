"""A letter that a villager prints and signs: to an office, about a case, with what he asked at first."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from board.paper.typesetting import typeset
from board.rules.bilingual import Language


@dataclass(frozen=True, kw_only=True)
class LetterWords:
    """The texts of a letter. It has no field for the receipt: whoever reads the letter could open the case with it."""

    to: str
    title: str
    body: str  # a line is a paragraph
    quoting: str  # 我当时写的是：
    quote: str
    basis: str
    to_fill: tuple[str, ...]  # labels before the lines that a pen fills: 签名, 日期 …
    language: Language
    demo_mark: str = ""


def letter(words: LetterWords, made_at: int = 0) -> bytes:
    """Return the letter as an A4 PDF; equal input gives equal bytes. ``made_at`` is the last act of the case, in seconds since 1970."""
    return typeset("letter", asdict(words), "pdf", made_at=made_at)
