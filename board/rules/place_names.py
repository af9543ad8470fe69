"""Names of places: one village written in five ways, and two places that only look alike.

The five ways are X村民委员会, X村村民委员会, X村委会, X村村委会 and X村; likewise X社区居民委员会, X社区居委会, X居委会, X社区. A village
and a community of the same stem (五通村, 五通社区) are two places: six such pairs stand in one township each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from board.rules.areas import Area, prefix
from board.rules.kind import Level
from board.rules.text_width import squeezed

_VILLAGE = re.compile(r"(.+?)(?:村民委员会|村民委|村委会|村委)$")
_COMMUNITY = re.compile(r"(.+?)(?:社区|居民)*(?:居民委员会|居民委|居委会|居委)$")
_TOWN = re.compile(r"(.{2,})(?:街道办事处|街道办|街道|镇|[^镇]{0,2}族乡|乡)$")
_TOWN_OFFICE = re.compile(r"(.{2,}?)(?:人民政府|办事处|街道办)$")
_ENDINGS = re.compile(r"(社区|街道|村|镇|乡)$")
_NUMERALS = "零一二三四五六七八九"
_COUNT = r"(\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[零〇一二两三四五六七八九]{1,3})"
_GROUP = re.compile(rf"第?{_COUNT}(村民小组|居民小组|村民组|居民组|小组|组|合作社|社|队)$")
_GROUP_FIRST = re.compile(rf"第?{_COUNT}(?:村民小组|居民小组|村民组|居民组|小组|组|合作社|社|队)|[\u4e00-\u9fff]{{1,6}}?(?:小组|组|社|队)")
_NUMBER = re.compile(rf"第?{_COUNT}$")


def canonical(name: str) -> str:
    """Return the short form in which a place is shown and compared: 黄桷村民委员会 is 黄桷村, 高洞社区居民委员会 is 高洞社区.

    One character width, no blanks; other names stay as they are.
    """
    name = squeezed(name).strip(",.;:、。·")
    if match := _VILLAGE.fullmatch(name):
        return match[1].rstrip("村") + "村" if match[1].rstrip("村") else name
    if match := _COMMUNITY.fullmatch(name):
        return match[1] + "社区"
    if name.endswith("村村") and len(name) > 2:
        return name[:-1]
    return _office(name)


def _office(name: str) -> str:
    """Return a township's name without the words of its office: 百和镇人民政府 is 百和镇, 云龙街道办事处 is 云龙街道."""
    match = _TOWN_OFFICE.fullmatch(name)
    if match is None:
        return name
    return match[1] if match[1].endswith(("街道", "镇", "乡")) or name.endswith("政府") else match[1] + "街道"


def office_of(name: str, level: Level) -> str:
    """Return how the office of an area signs and is written to: 百和镇 is 百和镇人民政府, a village has no other name than its own."""
    if level == "village":
        return name
    return name + ("办事处" if level == "township" and name.endswith("街道") else "人民政府")


class Places:
    """The open areas inside one scope, found by what a sheet calls them."""

    def __init__(self, areas: Iterable[Area], scope_code: str) -> None:
        """``areas`` may be the whole division; raises KeyError when the scope is not among them."""
        everything = {area.code: area for area in areas}
        self.scope = everything[scope_code]
        start = prefix(scope_code, self.scope.level)
        self.areas = [area for area in everything.values() if area.code.startswith(start) and not area.closed]
        self.by_code = {area.code: area for area in self.areas}
        self._by_name: dict[str, list[Area]] = {}
        for area in self.areas:
            for key in _keys(area):
                self._by_name.setdefault(key, []).append(area)
        above = [area for area in everything.values() if start.startswith(prefix(area.code, area.level))]
        self.around = [area.name for area in (*above, *self.areas)]  # of the scope, of all inside it and above it
        self._above = sorted((canonical(area.name) for area in above), key=len, reverse=True)
        self._found: dict[str, list[Area]] = {}

    def names_home(self, written: str) -> bool:
        """Return whether words name the scope, or one above it, in full or by their beginning (百和 for 百和镇)."""
        name = canonical(written)
        return bool(name) and (any(one.startswith(name) or name.endswith(one) for one in self._above) or bool(self.find(written)))

    def find(self, written: str, level: str | None = None) -> list[Area]:
        """Return every area of the scope that is called so, by name or alias, optionally of one level only; empty when none is.

        A name may stand behind those of the places around it (泸县百和镇高洞社区). Several are returned where names repeat.
        """
        if written not in self._found:
            self._found[written] = self._look(canonical(written))
        found = self._found[written]
        return found if level is None else [area for area in found if area.level == level]

    def _look(self, name: str) -> list[Area]:
        if name in self._by_name:
            return self._by_name[name]
        for above in self._above:
            if name.startswith(above) and len(name) > len(above):
                return self._look(name[len(above) :])
        for cut in range(len(name) - 2, 1, -1):
            inside = [area for area in self._by_name.get(name[:cut], ()) if area.level != "village"]
            start = {prefix(area.code, area.level) for area in inside}
            found = [area for area in self._by_name.get(name[cut:], ()) if any(area.code.startswith(one) for one in start)]
            found = [area for area in found if area not in inside]
            if found:
                return found
        return []

    def nearest(self, written: str, n: int = 5, level: str | None = None) -> list[Area]:
        """Return the areas most like what is written, best first, at most ``n``; places without a letter in common are left out.

        Those of the same level come first: 邓家社区 for 邓家村, and 陈家桥社区 before 陈家桥镇 for 陈家桥村.
        """
        name = canonical(written)
        level = level or _likely_level(name)
        stem = _stem(name)
        scored = [(_unlike(stem, area), area.level != level, area.code, area) for area in self.areas]
        good = [entry for entry in scored if entry[0] < 1]
        return [area for *_, area in sorted(good, key=lambda entry: (entry[1], *entry[:3]))[:n]]


def _keys(area: Area) -> set[str]:
    """Return the names under which an area is found; a township's also without 镇, 乡 or 街道."""
    keys = {canonical(name) for name in (area.name, *area.aliases)}
    if area.level == "township":
        keys |= {match[1] for key in keys if (match := _TOWN.fullmatch(key))}
    return keys


def _likely_level(name: str) -> str:
    if name.endswith(("镇", "乡", "街道")):
        return "township"
    return "county" if name.endswith(("县", "区", "市")) and not name.endswith("社区") else "village"


def _stem(name: str) -> str:
    return _ENDINGS.sub("", name) or name


def _unlike(stem: str, area: Area) -> float:
    """Return the distance of a stem from the names of an area: 0 the same, under 1 worth offering."""
    return min(_distance(stem, _stem(canonical(name))) / max(1, min(len(stem), 3)) for name in (area.name, *area.aliases))


def _distance(one: str, other: str) -> float:
    """Return the edit distance (Levenshtein); 9 where no letter is shared. A shared beginning counts a little."""
    if not set(one) & set(other):
        return 9
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        diagonal, row[0] = row[0], i
        for j, against in enumerate(other, start=1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (letter != against))
    return row[-1] - (0.2 if row[-1] and one[0] == other[0] else 0)


def split_place(written: str, places: Places) -> tuple[str, str]:
    """Return place and group of an address cell: 丰水村3社 is (丰水村, 3社), 百和镇高洞社区第二村民小组 is (百和镇高洞社区, 2组).

    A group without a number (高洞社区大屋组) is separated where the place before it is known, and a house number is dropped. Without a
    group the second is "".
    """
    written = squeezed(written)
    if match := _GROUP.search(written):
        place = written[: match.start()]
        if place:
            return place, group(match[0])
    if places.find(written):
        return written, ""
    for end in (match.end() for match in re.finditer("村|社区|居委会|委员会", written)):
        if end < len(written) and places.find(written[:end]):
            return written[:end], _group_at(written[end:])
    return written, ""


def _group_at(rest: str) -> str:
    """Return the group that follows in an address; house numbers and what else follows are not published."""
    match = _GROUP_FIRST.match(rest)
    return group(match[0]) if match else ""


@lru_cache(maxsize=10_000)
def group(written: str) -> str:
    """Return a group's name as it is shown: 三组, 第三村民小组 and 3 are 3组; 三社 is 3社; other names stay."""
    written = squeezed(written)
    if match := _GROUP.fullmatch(written):
        word = match[2] if match[2] in ("社", "队") else "社" if match[2] == "合作社" else "组"
        return f"{numeral(match[1])}{word}"
    if match := _NUMBER.fullmatch(written):
        return f"{numeral(match[1])}组"
    return written


@lru_cache(maxsize=10_000)
def group_key(written: str) -> str:
    """Return the form under which spellings of one group are equal: 3组, 三社 and 第三村民小组 are all ``3``."""
    shown = group(written)
    return shown[:-1] if shown[:-1].isdigit() else shown


def group_order(written: str) -> tuple[int, int]:
    """Return the sort key of a group: 1组, 2组, 10组, then those with names of their own, and last the rows without a group."""
    key = group_key(written)
    return (0, int(key)) if key.isdecimal() else (1 if key else 2, 0)


def numeral(word: str) -> int:
    """Return a number from 1 to 99 written in Chinese numerals or digits."""
    if word.isdigit():
        return int(word)
    word = word.replace("两", "二").replace("〇", "零")
    if "十" not in word:
        return int("".join(str(_NUMERALS.index(letter)) for letter in word))
    tens, _, ones = word.partition("十")
    return (_NUMERALS.index(tens) if tens else 1) * 10 + (_NUMERALS.index(ones) if ones else 0)
