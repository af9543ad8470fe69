"""Corrections: start the next version of a posted notice, with its reason."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import kinds, policies
from board.models import Case
from board.rules.personal import detection
from board.store import people
from board.store.cases import corrections
from board.store.clock import now
from board.store.drafting import checking, correction
from board.store.drafting.posting import Superseded
from board.store.notices import Posted
from board.web import text_checks
from board.web.desk import leak_question
from board.web.desk.cases import find
from board.web.desk.drafts import keep, own, step
from board.web.desk.review import own_posted
from board.web.desk.typed_rows import places
from board.web.guard import may, needs
from board.web.i18n import link

pages = Blueprint("correction", __name__, url_prefix="/desk")

SHORTEST, LONGEST = 4, 300  # characters of a reason


@pages.route("/notices/<number:number>/correct", methods=["GET", "POST"])
@needs("draft.write")
def correct(number: str) -> Any:
    """Start the correction of a notice with its reason; its rows are then edited by hand or replaced by an uploaded table."""
    posted = own_posted("draft.write", number)
    if kinds.load()[posted.notice.kind].writer != "clerk":
        abort(404)  # the supervisor's report
    case = _because(posted)
    if posted.notice.withdrawn_at or request.method == "GET":
        return _page(posted)
    if case and request.form.get("go") == "tie" and (other := correction.open_one(posted)):
        if corrections.tie(other, case):
            flash(_("记下了：正在做的更正也是为了这件来件。"), "good")
        else:
            flash(_("那份更正已经送审，不能再改。等审核的人定了，再来更正。"), "warn")
        return redirect(link("desk.cases.one", home=case.home, id=case.id))
    reason = _reason()
    problem, warning = _fault(reason) or leak_question.fault(), text_checks.free_text_warning(request.form, reason, "reason")
    if problem or warning:
        return _page(posted, problem, warning), 422
    by_hand = request.form.get("go") != "sheet"
    try:
        named = places(posted.home, kinds.load()[posted.notice.kind]) if by_hand else None
        draft = correction.begin(posted, reason, named, current_user.id, now(), because=case, leak=leak_question.answer())
    except correction.Begun:
        return _page(posted), 409
    except Superseded:
        return redirect(link("desk.correction.correct", number=number))
    checking.at_once(draft)
    flash(_("开始更正了。更正是哪天定下来的、从哪天起重新公示，要重新填。没有变化的村，贴着的公示单不用换。"), "good")
    if not checking.kind_of(draft).columns:
        return step("drafts.facts", draft)
    return step("typed_rows.by_hand" if by_hand else "sheet.sheet", draft)


def _because(posted: Posted) -> Case | None:
    """Return the case from which the user came, which he may read and which is about this notice, or None; else answer 404."""
    home, _dash, id = request.values.get("case", "").partition("-")
    case = find(home, id, "case.read") if home else None
    if case and (case.publisher, case.number) != (posted.home, posted.number):
        abort(404)
    return case


def _page(posted: Posted, problem: str = "", warning: text_checks.FreeTextWarning | None = None) -> str:
    other = correction.open_one(posted)
    owner = people.find(other.owner) if other else None
    columns = kinds.load()[posted.notice.kind].columns
    typed = detection.mask(_reason())
    case = _because(posted)
    shown = {"posted": posted, "other": other, "owner": owner, "columns": columns, "problem": problem, "told": warning, "typed": typed}
    return render_template(
        "desk/correction/correct.html",
        **shown,
        leak=leak_question.answer(),
        case=case,
        category=policies.case_categories()[case.category] if case else None,
    )


def _reason() -> str:
    return " ".join(request.form.get("reason", "").split())[: LONGEST + 1]


def _fault(reason: str) -> str:
    """Return the error message for a reason, or ""."""
    if len(reason) < SHORTEST:
        return _("请写明为什么更正，群众会看到这句话。")
    if len(reason) > LONGEST:
        return _("写得太长了，最多 %(most)s 个字。", most=LONGEST)
    return text_checks.personal_fault(reason)


@pages.route("/<place:home>/<token:id>/reason", methods=["GET", "POST"])
@needs("draft.write")
def reason(home: str, id: str) -> Any:
    """Change the reason of a correction while it is a draft."""
    draft = own("draft.write", home, id)
    if not draft.corrects:
        return step("drafts.finish", draft)
    typed = _reason() if request.method == "POST" else draft.correction
    leak = leak_question.answer() if request.method == "POST" else draft.correction_leak
    problem, warning = (
        (_fault(typed) or leak_question.fault(), text_checks.free_text_warning(request.form, typed, "reason"))
        if request.method == "POST"
        else ("", None)
    )
    if request.method == "POST" and not problem and not warning:
        return step("drafts.finish", keep(draft, "edited", correction=typed, correction_leak=leak))
    page = render_template(
        "desk/correction/reason.html", draft=draft, problem=problem, told=warning, typed=detection.mask(typed), leak=leak
    )
    return page, 422 if problem or warning else 200


@pages.app_template_global()
def may_correct(posted: Posted) -> bool:
    """Return whether the user may correct a posted notice."""
    clerks = kinds.load()[posted.notice.kind].writer == "clerk"
    return clerks and posted.notice.withdrawn_at is None and may("draft.write", posted.home)


pages.add_app_template_filter(lambda place, page: page.place_name(place), "place_named")
