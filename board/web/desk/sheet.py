"""The table of a draft: upload, progress of the check, columns to name, wrong cells, and the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _

from board import kinds
from board.models import Draft
from board.paper import fonts
from board.rules import areas as division
from board.rules.notice.check_result import Result, all_columns
from board.rules.personal import detection
from board.rules.personal.named_texts import CODE as NAMED
from board.rules.sheet import questions
from board.rules.sheet.check import accepted
from board.rules.sheet.named_cells import MASKED
from board.rules.sheet.problems import IN_CELL
from board.store import areas, notices
from board.store.clock import now
from board.store.drafting import checking, drafts, jobs, proposing, staging, typed_rows
from board.store.sealing import seal
from board.web import text_checks
from board.web.confirmation import unconfirmed
from board.web.desk import forms, table_choice, upload
from board.web.desk.drafts import keep, keeping, opened_at, own, pressed, repeated, step
from board.web.guard import needs
from board.web.i18n import link, say, today

pages = Blueprint("sheet", __name__, url_prefix="/desk")


def result_of(draft: Draft) -> Result:
    """Return the check result of a draft's table, or redirect to the step that comes before it."""
    found = checking.found(draft)
    if found is None and request.method == "POST" and opened_at() != draft.revision:
        raise drafts.Overtaken(draft)  # what was typed is given back
    if found is None:
        abort(step("sheet.progress" if draft.chosen else "sheet.sheet", draft))
    return found


@pages.route("/<place:home>/<token:id>/sheet", methods=["GET", "POST"])
@needs("draft.write")
def sheet(home: str, id: str) -> Any:
    """Take an uploaded or pasted table; it is read and cleaned within this request, and only the cleaned table is stored."""
    draft = own("draft.write", home, id)
    if not checking.kind_of(draft).columns:
        abort(404)
    if request.method == "GET":
        return _upload_page(draft, _broken_off(draft))
    try:
        with jobs.reading(home, id, now()):
            cleaned, digest = upload.tables()
    except upload.Refused as refused:
        return _upload_page(draft, refused.message, refused.code), refused.status, refused.headers
    with keeping(draft, "uploaded") as (session, saved):
        staging.keep(session, saved, cleaned, digest, table_choice.only(home, checking.kind_of(draft), cleaned))
        saved.facts = {name: value for name, value in saved.facts.items() if name != drafts.WHOLE_PLACE}  # it belonged to the old table
    return step("sheet.columns" if saved.chosen else "table_choice.choose", draft)


def _upload_page(draft: Draft, problem: str, code: str = "") -> str:
    """Return the upload page; ``code`` is the code of the error in the last upload, which the help explains."""
    return render_template("desk/sheet/sheet.html", draft=draft, tables=len(staging.tables(draft)), problem=problem, code=code)


def _broken_off(draft: Draft) -> str:
    """Return the message about a last upload that is still being read or broke off, or ""."""
    job = jobs.find(draft.home, draft.id)
    if job is None or job.state != "reading":
        return ""
    if jobs.still_reading(job, now()):
        return _("刚才上传的表还在读，请等一会儿再打开这一页。")
    return _("上次上传没有读完（服务器中途停了），表没有存下来。请再上传一次。")


@pages.get("/<place:home>/<token:id>/progress")
@needs("draft.write")
def progress(home: str, id: str) -> Any:
    """Show the progress of the check of a large table; the page reloads itself, and the check goes on if it is closed."""
    draft = own("draft.write", home, id)
    job = jobs.find(home, id)
    if checking.found(draft) and (page := request.args.get("page", type=int)):
        return redirect(link("desk.table.table", home=home, id=id, page=page))
    if not draft.chosen or checking.found(draft):
        return step("sheet.columns" if draft.chosen else "sheet.sheet", draft)
    return render_template("desk/sheet/progress.html", draft=draft, job=job, before=jobs.before(job) if job else 0)


@pages.post("/<place:home>/<token:id>/progress")
@needs("draft.write")
def again(home: str, id: str) -> Any:
    """Restart a check that did not finish."""
    draft = own("draft.write", home, id)
    with keeping(draft, "edited") as (session, saved):
        drafts.recheck(session, saved)
    return step("sheet.progress", draft)


@pages.post("/<place:home>/<token:id>/cancel")
@needs("draft.write")
def cancel(home: str, id: str) -> Any:
    """Cancel a running check and discard the table."""
    draft = own("draft.write", home, id)
    back = link("desk.sheet.progress", home=home, id=id)
    if question := unconfirmed(_("要取消吗？"), _("取消以后这张表没有存下来，要用得重新上传。"), _("取消核对"), back):
        return question
    with keeping(draft, "edited") as (session, saved):
        staging.clear(session, home, id)
        saved.sheet_digest, saved.chosen, saved.edits, saved.columns, saved.answers = None, [], None, {}, {}
        saved.facts = {name: value for name, value in saved.facts.items() if name != drafts.WHOLE_PLACE}
    flash(_("已取消，这张表没有存下来。"), "good")
    return step("sheet.sheet", draft)


@pages.route("/<place:home>/<token:id>/columns", methods=["GET", "POST"])
@needs("draft.write")
def columns(home: str, id: str) -> Any:
    """Ask which fields the unknown columns are, or (``again``) all, without showing personal values; go on to the rows if none is open."""
    draft = own("draft.write", home, id)
    found = result_of(draft)
    every = all_columns(found)
    if request.method == "POST":
        headers, used = {str(one.index): one.header for one, _ in every}, {str(one.index): field for one, field in every if field}
        chosen = forms.column_choices(request.form, headers, checking.kind_of(draft))
        if fields := forms.chosen_twice(used | chosen):
            return _columns_page(draft, found, chosen, fields), 422
        chosen = {index: field for index, field in chosen.items() if field != used.get(index)}
        with keeping(draft, "edited") as (session, saved):
            saved.columns = {**saved.columns, **chosen}
            drafts.remember(session, saved, {headers[index]: field for index, field in chosen.items()}, {})
        return step("sheet.rows", draft)
    if not checking.columns_to_ask(draft, found) and "again" not in request.args:
        return step("sheet.rows", draft)
    return _columns_page(draft, found, {}, [])


def _columns_page(draft: Draft, found: Result, chosen: Mapping[str, str], twice: Sequence[str]) -> str:
    """Return the page of columns with what was ``chosen`` on it, and the fields that were chosen ``twice``."""
    asked = checking.columns_to_ask(draft, found)
    return render_template(
        "desk/sheet/columns.html",
        draft=draft,
        found=found,
        asked=[(one, chosen.get(str(one.index), "")) for one in asked],
        others=[(one, chosen.get(str(one.index), field)) for one, field in all_columns(found) if one not in asked],
        twice=twice,
        labels=str(_("、")).join(_labels(draft, twice)),
        remembered=drafts.remembered_columns(draft.home, draft.kind),
        **_kinds(draft, found),
    )


def _kinds(draft: Draft, found: Result) -> dict[str, Any]:
    """Return the draft's kind, and the kind that its table fits better, or None."""
    return {"kind": checking.kind_of(draft), "likely": kinds.load()[found.likely] if found.likely else None}


def _labels(draft: Draft, fields: Sequence[str]) -> list[str]:
    return [say(column.label) for column in checking.kind_of(draft).columns if column.id in fields]


@pages.route("/<place:home>/<token:id>/rows", methods=["GET", "POST"])
@needs("draft.write")
def rows(home: str, id: str) -> Any:
    """Show the table with its wrong cells, each editable; go on to the result if there are none."""
    draft = own("draft.write", home, id)
    found = result_of(draft)
    if request.method == "POST":
        draft = _of_another_kind(draft, found) if "kind" in request.form else _mended(draft, found)
        if "kind" not in request.form and (now := checking.found(draft)) and now.errors:
            flash(_("存好了。还有 %(n)s 处要改。", n=now.error_count), "wrong")
        return pressed(draft) or step("sheet.rows", draft)
    if not found.errors:
        return step("sheet.ready", draft)
    wholes = checking.whole_places(draft) if "no_place" in {one.code for one in found.errors} else []
    return render_template(
        "desk/sheet/rows.html",
        draft=draft,
        found=found,
        grid=list(found.grid()),
        by_hand=typed_rows.typed(draft),
        choice=questions.words,
        places=areas.full_labels([*(area.code for area in wholes), *(code for one in found.errors for code in one.offers)]),
        **_kinds(draft, found),
        wholes=wholes,
    )


def _mended(draft: Draft, found: Result) -> Draft:
    """Save the edited cells and chosen places; the choices of places are remembered for the home's next tables."""
    typed = _accepted(draft) | forms.masked_cells(request.form, found) | forms.cell_edits(request.form)
    typed = {at: detection.mask(text) for at, text in typed.items()}
    with keeping(draft, "edited") as (session, saved):
        saved.answers = saved.answers | forms.question_answers(request.form, found.errors)
        if typed:
            saved.edits = seal([[*at, text] for at, text in (checking.edits(saved) | typed).items()])
        if "whole" in request.form:
            known = {area.code for area in checking.whole_places(saved)} & {request.form["whole"]}
            saved.facts = saved.facts | {drafts.WHOLE_PLACE: "".join(known)}
        places = {written: code for written, code in forms.place_choices(request.form).items() if _has(draft, code)}
        drafts.remember(session, saved, {}, places)
    return saved


def _named(draft: Draft, found: Result) -> Draft:
    """Save the cells whose names the clerk masks (all of them), or the one that he wants as the sheet has it, with the reasons typed."""
    restore = request.form.get("restore")
    cells = {(one.line, one.index): one for one in found.warnings if one.code == (IN_CELL if restore is None else MASKED)}
    typed = {at: one.written for at, one in cells.items() if one.index >= 0 and restore in (None, f"{at[0]}-{at[1]}")}
    answers = {code: detection.mask(text.strip()) for code, text in forms.reasons(request.form).items() if text.strip()}
    answers = proposing.given_for(found, answers) | forms.question_answers(request.form, found.warnings)
    edits = seal([[*at, text] for at, text in (checking.edits(draft) | typed).items()])
    return keep(draft, "edited", edits=edits, answers=draft.answers | answers)


def _accepted(draft: Draft) -> dict[tuple[int, int], str]:
    """Return all masked cells with their present text, if the clerk accepts them all at once, else {}."""
    table = staging.cleaned(draft) if request.form.get("mask") == "all" else None
    return accepted(table) if table else {}


def _of_another_kind(draft: Draft, found: Result) -> Draft:
    """Change a draft to the kind that its table fits; answers 404 if that is not the kind in the form."""
    if not found.likely or found.likely != request.form["kind"]:
        abort(404)
    likely = kinds.load()[found.likely]
    own_title = draft.title if draft.title != forms.proposed_title(checking.kind_of(draft), draft.home, today()) else ""
    fresh: dict[str, Any] = {"edits": None, "columns": {}, "answers": {}, "kind": likely.id}
    return keep(draft, "edited", title=own_title or forms.proposed_title(likely, draft.home, today()), **fresh)


def _has(draft: Draft, code: str) -> bool:
    """Return whether a chosen area lies within the draft's home."""
    return code.startswith(division.prefix(draft.home, checking.level_of(draft.home))) and areas.find(code) is not None


@pages.route("/<place:home>/<token:id>/ready", methods=["GET", "POST"])
@needs("draft.write")
def ready(home: str, id: str) -> Any:
    """Show the result of a check without errors: counts, totals, warnings (which may need a reason), and removed personal data."""
    draft = own("draft.write", home, id)
    found = result_of(draft)
    if found.errors:
        return step("sheet.rows", draft)
    lacking, warning = list[str](), None
    if request.method == "POST" and {"cover", "restore"} & request.form.keys():
        return step("sheet.ready", _named(draft, found))
    if request.method == "POST":
        answers = {code: detection.mask(text.strip()) for code, text in forms.reasons(request.form).items() if text.strip()}
        given = forms.question_answers(request.form, found.warnings)
        stated = proposing.given_for(found, answers)
        kept = {key: said for key, said in draft.answers.items() if key.startswith(NAMED)}  # written on the page before submission
        draft = keep(draft, "answered" if answers or given else "looked", answers=questions.asked(draft.answers) | given | stated | kept)
        if leads := pressed(draft):
            return leads
        if given:
            return step("sheet.ready", draft)  # the sheet is checked anew
        lacking = proposing.unexplained(draft, found)
        warning = text_checks.free_text_warning(request.form, "\n".join(answers.values()), "answer")
        if not lacking and not warning:
            return step("drafts.facts", draft)
    page = render_template(
        "desk/sheet/ready.html",
        draft=draft,
        found=found,
        by_hand=typed_rows.typed(draft),
        tables=len(staging.tables(draft)),
        chosen=[(written, checking.chosen_words(written, code)) for written, code in found.chosen],
        **_kinds(draft, found),
        choice=questions.words,
        gravity=forms.by_gravity(found.warnings),
        lacking=lacking,
        told=warning,
        unprintable=fonts.missing(found.letters),
        twin=notices.alike(home, draft.kind, found.row_count, found.totals, but=draft.corrects),
        repeated=repeated(draft),
        whole=areas.label(draft.facts.get(drafts.WHOLE_PLACE, "")),
    )
    return page, 422 if lacking or warning else 200


@pages.post("/<place:home>/<token:id>/forget")
@needs("draft.write")
def forget(home: str, id: str) -> Any:
    """Forget the area of a spelling, the field of a header or the answer to a question, so that it is asked about again."""
    draft = own("draft.write", home, id)
    found = result_of(draft)
    headers = {str(one.index): one.header for one, _ in all_columns(found)}
    typed = {code: detection.mask(text.strip()) for code, text in forms.reasons(request.form).items() if text.strip()}
    typed = proposing.given_for(found, typed) | forms.question_answers(request.form, found.warnings)
    chosen = forms.column_choices(request.form, headers, checking.kind_of(draft))
    used = {str(one.index): field for one, field in all_columns(found) if field}
    with keeping(draft, "edited") as (session, saved):
        saved.answers = saved.answers | typed  # the button stands in a form with other fields
        if not forms.chosen_twice(used | chosen):
            saved.columns = {**saved.columns, **{index: field for index, field in chosen.items() if field != used.get(index)}}
        if "written" in request.form:
            drafts.forget_place(session, saved, request.form["written"])
        if (index := request.form.get("header", "")) in headers:
            drafts.forget_column(session, saved, headers[index], index)
        saved.answers = {key: given for key, given in saved.answers.items() if key != request.form.get("ask")}
    return step("sheet.columns" if "header" in request.form else "sheet.rows", draft)
