"""A kind as a community (社区) publishes it: the words and the law of the residents' committees where its file has those of a village."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from board.rules.bilingual import Language, Words
from board.rules.datafile import Table
from board.rules.kind import Kind
from board.rules.kind_file import parse_frozen
from board.rules.place_words import Replacements, with_capitals
from board.rules.supervision import community


@dataclass(frozen=True)
class CommunityWord:
    """A village's word and what a community says instead; English words are found with a capital letter too."""

    village: Words
    community: Words


def read_word(table: Table) -> CommunityWord:
    """Return one word of the data file."""
    return CommunityWord(table.words("village"), table.words("community"))


def in_its_words(kind: Kind, name: str, words: tuple[CommunityWord, ...]) -> Kind:
    """Return a kind as an area of this name publishes it: of a community with its own words, of a village as the file says."""
    return _of_community(kind.id, json.dumps(kind.source, ensure_ascii=False), words) if community(name) else kind


def replacements(words: Iterable[CommunityWord], language: Language) -> dict[str, str]:
    """Return a village's words of a language with what a community says instead."""
    if language == "en":
        return with_capitals({one.village.en: one.community.en for one in words})
    return {one.village.zh: one.community.zh for one in words}


@lru_cache(maxsize=256)
def _of_community(id: str, source: str, words: tuple[CommunityWord, ...]) -> Kind:
    said = {"zh": Replacements(replacements(words, "zh")), "en": Replacements(replacements(words, "en"))}
    return parse_frozen(id, _said(json.loads(source), said))


def _said(value: Any, words: Mapping[str, Replacements]) -> Any:
    """Return a kind's source with its human texts in other words; headers of sheets and ids stay as they are."""
    if isinstance(value, list):
        return [_said(one, words) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: words[key].said(one) if key in words and isinstance(one, str) else _said(one, words) for key, one in value.items()}
