"""The clerk's table, on the same blueprint as his desk: upload, progress of the check, columns, wrong cells, and what the figures say."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request
from flask_babel import gettext as _

from board import kinds, sheets
from board.models import Draft
from board.paper import fonts
from board.rules import areas as division
from board.rules.notice.check_result import Result
from board.rules.personal import detection
from board.rules.sheet import cleaning
from board.rules.sheet.check import accepted
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.table import Book
from board.store import areas, notices, sealing
from board.store.clock import now
from board.store.drafting import checking, drafts, jobs, proposing, staging, typed_rows
from board.store.sealing import seal
from board.web import text_checks
from board.web.desk import forms, table_choice
from board.web.desk.drafts import keep, keeping, own, step
from board.web.guard import needs
from board.web.i18n import link, say, today

pages = Blueprint("sheet", __name__, url_prefix="/desk")


def result_of(draft: Draft) -> Result:
    """Return what was found in a draft's table, or send the clerk to the step that is to come before."""
    found = checking.found(draft)
    if found is None:
        abort(step("sheet.progress" if draft.chosen else "sheet.sheet", draft))
    return found


@pages.route("/<place:home>/<token:id>/sheet", methods=["GET", "POST"])
@needs("draft.write")
def sheet(home: str, id: str) -> Any:
    """Take a spreadsheet or a pasted table: it is read and cleaned within this request, and only what is left is kept."""
    draft = own("draft.write", home, id)
    if not checking.kind_of(draft).columns:
        abort(404)
    if request.method == "GET":
        return _upload_page(draft, _broken_off(draft))
    file, pasted = request.files.get("file"), request.form.get("table", "")
    if not (file and file.filename) and not pasted.strip():
        return _upload_page(draft, _nothing_given()), 422
    data = file.read() if file and file.filename else pasted.encode()
    try:
        with jobs.reading(home, id, now()):
            most = current_app.config["UPLOAD_MB"] << 20
            cleaned = _cleaned(sheets.read(data, file.filename, most) if file and file.filename else sheets.pasted(pasted, most))
    except sheets.UnreadableSheet as error:
        return _upload_page(draft, say(error.message) + _("。"), error.code), 422
    with keeping(draft, "uploaded") as (session, saved):
        staging.keep(session, saved, cleaned, hashlib.sha256(data).hexdigest(), table_choice.only(draft, cleaned))
        saved.facts = {name: said for name, said in saved.facts.items() if name != drafts.WHOLE_PLACE}  # it was said of the old table
    return step("sheet.columns" if saved.chosen else "table_choice.choose", draft)


def _upload_page(draft: Draft, problem: str, code: str = "") -> str:
    """Return the page that takes a table; ``code`` is what was wrong with the last one, as the help explains it."""
    return render_template("desk/sheet/sheet.html", draft=draft, tables=len(staging.tables(draft)), problem=problem, code=code)


def _broken_off(draft: Draft) -> str:
    """Return what a clerk is told whose last upload never came to its end, or ""."""
    job = jobs.find(draft.home, draft.id)
    if job is None or job.state != "reading":
        return ""
    if job.leased > now():
        return _("刚才上传的表还在读，请等一会儿再打开这一页。")
    return _("上次上传没有读完（服务器中途停了），表没有存下来。请再上传一次。")


def _nothing_given() -> str:
    """Return what a clerk is told who pressed a button before he chose a file or pasted a table."""
    if "table" in request.form:
        return _("还没有粘贴表格。请先在 WPS 里选中表格，复制，再粘到框里。")
    return _("还没有选文件。请先点“选择文件”。")


def _cleaned(book: Book) -> list[Cleaned]:
    """Take all personal numbers out of an upload's tables and say what the clerk should know of how it was read. Raises TooMany."""
    for note in book.notes:
        flash(say(note), "warn")
    key, swept = sealing.vault().key, [{**found, "around": True} for found in book.swept]
    tables = [cleaning.clean(table, key, today()) for table in table_choice.tables_of(book)]
    return [replace(cleaned, findings=[*cleaned.findings, *swept]) for cleaned in tables]


@pages.get("/<place:home>/<token:id>/progress")
@needs("draft.write")
def progress(home: str, id: str) -> Any:
    """Show how far the check of a large table is; the page looks again by itself, and may be closed meanwhile."""
    draft = own("draft.write", home, id)
    job = jobs.find(home, id)
    if not draft.chosen or checking.found(draft):
        return step("sheet.columns" if draft.chosen else "sheet.sheet", draft)
    return render_template("desk/sheet/progress.html", draft=draft, job=job, before=jobs.before(job) if job else 0)


@pages.post("/<place:home>/<token:id>/progress")
@needs("draft.write")
def again(home: str, id: str) -> Any:
    """Order a check anew that came to no end."""
    draft = own("draft.write", home, id)
    with keeping(draft, "edited") as (session, saved):
        drafts.recheck(session, saved)
    return step("sheet.progress", draft)


@pages.post("/<place:home>/<token:id>/cancel")
@needs("draft.write")
def cancel(home: str, id: str) -> Any:
    """Give up the check of a table that is under way, and the table with it."""
    draft = own("draft.write", home, id)
    with keeping(draft, "edited") as (session, saved):
        staging.clear(session, home, id)
        saved.sheet_digest, saved.chosen, saved.edits, saved.columns, saved.answers = None, [], None, {}, {}
        saved.facts = {name: said for name, said in saved.facts.items() if name != drafts.WHOLE_PLACE}
    flash(_("已取消，这张表没有存下来。"), "good")
    return step("sheet.sheet", draft)


@pages.route("/<place:home>/<token:id>/columns", methods=["GET", "POST"])
@needs("draft.write")
def columns(home: str, id: str) -> Any:
    """Ask what the columns mean that the program could not tell, showing no personal value; go on when there are none."""
    draft = own("draft.write", home, id)
    found = result_of(draft)
    if request.method == "POST":
        headers = {str(one.index): one.header for one in found.unmapped if not one.private}
        chosen = forms.column_choices(request.form, headers, checking.kind_of(draft))
        if fields := forms.chosen_twice(chosen):
            flash(_("有两列都选了“%(label)s”。一项只能有一列，请改一个。", label="、".join(_labels(draft, fields))), "wrong")
            return redirect(link("desk.sheet.columns", home=home, id=id, again=1))
        with keeping(draft, "edited") as (session, saved):
            saved.columns = {**saved.columns, **chosen}
            drafts.remember(session, saved, {headers[index]: field for index, field in chosen.items()}, {})
        return step("sheet.rows", draft)
    asked = checking.columns_to_ask(draft, found, again="again" in request.args)
    if not asked and "again" not in request.args:
        return step("sheet.rows", draft)
    return render_template("desk/sheet/columns.html", draft=draft, found=found, asked=asked, **_kinds(draft, found))


def _kinds(draft: Draft, found: Result) -> dict[str, Any]:
    """Return the kind of a draft, and the one that its table is more likely of (None: this one)."""
    return {"kind": checking.kind_of(draft), "likely": kinds.load()[found.likely] if found.likely else None}


def _labels(draft: Draft, fields: list[str]) -> list[str]:
    return [say(column.label) for column in checking.kind_of(draft).columns if column.id in fields]


@pages.route("/<place:home>/<token:id>/rows", methods=["GET", "POST"])
@needs("draft.write")
def rows(home: str, id: str) -> Any:
    """Show the clerk's own table with each wrong cell marked and open for change; go on when all is right."""
    draft = own("draft.write", home, id)
    found = result_of(draft)
    if request.method == "POST":
        return step("sheet.rows", _of_another_kind(draft, found) if "kind" in request.form else _mended(draft, found))
    if not found.errors:
        return step("sheet.ready", draft)
    wholes = checking.whole_places(draft) if "no_place" in {one.code for one in found.errors} else []
    return render_template(
        "desk/sheet/rows.html",
        draft=draft,
        found=found,
        grid=list(found.grid()),
        by_hand=typed_rows.typed(draft),
        places=areas.full_labels([*(area.code for area in wholes), *(code for one in found.errors for code in one.offers)]),
        **_kinds(draft, found),
        wholes=wholes,
    )


def _mended(draft: Draft, found: Result) -> Draft:
    """Save what a clerk typed into wrong cells and said of places; the places are remembered for his home's next sheets."""
    typed = _accepted(draft) | forms.masked_cells(request.form, found) | forms.cell_edits(request.form)
    typed = {at: detection.mask(text) for at, text in typed.items()}
    with keeping(draft, "edited") as (session, saved):
        if typed:
            saved.edits = seal([[*at, text] for at, text in (checking.edits(saved) | typed).items()])
        if "whole" in request.form:
            known = {area.code for area in checking.whole_places(saved)} & {request.form["whole"]}
            saved.facts = saved.facts | {drafts.WHOLE_PLACE: "".join(known)}
        places = {written: code for written, code in forms.place_choices(request.form).items() if _has(draft, code)}
        drafts.remember(session, saved, {}, places)
    return saved


def _accepted(draft: Draft) -> dict[tuple[int, int], str]:
    """Return every covered cell as it is now, for a clerk who says at once that all of them may stay covered."""
    table = staging.cleaned(draft) if request.form.get("mask") == "all" else None
    return accepted(table) if table else {}


def _of_another_kind(draft: Draft, found: Result) -> Draft:
    """Make a draft one of the kind that its sheet is really of; nobody has checked or stated anything of it yet that would be lost."""
    if not found.likely or found.likely != request.form["kind"]:
        abort(404)
    likely = kinds.load()[found.likely]
    own_title = draft.title if draft.title != forms.proposed_title(checking.kind_of(draft), draft.home, today()) else ""
    fresh: dict[str, Any] = {"edits": None, "columns": {}, "answers": {}, "kind": likely.id}
    return keep(draft, "edited", title=own_title or forms.proposed_title(likely, draft.home, today()), **fresh)


def _has(draft: Draft, code: str) -> bool:
    """Return whether an area that a clerk chose lies within his draft's home."""
    return code.startswith(division.prefix(draft.home, checking.level_of(draft.home))) and areas.find(code) is not None


@pages.route("/<place:home>/<token:id>/ready", methods=["GET", "POST"])
@needs("draft.write")
def ready(home: str, id: str) -> Any:
    """Show that the table is right: counts, totals against those stated, warnings (which may be explained), what was dropped."""
    draft = own("draft.write", home, id)
    found = result_of(draft)
    if found.errors:
        return step("sheet.rows", draft)
    lacking, told = list[str](), None
    if request.method == "POST":
        answers = {code: detection.mask(text.strip()) for code, text in forms.reasons(request.form).items() if text.strip()}
        draft = keep(draft, "answered" if answers else "looked", answers=answers)
        lacking = proposing.unexplained(draft, found)
        told = text_checks.free_text_warning(request.form, "\n".join(answers.values()), "answer")
        if not lacking and not told:
            return step("drafts.facts", draft)
    page = render_template(
        "desk/sheet/ready.html",
        draft=draft,
        found=found,
        by_hand=typed_rows.typed(draft),
        tables=len(staging.tables(draft)),
        chosen=[(written, checking.chosen_words(written, code)) for written, code in found.chosen],
        **_kinds(draft, found),
        gravity=forms.by_gravity(found.warnings),
        lacking=lacking,
        told=told,
        unprintable=fonts.missing(found.letters),
        twin=notices.alike(home, draft.kind, found.row_count, found.totals, but=draft.corrects),
        whole=areas.label(draft.facts.get(drafts.WHOLE_PLACE, "")),
    )
    return page, 422 if lacking or told else 200


@pages.post("/<place:home>/<token:id>/forget")
@needs("draft.write")
def forget(home: str, id: str) -> Any:
    """Forget which area a spelling was once said to mean, so that the rows page asks again."""
    draft = own("draft.write", home, id)
    with keeping(draft, "edited") as (session, saved):
        drafts.forget_place(session, saved, request.form.get("written", ""))
    return step("sheet.rows", draft)
