"""The commands that check a file and store nothing: ``sheet check``, ``kinds check``."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import click
from flask.globals import app_ctx

from board import kinds, sheets
from board.commands.one_sentence import Group
from board.rules import place_names
from board.rules.bilingual import Words
from board.rules.calendar import day_of
from board.rules.kind import Kind
from board.rules.kind_file import KindError
from board.rules.rendering.empty_page import empty_page
from board.rules.sheet import cleaning, selection
from board.rules.sheet.check import Checked, check, report
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.problems import Problem
from board.rules.sheet.table import Book, Table, text
from board.store import areas, sealing
from board.store.drafting import checking, drafts

sheet_group = Group("sheet", help="Checks of spreadsheets.")
kinds_group = Group("kinds", help="公开事项: the kinds of record.")


def _fact(_: Any, __: Any, given: tuple[str, ...]) -> dict[str, str]:
    wrong = [one for one in given if "=" not in one]
    if wrong:
        raise click.BadParameter(f"{wrong[0]!r} is not FACT=VALUE")
    return dict(one.split("=", 1) for one in given)


@kinds_group.command("check")
@click.argument("file", type=click.Path(path_type=Path))
def check_kind(file: Path) -> None:
    """Say what is wrong with the file of a kind, by key path, or print its empty page; exit code 1 when it has faults."""
    try:
        click.echo(empty_page(kinds.beside(file)))
    except KindError as error:
        raise click.ClickException("\n".join(error.faults)) from error


@sheet_group.command("check")
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--area", required=True, help="Code of the area that would publish it.")
@click.option(
    "--sheet",
    "index",
    type=click.IntRange(min=0),
    help="Index of the sheet in the workbook, from 0; otherwise the only one that fits the kind, or the likeliest.",
)
@click.option("--fact", "facts", multiple=True, callback=_fact, metavar="ID=VALUE", help="A fact of the notice, such as standard=123.42.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--cells", "with_cells", is_flag=True, help="With --json: also the texts of the rows and of the whole cleaned table.")
def check_sheet(kind: str, file: Path, area: str, index: int | None, facts: dict[str, str], as_json: bool, with_cells: bool) -> None:
    """Check a spreadsheet as an upload would, without storing it; exit code 1 when it has errors."""
    if kind not in kinds.load():
        raise click.ClickException(f"There is no kind {kind!r}; take one of {', '.join(kinds.load())}.")
    if areas.find(area) is None:
        raise click.ClickException(f"There is no area {area}; load it first (`flask --app wsgi areas load FILE`) or correct the code.")
    try:
        book = sheets.read(file.read_bytes(), file.name, app_ctx.app.config["UPLOAD_MB"] << 20)
        done = _dry_run(kinds.load()[kind], book, area, index, facts)
    except (sheets.UnreadableSheet, selection.TooManyTables) as error:
        found = Checked(kinds.load()[kind], errors=[Problem(0, "", error.code, error.message)])
        document = report(found) | {"notes": [], "hidden": [], "others": []}
        click.echo(json.dumps(document, ensure_ascii=False) if as_json else f"{error.message.zh}\n{error.message.en}")
        sys.exit(1)
    document = report(done.found) | {
        "notes": [one.zh for one in done.notes],
        "hidden": [dict(one) for one in book.swept],
        "others": [table.label for table in done.others],
    }
    if with_cells:
        document |= {
            "cells": [[cell.text for cell in row] for _line, row in done.found.grid()],
            "cleaned": [[text(cell) for cell in row] for row in done.roster.table.cells],
        }
    lines = [*(one.zh for one in done.notes), readable(done.found)]
    click.echo(json.dumps(document, ensure_ascii=False, indent=1) if as_json else "\n".join(lines))
    sys.exit(0 if done.found.ok else 1)


class _DryRun(NamedTuple):
    """What an upload would come to: the table that is used, what was found in it, remarks on the file, the unused tables."""

    roster: Cleaned
    found: Checked
    notes: list[Words]
    others: list[Table]


def _dry_run(kind: Kind, book: Book, area: str, index: int | None, facts: dict[str, str]) -> _DryRun:
    chosen = selection.select(book)
    try:
        tables = chosen.tables if index is None else [book.table(index)]
    except IndexError:
        raise click.ClickException(f"There is no sheet {index}; the file has {len(book.tables)}, from 0.") from None
    key, headers = sealing.vault().key, drafts.remembered_columns(area, kind.id)
    today = day_of(datetime.now(UTC))
    rosters = selection.cleaned(book, tables, lambda table: cleaning.clean(table, key, today))
    used = selection.choice(rosters, kind, checking.level_of(area), headers)
    places = place_names.Places(areas.around(area), area)
    title = f"{today.year}年{kind.name.zh}"  # as a new draft begins
    choices = drafts.remembered_places(area)
    found = check(rosters[used.at], kind, places, area=area, headers=headers, choices=choices, facts=facts, title=title)
    others = [table for table in book.tables if table is not tables[used.at] and (table.hidden or any(table.lines()))]
    return _DryRun(rosters[used.at], found, [*chosen.notes, *([used.note] if used.note else [])], others)


def readable(found: Checked) -> str:
    """Return the result of a check as lines of text."""
    label = {column.id: column.label.zh for column in found.kind.columns}
    lines = [f"{found.kind.name.zh}: {len(found.rows)} 行 rows"]
    lines += [f"  {header} → {label.get(field, field)}" for field, header in found.columns.items()]
    lines += [f"  {header or '(no header)'} → {'不公开 private' if hidden else '不用 left out'}" for _, header, hidden in found.unmapped]
    for field, value in found.totals.items():
        stated = f" (表里写的 the sheet says {found.stated[field]})" if field in found.stated else ""
        lines.append(f"  {label.get(field, field)} 合计 total: {value}{stated}")
    for title, problems in (("要改 to mend", found.errors), ("请核对 to look at", found.warnings)):
        lines += [f"{title}: {len(problems)}", *(f"  {one.message.zh}" for one in problems)] if problems else []
    lines.append("可以送审 fit to be sent for review" if found.ok else "要改好才能送审 not fit yet")
    return "\n".join(lines)


COMMANDS = (sheet_group, kinds_group)
