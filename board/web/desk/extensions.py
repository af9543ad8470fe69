"""More time for a case: who answers asks for it with a reason of its own, and the office's reviewer gives it, or says why not."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, request
from flask_babel import gettext as _
from flask_login import current_user

from board.rules.cases import machine, texts
from board.rules.personal import detection
from board.store import cases
from board.store.clock import now
from board.web import text_checks
from board.web.desk.cases import answer_fault, case_page, find, moved_on
from board.web.guard import needs
from board.web.i18n import link
from board.web.public.ask_form import seen_message, text_typed

pages = Blueprint("extensions", __name__, url_prefix="/desk/cases/<place:home>/<token:id>")


@pages.post("/more-time")
@needs("case.answer")
def ask(home: str, id: str) -> Any:
    """Ask the reviewer for more time with a reason, which the villager reads once it is granted; a half-typed answer stays on the page."""
    case, reason = find(home, id, "case.answer"), text_checks.covered(request.form, _typed("reason"))
    again = partial(case_page, text=detection.mask(text_typed()), outcome=request.form.get("outcome", ""), reason=detection.mask(reason))
    if len(reason) < texts.FEWEST:
        return again(case, wrong=_("请写明为什么要延期，村民看得到这句话。"))
    if fault := answer_fault(reason):
        return again(case, wrong=fault)
    if warning := text_checks.free_text_warning(request.form, reason, "reply", case.home, case.number or ""):
        return again(case, reason_told=warning)
    told = text_checks.told(reason, "reply", case.home, case.number or "")
    try:
        cases.act(home, id, "extend", current_user.id, reason, seen_message(), now(), looked_at=told)
    except cases.MovedOn as moved:
        return again(moved.case, wrong=moved_on())
    except cases.NoTime:
        return again(case, wrong=_("法定的最后一天就是这一天，不能再延。您写的还在。"))
    good = _("已报给审核的人。他同意以后，村民能看到理由和新的日子。")
    return again(find(home, id, "case.answer"), reason="", good=good)


@pages.post("/extension")
@needs("case.extend")
def decide(home: str, id: str) -> Any:
    """Let the office's reviewer give a case more time, or not; why not is read by the office's own people only."""
    case, reason = find(home, id, "case.extend"), _typed("refusal")
    act: machine.Act = "grant" if request.form.get("act") == "grant" else "refuse"
    if act == "refuse" and (problem := text_checks.personal_fault(reason)):
        return case_page(case, refusal=detection.mask(reason), wrong=problem)
    try:
        cases.act(home, id, act, current_user.id, reason if act == "refuse" else "", seen_message(), now())
    except (cases.MovedOn, cases.NoTime):
        return case_page(case, refusal=reason, wrong=_("这件来件刚才有了变化，没有延。请看最新的。"))
    flash(_("已同意，村民看得到理由和新的日子。") if act == "grant" else _("没有同意，期限不变。"), "good")
    return redirect(link("desk.cases.one", home=home, id=id))


def _typed(name: str) -> str:
    return texts.tidy(request.form.get(name, "")[: texts.MOST])
