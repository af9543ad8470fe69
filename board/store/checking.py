"""A draft put together with what its home knows (areas, remembered spellings, headers, calendar): checked, and proposed."""

from __future__ import annotations

import re
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import current_app

from board import kinds, policies
from board.models import Area, Draft
from board.rules import figures, periods
from board.rules.calendar import Calendar
from board.rules.kind import Fact, Kind, Words
from board.rules.layout import layout
from board.rules.names import Places, display
from board.rules.posting import Proposal, compose
from board.rules.private import Cleaned
from board.rules.problems import GRAVE
from board.rules.sheet import Checked, check
from board.rules.table import text
from board.store import areas, drafts, holidays

DEMO = Path(__file__).parents[1] / "demo"

# Facts of every notice, whatever its kind: who signs it, when the information came to be, when the sheets go up, and, where no
# roster says so, on which walls.
PUBLISHER, FORMED_ON, DISPLAY_START, PLACES = "publisher", "formed_on", "display_start", "places"
WHOLE_PLACE = "whole_place"  # the place of every row, where the sheet has no column that says so


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
        whole=draft.facts.get(WHOLE_PLACE, ""),
    )


def whole_places(draft: Draft) -> list[Area]:
    """Return the places that all rows of a draft's sheet may belong to together, by code."""
    level = kind_of(draft).places_for(level_of(draft.home))  # type: ignore[arg-type]
    return [area for area in areas.inside(draft.home) if area.level == level]


def likely_kind(draft: Draft, found: Checked) -> Kind | None:
    """Return the kind that a sheet is really of: one whose required columns it all has, where those of the draft's kind are not there."""
    staged = cleaned(draft)
    if staged is None or not {one.code for one in found.errors} & {"no_header", "no_column"}:
        return None
    level, fitting = level_of(draft.home), []
    for kind in kinds.load().values():
        columns = layout(staged.table, kind, staged.private, {}, {}).columns if kind.columns and level in kind.levels else {}
        if columns and all(one.id in columns for one in kind.required_columns(level) if one.type != "place"):  # type: ignore[arg-type]
            fitting.append((len(columns), kind))
    return max(fitting, key=lambda fit: fit[0])[1] if fitting else None


def unexplained(draft: Draft, found: Checked) -> list[str]:
    """Return the rules whose grave warnings the clerk has given no reason for yet, in the order of the sheet."""
    return list(dict.fromkeys(one.code for one in found.warnings if one.code in GRAVE and not draft.answers.get(one.code)))


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


# What may be shown of a column that nobody knows: an amount, an area, a count. Longer digits may be somebody's number or birthday.
_EXAMPLE = re.compile(r"-?(\d{1,7}|\d{1,3}(,\d{3})+)(\.\d{1,5})?")


def _figures(found: Checked, index: int) -> tuple[str, ...]:
    cells = (found.table.cells[row.line - 1] for row in found.rows[:50])
    written = dict.fromkeys(text(line[index]).strip() for line in cells if index < len(line))
    return tuple(one for one in written if _EXAMPLE.fullmatch(one))[:3]


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
    """Return the day that a clerk wrote (2026-11-20, 2026.11.20, 2026年11月20日, 20261120), or None when it is none of this century."""
    try:
        found = figures.day(text.strip())
    except figures.FigureError:
        return None
    return found if found and 2000 <= found.year < 2100 else None


def iso(text: str) -> str:
    """Return a day as it is stored, whichever way the clerk wrote it; what is no day comes back as it is."""
    found = day(text)
    return found.isoformat() if found else text


def longest(fact: Fact) -> int:
    """Return how many characters a fact may have."""
    return 2000 if fact.type == "long" else 200


def fits(fact: Fact, text: str) -> bool:
    """Return whether a fact that was stated has the form of its type."""
    if fact.type == "choice":
        return text in {choice.id for choice in fact.choices}
    if fact.type == "date":
        return day(text) is not None and iso(text) == text
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
        FORMED_ON: Words("这些信息是哪天定下来的", "Day on which this was settled"),
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


@cache
def _made_up() -> frozenset[str]:
    """The SHA-256 of each sample sheet of the demo whose people are made up; two are real and say so in ``posts.toml``."""
    posts = tomllib.loads((DEMO / "posts.toml").read_text("utf-8"))["posts"]
    sheets = {post["sheet"] for post in posts if "sheet" in post and post.get("invented", True)}
    return frozenset(sha256((DEMO / sheet).read_bytes()).hexdigest() for sheet in sheets)


def overdue(homes: str, today: date) -> dict[str, int]:
    """Return, for each home under a code prefix, how many of its drafts are past the day by which they had to be public; not which."""
    calendar = holidays.calendar()
    late: dict[str, int] = {}
    for draft in drafts.listed(homes, ("draft", "returned", "submitted")):
        dates = schedule(draft, calendar)
        if dates and dates.publish_by.day < today:
            late[draft.home] = late.get(draft.home, 0) + 1
    return late


@dataclass(frozen=True)
class Chosen:
    """A place that this sheet writes in a way for which a clerk once chose an area: worth a second look each time."""

    written: str
    area: str

    @property
    def said(self) -> Words:
        """What the clerk and the reviewer read."""
        name = areas.label(self.area)
        return Words(
            f"表里写“{self.written}”，按以前选的“{name}”算", f"The sheet says “{self.written}”; it is taken as “{name}”, as chosen before"
        )


def chosen(draft: Draft, found: Checked) -> list[Chosen]:
    """Return the remembered choices that the rows of a checked sheet rest on, in the order of the sheet."""
    place = next((column.id for column in found.kind.columns if column.type == "place"), "")
    remembered = drafts.remembered_places(draft.home)
    written = dict.fromkeys(row.texts.get(place, "").strip() for row in found.rows)
    return [Chosen(one, remembered[one]) for one in written if one in remembered]


def edited_cells(draft: Draft, found: Checked) -> list[Words]:
    """Return in words what the clerk typed over the sheet, line by line: the upload's SHA-256 does not tell it."""
    staged, typed = cleaned(draft), edits(draft)
    if staged is None:
        return []
    told = []
    for (line, column), now in sorted(typed.items()):
        row = staged.table.cells[line - 1] if 0 < line <= len(staged.table.cells) else ()
        was = text(row[column]) if column < len(row) else ""
        if was != now:
            head = found.heads.get(column, str(column + 1))
            zh = f"经办把第 {line} 行“{head}”的“{was}”改成了“{now}”"
            told.append(Words(zh, f"The clerk changed row {line}, “{head}”, from “{was}” to “{now}”"))
    return told


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
        "invented": bool(current_app.config["DEMO"]) and (draft.facts.get("invented") == "yes" or draft.sheet_digest in _made_up()),
    }
    program = {PUBLISHER, FORMED_ON, DISPLAY_START, PLACES, WHOLE_PLACE, "invented"}
    proposal = compose(
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
    told = [("place_chosen", one.said) for one in chosen(draft, table)] if table else []
    told += [("cell_edited", words) for words in edited_cells(draft, table)] if table else []
    extra = [{"row": 0, "column": "", "code": code, "zh": words.zh, "en": words.en} for code, words in told]
    return replace(proposal, warnings=proposal.warnings + extra)
