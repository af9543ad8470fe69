"""The commands on what is stored: areas, people, holidays, cases, duties, ledger, search, export, work, demo."""

from __future__ import annotations

import getpass
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from flask.cli import with_appcontext
from flask.globals import app_ctx

from board import export, metrics, work
from board.commands.one_sentence import Group, OneSentenceErrors
from board.doctor import start
from board.rules import roles
from board.rules.areas import AreaErrors
from board.rules.kind import GROUPS
from board.store import areas, duties, holidays, people, search_index
from board.store.cases import counting
from board.store.clock import now
from board.store.proof import notices

REFUSED = {
    "username": "the user name must be 3 to 40 small letters, digits, dots or hyphens",
    "taken": "the user name {username} is taken; choose another one",
    "area": "there is no open area {area}; load it first (`flask --app wsgi areas load FILE`) or correct the code",
    "group": "a department has a group of kinds: name it with --group; no other role has one",
    "level": "a {role} works for a county or a city; give its code with --area",
}
SHOWN = 50  # lines of what a recount found

cases_group = Group("cases", help="来件: the questions and objections of villagers.")
duties_group = Group("duties", help="该公开的: what must be published, and what of it is there.")
areas_group = Group("areas", help="区划: cities, counties, townships and villages.")
people_group = Group("people", help="The people who sign in.")
holidays_group = Group("holidays", help="Days off and make-up working days.")
ledger_group = Group("ledger", help="公开日志: the append-only log.")
search_group = Group("search", help="The search index.")
export_group = Group("export", help="Export as static files.")


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


@click.command("work", cls=OneSentenceErrors, keys=False)  # asks for them with the other checks of a start
@with_appcontext
def work_on() -> None:
    """Check large tables in the background until stopped (Ctrl-C); run it beside the serving processes."""
    app = app_ctx.app
    try:
        start.ready(app)
    except start.NotReady as error:
        raise click.ClickException(str(error)) from error
    if why := metrics.begin(metrics.folder(app.instance_path, app.config["METRICS_FOLDER"])):
        click.echo(why, err=True)
    work.forever(app, threading.Event())


@click.command("demo", cls=OneSentenceErrors)
@with_appcontext
def demo() -> None:
    """Fill an empty database with the demonstration: areas, users, and notices in all states."""
    from board.demo import load  # imported here, because it imports board.web

    try:
        load(datetime.now(UTC) - timedelta(hours=1), click.echo)  # so that everything it posts is in the past for visitors
    except RuntimeError as error:
        raise click.ClickException(str(error)) from error


COMMANDS = (areas_group, people_group, holidays_group, cases_group, duties_group, ledger_group, search_group, export_group, work_on, demo)
