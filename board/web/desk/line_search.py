"""The row of a draft's table that somebody means: by its number on the poster, by a name with * for what is hidden, or by words in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from board.store import areas

# 高洞社区 5, 5号, 第5行: as posters and reviewers say it.
_NUMBERED = re.compile(r"(?:([\u4e00-\u9fff]{2,12}?)\s*)?(?:第\s*)?(\d{1,6})\s*(?:号|行)?")
_IN_WORDS = re.compile(r"(?:([\u4e00-\u9fff]{1,6}(?:村|社区))\s*)?(?:第\s*)?(\d{1,6})\s*(?:号|行)")


def meant(reason: str) -> str:
    """Return the row that a reviewer's reason names (高洞社区5号), or ""."""
    said = _IN_WORDS.search(reason)
    return said[0] if said else ""


def hits(sought: str, home: str, numbers: Mapping[int, tuple[str, int]], texts: Iterable[tuple[int, Sequence[str]]]) -> list[int]:
    """Return the lines that fit what is sought, among ``texts`` as (line, its cells); ``numbers`` are line -> (place, number on paper)."""
    sought = sought.strip()
    if not sought:
        return []
    lines = list(texts)
    if (numbered := _NUMBERED.fullmatch(sought)) and numbers:
        place, no = numbered[1] or "", int(numbered[2])
        codes = {one.code for one in areas.search(place, home.rstrip("0"))} if place else None
        found = [
            line for line, _cells in lines if line in numbers and numbers[line][1] == no and (codes is None or numbers[line][0] in codes)
        ]
        if found:
            return found
    masked = re.compile("".join("." if letter == "*" else re.escape(letter) for letter in sought))
    hit = masked.fullmatch if "*" in sought else masked.search
    return [line for line, cells in lines if any(cell and hit(cell.strip()) for cell in cells)]
