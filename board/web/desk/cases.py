"""Cases for the staff: the inbox, and answering."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import policies
from board.models import Case
from board.rules import roles
from board.rules.areas import prefix
from board.rules.calendar import day_of
from board.rules.cases import clock, machine
from board.rules.personal import detection
from board.store import answers, areas, case_lists, cases, notices
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
    """Return a case, or answer 404, also for a case that the user may not open, so that its existence is not revealed.

    Who may read it at the publisher's desk reads on when another office has it; only that office acts.
    """
    case = cases.one(home, id) if id.isalnum() else None
    if case is None or not (may(action, case.desk) or action == "case.read" and may(action, home)):
        abort(404)
    return case


@pages.get("/desk/cases")
@needs("case.read")
def inbox() -> str:
    """List open cases, earliest deadline first, or (``done``) answered ones; 50 a page, of an area, kind and year if wanted."""
    done, area = request.args.get("done") == "1", areas.find(request.args.get("area", ""))
    under = prefix(area.code, area.level) if area and area.code.startswith(homes()) else homes()
    year = request.args.get("year", 0, type=int)
    which: dict[str, Any] = {"kind": request.args.get("kind", ""), "year": year if 2000 < year < 3000 else 0}
    found = case_lists.inbox(under, done=done, after=_after(), limit=LISTED + 1, **which)
    listed, more = found[:LISTED], found[LISTED - 1].case if len(found) > LISTED else None
    return render_template(
        "desk/cases/inbox.html",
        lines=listed,
        more=more,
        done=done,
        kept={name: request.args.get(name) for name in ("area", "kind", "year")},
        categories=policies.case_categories(),
        days_late=_days_late,
        class_of=_class_of,
    )


def _after() -> case_lists.Place | None:
    """Return the key of the last case on the page before, or None for the first page."""
    due, *key = request.args.get("after", "").split("_")
    try:
        home, id = key
        return (date.fromisoformat(due), home, id) if (home + id).isalnum() else None
    except ValueError:
        return None


def _days_late(case: Case) -> int:
    return clock.days_late(case.due, today()) if clock.late(case.state, case.due, today()) else 0


def _class_of(case: Case) -> str:
    return machine.class_of(case.state, case.due, day_of(case.answered) if case.answered else None, today())


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
    page, said, desk = page_of(posted), cases.messages(case), areas.get(case.desk)
    acts, above = [one.act for one in said], machine.up(desk.code, desk.level)
    return render_template(
        "desk/cases/one.html",
        case=case,
        said=said,
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
        answers=may("case.answer", case.desk),
        barred=current_user.id in machine.decided((one.act, one.user) for one in said),
        extends=machine.may_extend(acts) and machine.move(case.state, "extend") and _later(case),
        asks_back=machine.may_ask_back(acts) and machine.move(case.state, "ask_back"),
        later=_later(case) if machine.extension_waits(acts) else None,
        decides=may("case.extend", case.desk),
        desk=desk,
        above=areas.get(above) if above and machine.move(case.state, "forward", desk.level) else None,
        move=machine.move,
        openly=answers.of_case(case.home, case.id),
    )


def _later(case: Case) -> date | None:
    """Return the last day for the answer if more time is given; None where the law leaves none."""
    try:
        return cases.extended_due(case)
    except cases.NoTime:
        return None


@pages.post("/desk/cases/<place:home>/<token:id>")
@needs("case.answer")
def answer(home: str, id: str) -> Any:
    """Answer a case, or ask the villager back, pass it up or ask the reviewer for more time (``act``), each with words that he reads.

    The page returns with the typed text for an error, or for an unconfirmed warning that a person is described.
    """
    case = _find(home, id, "case.answer")
    text = text_checks.covered(request.form, text_typed())
    good: dict[machine.Act, str] = {
        "answer": _("已答复，村民凭查询号就能看到。"),
        "ask_back": _("已请村民补充。他补充以前，期限停着，最多停 %(n)s 天。", n=clock.STOP_DAYS),
        "forward": _("已转上去。答复的最后一天不变。"),
        "extend": _("已报给审核的人。他同意以后，村民能看到理由和新的日子。"),
    }
    act = next((one for one in good if one == request.form.get("act", "answer")), None) or abort(404)
    if fault := _answer_fault(text):
        return _case_page(case, text=detection.mask(text), wrong=fault)
    if warning := text_checks.free_text_warning(request.form, text, "reply", case.home, case.number):
        return _case_page(case, text=text, warning=warning)
    told = text_checks.told(text, "reply", case.home, case.number)
    try:
        cases.act(home, id, act, current_user.id, text, seen_message(), now(), looked_at=told)
    except cases.MovedOn as moved:
        return _case_page(moved.case, text=text, wrong=_moved_on())
    except cases.NoTime:
        return _case_page(case, text=text, wrong=_("法定的最后一天就是这一天，不能再延。您写的还在。"))
    except cases.Barred:
        return _case_page(case, text=text, wrong=_barred())
    flash(good[act], "good")
    return redirect(link("desk.cases.one", home=home, id=id))


def _barred() -> str:
    return _("您答复过这件事，村民说没解决，不能再由您来定。请换一位同事答复，或者转给上一级。您写的还在。")


@pages.post("/desk/cases/<place:home>/<token:id>/work")
@needs("case.answer")
def work(home: str, id: str) -> str:
    """Tell the villager that the office is working on the case; a half-typed answer stays on the page."""
    case, text = _find(home, id, "case.answer"), detection.mask(text_typed())
    try:
        case = cases.act(home, id, "work", current_user.id, "", seen_message(), now())
    except cases.MovedOn as moved:
        return _case_page(moved.case, text=text, wrong=_moved_on())
    return _case_page(case, text=text, good=_("已告诉村民：正在办。"))


@pages.post("/desk/cases/<place:home>/<token:id>/extension")
@needs("case.extend")
def extension(home: str, id: str) -> Any:
    """Let the office's reviewer give a case more time, or not."""
    case = _find(home, id, "case.extend")
    act: machine.Act = "grant" if request.form.get("act") == "grant" else "refuse"
    try:
        case = cases.act(home, id, act, current_user.id, "", seen_message(), now())
    except (cases.MovedOn, cases.NoTime):
        return _case_page(case, wrong=_("这件来件刚才有了变化，没有延。请看最新的。"))
    flash(_("已同意，村民看得到理由和新的日子。") if act == "grant" else _("没有同意，期限不变。"), "good")
    return redirect(link("desk.cases.one", home=home, id=id))


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
