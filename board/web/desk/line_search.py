"""The row of a draft's table that somebody means: by its number on the poster, its line, a name with * for what is hidden, or words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from board.store import areas

# 高洞社区 5, 5号: the number on the poster. 第5行: the line of the table, as messages name it.
_NUMBERED = re.compile(r"(?:([\u4e00-\u9fff]{2,12}?)\s*)?(?:第\s*)?(\d{1,6})\s*号?")
_LINE = re.compile(r"第?\s*(\d{1,7})\s*行")
# In a sentence; 11月5号 is a day, 6号文件 a document.
_IN_WORDS = re.compile(
    r"((?:[\u4e00-\u9fff]{1,12}(?:村|社区)\s*)?(?:第\s*)?(?<![\d月〕\])])\d{1,6}\s*号(?!\s*(?:文|令|通知|公告|以前|之前|前)))|(第\s*\d{1,7}\s*行)"
)


def meant(reason: str) -> str:
    """Return the row that a reviewer's reason names (高洞社区5号, 第12行), or ""."""
    said = _IN_WORDS.search(reason)
    return said[0] if said else ""


def hits(sought: str, home: str, numbers: Mapping[int, tuple[str, int]], texts: Iterable[tuple[int, Sequence[str]]]) -> list[int]:
    """Return the lines that fit what is sought, among ``texts`` as (line, its cells); ``numbers`` are line -> (place, number on paper)."""
    sought = sought.strip()
    if not sought:
        return []
    lines = list(texts)
    if named := _LINE.fullmatch(sought):
        return [line for line, _cells in lines if line == int(named[1])]
    if (numbered := _NUMBERED.fullmatch(sought)) and numbers:
        place, no = numbered[1] or "", int(numbered[2])
        codes = _places(place, home) if place else None
        found = [
            line for line, _cells in lines if line in numbers and numbers[line][1] == no and (codes is None or numbers[line][0] in codes)
        ]
        if found:
            return found
    masked = re.compile("".join("." if letter == "*" else re.escape(letter) for letter in sought))
    hit = masked.fullmatch if "*" in sought else masked.search
    return [line for line, cells in lines if any(cell and hit(cell.strip()) for cell in cells)]


def _places(words: str, home: str) -> set[str]:
    """Return the places whose names end a run of words: 请核对高洞社区 means 高洞社区."""
    for start in range(len(words) - 1):
        if found := areas.search(words[start:], home.rstrip("0")):
            return {one.code for one in found}
    return set()
