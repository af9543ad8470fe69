"""Cases for the staff: the inbox, and answering."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import policies
from board.models import Case
from board.rules import cases as rules
from board.rules import roles
from board.rules.areas import prefix
from board.rules.personal import detection
from board.store import answers, cases, notices
from board.store.clock import now
from board.web import text_checks
from board.web.guard import may, needs
from board.web.i18n import link, today
from board.web.public.ask_form import seen_message, text_fault, text_typed
from board.web.public.posted_pages import page_of
from board.web.public.versions import row_became

pages = Blueprint("cases", __name__)

LISTED = 50


def homes() -> str:
    """Return the code prefix of the homes whose cases the user may read, as ``may("case.read", home)`` decides for one home."""
    whole = roles.TABLE["case.read"][current_user.role] == "scope" or current_user.level in ("township", "village")
    return prefix(current_user.area, current_user.level) if whole else current_user.area


def _find(home: str, id: str, action: str) -> Case:
    """Return a case, or answer 404, also for a case that the user may not open, so that its existence is not revealed."""
    return (may(action, home) and id.isalnum() and cases.one(home, id)) or abort(404)


@pages.get("/desk/cases")
@needs("case.read")
def inbox() -> str:
    """List open cases, earliest deadline first, or (``done``) answered ones; 50 a page."""
    done = request.args.get("done") == "1"
    found = cases.inbox(homes(), done=done, after=_after(), limit=LISTED + 1)
    listed, more = found[:LISTED], found[LISTED - 1].case if len(found) > LISTED else None
    words = policies.case_categories()
    return render_template("desk/cases/inbox.html", lines=listed, more=more, done=done, categories=words, days_late=_days_late)


def _after() -> cases.Place | None:
    """Return the key of the last case on the page before, or None for the first page."""
    due, *key = request.args.get("after", "").split("_")
    try:
        home, id = key
        return (date.fromisoformat(due), home, id) if (home + id).isalnum() else None
    except ValueError:
        return None


def _days_late(case: Case) -> int:
    return rules.days_late(case.due, today()) if rules.late(case.state, case.due, today()) else 0


@pages.get("/desk/cases/<place:home>/<token:id>")
@needs("case.read")
def one(home: str, id: str) -> str:
    """Show a case with all its messages, and the form to answer it."""
    return _case_page(_find(home, id, "case.read"))


def _case_page(
    case: Case, *, text: str = "", wrong: str = "", good: str = "", contact: str = "", warning: text_checks.FreeTextWarning | None = None
) -> str:
    found = notices.find(case.number)
    assert found
    posted = found.in_full()
    page = page_of(posted)
    return render_template(
        "desk/cases/one.html",
        case=case,
        said=cases.messages(case),
        page=page,
        text=text,
        wrong=wrong,
        good=good,
        contact=contact,
        told=warning,
        row=notices.row(posted, case.place, case.row) if case.row is not None else None,
        became=row_became(posted, page, case),
        category=policies.case_categories()[case.category],
        late=_days_late(case),
        answers=may("case.answer", case.home),
        move=rules.move,
        openly=answers.of_case(case.home, case.id),
    )


@pages.post("/desk/cases/<place:home>/<token:id>")
@needs("case.answer")
def answer(home: str, id: str) -> Any:
    """Answer a case. The page returns with the typed text for an error, or for an unconfirmed warning that a person is described."""
    case = _find(home, id, "case.answer")
    text = text_checks.covered(request.form, text_typed())
    if fault := _answer_fault(text):
        return _case_page(case, text=detection.mask(text), wrong=fault)
    if warning := text_checks.free_text_warning(request.form, text, "reply", case.home, case.number):
        return _case_page(case, text=text, warning=warning)
    told = text_checks.told(text, "reply", case.home, case.number)
    try:
        cases.answer(home, id, current_user.id, text, seen_message(), now(), looked_at=told)
    except cases.MovedOn as moved:
        return _case_page(moved.case, text=text, wrong=_moved_on())
    flash(_("已答复，村民凭查询号就能看到。"), "good")
    return redirect(link("desk.cases.one", home=home, id=id))


@pages.post("/desk/cases/<place:home>/<token:id>/work")
@needs("case.answer")
def work(home: str, id: str) -> str:
    """Tell the villager that the office is working on the case; a half-typed answer stays on the page."""
    case, text = _find(home, id, "case.answer"), detection.mask(text_typed())
    try:
        cases.take_up(home, id, current_user.id, seen_message(), now())
    except cases.MovedOn as moved:
        return _case_page(moved.case, text=text, wrong=_moved_on())
    return _case_page(case, text=text, good=_("已告诉村民：正在办。"))


def _moved_on() -> str:
    return _("这件来件刚才有了变化，请先看上面最新的话，再决定怎么答复。您写的还在。")


def _answer_fault(text: str) -> str:
    """Return the error message for an answer, or ""; personal numbers are an error, since the finder of a lost receipt can read it."""
    if fault := text_fault(text):
        return fault
    if detection.REDACTION * 4 in text:
        return _("答复里还有盖住的号码（●），村民看不懂。请把它改掉再发。")
    names = {"id_number": _("身份证号"), "bank_card": _("银行卡号"), "phone": _("手机号")}
    found = sorted({names[finding.what] for finding in detection.find(text)})
    if found:
        return _("答复里有%(what)s，已用 ● 盖住，请改一下再发。要留电话，请留办公室的座机。", what=_("、").join(found))
    return ""


@pages.post("/desk/cases/<place:home>/<token:id>/contact")
@needs("case.answer")
def contact(home: str, id: str) -> str:
    """Show the contact that a villager left, and log who opened it; no redirect, since that would need a cookie to carry it."""
    case = _find(home, id, "case.answer")
    return _case_page(case, contact=cases.open_contact(home, id, current_user.id, now()) or _("村民没有留联系方式。"))
