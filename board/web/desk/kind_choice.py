"""The sheet comes first: its clerk uploads it, and confirms the kind, the title and what else the sheet and the last notice propose."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import kinds
from board.models import Area, Draft
from board.rules.kind import Kind
from board.rules.personal import detection
from board.rules.place_names import canonical
from board.rules.sheet import kind_proposal
from board.store import areas
from board.store.clock import now
from board.store.drafting import beginning, checking, staging
from board.web.desk import forms, table_choice, upload
from board.web.desk.drafts import opened_at, own, repeated, step
from board.web.guard import may, needs
from board.web.i18n import today

pages = Blueprint("kind_choice", __name__, url_prefix="/desk")


def homes() -> list[Area]:
    """Return the areas for which the user may begin a draft."""
    return [area for area in areas.desk_of(current_user.area, current_user.level) if may("draft.write", area.code)]


@pages.post("/new/sheet")
@needs("draft.write")
def begin() -> Any:
    """Begin a draft with an uploaded or pasted table; its kind is asked for on the next page."""
    home = next((area.code for area in homes() if area.code == request.form.get("home")), None) or abort(404)
    try:
        cleaned, digest = upload.tables()
    except upload.Refused as refused:
        return (
            render_template("desk/kind_choice/refused.html", refused=refused, home=home, places=named(homes())),
            refused.status,
            refused.headers,
        )
    return step("kind_choice.choose", beginning.with_sheet(home, cleaned, digest, current_user.id, now()))


@pages.route("/<place:home>/<token:id>/kind", methods=["GET", "POST"])
@needs("draft.write")
def choose(home: str, id: str) -> Any:
    """Propose the kind of a draft whose sheet has come first, with its title; confirmed, the draft goes on to its table."""
    draft = own("draft.write", home, id)
    if draft.kind:
        return step("sheet.sheet", draft)
    tables = staging.uploaded(draft)
    level = checking.level_of(home)
    offered = kind_proposal.kinds_by_fit(tables, kinds.load().values(), level)
    if request.method == "POST":
        kind = next((one for one in offered if one.id == request.form.get("kind")), None)
        if kind:
            return _confirmed(draft, kind, tables)
        flash(_("还没有选。请先选这是哪一类。"), "wrong")
    return render_template(
        "desk/kind_choice/choose.html",
        draft=draft,
        offered=offered,
        titles={kind.id: _title(kind, home, tables) for kind in offered},
        previews=[staging.preview(sheet) for sheet in staging.tables(draft)[: kind_proposal.TABLES]],
    )


def _confirmed(draft: Draft, kind: Kind, tables: list[Any]) -> Any:
    """Give the draft its kind and all that is proposed with it, and go on; the clerk is told what to look over."""
    only = table_choice.only(draft.home, kind, tables)
    stated = beginning.facts(draft.home, kind, forms.proposed_publisher(draft.home), today().year)
    rates = {each for table in tables for each in kind_proposal.rates(table, kind).items()}
    stated |= {id: rate for id, rate in rates if [other for other, _rate in rates].count(id) == 1}
    title = detection.mask(request.form.get(f"title-{kind.id}", "").strip()[:100]) or _title(kind, draft.home, tables)
    draft = beginning.confirm(draft, opened_at(), current_user.id, now(), kind.id, title, stated, only)
    checking.at_once(draft)
    if again := repeated(draft):
        flash(_("已经公布过一份，还挂着：%(title)s。要改它，请删掉这份草稿，用“更正”。", title=again[0].version.title), "warn")
    return step("sheet.columns" if draft.chosen else "table_choice.choose", draft)


def _title(kind: Kind, home: str, tables: list[Any]) -> str:
    """Return the title proposed for a kind: what the sheet's own makes, else the office's usual one."""
    own_titles = (kind_proposal.title(table, kind) for table in tables[: kind_proposal.TABLES])
    return next((title for title in own_titles if title), forms.proposed_title(kind, home, today()))


def named(found: list[Area]) -> list[tuple[str, str]]:
    """Return the areas as (code, name) for a list to choose from."""
    return [(area.code, canonical(area.name)) for area in found]
