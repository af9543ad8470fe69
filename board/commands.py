"""The commands of ``flask --app wsgi``; each calls one function of the store or of the rules.

Their output is for the server's administrator: in English, beside the Chinese texts that clerks read.
"""

from __future__ import annotations

import csv
import getpass
import json
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext
from flask.globals import app_ctx
from sqlalchemy.exc import DatabaseError, OperationalError, ProgrammingError

from board import export, kinds, sheets, work
from board.rules import place_names, roles
from board.rules.areas import AreaErrors
from board.rules.bilingual import Words
from board.rules.calendar import day_of
from board.rules.kind import GROUPS, Kind
from board.rules.kind_file import KindError
from board.rules.rendering.empty_page import empty_page
from board.rules.sheet import cleaning, selection
from board.rules.sheet.check import Checked, check, report
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.problems import Problem
from board.rules.sheet.table import Book, Table, text
from board.store import areas, duties, holidays, people, sealing, search_index
from board.store.cases import counting
from board.store.clock import now
from board.store.drafting import checking, drafts
from board.store.proof import notices

UPGRADE = "The database has not the tables of this version: run `flask --app wsgi db upgrade`, then try again."
REFUSED = {
    "username": "the user name must be 3 to 40 small letters, digits, dots or hyphens",
    "taken": "the user name {username} is taken; choose another one",
    "area": "there is no open area {area}; load it first (`flask --app wsgi areas load FILE`) or correct the code",
    "group": "a department has a group of kinds: name it with --group; no other role has one",
    "level": "a {role} works for a county or a city; give its code with --area",
}


SHOWN = 50  # lines of what a recount found


class _OneSentenceErrors(click.Command):
    """A command that reports a fault of the installation in one sentence, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Errors of the database and of files become a ClickException: one sentence, exit code 1."""
        try:
            return super().invoke(ctx)
        except (OperationalError, ProgrammingError) as error:
            if isinstance(error, ProgrammingError) or "no such" in str(error.orig):
                raise click.ClickException(UPGRADE) from error
            raise click.ClickException("The database cannot be reached or is busy: check DATABASE_URL, then try again.") from error
        except DatabaseError as error:
            raise click.ClickException("The database file is damaged or is none: restore a backup, or correct DATABASE_URL.") from error
        except BrokenPipeError:  # the program that reads our output has ended; click leaves without a word
            raise
        except csv.Error as error:
            raise click.ClickException(
                f"The file is not a table that can be read ({error}): save it as “CSV UTF-8”, then try again."
            ) from error
        except OSError as error:
            raise click.ClickException(
                f"{error.filename or 'A file'}: {error.strerror or error}; correct the path or its rights."
            ) from error
        except UnicodeEncodeError as error:
            raise click.ClickException("What was typed is not UTF-8: set the terminal to UTF-8, then try again.") from error
        except UnicodeDecodeError as error:
            raise click.ClickException("The file is not UTF-8: save it as “CSV UTF-8”, then try again.") from error


class _Group(_OneSentenceErrors, AppGroup):
    """Commands of one subject, each run in the app's context."""


cases_group = _Group("cases", help="来件: the questions and objections of villagers.")
duties_group = _Group("duties", help="该公开的: what must be published, and what of it is there.")
areas_group = _Group("areas", help="区划: cities, counties, townships and villages.")
people_group = _Group("people", help="The people who sign in.")
holidays_group = _Group("holidays", help="Days off and make-up working days.")
ledger_group = _Group("ledger", help="公开日志: the append-only log.")
search_group = _Group("search", help="The search index.")
export_group = _Group("export", help="Export as static files.")
sheet_group = _Group("sheet", help="Checks of spreadsheets.")
kinds_group = _Group("kinds", help="公开事项: the kinds of record.")


def start(app: Flask) -> None:
    """Register the commands with the app."""
    for group in (
        areas_group,
        people_group,
        holidays_group,
        cases_group,
        duties_group,
        ledger_group,
        search_group,
        sheet_group,
        kinds_group,
        export_group,
    ):
        app.cli.add_command(group)
    app.cli.add_command(demo)
    app.cli.add_command(work_on)


@areas_group.command("load")
@click.argument("file", type=click.Path(path_type=Path))
def load_areas(file: Path) -> None:
    """Load areas from a CSV file (code, name, level, parent): add new ones, rename known ones, delete none."""
    try:
        done = areas.load(file.read_text("utf-8-sig"), people.CONSOLE)
    except AreaErrors as error:
        for line, message in error.problems:
            click.echo(f"{file}:{line}: {message.zh} {message.en}", err=True)
        sys.exit(1)
    click.echo(f"{done.added} added, {done.renamed} renamed, {done.same} as before.")


@people_group.command("add")
@click.argument("username")
@click.option("--name", prompt=True, help="The name that colleagues use.")
@click.option("--role", prompt=True, type=click.Choice(roles.ROLES))
@click.option("--area", prompt=True, help="Code of the area that the person works for, 12 digits.")
@click.option("--group", default="", type=click.Choice(["", *GROUPS]), help="Of a department: its group of kinds.")
@click.option("--ask-password", is_flag=True, help="Type a password now; otherwise a temporary one is made.")
def add_person(username: str, name: str, role: str, area: str, group: str, ask_password: bool) -> None:
    """Add a user and print the temporary password, which has to be changed at the first sign-in."""
    password = getpass.getpass() if ask_password else ""
    try:
        given = people.add(username, name, role, area, password, group=group)
    except people.PersonRefused as error:
        why = REFUSED.get(error.reason, "the password is refused ({reason}); choose another one")
        raise click.ClickException(f"Not added: {why.format(username=username, area=area, role=role, reason=error.reason)}.") from error
    click.echo(f"{username} added." if password else f"{username} added; the temporary password is {given}")


@holidays_group.command("load")
def load_holidays() -> None:
    """Add the published holidays that are missing; days entered by the county stay as they are."""
    click.echo(f"{holidays.load(people.CONSOLE)} days added.")


@cases_group.command("tidy")
def tidy_cases() -> None:
    """Do what the background worker does once a day, now: lead late cases up, delete photos, receipts and contacts after their time."""
    for counted, task in (*work.DAILY.items(), *work.MINUTELY.items()):
        click.echo(f"{task(now())} {counted}.")


@cases_group.command("recount")
def recount_cases() -> None:
    """Count every case anew, from the cases and the ledger, and put right what the county's figures are read from; exit code 1 if it was
    wrong."""
    wrong = counting.recount()
    click.echo(f"{wrong} figures were wrong, and were counted anew." if wrong else "The figures agree with the cases and the ledger.")
    sys.exit(bool(wrong))


@duties_group.command("recount")
def recount_duties() -> None:
    """Make anew, from the notices and what offices said, what of it is published; say what differed, with exit code 1 if anything did."""
    wrong = duties.recount()
    for place, duty, period in wrong[:SHOWN]:
        click.echo(f"{place} {duty} {period}")
    click.echo(f"{len(wrong)} were wrong, and were made anew." if wrong else "What is published agrees with the notices and statements.")
    if wrong:
        sys.exit(1)


@ledger_group.command("verify")
def verify_ledger() -> None:
    """Verify every hash chain, and compare all posted data with the ledger; exit code 1 when something was changed.

    Entries dated a little before the one above them are told too; alone they leave the exit code 0.
    """
    found = list(notices.faults())
    for fault in found:
        click.echo(f"{fault.where.zh}：{fault.what.zh}\n{fault.where.en}: {fault.what.en}", err=True)
    if any(fault.proven for fault in found):
        sys.exit(1)
    click.echo("All is as it was written.")


@search_group.command("rebuild")
def rebuild_search() -> None:
    """Rebuild the search index while the site runs: after an upgrade that asks for it, or a restored backup without the index."""
    done = 0
    for done in search_index.rebuild():
        click.echo(f"{done} notices")
    click.echo(f"The search knows {done} notices.")


@export_group.command("site")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--without-paper", is_flag=True, help="Leave the PDFs out: links to them lead to the board, and the export is far quicker.")
def export_site(folder: Path, without_paper: bool) -> None:
    """Write all public pages into FOLDER as static files; pages unchanged since the last export are reused."""
    try:
        done = export.site(app_ctx.app, folder, not without_paper, click.echo)
    except export.ExportRefused as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{done.files} files in {folder}, {done.made} made anew. May stay up until {done.until or 'any day: no rows are in it'}.")


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


@click.command("work", cls=_OneSentenceErrors)
@with_appcontext
def work_on() -> None:
    """Check large tables in the background until stopped (Ctrl-C); run it beside the serving processes."""
    work.forever(app_ctx.app, threading.Event())


@click.command("demo", cls=_OneSentenceErrors)
@with_appcontext
def demo() -> None:
    """Fill an empty database with the demonstration: areas, users, and notices in all states."""
    from board.demo import load  # imported here, because it imports board.web

    try:
        load(datetime.now(UTC) - timedelta(hours=1), click.echo)  # so that everything it posts is in the past for visitors
    except RuntimeError as error:
        raise click.ClickException(str(error)) from error
