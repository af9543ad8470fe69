"""How a person's name is shown: in full, masked, by its surname, or not at all.

No national rule on masking names was found (docs/sources.md: name-masking);
张*三 is what provincial platforms print and what neighbours still recognise.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from board.rules.bilingual import Words

Display = Literal["full", "masked", "surname", "none"]  # each shows less than the one before it
_REMARK = re.compile(r"(?<=.)[(\uff08\[\u3010].*")
_COVERED = re.compile("\u25cf[\u25cf-]{6,}")  # the mask of a whole number in the cell of a name, which is no part of the name
_HAN = re.compile(r"[\u4e00-\u9fff]+")  # most names: each letter is a character to a reader, and none opens a remark


@dataclass(frozen=True)
class NamePolicy:
    """How a roster's names are shown on posters and on the web, and the same in words for the reviewer."""

    wall: Display
    web: Display
    words: Words


def uncovered(name: str) -> str:
    """Return a name without the ● over a whole number that was written beside it; where there is nothing else it stays as it is."""
    return _COVERED.sub("", name).strip() or name


def mask_name(name: str) -> str:
    """Return a name with all but its first and last character hidden: 张*三, 诸*志, 欧**明, and 张* for two characters, * for one.

    A masked name stays as it is. Spaces inside a name (clerks write 张 三 to line columns up) and a remark in brackets
    (张三(已故)) are dropped. An empty name stays empty.
    """
    characters = name if _HAN.fullmatch(name) else _characters(_REMARK.sub("", "".join(name.split())))
    if len(characters) < 2:
        return "*" * len(characters)
    last = characters[-1] if len(characters) > 2 else ""
    return characters[0] + "*" * (len(characters) - 1 - bool(last)) + last


def shown(name: str, policy: Display, minor: bool) -> str:
    """Return a name as one side of a name policy shows it; a minor's is always masked or hidden."""
    if policy == "none":
        return ""
    if policy == "full" and not minor:
        return name
    masked = mask_name(name)
    return surname_only(masked) if policy == "surname" else masked


def surname_only(masked: str) -> str:
    """Return a masked name with its first character alone, however long it is: 张** for 张* and for 张*三; one that shows none
    stays as it is."""
    first = "".join(_characters(masked)[:1])
    return f"{first}**" if first not in ("", "*") else first


def _characters(text: str) -> list[str]:
    """Return the characters as a reader counts them: a mark that changes the one before it (a variant form 葛󠄀, an accent) stays with
    it."""
    found: list[str] = []
    for character in text:
        if found and unicodedata.category(character) in {"Mn", "Me", "Mc", "Cf"}:
            found[-1] += character
        else:
            found.append(character)
    return found
