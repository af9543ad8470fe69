"""The words of the place that a page is about: sentences speak of villages and townships, which a community and a street say otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from board.rules.bilingual import Language
from board.rules.datafile import Table
from board.rules.place_names import canonical
from board.rules.supervision import community

PlaceSort = Literal["community", "street", "in_street"]
SORTS: tuple[PlaceSort, ...] = get_args(PlaceSort)  # in the order in which they are applied
FILLED_IN = r"%\(\w+\)[sd]"  # by gettext: its name is no word of the text
TITLES = "《[^》]*》"  # of laws and documents


def sorts(level: str, name: str, above: str) -> tuple[PlaceSort, ...]:
    """Return what a place is, by its level, its name and that of the area above it; () where a village's and a township's words hold."""
    if level == "village":
        own: tuple[PlaceSort, ...] = ("community",) if community(name) else ()
        return (*own, "in_street") if _street(above) else own
    return ("street", "in_street") if level == "township" and _street(name) else ()


def _street(name: str) -> bool:
    return canonical(name).endswith("街道")


@dataclass(frozen=True)
class Replacements:
    """Words with what stands in their place. Each is replaced once, the longest that fits first; what matches ``stays`` is not."""

    pairs: Mapping[str, str]
    stays: str = FILLED_IN

    @cached_property
    def _known(self) -> re.Pattern[str]:
        words = "|".join(re.escape(word) for word in sorted(self.pairs, key=len, reverse=True))
        return re.compile(f"{self.stays}|{words}")

    def said(self, text: str) -> str:
        """Return a text with these words replaced."""
        return self._known.sub(lambda found: self.pairs.get(found[0], found[0]), text)


def with_capitals(pairs: Mapping[str, str]) -> dict[str, str]:
    """Return English words with their replacements, also as they begin a sentence."""
    return dict(pairs) | {_capital(word): _capital(other) for word, other in pairs.items()}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class PlaceWords:
    """What is replaced in a place's pages, in this order; without any all stays as it is."""

    steps: Mapping[Language, tuple[Replacements, ...]]

    def said(self, text: str, language: Language) -> str:
        """Return a sentence of the program in the words of the place."""
        for step in self.steps[language]:
            text = step.said(text)
        return text


def read_replacements(table: Table, language: Language, also: Mapping[str, str]) -> Replacements:
    """Return the words of one table of the data file; ``also`` holds where it says nothing else."""
    pairs = _pairs(table.table(language))
    return Replacements({**also, **(with_capitals(pairs) if language == "en" else pairs)}, f"{FILLED_IN}|{TITLES}")


def _pairs(table: Table) -> dict[str, str]:
    found = {word: table.text(word) for word in table.data}
    table.close()
    return found
