"""Templates of answers: an office keeps its own, sees its county's, and puts one into the box of a case with one tap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import policies
from board.rules.cases import texts
from board.rules.personal import detection
from board.store import answer_templates, areas
from board.store.answer_templates import Removed, Wording
from board.store.clock import now
from board.web import text_checks
from board.web.confirmation import unconfirmed
from board.web.desk.cases import case_page, find, own_categories
from board.web.guard import needs
from board.web.i18n import link
from board.web.public.ask_form import text_typed

pages = Blueprint("answer_templates", __name__, url_prefix="/desk")

TITLE_MOST = 30  # characters: a button on a phone is one or two lines


@pages.get("/templates")
@needs("template.write")
def listed() -> str:
    """List the templates of the user's office, to be changed, and those of the offices above it, to be read; with a form for a new one."""
    return _page()


def _page(given: Mapping[str, str] | None = None, wrong: str = "", warning: text_checks.FreeTextWarning | None = None) -> str:
    mine = own_categories()
    categories = {id: one for id, one in policies.case_categories().items() if id in mine}
    found = [one for one in answer_templates.listed(answer_templates.offices(current_user.area)) if one.category in mine]
    return render_template(
        "desk/answer_templates/listed.html",
        own=[one for one in found if one.home == current_user.area],
        above=[one for one in found if one.home != current_user.area],
        offices=areas.labels(one.home for one in found),
        categories=categories,
        given=given or {"id": "", "category": request.args.get("category", ""), "title": "", "text": ""},
        wrong=wrong,
        told=warning,
        most=TITLE_MOST,
    )


@pages.get("/templates/<token:id>")
@needs("template.write")
def one(id: str) -> str:
    """Show the form with one of the office's templates, to be rewritten."""
    found = answer_templates.one(current_user.area, id) or abort(404)
    return _page({"id": found.id, "category": found.category, "title": found.title, "text": found.text})


@pages.post("/templates")
@needs("template.write")
def write() -> Any:
    """Keep a new template, or one rewritten (``id``). Answers 422 with what was typed for an error, or for a warning that a person is
    described."""
    text = text_checks.covered(request.form, text_typed())
    given = {"id": request.form.get("id", ""), "category": request.form.get("category", ""), "title": _title(), "text": text}
    if wrong := _fault(given):
        return _page({name: detection.mask(value) for name, value in given.items()}, wrong), 422
    if warning := text_checks.free_text_warning(request.form, f"{given['title']}\n{text}", "reply", current_user.area):
        return _page(given, warning=warning), 422
    try:
        wording = Wording(given["category"], given["title"], text)
        answer_templates.write(current_user.area, given["id"], wording, current_user.id, now())
    except Removed:
        return _page(given | {"id": ""}, _("这一段刚才被删掉了。您写的还在，再点一次就存成新的。")), 409
    flash(_("存好了，答复的时候点一下就能用。"), "good")
    return redirect(link("desk.answer_templates.listed"))


def _title() -> str:
    return " ".join(request.form.get("title", "")[: texts.MOST].split())


def _fault(given: Mapping[str, str]) -> str:
    """Return the error message for a template that cannot be kept, or ""."""
    if given["category"] not in own_categories():
        return _("请选一下，答复哪一类来件时用。")
    if not given["title"] or len(given["title"]) > TITLE_MOST:
        return _("请写个短名字，最多 %(most)s 个字。", most=TITLE_MOST)
    if len(given["text"]) < texts.FEWEST or len(given["text"]) > texts.MOST:
        return _("请写 %(fewest)s 到 %(most)s 个字。", fewest=texts.FEWEST, most=texts.MOST)
    if detection.REDACTION * 4 in given["title"] + given["text"]:
        return _("里面还有盖住的号码（●），请改掉再存。")
    return text_checks.personal_fault(f"{given['title']}\n{given['text']}")


@pages.post("/templates/<token:id>/remove")
@needs("template.write")
def remove(id: str) -> Any:
    """Remove one of the office's templates for good."""
    back = link("desk.answer_templates.listed")
    answer_templates.one(current_user.area, id) or abort(404)
    if question := unconfirmed(_("要删掉这一段吗？"), _("删了就不能再用，也找不回来。发出去的答复不变。"), _("删掉"), back):
        return question
    try:
        answer_templates.remove(current_user.area, id, current_user.id, now())
    except Removed:
        abort(404)
    flash(_("删掉了。"), "good")
    return redirect(back)


@pages.post("/cases/<place:home>/<token:id>/template")
@needs("case.answer")
def put(home: str, id: str) -> str:
    """Put a template (``put``: home-id) behind what is typed in the box of a case; nothing typed is lost, and nothing is sent."""
    case, typed = find(home, id, "case.answer"), detection.mask(text_typed())
    office, _dash, chosen = request.form.get("put", "").partition("-")
    outcome = request.form.get("outcome", "")
    found = answer_templates.one(office, chosen) if office in answer_templates.offices(case.desk) else None
    if found is None or found.category != case.category:
        return case_page(case, text=typed, outcome=outcome, wrong=_("这一段已经删掉了，没有放进去。您写的还在。"))
    text = typed if found.text in typed else f"{typed}\n{found.text}".strip()
    return case_page(case, text=text, outcome=outcome)
