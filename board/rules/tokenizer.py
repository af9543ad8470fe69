"""Chinese text as bigrams: the tokens that the search index keeps, and the query of a typed word.

Chinese has no spaces between words, and no dictionary has a county's villages. So a text is indexed as all its pairs of neighbouring
characters (黄桷村: 黄桷 桷村 村), and a word is found where its pairs follow each other. Both databases get the same tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from board.rules.text_width import narrow

_RUN = re.compile("[〇\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+|[a-z0-9]+")
_BETWEEN = re.compile(r"[\s,、;。]+")  # separates typed words; 川农发〔2026〕12号 is one
MARK = "\ue000"  # begins a token that no text has and no one can type: a private-use character, which _RUN does not match
GAP = MARK  # stands between two texts, so that no word is found across their border
MOST_WORDS = 8
_LONGEST_CUT = 12  # characters that are cut in every way: twelve of them in twelve ways


@dataclass(frozen=True)
class Phrase:
    """Tokens that must follow each other; with ``begins``, the last one is a prefix (a single character, 2026, subsid)."""

    tokens: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True)
class Every:
    """AND: all of these must match."""

    of: tuple[Asked, ...]


@dataclass(frozen=True)
class Either:
    """OR: one of these must match."""

    of: tuple[Asked, ...]


Asked = Phrase | Every | Either


def tokens(text: str) -> list[str]:
    """Return the tokens of a text: each run's pairs and its last character, and figures and Latin words whole."""
    return [token for run in _runs(text) for token in ([run] if run.isascii() else [*_pairs(run), run[-1]])]


def phrase(word: str) -> Phrase | None:
    """Return the query of a word, or None when it has neither a character nor a figure."""
    *before, last = list(_runs(word)) or [""]
    if not last:
        return None
    whole = tuple(tokens(" ".join(before)))
    return Phrase((*whole, last), True) if last.isascii() or len(last) == 1 else Phrase((*whole, *_pairs(last)))


def words(typed: str) -> list[str]:
    """Return the words of a typed text that can be searched for, MOST_WORDS at most."""
    return [word for word in _BETWEEN.split(narrow(typed)) if phrase(word)][:MOST_WORDS]


def strictly(word: str, meant: Callable[[str], Iterable[Phrase]]) -> Asked:
    """Return the query of a word as it is, or of one of the alternatives that ``meant`` gives for it (the marks of a township)."""
    found = phrase(word)
    assert found
    return Either((found, *meant(word)))


def loosely(word: str, meant: Callable[[str], Iterable[Phrase]]) -> Asked:
    """Return the query of a word's pieces in any place: 耕地补贴 is searched as 耕地 and 补贴, which finds 耕地地力保护补贴.

    A run is cut into pieces of two and three characters in every way, and one way is enough, for the borders of words are not known.
    """
    return Every(
        tuple(Either(tuple(Every(tuple(strictly(piece, meant) for piece in pieces)) for pieces in _cuts(run))) for run in _runs(word))
    )


def mark(what: str, value: str) -> str:
    """Return a token that no typed text can have: ``what`` in a letter (a: under this area), then the value's letters and digits."""
    return f"{MARK}{what}{value.replace('-', MARK)}"


def _runs(text: str) -> Iterator[str]:
    return iter(_RUN.findall(narrow(text).lower()))


def _pairs(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(len(run) - 1)]


def _cuts(run: str) -> list[list[str]]:
    """Return every way to cut a run into pieces of two and three; itself alone where it is short, no Chinese, or too long for that."""
    if run.isascii() or not 3 < len(run) <= _LONGEST_CUT:
        return [[run]]
    return list(_pieces(run))


def _pieces(run: str) -> Iterator[list[str]]:
    if not run:
        yield []
    for size in (2, 3):
        if len(run) >= size:
            yield from ([run[:size], *rest] for rest in _pieces(run[size:]))
