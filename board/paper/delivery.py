"""送交清单: what an office brings to a reading point, to be signed for there."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from board.paper.typesetting import typeset
from board.rules.bilingual import Language


@dataclass(frozen=True, kw_only=True)
class DeliveryWords:
    """The texts of a list: what is brought, and (``gone``) what is to be taken off the shelf."""

    title: str
    number: str
    to: str
    about: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    gone_title: str
    gone_headers: tuple[str, ...]
    gone: tuple[tuple[str, ...], ...]
    total: str
    note: str
    signs: tuple[str, ...]  # labels of what is filled in by hand there
    signer: str
    date: str
    language: Language
    demo_mark: str = ""


def delivery(words: DeliveryWords, made_at: int = 0) -> bytes:
    """Return the list as an A4 PDF; equal input gives equal bytes. ``made_at`` is when it was made, in seconds since 1970."""
    return typeset("delivery", asdict(words), "pdf", made_at=made_at)
