"""The check of a draft's table with its home's areas and remembered choices; done once for each change, and stored."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from board import kinds, policies
from board.models import Area, Draft, db
from board.rules import return_reasons
from board.rules.bilingual import Words
from board.rules.kind import Kind, Level
from board.rules.kind_file import at_level
from board.rules.notice.check_result import OpenColumn, Result, open_columns, result
from board.rules.notice.proposal import NumberedRow, number_rows, rostered
from board.rules.notice.row_matching import matched
from board.rules.place_names import Places
from board.rules.sheet import table_edits
from board.rules.sheet.check import Checked, check
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.joining import line_words
from board.rules.sheet.layout import layout, possible_headers
from board.rules.sheet.named_cells import MASKED, without_names
from board.rules.sheet.returned_rows import in_plain_words
from board.rules.sheet.table import text
from board.store import areas, known_names, notices, rows, sealing, versions
from board.store.clock import now
from board.store.drafting import drafts, jobs, staging
from board.store.drafting.draft_diff import difference
from board.store.drafting.drafts import WHOLE_PLACE
from board.store.engine import writing
from board.store.sealing import seal, unseal

AT_ONCE = 2_000  # most lines checked within the request; more are left to the background worker
PATIENCE, PAUSE = 15.0, 0.05  # seconds for which a request waits for a check that a worker runs, and between two looks
_TOP = 200  # lines in which to look for the header
PROGRESS_EVERY = 0.5  # seconds between two updates of the progress


def kind_of(draft: Draft) -> Kind:
    """Return the kind of a draft, as its publisher's level has it."""
    kind = kinds.load()[draft.kind]
    return at_level(kind, level_of(draft.home)) if "at" in kind.source else kind


def level_of(home: str) -> Level:
    """Return the level of a home."""
    return areas.get(home).level


def returns() -> dict[str, Any]:
    """Return the table of why payments come back: the program's, with the county's."""
    return policies.returns(current_app.config["RETURNS_FILE"])


def edits(draft: Draft) -> dict[tuple[int, int], str]:
    """Return (line, column) -> text of the cells that the clerk corrected in place."""
    return {(int(line), int(column)): text for line, column, text in unseal(draft.edits, [])}


def found(draft: Draft) -> Result | None:
    """Return the check result of a draft's present table, or None while there is no table or no result yet."""
    stored = unseal(draft.result)
    try:
        return Result.from_json(stored) if stored else None
    except (KeyError, TypeError):  # stored by an earlier version of the program: the progress page offers to check again
        return None


def at_once(draft: Draft) -> None:
    """Run the check that a draft waits for now, if its table has at most AT_ONCE lines; or wait for the worker that was quicker."""
    if 0 < staging.size(draft) <= AT_ONCE:
        if lease := jobs.lease(now(), draft.home, draft.id):
            with jobs.attempt(lease):  # Gone: a save meanwhile has ordered a new check
                work(lease)
        else:
            settled(draft)


def settled(draft: Draft) -> bool:
    """Wait until no check of a draft's table is waiting or running, for PATIENCE seconds at most; return whether that is so."""
    until = time.monotonic() + PATIENCE
    while (job := jobs.find(draft.home, draft.id)) and job.state in ("waiting", "working"):
        if time.monotonic() > until:
            return False
        db.session.rollback()  # or SQLite would go on reading the database as it was
        time.sleep(PAUSE)
    db.session.refresh(draft)
    return True


def work(lease: jobs.Lease) -> None:
    """Check a draft's table, number and stage its rows, and store the result.

    May be interrupted anywhere: staged rows count only once the result is stored. Progress is written to the job. Raises jobs.Gone when
    the job was cancelled or ordered again meanwhile.
    """
    draft = drafts.find(lease.home, lease.draft)
    table = staging.cleaned(draft) if draft else None
    if draft is None or table is None:
        raise jobs.Gone(lease.draft)
    kind, progress = kind_of(draft), _Progress(lease, staging.size(draft))
    checked = in_plain_words(_checked(draft, table, progress.checking), return_reasons.read(returns()))
    checked = _nameless(draft, checked)
    stored: dict[str, Any] = {"chosen": _chosen(draft, checked), "edited": _edited(draft, table, checked)}
    stored["likely"] = likely.id if (likely := _better_kind(draft, table, checked)) else ""
    lines = [] if checked.errors else _numbered(draft, checked, progress.numbering)
    outcome = result(checked, None if checked.errors else rostered(kind, lines), **stored)
    with writing() as session:
        jobs.held(session, lease)
        staging.clear_rows(session, lease.home, lease.draft)
    for done, chunk in staging.chunks(lines):
        with writing() as session:
            progress.storing(session, done)
            staging.store(session, lease.home, lease.draft, chunk)
    outcome = replace(outcome, difference=difference(draft) if outcome.roster else None)
    with writing() as session:
        session.delete(jobs.held(session, lease))
        session.get_one(Draft, (lease.home, lease.draft), with_for_update=True).result = seal(outcome.to_json())


class _Progress:
    """Writes the progress of a check to its job's row, at most every PROGRESS_EVERY seconds."""

    def __init__(self, lease: jobs.Lease, total: int) -> None:
        self.lease, self.total = lease, total
        self.last = time.monotonic()

    def checking(self, done: int) -> None:
        """Report ``done`` lines as read. Raises jobs.Gone."""
        if time.monotonic() - self.last >= PROGRESS_EVERY:
            jobs.report_progress(self.lease, "check", done, self.total, now())
            self.last = time.monotonic()

    def numbering(self, _done: int) -> None:
        """Renew the lease while rows are numbered; the progress shown stays at all lines read. Raises jobs.Gone."""
        self.checking(self.total)

    def storing(self, session: Session, done: int) -> None:
        """Report ``done`` rows as stored, within the transaction that stores the next chunk. Raises jobs.Gone."""
        job = jobs.held(session, self.lease)
        job.step, job.done, job.total, job.leased = "store", done, self.total, now() + jobs.LEASE


def _numbered(draft: Draft, checked: Checked, tell: Callable[[int], None] | None = None) -> list[NumberedRow]:
    """Return the rows as they will be numbered; those of a correction keep the numbers that they have in the notice."""
    kind = checked.kind
    names = policies.name_policy(kind.names).web
    lines = number_rows(kind, checked.rows, names, rows.salts().__next__, tell)
    if draft.corrects and (posted := notices.find(draft.corrects)):
        key = partial(sealing.vault().key, "name")
        lines = matched(kind, versions.standing(posted), lines, versions.highest(posted), key, names)
    return lines


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
        answers=draft.answers,
        title=draft.title,
        tell=tell,
    )


def _nameless(draft: Draft, checked: Checked) -> Checked:
    """Return a checked sheet with the names in its text columns masked or asked about, held against the rosters shown here."""
    return without_names(checked, edits(draft), partial(known_names.known, draft.home), policies.name_words())


def lines_by_number(draft: Draft) -> dict[int, tuple[str, int]]:
    """Return line -> (place, number on its poster) of the rows of a draft's table.

    A table with faults has none yet, but the rows of a correction keep theirs; {} where it is too long for a request.
    """
    if draft.result is None:  # staged rows count only once the result is stored
        return {}
    if staged := staging.numbers(draft):
        return staged
    table = staging.cleaned(draft) if draft.corrects and staging.size(draft) <= AT_ONCE else None
    rows = _numbered(draft, _checked(draft, table, lambda _done: None)) if table else []
    return {row.line: (row.place, row.no) for row in rows}


def whole_places(draft: Draft) -> list[Area]:
    """Return the places to which all rows of a draft's sheet may be assigned at once, by code."""
    level = kind_of(draft).places_for(level_of(draft.home))
    return [area for area in areas.inside(draft.home) if area.level == level]


def _better_kind(draft: Draft, staged: Cleaned, found: Checked) -> Kind | None:
    """Return another kind that a sheet fits better: it has all required columns, and more columns than of the draft's kind; or None."""
    level, fitting = level_of(draft.home), []
    top = replace(staged.table, cells=staged.table.cells[:_TOP])
    possible = possible_headers(top)
    for kind in kinds.load().values():
        columns = layout(top, kind, staged.private, {}, {}, possible).columns if kind.columns and level in kind.levels else {}
        if columns and all(one.id in columns for one in kind.required_columns(level) if one.type != "place"):
            fitting.append((len(columns), kind))
    own = 0 if {one.code for one in found.errors} & {"no_header", "no_column"} else len(found.columns)
    most, likely = max(fitting, key=lambda fit: fit[0], default=(0, found.kind))
    return likely if most > own and likely.id != found.kind.id else None


def columns_to_ask(draft: Draft, found: Result) -> list[OpenColumn]:
    """Return the columns whose field the clerk has to choose."""
    return open_columns(found, draft.columns, drafts.remembered_columns(draft.home, draft.kind))


def chosen_words(written: str, code: str) -> Words:
    """Return the warning that a place as written was taken for area ``code`` because of a clerk's earlier choice."""
    name = areas.label(code)
    return Words(f"表里写“{written}”，按以前选的“{name}”算", f"The sheet says “{written}”; it is taken as “{name}”, as chosen before")


def warnings(found: Result) -> list[dict[str, Any]]:
    """Return the warnings about a table for the reviewer, with the clerk's choices of places and corrections of cells among them."""
    notes = [(code, Words(f"同类的还有 {more} 处", f"{more} more of this kind")) for code, more in found.beyond.items() if code != MASKED]
    notes += [("place_chosen", chosen_words(*one)) for one in found.chosen] + [("cell_edited", words) for words in found.edited]
    extra = [{"row": 0, "column": "", "code": code, "zh": words.zh, "en": words.en} for code, words in notes]
    own = [p for p in found.warnings if p.code != MASKED]  # masked is masked: nothing to answer for
    return [{"row": p.line, "column": p.column, "code": p.code, "zh": p.message.zh, "en": p.message.en} for p in own] + extra


def _chosen(draft: Draft, checked: Checked) -> list[tuple[str, str]]:
    """Return the remembered spellings that a sheet uses, as (written, code) in its order, for the reviewer to confirm."""
    place = next((column.id for column in checked.kind.columns if column.type == "place"), "")
    remembered = drafts.remembered_places(draft.home)
    written = dict.fromkeys(row.texts.get(place, "").strip() for row in checked.rows)
    return [(one, remembered[one]) for one in written if one in remembered]


def _edited(draft: Draft, staged: Cleaned, found: Checked) -> list[Words]:
    """Return one sentence for each cell that the clerk corrected, by line, and for each line that he took out or added; the upload's
    SHA-256 does not cover these changes."""
    typed, notes = edits(draft), list[Words]()
    gone, new_lines = table_edits.taken_out(typed), table_edits.added(typed, staged.table)
    for line in sorted(gone):
        where, words = line_words(staged.table, line), " ".join(filter(None, map(text, staged.table.cells[line - 1])))
        notes.append(Words(f"经办去掉了{where.zh}：{words}", f"The clerk took out {where.en}: {words}"))
    for line in new_lines:
        words = " ".join(said for (at, column), said in sorted(typed.items()) if at == line and column >= 0 and said)
        notes.append(Words(f"经办在表的最后加了一行：{words}", f"The clerk added a row at the end: {words}"))
    for (line, column), new in sorted(typed.items()):
        if line > len(staged.table.cells) or line in gone or column < 0:
            continue
        row = staged.table.cells[line - 1]
        was = text(row[column]) if column < len(row) else ""
        if was != new:
            head = found.heads.get(column, str(column + 1))
            where = line_words(staged.table, line)
            zh = f"经办把{where.zh}“{head}”的{_quoted(was)}改成了{_quoted(new)}"
            notes.append(Words(zh, f"The clerk changed {where.en}, “{head}”, from “{was}” to “{new}”"))
    return notes


def _quoted(words: str) -> str:
    return f"“{words}”" if words else "空白"
