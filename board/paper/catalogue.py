"""公开目录 on paper: the table of the national standard, A4 lying on its side."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from board.paper.typesetting import typeset
from board.rules.bilingual import Language


@dataclass(frozen=True, kw_only=True)
class CatalogueWords:
    """The texts of a catalogue: its headers, its rows of as many cells, and what stands above and below them."""

    title: str
    about: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: str  # "": the county has taken nothing out
    printed: str
    address: str  # where it stands on the web
    language: Language
    demo_mark: str = ""


def catalogue(words: CatalogueWords) -> bytes:
    """Return the catalogue as an A4 PDF of as many pages as it takes; equal input gives equal bytes."""
    return typeset("catalogue", asdict(words), "pdf")
