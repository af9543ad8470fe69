"""A draft put together with what its home knows (areas, remembered spellings, headers, calendar): checked, and proposed."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import current_app

from board import kinds, policies
from board.models import Draft
from board.rules import periods
from board.rules.calendar import Calendar
from board.rules.kind import Fact, Kind, Words
from board.rules.names import Places, display
from board.rules.posting import Proposal, compose
from board.rules.private import Cleaned
from board.rules.sheet import Checked, check
from board.rules.table import plain
from board.store import areas, drafts, holidays

# Facts of every notice, whatever its kind: who signs it, when the information came to be, when the sheets go up, and, where no
# roster says so, on which walls.
PUBLISHER, FORMED_ON, DISPLAY_START, PLACES = "publisher", "formed_on", "display_start", "places"


@dataclass(frozen=True)
class Schedule:
    """When a notice is shown and by when it must be out; each date with how it was counted."""

    formed: date
    starts: date
    end: periods.Explained
    publish_by: periods.Explained
    in_holiday: str  # name of the long holiday in which most of the period lies; "" when none


def kind_of(draft: Draft) -> Kind:
    """Return the kind that a draft is of."""
    return kinds.load()[draft.kind]


def level_of(home: str) -> str:
    """Return the level of the area that a notice belongs to."""
    return areas.get(home).level


def cleaned(draft: Draft) -> Cleaned | None:
    """Return the staged cells of a draft, or None when it has no table yet."""
    data = drafts.unseal(draft.sheet)
    return Cleaned.from_json(data) if data else None


def edits(draft: Draft) -> dict[tuple[int, int], str]:
    """Return what the clerk corrected in place, by (line, column)."""
    return {(int(line), int(column)): text for line, column, text in drafts.unseal(draft.edits, [])}


def checked(draft: Draft) -> Checked | None:
    """Return the draft's table as checked now, with the facts, choices and spellings of now; None when it has no table."""
    staged = cleaned(draft)
    if staged is None:
        return None
    return check(
        staged,
        kind_of(draft),
        Places(areas.around(draft.home), draft.home),
        area=draft.home,
        columns={int(index): field for index, field in draft.columns.items()},
        headers=drafts.remembered_columns(draft.home, draft.kind),
        edits=edits(draft),
        choices=drafts.remembered_places(draft.home),
        facts=draft.facts,
    )


@dataclass(frozen=True)
class OpenColumn:
    """A column that the program could not tell; examples are figures only, never a word that could be a name."""

    index: int
    header: str
    examples: tuple[str, ...]


def open_columns(draft: Draft, found: Checked, again: bool = False) -> list[OpenColumn]:
    """Return the columns that a clerk has to be asked about: those that nobody has decided, or (``again``) all that are not used."""
    decided = set() if again else set(drafts.remembered_columns(draft.home, draft.kind))
    unused = [(index, header) for index, header, private in found.unmapped if not private and (again or str(index) not in draft.columns)]
    return [
        OpenColumn(index, header, _figures(found, index))
        for index, header in unused
        if header not in decided and not _COUNTER.fullmatch(header)
    ]


_COUNTER = re.compile(r"序号?|编号|No\.?|号")  # counts the lines of the sheet: the program counts anew


def _figures(found: Checked, index: int) -> tuple[str, ...]:
    cells = (found.table.cells[row.line - 1] for row in found.rows[:50])
    figures = dict.fromkeys(plain(cell) for line in cells if index < len(line) and isinstance(cell := line[index], Decimal))
    return tuple(figures)[:3]


def lines_to_change(found: Checked, most: int = 200) -> list[int]:
    """Return the lines of the sheet that have an error, with their neighbours, so that a clerk sees them in their surroundings."""
    lines = {line for one in found.errors if one.index >= 0 for line in (one.lines or (one.line,))}
    near = {line + step for line in lines for step in (-1, 0, 1)} & {row.line for row in found.rows}
    return sorted(near)[:most]


def facts_of(draft: Draft) -> tuple[Fact, ...]:
    """Return the facts that a draft's kind asks of a publisher of its level."""
    return kind_of(draft).facts_at(level_of(draft.home))  # type: ignore[arg-type]


FIGURE = r"\d{1,12}(\.\d{1,5})?"
PHONE = r"[0-9+\-() 、转/]{1,60}"
_FORMS = {"rate": re.compile(FIGURE), "money": re.compile(FIGURE), "phone": re.compile(PHONE)}


def day(text: str) -> date | None:
    """Return the day that a clerk wrote, or None when it is none of this century."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if 2000 <= found.year < 2100 else None


def longest(fact: Fact) -> int:
    """Return how many characters a fact may have."""
    return 2000 if fact.type == "long" else 200


def fits(fact: Fact, text: str) -> bool:
    """Return whether a fact that was stated has the form of its type."""
    if fact.type == "choice":
        return text in {choice.id for choice in fact.choices}
    if fact.type == "date":
        return day(text) is not None
    form = _FORMS.get(fact.type)
    return len(text) <= longest(fact) and (form is None or form.fullmatch(text) is not None)


def _dates(facts: Mapping[str, str]) -> tuple[date, date] | None:
    """When the information was formed and when display starts, or None unless both are days in that order."""
    formed, starts = day(facts.get(FORMED_ON, "")), day(facts.get(DISPLAY_START, ""))
    return (formed, starts) if formed and starts and formed <= starts else None


def missing(draft: Draft) -> list[Words]:
    """Return the labels of the facts that block a draft, program facts first: mandatory ones not stated yet, and any stated wrongly.

    (Every save keeps what was typed, so a wrong fact may well be stored.)
    """
    labels = {
        PUBLISHER: Words("落款单位", "Publisher"),
        FORMED_ON: Words("信息形成或变更的日期", "Day the information was formed or changed"),
        DISPLAY_START: Words("公示开始日期", "First day of display"),
    }
    dates = _dates(draft.facts)
    program = [label for name, label in labels.items() if not draft.facts.get(name) or (dates is None and name == DISPLAY_START)]
    if not draft.title:
        program.insert(0, Words("标题", "Title"))
    stated = {fact.id: draft.facts.get(fact.id, "") for fact in facts_of(draft)}
    return program + [fact.label for fact in facts_of(draft) if not (fits(fact, stated[fact.id]) if stated[fact.id] else not fact.required)]


def schedule(draft: Draft, calendar: Calendar | None = None) -> Schedule | None:
    """Return when the draft's notice would be shown, or None until its dates are stated rightly."""
    dates = _dates(draft.facts)
    if dates is None:
        return None
    calendar, kind = calendar or holidays.calendar(), kind_of(draft)
    formed, starts = dates
    end = periods.explain(starts, kind.display, calendar)
    run = periods.inside_long_holiday(starts, end.day, calendar)
    return Schedule(formed, starts, end, periods.explain(formed, kind.publish_within, calendar), run.name if run else "")


def propose(draft: Draft) -> Proposal | None:
    """Return the proposal that a draft makes now, or None while errors or missing facts block it."""
    kind, dates = kind_of(draft), schedule(draft)
    table = checked(draft) if kind.columns else None
    if missing(draft) or dates is None or (kind.columns and (table is None or table.errors)):
        return None
    walls = [code for code in draft.facts.get(PLACES, "").split() if code] or [draft.home]
    home, policy = areas.get(draft.home), policies.name_policy(kind.names)
    codes = {draft.home, *(row.place for row in table.rows)} if table else {draft.home, *walls}
    frozen = {
        "kind": kind.source,
        "names": {"wall": policy.wall, "web": policy.web},
        "areas": {area.code: display(area.name) for area in areas.named(codes)},
        "publisher": draft.facts[PUBLISHER],
        "level": home.level,
        "invented": bool(current_app.config["DEMO"]) and draft.facts.get("invented") == "yes",
    }
    program = {PUBLISHER, FORMED_ON, DISPLAY_START, PLACES, "invented"}
    return compose(
        kind,
        table,
        home=draft.home,
        title=draft.title,
        facts={name: text for name, text in draft.facts.items() if name not in program and text},
        frozen=frozen,
        period=(dates.starts, dates.end.day),
        formed_on=dates.formed,
        publish_by=dates.publish_by.day,
        places=() if kind.columns else walls,
        salt=lambda: secrets.token_hex(16),
    )
