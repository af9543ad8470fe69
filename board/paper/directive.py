"""督办单, 责令改正通知书, 提醒: a letter from the county to an office, to be stamped, with room for the answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from board.paper.typesetting import typeset
from board.rules.bilingual import Language


@dataclass(frozen=True, kw_only=True)
class DirectiveWords:
    """The texts of a letter."""

    title: str
    number: str
    to: str
    about: tuple[str, ...]
    body: str  # a line is a paragraph
    basis: str  # "": it names no article
    due: str  # "": it wants no answer
    signer: str
    date: str
    reply: tuple[str, ...]  # labels of what the office writes by hand: its answer, the day, its stamp; none: it wants no answer
    language: Language
    demo_mark: str = ""


def directive(words: DirectiveWords, made_at: int = 0) -> bytes:
    """Return the letter as an A4 PDF; equal input gives equal bytes. ``made_at`` is when it was sent, in seconds since 1970."""
    return typeset("directive", asdict(words), "pdf", made_at=made_at)
