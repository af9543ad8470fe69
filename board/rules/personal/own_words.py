"""Whether words for everybody are those of whoever asked: an office publishes a question in its own words, so that nobody is recognised."""

from __future__ import annotations

import re
from collections.abc import Iterable

from board.rules.text_width import narrow

RUN = 10  # characters in one piece: a sentence, or most of one
SENTENCE = 12  # characters: shorter questions are made of words that everybody uses
ALIKE, WITHIN = 0.7, 0.75  # shares of equal pairs of characters: of two whole texts, and of a sentence within a longer text
_GAP = "\0"
_NO_WORD = re.compile(r"[^\w\0]+|_+")


def copied(text: str, said: Iterable[str], known: Iterable[str] = ()) -> str:
    """Return the passage of ``text`` that is somebody's own, of those who ``said`` something; "" where there is none.

    Spaces and marks do not count. ``known`` are words that everybody has from elsewhere: the title of the notice, names of places.
    """
    names = sorted((plain for name in known if (plain := _plain(name))), key=len, reverse=True)
    own, others = _without(_plain(text), names), [_without(_plain(one), names) for one in said]
    for other in others:
        if run := _run(own, other):
            return run
    return next((own.replace(_GAP, "") for other in others if _alike(own, other)), "")


def _plain(text: str) -> str:
    return _NO_WORD.sub("", narrow(text))


def _without(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = text.replace(name, _GAP)
    return text


def _run(own: str, other: str) -> str:
    """Return the first piece of ``RUN`` characters or more that both have, as long as it goes."""
    pieces = set(_pieces(other, RUN))
    first = next((no for no, piece in enumerate(own[no : no + RUN] for no in range(len(own) - RUN + 1)) if piece in pieces), None)
    if first is None:
        return ""
    end = first + RUN
    while end < len(own) and own[end] != _GAP and own[first : end + 1] in other:
        end += 1
    return own[first:end]


def _alike(own: str, other: str) -> bool:
    """Return whether most pairs of neighbouring characters are the same, of both texts or of a sentence within the other."""
    ours, theirs = set(_pieces(own, 2)), set(_pieces(other, 2))
    if not ours or not theirs:
        return False
    both = len(ours & theirs)
    return 2 * both >= ALIKE * (len(ours) + len(theirs)) or len(own) >= SENTENCE and both >= WITHIN * len(ours)


def _pieces(text: str, length: int) -> Iterable[str]:
    return (piece for no in range(len(text) - length + 1) if _GAP not in (piece := text[no : no + length]))
