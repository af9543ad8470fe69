"""Which texts are nearly the same: changed digits, marks and spaces count for nothing, and words put behind a text for little.

A text is told by a sample of its shingles (runs of three letters), the ones with the smallest hashes (bottom-k MinHash), so that two texts
that share most of their shingles share most of their samples, whatever stands around them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from hashlib import blake2b

RUN = 3  # letters of a shingle
SAMPLE = 24  # shingles kept of a text
ALIKE = 0.7  # share of the sample that is known, from which a text is nearly the same as others
ALIKE_HOT = 0.5  # the same where far more comes from one network address than neighbours send
FEWEST = 6  # that many times a shingle is read before it counts as known: two or three people who write alike are no flood
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两俩仨半")


def bare(text: str) -> str:
    """Return the letters of a text in one spelling: without digits, numerals, marks and spaces."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalpha() and one not in _NUMERALS)


def sample(text: str) -> tuple[str, ...]:
    """Return the hashes (16 hex characters) by which a text is compared with others, at most SAMPLE of them, in order."""
    letters = bare(text)
    runs = {letters[start : start + RUN] for start in range(max(1, len(letters) - RUN + 1))}
    return tuple(sorted(blake2b(run.encode(), digest_size=8).hexdigest() for run in runs)[:SAMPLE])


def known(seen: Mapping[str, int], total: int) -> set[str]:
    """Return those of the counted shingles that count as known among ``total`` texts."""
    return {one for one, count in seen.items() if count >= max(FEWEST, total // 400)}


def alike(shingles: Sequence[str], seen: Mapping[str, int], total: int, *, hot: bool = False) -> bool:
    """Return whether a text of these shingles is nearly the same as others; ``seen`` is how many of ``total`` texts had each, this one
    included."""
    had = known({one: seen.get(one, 0) for one in shingles}, total)
    return len(had) >= (ALIKE_HOT if hot else ALIKE) * len(shingles)
