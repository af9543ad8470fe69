"""The clerk's desk: from a new draft and its spreadsheet, through columns and rows, to facts and the reviewer."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import SelectChoice

from board import kinds, sheets
from board.models import Draft
from board.paper import fonts
from board.rules import areas as division
from board.rules import private
from board.rules.names import display
from board.rules.page import of_proposal
from board.rules.sheet import Checked
from board.store import areas, cases, checking, drafts, notices
from board.web import forms
from board.web.cases import homes as case_homes
from board.web.guard import may, needs
from board.web.words import link, now, say, today

pages = Blueprint("desk", __name__, url_prefix="/desk")


def own(action: str, home: str, id: str) -> Draft:
    """Return a draft that the person may do ``action`` with; anybody else's is no page at all."""
    draft = drafts.find(home, id)
    if draft is None or not may(action, home):
        abort(404)
    return draft


def opened_at() -> int:
    """Return the revision that the posted page was opened at."""
    return request.form.get("revision", 0, type=int)


def keep(draft: Draft, did: str, **changes: Any) -> Draft:
    """Save what a clerk changed in a draft."""
    return drafts.save(draft.home, draft.id, opened_at(), current_user.id, did, now(), **changes)


def step(name: str, draft: Draft) -> Any:
    """Send the clerk to a step of his draft."""
    return redirect(link(f"desk.{name}", home=draft.home, id=draft.id))


@pages.app_errorhandler(drafts.Overtaken)
def overtaken(error: drafts.Overtaken) -> Any:
    """Say that somebody else saved the draft meanwhile, and give back what was typed so that it can be copied over."""
    typed = [(name, text) for name, text in request.form.items() if text and name not in ("csrf_token", "revision", "table")]
    typed = [(name, private.mask(text)) for name, text in typed]
    return render_template("desk/overtaken.html", draft=error.draft, typed=typed), 409


@pages.get("")
@needs("draft.read")
def home() -> str:
    """Show what is on the desk: drafts, what waits for review, what is posted, and which questions are due."""
    reach = division.prefix(current_user.area, current_user.level)
    mine = [draft for draft in drafts.listed(reach, ("draft", "returned", "submitted")) if may("draft.read", draft.home)]
    return render_template(
        "desk/home.html",
        drafts=mine,
        waiting=[draft for draft in mine if draft.state == "submitted" and may("draft.review", draft.home)],
        returned=[draft for draft in mine if draft.state == "returned" and may("draft.write", draft.home)],
        posted=[one for one in notices.listed(reach, limit=50) if may("notice.print", one.home)],
        kinds=kinds.load(),
        place=areas.label,
        due=cases.waiting(case_homes()),
    )


@pages.route("/new", methods=["GET", "POST"])
@needs("draft.write")
def new() -> Any:
    """Begin a draft: which kind, for which place."""
    homes = [area for area in areas.desk_of(current_user.area, current_user.level) if may("draft.write", area.code)]
    form = forms.New()
    levels = {area.level for area in homes}
    form.kind.choices = [SelectChoice(kind.id, say(kind.name)) for kind in kinds.load().values() if levels & set(kind.levels)]
    form.home.choices = [SelectChoice(area.code, display(area.name)) for area in homes]
    if form.validate_on_submit():
        kind = kinds.load()[form.kind.data]
        level = areas.get(form.home.data).level
        if level in kind.levels:
            title, signs = forms.proposed_title(kind, form.home.data, today()), forms.proposed_publisher(form.home.data)
            draft = drafts.start(form.home.data, kind.id, title, current_user.id, now(), {checking.PUBLISHER: signs})
            return step("sheet" if kind.columns else "facts", draft)
        form.home.errors = [_("这一类由%(levels)s发布，请换一个地方。", levels=forms.level_words(kind.levels))]
    return render_template("desk/new.html", form=form)


@pages.route("/<place:home>/<token:id>/sheet", methods=["GET", "POST"])
@needs("draft.write")
def sheet(home: str, id: str) -> Any:
    """Take a spreadsheet or a pasted table: it is read and cleaned within this request, and only what is left is kept."""
    draft = own("draft.write", home, id)
    if not checking.kind_of(draft).columns:
        abort(404)
    if request.method == "GET":
        return render_template("desk/sheet.html", draft=draft, problem=None)
    file, pasted = request.files.get("file"), request.form.get("table", "")
    if not (file and file.filename) and not pasted.strip():
        return render_template("desk/sheet.html", draft=draft, problem=_nothing_given()), 422
    data = file.read() if file and file.filename else pasted.encode()
    try:
        book = sheets.read(data, file.filename) if file and file.filename else sheets.pasted(pasted)
    except sheets.Unreadable as error:
        return render_template("desk/sheet.html", draft=draft, problem=say(error.message)), 422
    cleaned = private.clean(book.table(), current_app.vault.key, today())  # type: ignore[attr-defined]
    cleaned = replace(cleaned, findings=[*cleaned.findings, *book.swept])
    for note in book.notes:
        flash(say(note), "warn")
    fresh: dict[str, Any] = {
        "sheet": drafts.seal(cleaned.to_json()),
        "sheet_digest": hashlib.sha256(data).hexdigest(),
        "edits": None,
        "columns": {},
        "answers": {},
        "facts": {name: said for name, said in draft.facts.items() if name != checking.WHOLE_PLACE},  # it was said of the old table
    }
    return step("columns", keep(draft, "uploaded", **fresh))


def _nothing_given() -> str:
    """Return what a clerk is told who pressed a button before he chose a file or pasted a table."""
    if "table" in request.form:
        return _("还没有粘贴表格。请先在 WPS 里选中表格，复制，再粘到框里。")
    return _("还没有选文件。请先点“选择文件”。")


@pages.route("/<place:home>/<token:id>/columns", methods=["GET", "POST"])
@needs("draft.write")
def columns(home: str, id: str) -> Any:
    """Ask what the columns mean that the program could not tell, showing no personal value; go on when there are none."""
    draft = own("draft.write", home, id)
    checked = checking.checked(draft)
    if checked is None:
        return step("sheet", draft)
    if request.method == "POST":
        headers = {str(index): header for index, header, private_ in checked.unmapped if not private_}
        chosen = forms.column_choices(request.form, headers, checking.kind_of(draft))
        if fields := forms.chosen_twice(chosen):
            flash(_("有两列都选了“%(label)s”。一项只能有一列，请改一个。", label="、".join(_labels(draft, fields))), "wrong")
            return redirect(link("desk.columns", home=home, id=id, again=1))
        saved = keep(draft, "edited", columns={**draft.columns, **chosen})
        drafts.remember(home, draft.kind, {headers[index]: field for index, field in chosen.items()}, {})
        return step("rows", saved)
    asked = checking.open_columns(draft, checked, again="again" in request.args)
    if not asked and "again" not in request.args:
        return step("rows", draft)
    shown = {"kind": checking.kind_of(draft), "likely": checking.likely_kind(draft, checked)}
    return render_template("desk/columns.html", draft=draft, checked=checked, asked=asked, **shown)


def _labels(draft: Draft, fields: list[str]) -> list[str]:
    return [say(column.label) for column in checking.kind_of(draft).columns if column.id in fields]


@pages.route("/<place:home>/<token:id>/rows", methods=["GET", "POST"])
@needs("draft.write")
def rows(home: str, id: str) -> Any:
    """Show the clerk's own table with each wrong cell marked and open for change; go on when all is right."""
    draft = own("draft.write", home, id)
    checked = checking.checked(draft)
    if checked is None:
        return step("sheet", draft)
    if request.method == "POST":
        return step("rows", _of_another_kind(draft, checked) if "kind" in request.form else _mended(draft))
    if not checked.errors:
        return step("ready", draft)
    return render_template(
        "desk/rows.html",
        draft=draft,
        checked=checked,
        grid=list(checked.grid(checking.lines_to_change(checked))),
        place=areas.full_label,
        kind=checking.kind_of(draft),
        likely=checking.likely_kind(draft, checked),
        wholes=checking.whole_places(draft) if "no_place" in {one.code for one in checked.errors} else [],
    )


def _mended(draft: Draft) -> Draft:
    """Save what a clerk typed into wrong cells and said of places; the places are remembered for his home's next sheets."""
    guarded = {at: private.mask(text) for at, text in forms.cell_edits(request.form).items()}
    merged = [[*at, text] for at, text in (checking.edits(draft) | guarded).items()]
    changes: dict[str, Any] = {"edits": drafts.seal(merged)}
    if "whole" in request.form:
        known = {area.code for area in checking.whole_places(draft)} & {request.form["whole"]}
        changes["facts"] = draft.facts | {checking.WHOLE_PLACE: "".join(known)}
    saved = keep(draft, "edited", **changes)
    places = {written: code for written, code in forms.place_choices(request.form).items() if division_has(draft, code)}
    drafts.remember(draft.home, draft.kind, {}, places)
    return saved


def _of_another_kind(draft: Draft, checked: Checked) -> Draft:
    """Make a draft one of the kind that its sheet is really of; nobody has checked or stated anything of it yet that would be lost."""
    likely = checking.likely_kind(draft, checked)
    if likely is None or likely.id != request.form["kind"]:
        abort(404)
    own_title = draft.title if draft.title != forms.proposed_title(checking.kind_of(draft), draft.home, today()) else ""
    fresh: dict[str, Any] = {"edits": None, "columns": {}, "answers": {}, "kind": likely.id}
    return keep(draft, "edited", title=own_title or forms.proposed_title(likely, draft.home, today()), **fresh)


def division_has(draft: Draft, code: str) -> bool:
    """Return whether an area that a clerk chose lies within his draft's home."""
    return code.startswith(division.prefix(draft.home, checking.level_of(draft.home))) and areas.find(code) is not None


@pages.route("/<place:home>/<token:id>/ready", methods=["GET", "POST"])
@needs("draft.write")
def ready(home: str, id: str) -> Any:
    """Show that the table is right: counts, totals against those stated, warnings (which may be explained), what was dropped."""
    draft = own("draft.write", home, id)
    checked = checking.checked(draft)
    if checked is None or checked.errors:
        return step("sheet" if checked is None else "rows", draft)
    lacking: list[str] = []
    if request.method == "POST":
        answers = {code: private.mask(text.strip()) for code, text in forms.reasons(request.form).items() if text.strip()}
        draft = keep(draft, "answered" if answers else "looked", answers=answers)
        lacking = checking.unexplained(draft, checked)
        if not lacking:
            return step("facts", draft)
    page = render_template(
        "desk/ready.html",
        draft=draft,
        checked=checked,
        chosen=checking.chosen(draft, checked),
        kind=checking.kind_of(draft),
        gravity=forms.by_gravity(checked.warnings),
        lacking=lacking,
        unprintable=fonts.missing("".join(row.name for row in checked.rows)),
        twin=notices.alike(home, draft.kind, len(checked.rows), checked.totals),
        whole=areas.label(draft.facts.get(checking.WHOLE_PLACE, "")),
    )
    return page, 422 if lacking else 200


@pages.post("/<place:home>/<token:id>/forget")
@needs("draft.write")
def forget(home: str, id: str) -> Any:
    """Forget which area a spelling was once said to mean, so that the rows page asks again."""
    draft = own("draft.write", home, id)
    drafts.forget_place(home, request.form.get("written", ""))
    return step("rows", keep(draft, "edited"))


@pages.route("/<place:home>/<token:id>/facts", methods=["GET", "POST"])
@needs("draft.write")
def facts(home: str, id: str) -> Any:
    """Ask for what the notice must state; every save keeps what was typed, right or wrong, but for personal numbers."""
    draft = own("draft.write", home, id)
    kind = checking.kind_of(draft)
    form = forms.facts(kind, checking.level_of(home), draft, areas.inside(home), today())
    if request.method == "POST":
        right = form.validate()
        personal = form.hide_personal()
        whole = {name: said for name, said in draft.facts.items() if name == checking.WHOLE_PLACE}
        draft = keep(draft, "edited", title=(form.title.data or "")[:200], facts=form.stated() | whole)
        form.revision.data = str(draft.revision)
        if right and not personal:
            return step("finish", draft)
    page = render_template("desk/facts.html", draft=draft, form=form, kind=kind, schedule=checking.schedule(draft))
    return page, 422 if form.errors else 200


@pages.get("/<place:home>/<token:id>/finish")
@needs("draft.write")
def finish(home: str, id: str) -> str:
    """Show the whole draft before it goes to the reviewer: what is still missing, or what the villager will see."""
    draft = own("draft.write", home, id)
    proposal, checked = checking.propose(draft), checking.checked(draft)
    return render_template(
        "desk/finish.html",
        draft=draft,
        page=of_proposal(proposal) if proposal else None,
        missing=checking.missing(draft),
        checked=checked,
        unexplained=checking.unexplained(draft, checked) if checked else [],
        kind=checking.kind_of(draft),
        schedule=checking.schedule(draft),
    )


@pages.post("/<place:home>/<token:id>/submit")
@needs("draft.write")
def submit(home: str, id: str) -> Any:
    """Put the draft before the reviewers, exactly as shown; one that was sent back goes again only when something was changed."""
    draft = own("draft.write", home, id)
    proposal, checked = checking.propose(draft), checking.checked(draft)
    if proposal is None or (checked and checking.unexplained(draft, checked)):
        return step("finish", draft)
    if proposal.starts < today().isoformat() or proposal.formed_on > today().isoformat():
        flash(_("公示要从今天或以后开始，信息不能是以后才定的。请改日期。"), "wrong")
        return step("facts", draft)
    try:
        drafts.submit(draft, opened_at(), current_user.id, now(), proposal)
    except drafts.Unchanged:
        flash(_("还没有改动，不能再送审。请先按退回的理由改一改。"), "wrong")
        return step("finish", draft)
    flash(_("已送审。审核的人通过以后就会公布。"), "good")
    return redirect(link("desk.home"))


@pages.post("/<place:home>/<token:id>/drop")
@needs("draft.write")
def drop(home: str, id: str) -> Any:
    """Throw a draft away."""
    own("draft.write", home, id)
    drafts.drop(home, id, opened_at(), current_user.id, now())
    flash(_("草稿已删掉。"), "good")
    return redirect(link("desk.home"))
