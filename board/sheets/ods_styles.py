"""The cell styles of an .ods whose number format shows another figure than the cell holds.

Source: [ODF 1.3] part 3, chapter 16, data styles: number:display-factor, number:embedded-text and its number:position.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from html import unescape

from board.sheets.cell_markup import MOST, Shown, inherited
from board.sheets.number_formats import shown

_KINDS = "number|currency|percentage|text|date|time|boolean"
_TAG = re.compile(
    rf"<(/?)(style:style|style:map|number:(?:{_KINDS})-style|number:(?:number|embedded-text|text|currency-symbol))(?![\w-])([^<>]*)>([^<]*)"
)
_ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]++)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FACTOR = re.compile(r"\d{1,20}(?:\.\d{0,20})?(?:[eE][-+]?\d{1,2})?")
_DIGITS, _LONGEST = 20, 20  # places of a figure, letters of a text in its format: more tell no unit


@dataclass
class _Format:
    """A data style as it is read: ``code`` as Excel writes it, ``power`` of ten of its display factor.

    A format of several parts is a style of its own for each, and maps lead to them in their order; ``first`` is that of positive figures.
    """

    code: str = ""
    power: int = 0
    first: str = ""
    integers: int = 0
    decimals: int = 0
    embedded: dict[int, str] = field(default_factory=dict)

    def begin(self, said: Mapping[str, str]) -> None:
        """Begin the figure: its digits, and what it is divided by."""
        self.integers = max(_count(said.get("number:min-integer-digits", "")), 1)
        self.decimals, self.embedded = _count(said.get("number:decimal-places", "")), {}
        factor = said.get("number:display-factor", "")
        _, digits, exponent = Decimal(factor if _FACTOR.fullmatch(factor) else "1").normalize().as_tuple()
        self.power = -int(exponent) if digits == (1,) else 0

    def end(self) -> None:
        """Write the figure: a text at position 4 has four digits behind it."""
        for place in range(max([self.integers, *(at + 1 for at in self.embedded)]), -1, -1):
            self.code += self.embedded.get(place, "") + ("0" if place else "")
        self.code += "." + "0" * self.decimals if self.decimals else ""

    def embed(self, said: Mapping[str, str], words: str) -> None:
        """Add a text between the digits. LibreOffice takes the ! of 0!.0000, an escape in Chinese Excel, for such a text."""
        position = said.get("number:position", "")
        if position.isdecimal() and len(position) < 3 and int(position) < _DIGITS:
            is_escape = words == "!" and not int(position) and self.decimals
            self.embedded[int(position)] = "!" if is_escape else _literal(words)

    def shown(self) -> Shown | None:
        """Return what the format makes of a figure, None where it shows the cell."""
        power, behind = shown(self.code) or (0, "")
        return (power + self.power, behind) if power + self.power or behind else None


def styles(content: str, common: str) -> dict[str, Shown]:
    """Return the cell styles of content.xml and styles.xml that show another figure, by name; content.xml goes first."""
    formats: dict[str, Shown | None] = {}
    named, parents = dict[str, Shown | None](), dict[str, str]()
    for text, end in ((common, len(common)), (content, max(content.find("<office:body"), 0))):
        read, cells = _read(text, end)
        formats |= {name: (read.get(one.first, one) if one.first else one).shown() for name, one in read.items()}
        for name, parent, own in cells:
            named.pop(name, None)
            parents[name] = parent
            if own:
                named[name] = formats.get(own)
    return inherited(named, parents)


def _read(text: str, end: int) -> tuple[dict[str, _Format], list[tuple[str, str, str]]]:
    """Return the number formats of a part by name, and its cell styles as (name, parent, name of the number format)."""
    formats, cells, one = dict[str, _Format](), list[tuple[str, str, str]](), _Format()
    for match in _TAG.finditer(text, 0, end):
        closing, what, attributes, words = match.groups()
        said = {one[1]: unescape(one[2] or one[3] or "") for one in _ATTRIBUTE.finditer(attributes)}
        if what == "style:style":
            one = _Format()  # maps of a cell style are of conditional formats
            if said.get("style:family") == "table-cell" and len(cells) < MOST:
                cells.append((said.get("style:name", ""), said.get("style:parent-style-name", ""), said.get("style:data-style-name", "")))
        elif what.endswith("-style"):
            one = _Format()
            if not closing and what in ("number:number-style", "number:currency-style", "number:text-style") and len(formats) < MOST:
                formats[said.get("style:name", "")] = one
        elif what == "style:map":
            one.first = one.first or said.get("style:apply-style-name", "")
        elif len(one.code) < _DIGITS * _LONGEST:
            _part(one, what, closing, attributes.endswith("/"), said, words)
    return formats, cells


def _part(one: _Format, what: str, closing: str, empty: bool, said: Mapping[str, str], words: str) -> None:
    """Read a part of a number format: its figure, or a text in, before or behind it."""
    if what == "number:number":
        if not closing:
            one.begin(said)
        if closing or empty:
            one.end()
    elif what == "number:embedded-text":
        one.embed(said, unescape(words))
    elif not closing and not empty:
        one.code += _literal(unescape(words))


def _literal(words: str) -> str:
    return "".join(f"\\{letter}" for letter in words[:_LONGEST])


def _count(digits: str) -> int:
    return min(int(digits), _DIGITS) if digits.isdecimal() and len(digits) < 9 else 0
