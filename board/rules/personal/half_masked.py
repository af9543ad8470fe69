"""ID numbers of which somebody has starred a part and left the day of birth: 51052119520304****.

Such a number still tells area and birth of its owner, which a starred middle (510521********3961) does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_STAR = r"[*#xX×✱✳★●○_?]"
_NUMBER = re.compile(rf"(?<![\dA-Za-z*#])(?=[\d*#xX×✱✳★●○_? -]{{10}})(?:\d|{_STAR})(?:[ -]?(?:\d|{_STAR}))*")
_STARS = re.compile(_STAR)
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_MONTH = re.compile(r"0[1-9]|1[0-2]")
_DAY_ALONE = re.compile(rf"{_STAR}{{2,8}}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]){_STAR}{{2,6}}")
_LENGTHS = range(13, 21)  # stars are counted carelessly


def half_masked(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each half-masked ID number in a half-width text whose year of birth can be read."""
    if not _STARS.search(text):
        return
    for match in _NUMBER.finditer(text):
        number = re.sub(r"[ -]", "", match[0])
        stars = len(_STARS.findall(number))
        if len(number) in _LENGTHS and 2 <= stars <= len(number) - 6 and _tells_birth(number):
            yield match.span()


def _tells_birth(number: str) -> bool:
    """Return whether the seventh to tenth character are a year, and the next two, where they are digits, a month; or a whole day stands
    between stars alone, however many they are."""
    if _DAY_ALONE.fullmatch(number):
        return True
    if not _YEAR.match(number, 6) or not ("1" <= number[0] <= "9" or _STARS.match(number)):
        return False
    month = number[10:12]
    return bool(_MONTH.match(month)) or not month.isdigit()
