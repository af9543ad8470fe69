"""The text of a PDF page, and whether all that is drawn on it can be read by a program."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject

from board.attachments.limits import SMALLEST_PICTURE
from board.attachments.pdf_objects import held

_SHOWS, _CURVES, _LINES = {b"Tj", b"TJ", b"'", b'"'}, {b"c", b"v", b"y"}, {b"l"}
# A page with more strokes may hold letters drawn as outlines, a seal or a map, which no program reads.
_MOST_CURVES, _MOST_LINES = 300, 3_000
_NO_LETTER = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_NUMBERED = re.compile(r"/(?:g|G|c|C|cid|glyph|uni0000|index)\d+")
_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])")


@dataclass(frozen=True)
class Look:
    """One page: its text as a whole, and piece by piece as drawn (in the whole, words that stand close may run together)."""

    no: int
    text: str
    drawn: tuple[str, ...]
    legible: bool

    @property
    def where(self) -> str:
        """The page's name for a clerk."""
        return f"第 {self.no} 页"

    @property
    def texts(self) -> tuple[str, str]:
        """Both readings."""
        return self.text, "\n".join(self.drawn)

    @property
    def flowing(self) -> str:
        """The text with the lines of a paragraph joined."""
        return _BREAK.sub("", self.text)


def look(page: PageObject, no: int) -> Look:
    """Return what a page holds; ``no`` counts from 1."""
    drawn, counted = list[str](), Counter[str]()

    def operation(operator: bytes, operands: Any, _matrix: Any, _text_matrix: Any) -> None:
        counted["shows"] += operator in _SHOWS
        counted["curves"] += operator in _CURVES
        counted["lines"] += operator in _LINES
        counted["pictures"] += operator == b"INLINE IMAGE" and _is_large(operands)

    def piece(text: str, *_matrices: Any) -> None:
        if text.strip():
            drawn.append(text)

    text = page.extract_text(visitor_operand_before=operation, visitor_text=piece)
    resources = list(_resources(page))
    pictures = counted["pictures"] or any(_has_picture(one) for one in resources)
    strokes = counted["curves"] > _MOST_CURVES or counted["lines"] > _MOST_LINES
    dumb = any(_is_dumb(font) for one in resources for font in _values(one, "/Font"))
    legible = not (pictures or strokes or dumb or (counted["shows"] and _is_gibberish(text)))
    return Look(no, text, tuple(drawn), legible)


def _resources(page: DictionaryObject) -> Iterator[DictionaryObject]:
    """Yield the resources of a page and of the forms and patterns on it, each once."""
    waiting, seen = [page], set[int]()
    while waiting:
        one = waiting.pop()
        resources = held(one, "/Resources")
        if not isinstance(resources, DictionaryObject) or id(resources) in seen:
            continue
        seen.add(id(resources))
        yield resources
        waiting += [*_values(resources, "/XObject"), *_values(resources, "/Pattern"), *_values(resources, "/Font")]
        masks = [held(state, "/SMask") for state in _values(resources, "/ExtGState")]
        groups = [held(mask, "/G") for mask in masks if isinstance(mask, DictionaryObject)]
        waiting += [group for group in groups if isinstance(group, DictionaryObject)]


def _values(resources: DictionaryObject, category: str) -> list[DictionaryObject]:
    named = held(resources, category)
    found = (named[name] for name in named) if isinstance(named, DictionaryObject) else ()
    return [one for one in found if isinstance(one, DictionaryObject)]


def _has_picture(resources: DictionaryObject) -> bool:
    forms = _values(resources, "/XObject")
    tiles = any("/Resources" in one for one in _values(resources, "/Pattern"))  # text in a tiling pattern is not extracted
    return tiles or any(held(one, "/Subtype") == "/Image" and _size(one, "/Width", "/Height") >= SMALLEST_PICTURE for one in forms)


def _size(picture: Any, width: str, height: str) -> int:
    try:
        return int(held(picture, width, 0)) * int(held(picture, height, 0))
    except (TypeError, ValueError):
        return SMALLEST_PICTURE


def _is_large(operands: Any) -> bool:
    settings = operands.get("settings", {}) if isinstance(operands, dict) else {}
    return max(_size(settings, "/W", "/H"), _size(settings, "/Width", "/Height")) >= SMALLEST_PICTURE


def _is_dumb(font: DictionaryObject) -> bool:
    """Return whether a font gives no text: it has no ToUnicode table, and its glyphs are only numbered."""
    if "/ToUnicode" in font:
        return False
    encoding = held(font, "/Encoding")
    if held(font, "/Subtype") == "/Type0":
        return encoding in ("/Identity-H", "/Identity-V") or isinstance(encoding, DictionaryObject)
    names = held(encoding, "/Differences", ()) if isinstance(encoding, DictionaryObject) else ()
    listed = names if isinstance(names, ArrayObject) else ()
    return held(font, "/Subtype") == "/Type3" or any(_NUMBERED.fullmatch(str(one)) for one in listed)


def _is_gibberish(text: str) -> bool:
    letters = [letter for letter in text if not letter.isspace()]
    return not letters or len(_NO_LETTER.findall(text)) * 50 > len(letters)
