"""The check of a draft's table, with what its home knows (areas, remembered spellings and headers): done once a change, and kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from board import kinds, policies
from board.models import Area, Draft
from board.rules.bilingual import Words
from board.rules.kind import Kind, Level
from board.rules.notice.check_result import OpenColumn, Result, open_columns, result
from board.rules.notice.proposal import number_rows, rostered
from board.rules.notice.row_matching import matched
from board.rules.place_names import Places
from board.rules.sheet.check import Checked, check
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.joining import line_words
from board.rules.sheet.layout import layout
from board.rules.sheet.table import text
from board.store import areas, notices, rows, sealing, versions
from board.store.clock import now
from board.store.drafting import drafts, jobs, staging
from board.store.drafting.draft_diff import difference
from board.store.drafting.drafts import WHOLE_PLACE
from board.store.engine import writing
from board.store.sealing import seal, unseal

AT_ONCE = 2_000  # lines that are checked within the request that brings them; more are left to the background worker
_TOP = 200  # lines in which every header stands
TOLD_EVERY = 0.5  # seconds between two words on how far the work is


def kind_of(draft: Draft) -> Kind:
    """Return the kind that a draft is of."""
    return kinds.load()[draft.kind]


def level_of(home: str) -> Level:
    """Return the level of the area that a notice belongs to."""
    return areas.get(home).level


def edits(draft: Draft) -> dict[tuple[int, int], str]:
    """Return what the clerk corrected in place, by (line, column)."""
    return {(int(line), int(column)): text for line, column, text in unseal(draft.edits, [])}


def found(draft: Draft) -> Result | None:
    """Return what was found in a draft's table as it stands now, or None while there is none or its check is under way."""
    kept = unseal(draft.result)
    try:
        return Result.from_json(kept) if kept else None
    except (KeyError, TypeError):  # kept by an earlier version of the program: the progress page offers to check again
        return None


def at_once(draft: Draft) -> None:
    """Do the check that a draft waits for, if its table is small."""
    if 0 < staging.size(draft) <= AT_ONCE and (lease := jobs.lease(now(), draft.home, draft.id)):
        with jobs.attempt(lease):  # whoever saves again meanwhile has a check of his own coming
            work(lease)


def work(lease: jobs.Lease) -> None:
    """Check a draft's table, number and stage its rows, and keep what was found.

    Told step by step, and safe to be broken off anywhere: nothing counts before the result is there. Raises jobs.Gone when the job
    was cancelled or ordered anew meanwhile.
    """
    draft = drafts.find(lease.home, lease.draft)
    table = staging.cleaned(draft) if draft else None
    if draft is None or table is None:
        raise jobs.Gone(lease.draft)
    kind, tell = kind_of(draft), _Teller(lease, staging.size(draft))
    checked = _checked(draft, table, tell.checking)
    kept: dict[str, Any] = {"chosen": _chosen(draft, checked), "edited": _edited(draft, table, checked)}
    kept["likely"] = likely.id if (likely := _likely(draft, table, checked)) else ""
    names = policies.name_policy(kind.names).web
    lines = [] if checked.errors else number_rows(kind, checked.rows, names, rows.salts().__next__, tell.numbering)
    if draft.corrects and (posted := notices.find(draft.corrects)):
        key = partial(sealing.vault().key, "name")
        lines = matched(kind, versions.standing(posted), lines, versions.highest(posted), key, names)
    outcome = result(checked, None if checked.errors else rostered(kind, lines), **kept)
    with writing() as session:
        jobs.held(session, lease)
        staging.clear_rows(session, lease.home, lease.draft)
    for done, chunk in staging.chunks(lines):
        with writing() as session:
            tell.storing(session, done)
            staging.store(session, lease.home, lease.draft, chunk)
    outcome = replace(outcome, difference=difference(draft) if outcome.roster else None)
    with writing() as session:
        session.delete(jobs.held(session, lease))
        session.get_one(Draft, (lease.home, lease.draft), with_for_update=True).result = seal(outcome.to_json())


class _Teller:
    """Says in the job's row how far the work is, now and then."""

    def __init__(self, lease: jobs.Lease, total: int) -> None:
        self.lease, self.total = lease, total
        self.last = time.monotonic()

    def checking(self, done: int) -> None:
        """So many lines are read. Raises jobs.Gone."""
        if time.monotonic() - self.last >= TOLD_EVERY:
            jobs.tell(self.lease, "check", done, self.total, now())
            self.last = time.monotonic()

    def numbering(self, _done: int) -> None:
        """All lines are read and some rows numbered, which is no news for a person; it only keeps the lease. Raises jobs.Gone."""
        self.checking(self.total)

    def storing(self, session: Session, done: int) -> None:
        """So many rows are stored, within the transaction that stores the next. Raises jobs.Gone."""
        job = jobs.held(session, self.lease)
        job.step, job.done, job.total, job.leased = "store", done, self.total, now() + jobs.LEASE


def _checked(draft: Draft, table: Cleaned, tell: Callable[[int], None]) -> Checked:
    return check(
        table,
        kind_of(draft),
        Places(areas.around(draft.home), draft.home),
        area=draft.home,
        columns={int(index): field for index, field in draft.columns.items()},
        headers=drafts.remembered_columns(draft.home, draft.kind),
        edits=edits(draft),
        choices=drafts.remembered_places(draft.home),
        facts=draft.facts,
        whole=draft.facts.get(WHOLE_PLACE, ""),
        tell=tell,
    )


def whole_places(draft: Draft) -> list[Area]:
    """Return the places that all rows of a draft's sheet may belong to together, by code."""
    level = kind_of(draft).places_for(level_of(draft.home))
    return [area for area in areas.inside(draft.home) if area.level == level]


def _likely(draft: Draft, staged: Cleaned, found: Checked) -> Kind | None:
    """The kind that a sheet is really of, where it is not the draft's: one whose required columns it all has, and of which it has more."""
    level, fitting = level_of(draft.home), []
    top = replace(staged.table, cells=staged.table.cells[:_TOP])
    for kind in kinds.load().values():
        columns = layout(top, kind, staged.private, {}, {}).columns if kind.columns and level in kind.levels else {}
        if columns and all(one.id in columns for one in kind.required_columns(level) if one.type != "place"):
            fitting.append((len(columns), kind))
    own = 0 if {one.code for one in found.errors} & {"no_header", "no_column"} else len(found.columns)
    most, likely = max(fitting, key=lambda fit: fit[0], default=(0, found.kind))
    return likely if most > own and likely.id != found.kind.id else None


def columns_to_ask(draft: Draft, found: Result, again: bool = False) -> list[OpenColumn]:
    """Return the columns that a clerk has to be asked about, or (``again``) all that are not used."""
    return open_columns(found, draft.columns, drafts.remembered_columns(draft.home, draft.kind), again)


def chosen_words(written: str, code: str) -> Words:
    """Return what the clerk and the reviewer read of a place that the sheet writes in a way for which a clerk once chose an area."""
    name = areas.label(code)
    return Words(f"表里写“{written}”，按以前选的“{name}”算", f"The sheet says “{written}”; it is taken as “{name}”, as chosen before")


def warnings(found: Result) -> list[dict[str, Any]]:
    """Return what the reviewer is told of a table: its warnings, and that choices and corrections of the clerk went into it."""
    told = [(code, Words(f"同类的还有 {more} 处", f"{more} more of this kind")) for code, more in found.beyond.items()]
    told += [("place_chosen", chosen_words(*one)) for one in found.chosen] + [("cell_edited", words) for words in found.edited]
    extra = [{"row": 0, "column": "", "code": code, "zh": words.zh, "en": words.en} for code, words in told]
    return [{"row": p.line, "column": p.column, "code": p.code, "zh": p.message.zh, "en": p.message.en} for p in found.warnings] + extra


def _chosen(draft: Draft, checked: Checked) -> list[tuple[str, str]]:
    """The remembered choices that the rows of a checked sheet rest on, in the order of the sheet: worth a second look each time."""
    place = next((column.id for column in checked.kind.columns if column.type == "place"), "")
    remembered = drafts.remembered_places(draft.home)
    written = dict.fromkeys(row.texts.get(place, "").strip() for row in checked.rows)
    return [(one, remembered[one]) for one in written if one in remembered]


def _edited(draft: Draft, staged: Cleaned, found: Checked) -> list[Words]:
    """What the clerk typed over the sheet in words, line by line: the upload's SHA-256 does not tell it."""
    told = []
    for (line, column), new in sorted(edits(draft).items()):
        if line > len(staged.table.cells):  # a form may say what it likes
            continue
        row = staged.table.cells[line - 1]
        was = text(row[column]) if column < len(row) else ""
        if was != new:
            head = found.heads.get(column, str(column + 1))
            where = line_words(staged.table, line)
            zh = f"经办把{where.zh}“{head}”的“{was}”改成了“{new}”"
            told.append(Words(zh, f"The clerk changed {where.en}, “{head}”, from “{was}” to “{new}”"))
    return told
