"""What a number format makes of a figure: 0!.0000 shows 200000 as 20.0000, #,##0, as 200 and 0"万元" as 200000万元.

Source: [ECMA-376] part 1, 18.8.31; Chinese programs write ! where others write a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|(_.|\*.|\[[^\]]*\])|([0#?])|(\.)|(,)|(.)', re.DOTALL)
_GENERAL = re.compile(r"General|G/通用格式|常规", re.IGNORECASE)
_NO_FIGURE = re.compile(r"[ymdhseg%@年月日时分秒]", re.IGNORECASE)
_UNIT = re.compile(r"[十百千万亿]*(?:元|圆|亩|公顷|户|人|块|角)?[十百千万亿]?|[wWkK]")
_UNITS_LONGEST = 4
_LONGEST = 1_000  # letters that are looked at; programs take 255


def shown(code: str) -> tuple[int, str] | None:
    """Return the power of ten by which a format's figure differs from the cell's, and the unit behind it; None where it shows the cell."""
    tokens = list(_tokens(_GENERAL.sub("0", code[:_LONGEST])))
    if any(kind == "other" and _NO_FIGURE.fullmatch(word) for kind, word in tokens):
        return None
    digits = [at for at, (kind, _) in enumerate(tokens) if kind == "digit"]
    if not digits:
        return None
    first, last = digits[0], digits[-1]
    real = next((at for at, (kind, _) in enumerate(tokens) if kind == "point"), None)
    false = [at for at, (kind, word) in enumerate(tokens) if kind == "text" and word == "." and first < at < last]
    power = -sum(at > false[0] for at in digits) if false and real is None else 0
    for at, (kind, _) in enumerate(tokens):
        if kind == "comma" and at > first and not any(tokens[later][0] == "digit" for later in range(at + 1, _end(tokens, at))):
            power -= 3
    behind = "".join(word for kind, word in tokens[last + 1 :] if kind in ("text", "other")).strip(" )）")
    behind = behind if len(behind) <= _UNITS_LONGEST and _UNIT.fullmatch(behind) else ""
    return (power, behind) if power or behind else None


def _end(tokens: list[tuple[str, str]], at: int) -> int:
    """Return the position of the decimal point behind a comma, or the end."""
    return next((later for later in range(at + 1, len(tokens)) if tokens[later][0] == "point"), len(tokens))


def _tokens(code: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a format's first section, which is for positive figures, as (kind, letters)."""
    for match in _TOKEN.finditer(code):
        quoted, escaped, _, digit, point, comma, other = match.groups()
        if other == ";":
            return
        if quoted is not None or escaped is not None:
            yield "text", quoted if quoted is not None else escaped
        elif digit or point or comma or other:
            yield ("digit" if digit else "point" if point else "comma" if comma else "other"), match[0]
