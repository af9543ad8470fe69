"""A kind as a community (社区) publishes it: the words and the law of the residents' committees where its file has those of a village."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from board.rules.bilingual import Words
from board.rules.datafile import Table
from board.rules.kind import Kind
from board.rules.kind_file import parse_frozen
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


@lru_cache(maxsize=256)
def _of_community(id: str, source: str, words: tuple[CommunityWord, ...]) -> Kind:
    chinese = {one.village.zh: one.community.zh for one in words}
    english = {one.village.en: one.community.en for one in words}
    english |= {_capital(village): _capital(other) for village, other in english.items()}
    return parse_frozen(id, _said(json.loads(source), {"zh": chinese, "en": english}))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _said(value: Any, pairs: Mapping[str, Mapping[str, str]]) -> Any:
    """Return a kind's source with its human texts in other words; headers of sheets and ids stay as they are."""
    if isinstance(value, list):
        return [_said(one, pairs) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: _replaced(one, pairs[key]) if key in pairs and isinstance(one, str) else _said(one, pairs) for key, one in value.items()}


def _replaced(text: str, pairs: Mapping[str, str]) -> str:
    """Return a text with each word replaced once, the longest that fits first, so that no replacement is replaced again."""
    known = "|".join(re.escape(word) for word in sorted(pairs, key=len, reverse=True))
    return re.sub(known, lambda found: pairs[found[0]], text)
