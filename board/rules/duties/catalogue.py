"""公开目录: what the offices of an area publish, in the columns of the national standard, made of the kinds and the duties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from board.rules import period_rules, periods
from board.rules.bilingual import MONTHS, Words
from board.rules.duties import duty as duties_rules
from board.rules.duties.duty import Duty
from board.rules.duties.switches import Switched
from board.rules.kind import GROUPS, LEVELS, Kind, Level, Period
from board.rules.kind_file import at_level
from board.rules.period_rules import PeriodRules

BY: Mapping[Level, Words] = {  # the levels of the standard, lowest last
    "county": Words("县级", "County"),
    "township": Words("乡级", "Township"),
    "village": Words("村级", "Village"),
}
OFFICES: Mapping[Level, Words] = {  # who publishes where no duty says it
    "county": Words("县级主管部门", "County department in charge"),
    "township": Words("乡镇人民政府、街道办事处", "Township government or street office"),
    "village": Words("村民委员会、居民委员会", "Villagers or residents committee"),
}
ALL = Words("全社会", "Everybody")
MEMBERS = Words("特定群体（本村、本集体的人）", "Those concerned (members of the village or collective)")
LONGEST = 200  # characters of an office's name and of a note
_EVERY = {
    "month": Words("每月", "Every month"), "quarter": Words("每季度", "Every quarter"), "half": Words("每半年", "Every half year"),
    "year": Words("每年", "Every year"),
}  # fmt: skip

Key = tuple[str, str]  # a kind's id, and the level of who publishes it


@dataclass(frozen=True)
class Edit:
    """What a county says of one line at one level; each "" where it says nothing.

    ``off_because`` takes the line out of the catalogue: its duty is switched off for this reason (不公开必须备案). ``office`` stands in
    place of the program's 公开主体, ``note`` beside its 公开时限.
    """

    off_because: str = ""
    office: str = ""
    note: str = ""


@dataclass(frozen=True)
class Publishing:
    """How one level publishes a kind: who does, by when, and by which rule; ``lead`` is empty where no duty names one."""

    level: Level
    office: Words
    lead: Words
    within: Words
    in_law: Words  # the same as the law words it
    within_basis: Words
    note: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a catalogue: a kind with what it states, its public columns, and the levels that publish it, highest first."""

    no: int
    kind: Kind
    content: tuple[Words, ...]
    roster: tuple[Words, ...]
    by: tuple[Publishing, ...]

    @property
    def item(self) -> Words:
        """二级事项: the official name of the kind."""
        return self.kind.term if self.kind.term.zh else self.kind.name

    @property
    def for_members(self) -> bool:
        """Whether its rows are for members at every level that publishes it."""
        return all(at_level(self.kind, one.level).audience == "members" for one in self.by)

    @property
    def audience(self) -> Words:
        """公开对象: who reads the whole of it."""
        return MEMBERS if self.for_members else ALL


@dataclass(frozen=True)
class Catalogue:
    """An area's lines in order, and how many its county has taken out: a line at two levels counts twice, as the county edits each."""

    lines: tuple[Line, ...]
    left_out: int


def catalogue(
    level: Level, code: str, kinds: Iterable[Kind], duties: Iterable[Duty], rules: PeriodRules, edits: Mapping[Key, Edit]
) -> Catalogue:
    """Return the catalogue of an area of this level and code, with its county's edits.

    It has what the area and those below it publish, and what those above publish of it.
    """
    owed = list(duties)
    found: list[Line] = []
    left_out = 0
    for kind in sorted(kinds, key=lambda kind: (list(GROUPS).index(kind.group), kind.position)):
        own = [one for one in owed if one.kind == kind.id]
        levels = [by for by in BY if _publishes(by, kind, own) and _concerns(by, level, kind, own)]
        listed = [by for by in levels if not edits.get((kind.id, by), Edit()).off_because]
        left_out += len(levels) - len(listed)
        if listed:
            by = tuple(_publishing(one, code, kind, own, rules, edits.get((kind.id, one), Edit())) for one in listed)
            found.append(Line(len(found) + 1, kind, _content(kind, listed), _roster(kind), by))
    return Catalogue(tuple(found), left_out)


def decided(duties: Iterable[Duty], acts: Mapping[str, Switched]) -> dict[Key, str]:
    """Return what a county's switches say of the lines of these duties: why a line is left out, or "" for one that is owed.

    ``acts`` are those that hold, by duty. A line is owed if one of its duties is, and left out if all are switched off; of others nothing
    is said.
    """
    of_line: dict[Key, list[Switched | None]] = {}
    for duty in duties:
        of_line.setdefault((duty.kind, duty.publisher), []).append(acts.get(duty.id))
    found: dict[Key, str] = {}
    for key, some in of_line.items():
        off = [act.why for act in some if act and not act.on]
        if any(act and act.on for act in some) or len(off) == len(some):
            found[key] = "；".join(dict.fromkeys(off)) if len(off) == len(some) else ""
    return found


def _publishes(by: Level, kind: Kind, duties: list[Duty]) -> bool:
    """Return whether offices of a level publish a kind: as its duties say, or where there are none, all that may."""
    return by in ({one.publisher for one in duties} or set(kind.levels))


def _concerns(by: Level, level: Level, kind: Kind, duties: list[Duty]) -> bool:
    about: list[Level] = [one.level for one in duties if one.publisher == by] or [kind.places_for(by) or by]
    return any(LEVELS.index(level) <= max(LEVELS.index(by), LEVELS.index(one)) for one in about)


def _publishing(by: Level, code: str, kind: Kind, duties: list[Duty], rules: PeriodRules, edit: Edit) -> Publishing:
    duty = next((one for one in duties if one.publisher == by), None)
    office = Words(edit.office, edit.office) if edit.office else duty.responsible if duty else OFFICES[by]
    within = duties_rules.within(duty, kind, rules, code) if duty else period_rules.for_publisher(kind, rules, by, code).publish_within
    by_when = _by_when(duty, kind, within)
    in_law = _in_law(by_when, periods.in_words(within))
    return Publishing(by, office, duty.lead if duty else Words("", ""), by_when, in_law, within.basis, edit.note)


def _by_when(duty: Duty | None, kind: Kind, within: Period) -> Words:
    days = periods.in_words(within)
    if within.before and (since := kind.fact(within.since)):
        day = since.term if since.term.zh else since.label
        return Words(f"最晚在{day.zh}的{days.zh}前", f"At least {days.en} before this day: {day.en}")
    if duty and duty.every:
        every = _EVERY[duty.every]
        if duty.window:
            (first, from_day), (last, to_day) = duty.window
            en = f"{every.en}, from {from_day} {MONTHS[first - 1]} to {to_day} {MONTHS[last - 1]}"
            return Words(f"{every.zh}{first}月{from_day}日到{last}月{to_day}日", en)
        return Words(f"{every.zh}一次，这一期过完以后{days.zh}以内", f"{every.en}, within {days.en} of its end")
    if duty and duty.rhythm == "stage" and duty.within:
        return Words(f"上一步公开后{days.zh}以内", f"Within {days.en} of the step before it")
    return _from_making(days)


def _from_making(days: Words) -> Words:
    return Words(f"办好或者改了以后{days.zh}以内", f"Within {days.en} of the day it is made or changed")


def _in_law(within: Words, days: Words) -> Words:
    """Return 公开时限 as the law words it (条例 26), for the table of the standard."""
    law = Words(f"形成或变更之日起{days.zh}以内", f"Within {days.en} of the day it is formed or changed")
    return law if within == _from_making(days) else within


def _content(kind: Kind, levels: list[Level]) -> tuple[Words, ...]:
    """Return 公开内容（要素）: the official terms of the facts that somebody states at these levels."""
    asked = {fact.id for level in levels for fact in kind.typed_at(level)}
    terms = [fact.term if fact.term.zh else fact.label for fact in kind.facts if fact.id in asked]
    return tuple(dict.fromkeys(terms))


def _roster(kind: Kind) -> tuple[Words, ...]:
    return tuple(column.label for column in kind.columns if column.show != "staff")
