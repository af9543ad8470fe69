"""The clerk's desk: from a new draft and its spreadsheet, through columns and rows, to facts and the reviewer."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import kinds, sheets
from board.models import Draft
from board.paper import fonts
from board.rules import areas as division
from board.rules import private
from board.rules.names import display
from board.rules.page import of_proposal
from board.store import areas, cases, checking, drafts, notices
from board.web import forms
from board.web.cases import homes as case_homes
from board.web.guard import may, needs
from board.web.public import page_of
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
    posted = [page_of(one) for one in notices.listed(reach, limit=50) if may("notice.print", one.home)]
    return render_template(
        "desk/home.html", drafts=mine, posted=posted, kinds=kinds.load(), place=areas.label, due=cases.waiting(case_homes())
    )


@pages.route("/new", methods=["GET", "POST"])
@needs("draft.write")
def new() -> Any:
    """Begin a draft: which kind, for which place."""
    homes = [area for area in areas.desk_of(current_user.area, current_user.level) if may("draft.write", area.code)]
    form = forms.New()
    form.kind.choices = [(kind.id, say(kind.name)) for kind in kinds.load().values() if any(area.level in kind.levels for area in homes)]
    form.home.choices = [(area.code, display(area.name)) for area in homes]
    if form.validate_on_submit():
        kind = kinds.load()[form.kind.data]
        level = areas.get(form.home.data).level
        if level in kind.levels:
            draft = drafts.start(form.home.data, kind.id, forms.proposed_title(kind, form.home.data, today()), current_user.id, now())
            return step("sheet" if kind.columns else "facts", draft)
        form.home.errors = [_("这一类由%(levels)s发布，请换一个地方。", levels=forms.level_words(kind.levels))]
    return render_template("desk/new.html", form=form)


@pages.route("/<place:home>/<id>/sheet", methods=["GET", "POST"])
@needs("draft.write")
def sheet(home: str, id: str) -> Any:
    """Take a spreadsheet or a pasted table: it is read and cleaned within this request, and only what is left is kept."""
    draft = own("draft.write", home, id)
    if not checking.kind_of(draft).columns:
        abort(404)
    if request.method == "GET":
        return render_template("desk/sheet.html", draft=draft, problem=None)
    file, pasted = request.files.get("file"), request.form.get("table", "")
    data = file.read() if file and file.filename else pasted.encode()
    try:
        book = sheets.read(data, file.filename) if file and file.filename else sheets.pasted(pasted)
    except sheets.Unreadable as error:
        return render_template("desk/sheet.html", draft=draft, problem=say(error.message)), 422
    cleaned = private.clean(book.table(), current_app.vault.key, today())  # type: ignore[attr-defined]
    fresh: dict[str, Any] = {
        "sheet": drafts.seal(cleaned.to_json()),
        "sheet_digest": hashlib.sha256(data).hexdigest(),
        "edits": None,
        "columns": {},
        "answers": {},
    }
    return step("columns", keep(draft, "uploaded", **fresh))


@pages.route("/<place:home>/<id>/columns", methods=["GET", "POST"])
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
        saved = keep(draft, "edited", columns={**draft.columns, **chosen})
        drafts.remember(home, draft.kind, {headers[index]: field for index, field in chosen.items()}, {})
        return step("rows", saved)
    asked = checking.open_columns(draft, checked, again="again" in request.args)
    if not asked and "again" not in request.args:
        return step("rows", draft)
    return render_template("desk/columns.html", draft=draft, checked=checked, asked=asked, kind=checking.kind_of(draft))


@pages.route("/<place:home>/<id>/rows", methods=["GET", "POST"])
@needs("draft.write")
def rows(home: str, id: str) -> Any:
    """Show the clerk's own table with each wrong cell marked and open for change; go on when all is right."""
    draft = own("draft.write", home, id)
    checked = checking.checked(draft)
    if checked is None:
        return step("sheet", draft)
    if request.method == "POST":
        changes = forms.cell_edits(request.form)
        guarded = {at: private.mask(text) for at, text in changes.items()}
        places = {written: code for written, code in forms.place_choices(request.form).items() if division_has(draft, code)}
        merged = [[*at, text] for at, text in (checking.edits(draft) | guarded).items()]
        saved = keep(draft, "edited", edits=drafts.seal(merged))
        drafts.remember(home, draft.kind, {}, places)
        return step("rows", saved)
    if not checked.errors:
        return step("ready", draft)
    grid = checked.grid(checking.lines_to_change(checked))
    return render_template("desk/rows.html", draft=draft, checked=checked, grid=grid, place=areas.full_label)


def division_has(draft: Draft, code: str) -> bool:
    """Return whether an area that a clerk chose lies within his draft's home."""
    return code.startswith(division.prefix(draft.home, checking.level_of(draft.home))) and areas.find(code) is not None


@pages.route("/<place:home>/<id>/ready", methods=["GET", "POST"])
@needs("draft.write")
def ready(home: str, id: str) -> Any:
    """Show that the table is right: counts, totals against those stated, warnings (which may be explained), what was dropped."""
    draft = own("draft.write", home, id)
    checked = checking.checked(draft)
    if checked is None or checked.errors:
        return step("sheet" if checked is None else "rows", draft)
    if request.method == "POST":
        answers = {code: private.mask(text.strip()) for code, text in forms.reasons(request.form).items() if text.strip()}
        return step("facts", keep(draft, "answered" if answers else "looked", answers=answers))
    shown = {"kind": checking.kind_of(draft), "groups": forms.by_rule(checked.warnings)}
    unprintable = fonts.missing("".join(row.name for row in checked.rows))
    return render_template("desk/ready.html", draft=draft, checked=checked, unprintable=unprintable, **shown)


@pages.route("/<place:home>/<id>/facts", methods=["GET", "POST"])
@needs("draft.write")
def facts(home: str, id: str) -> Any:
    """Ask for what the notice must state; every save keeps what was typed, right or wrong, but for personal numbers."""
    draft = own("draft.write", home, id)
    form = forms.facts(checking.kind_of(draft), checking.level_of(home), draft, areas.inside(home))
    if request.method == "POST":
        right = form.validate()
        personal = form.hide_personal()
        draft = keep(draft, "edited", title=(form.title.data or "")[:200], facts=form.stated())
        form.revision.data = str(draft.revision)
        if right and not personal:
            return step("finish", draft)
    return render_template("desk/facts.html", draft=draft, form=form, schedule=checking.schedule(draft)), 422 if form.errors else 200


@pages.get("/<place:home>/<id>/finish")
@needs("draft.write")
def finish(home: str, id: str) -> str:
    """Show the whole draft before it goes to the reviewer: what is still missing, or what the villager will see."""
    draft = own("draft.write", home, id)
    proposal = checking.propose(draft)
    return render_template(
        "desk/finish.html",
        draft=draft,
        page=of_proposal(proposal) if proposal else None,
        missing=checking.missing(draft),
        checked=checking.checked(draft),
        kind=checking.kind_of(draft),
        schedule=checking.schedule(draft),
    )


@pages.post("/<place:home>/<id>/submit")
@needs("draft.write")
def submit(home: str, id: str) -> Any:
    """Put the draft before the reviewers, exactly as shown."""
    draft = own("draft.write", home, id)
    proposal = checking.propose(draft)
    if proposal is None:
        return step("finish", draft)
    drafts.submit(draft, opened_at(), current_user.id, now(), proposal)
    flash(_("已送审。审核的人通过以后就会公布。"), "good")
    return redirect(link("desk.home"))


@pages.post("/<place:home>/<id>/drop")
@needs("draft.write")
def drop(home: str, id: str) -> Any:
    """Throw a draft away."""
    draft = own("draft.write", home, id)
    drafts.drop(home, id, opened_at(), current_user.id, now())
    flash(_("草稿“%(title)s”已删掉。", title=draft.title), "good")
    return redirect(link("desk.home"))
