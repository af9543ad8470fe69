"""Line break of a long title."""

from __future__ import annotations

import re

ONE_LINE = 17  # ems of a headline that fit a sheet's width in the smallest of its sizes


_CLOSES = re.compile(r"第[一二三四1-4]季度|年度?|月份?")  # a headline may break after these


def title_lines(title: str, name: str) -> str:
    """Return a headline with a line break where it hurts least, if it needs one: before the kind's ``name``, else behind the year or
    quarter.

    Of several places the one with the shortest longer line is taken, and none that would make three lines where two do.
    """
    if _ems(title) <= ONE_LINE:
        return title
    named = [title.find(name[start:]) for start in range(max(1, len(name) - 3)) if len(name[start:]) > 3 and name[start:] in title]
    for places in (named[:1], [found.end() for found in _CLOSES.finditer(title)]):
        parted = [(title[:place], title[place:]) for place in places if 0 < place < len(title)]
        good = [pair for pair in parted if max(map(_ems, pair)) <= ONE_LINE]
        if good:
            return "\n".join(min(good, key=lambda pair: max(map(_ems, pair))))
    return title


def _ems(text: str) -> float:
    return sum(0.6 if char.isascii() else 1.0 for char in text)
