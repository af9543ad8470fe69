"""Cases for the staff: the inbox, and answering."""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import policies
from board.models import Case
from board.rules import roles
from board.rules.areas import prefix
from board.rules.calendar import day_of
from board.rules.cases import clock, machine, texts
from board.rules.cases.urgency import urgency as urgency_of
from board.rules.personal import detection
from board.store import answer_templates, answers, approval, areas, cases, directives, letters, notices
from board.store.cases import alike, answer_drafts, case_photos, causes, corrections, floods, lists
from board.store.clock import now
from board.web import text_checks
from board.web.desk.case_facts import facts
from board.web.guard import may, needs
from board.web.i18n import link, say, today
from board.web.place_words import speak_of
from board.web.public.ask_form import seen_message, text_fault, text_typed
from board.web.public.posted_pages import page_of
from board.web.public.versions import row_became

pages = Blueprint("cases", __name__)

LISTED = 50
_OFFICIAL = re.compile(r"[0-9A-Za-z-]{4,32}")  # the number of a petition in the official system


def homes() -> str:
    """Return the code prefix of the homes whose cases the user may read, as ``may("case.read", home)`` decides for one home."""
    whole = roles.TABLE["case.read"][current_user.role] == "scope" or current_user.level in ("township", "village")
    return prefix(current_user.area, current_user.level) if whole else current_user.area


def find(home: str, id: str, action: str) -> Case:
    """Return a case, or answer 404, also for a case that the user may not open, so that its existence is not revealed; a letter to the
    leader is the leader's.

    Who may read it at the publisher's desk reads on when another office has it; only that office acts.
    """
    case = cases.one(home, id) if id.isalnum() else None
    if case is None or not may_read(case) or action != "case.read" and not may(action, case.desk):
        abort(404)
    speak_of(case.place)
    return case


def may_read(case: Case) -> bool:
    """Return whether the user may read a case: its office, and that asked first, as far as it is theirs to read."""
    answerer = policies.case_categories()[case.category].answerer
    within = may("case.read", case.desk) or may("case.read", case.home)
    return within and roles.reads(current_user.role, answerer, risen=case.desk != case.home)


def own_categories() -> list[str]:
    """Return the ids of the categories whose cases the user may read."""
    return [one.id for one in policies.case_categories().values() if one.answerer in roles.CASES[current_user.role]]


def risen_categories() -> list[str]:
    """Return the ids of the categories whose cases the user may read only once another office than the first has them."""
    return [one.id for one in policies.case_categories().values() if roles.reads(current_user.role, one.answerer, risen=True)]


@pages.get("/desk/cases")
@needs("case.read")
def inbox() -> str:
    """List open cases by when they are due and why, or (``done``) answered ones, or (``asks``: extension) those whose office asks for more
    time; 50 a page, of an area, kind and year if wanted."""
    done, area = request.args.get("done") == "1", areas.find(request.args.get("area", ""))
    asks = request.args.get("asks") == "extension" and not done
    under = prefix(area.code, area.level) if area and area.code.startswith(homes()) else homes()
    year = request.args.get("year", 0, type=int)
    which: dict[str, Any] = {"kind": request.args.get("kind", ""), "year": year if 2000 < year < 3000 else 0}
    proposes = roles.holds(current_user.role, "case.answer") and not (done or any(request.args.get(name) for name in ("after", *which)))
    fold = _fold()
    paged: dict[str, Any] = {"after": _after(), "limit": LISTED + 1, "risen": risen_categories()}
    found = lists.inbox(under, own_categories(), done=done, extension=asks, folded=True, fold=fold, **paged, **which)
    listed, more = found[:LISTED], found[LISTED - 1].case if len(found) > LISTED else None
    return render_template(
        "desk/cases/inbox.html",
        groups=[("", listed)] if done else _by_urgency(listed),
        why={} if done else cases.whys([line.case for line in listed]),
        more=more,
        done=done,
        causes=causes.standing(line.case for line in listed) if not (done or any(which.values())) else {},
        proposals=alike.proposals(under, own_categories(), now()) if proposes else [],
        asks=asks,
        extends=roles.holds(current_user.role, "case.extend"),
        enters=roles.holds(current_user.role, "case.enter"),
        kept={name: request.args.get(name) for name in ("area", "kind", "year", "fold")},
        fold=fold,
        fold_is_burst=bool(fold and floods.is_burst(fold[1])),
        categories=policies.case_categories(),
        beginning=lists.BEGINNING,
        days_late=_days_late,
        class_of=_class_of,
    )


def _by_urgency(listed: list[lists.CaseEntry]) -> list[tuple[str, list[lists.CaseEntry]]]:
    """Return the lines, which are in the order of their days, in groups of how soon they are due."""
    day = today()
    return [(urgency, list(own)) for urgency, own in groupby(listed, key=lambda line: urgency_of(line.case.due, day))]


def _after() -> lists.Place | None:
    """Return the key of the last case on the page before, or None for the first page."""
    due, *key = request.args.get("after", "").split("_")
    try:
        home, id = key
        return (date.fromisoformat(due), home, id) if (home + id).isalnum() else None
    except ValueError:
        return None


def _fold() -> lists.Fold | None:
    """Return the line of a flood whose cases are to be listed, or None."""
    home, *more = request.args.get("fold", "").split("_")
    return (home, more[0], more[1]) if len(more) == 2 and "".join((home, *more)).isalnum() else None


def _days_late(case: Case) -> int:
    return clock.days_late(case.due, today()) if clock.late(case.state, case.due, today()) else 0


def _class_of(case: Case) -> str:
    return machine.class_of(case.state, case.due, day_of(case.answered) if case.answered else None, today())


@pages.get("/desk/cases/<place:home>/<token:id>")
@needs("case.read")
def one(home: str, id: str) -> str:
    """Show a case with all its messages, and the form to answer it."""
    return case_page(find(home, id, "case.read"))


def case_page(
    case: Case,
    *,
    text: str | None = None,
    why: str | None = None,
    reason: str | None = None,
    refusal: str = "",
    wrong: str = "",
    good: str = "",
    contact: str = "",
    outcome: str = "",
    warning: text_checks.FreeTextWarning | None = None,
    reason_told: text_checks.FreeTextWarning | None = None,
) -> str:
    """Return the page of a case with what is typed into its fields: the answer (``text``; None: as the user had begun it), why a household
    was not heard and the reason for more time (None: as they were sent), and why it is refused; the warnings are of the answer and of that
    reason."""
    said, answers_it = cases.messages(case), may("case.answer", case.desk)
    begun, writers = answer_drafts.of_case(case, current_user.id) if answers_it else (None, [])
    resumed = begun if text is None else None
    return render_template(
        "desk/cases/one.html",
        case=case,
        said=said,
        photos=case_photos.of(case),
        where=areas.label(case.place),
        text=resumed.text if resumed else text or "",
        resumed=resumed,
        writers=writers,
        templates=answer_templates.listed(answer_templates.offices(case.desk), case.category) if answers_it else [],
        why=_sent("why") if why is None else why,
        reason=_sent("reason") if reason is None else reason,
        refusal=refusal,
        reason_told=reason_told,
        wrong=wrong,
        good=good,
        contact=contact,
        outcome=resumed.outcome if resumed else outcome,
        told=warning,
        answers=answers_it,
        categories=policies.case_categories(),
        **_of_notice(case),
        **_of_office(case, said),
        directives=directives.of_case(case, homes()) if roles.holds(current_user.role, "directive.read") else [],
    )


def _of_notice(case: Case) -> dict[str, Any]:
    """Return what the page shows of the notice that a case is about; nothing where it is about none."""
    found = notices.find(case.number) if case.number else None
    if found is None:
        return {"page": None, "facts": None, "row": None, "became": None, "corrections": [], "corrects": False}
    posted = found.in_full()
    page = page_of(posted)
    known = facts(case, posted, page, homes(), own_categories())
    return {
        "page": page,
        "facts": known,
        "row": known.row,
        "became": row_became(posted, page, case),
        "corrections": corrections.of_case(case),
        "corrects": found.notice.withdrawn_at is None and may("draft.write", found.home),
    }


def _of_office(case: Case, said: list[cases.CaseMessage]) -> dict[str, Any]:
    """Return which office has a case, and what it and the user can do with it today."""
    desk, category, acts = areas.get(case.desk), policies.case_categories()[case.category], [one.act for one in said]
    above, able = machine.up(desk.code, desk.level), cases.able(case, acts, today())
    return {
        "category": category,
        "outcomes": [one for one in category.outcomes if not one.rises or "send_up" in able],
        "late": _days_late(case),
        "barred": current_user.id in cases.barred(case, said),
        "able": able,
        "heard": "hear" in acts,
        "extends": _later(case) if "extend" in able else None,
        "later": _later(case) if "grant" in able else None,
        "decides": may("case.extend", case.desk),
        "desk": desk,
        "above": areas.get(above) if above else None,
        "stop": category.clocks.clearer,
        "third": category.clocks.third,
        "petition": cases.petition_due(case) if category.clocks.petition else None,
        "official": next((one.text for one in said if one.act == "register"), ""),
        "letter": letters.of_case(case),
        "writes": letters.publishable(case) and may("letter.draft", case.desk),
        "together": lists.together(case, own_categories()),
        "cause": causes.of(case),
        "openly": answers.of_case(case.publisher, case.id) if case.publisher else None,
        "openly_state": approval.state,
        "publishes": category.publish == "reworded" and case.publisher and may("answer.draft", case.publisher),
    }


def _sent(name: str) -> str:
    return detection.mask(texts.tidy(request.form.get(name, "")[: texts.MOST]))


def _later(case: Case) -> date | None:
    """Return the last day for the answer if more time is given; None where the law leaves none."""
    try:
        return cases.extended_due(case)
    except cases.NoTime:
        return None


@pages.post("/desk/cases/<place:home>/<token:id>")
@needs("case.answer")
def answer(home: str, id: str) -> Any:
    """Answer a case, or do another act whose words the villager reads (``act``).

    The page returns with the typed text for an error, or for an unconfirmed warning that a person is described.
    """
    case = find(home, id, "case.answer")
    text, outcome = text_checks.covered(request.form, text_typed()), request.form.get("outcome", "")
    good: dict[machine.Act, str] = {
        "answer": _("已答复，村民凭查询号就能看到。") if case.source == "web" else _("写好了。还要告诉本人，告诉以后这件事才算答复。"),
        "ask_back": _("已请村民补充。他补充以前，期限停着。"),
        "consult": _("记下了。征求意见的时间不计算在期限里。"),
        "register": _("已登记，村民看得到编号和告知受不受理的日子。"),
        "forward": _("已转上去。答复的最后一天不变。"),
    }
    category = policies.case_categories()[case.category]
    unchosen = _("请在上面点一下，查下来是哪一种结果。您写的还在。")
    if request.form.get("act") == "begin":
        chosen, typed = category.outcome(outcome), detection.mask(text)
        template = say(chosen.template) if chosen else ""
        return case_page(case, text=template + typed.removeprefix(template), outcome=outcome, wrong="" if chosen else unchosen)
    act = next((one for one in good if one == request.form.get("act", "answer")), None) or abort(404)
    if fault := answer_fault(text, short=act == "register"):
        return case_page(case, text=detection.mask(text), wrong=fault, outcome=outcome)
    if act == "answer" and category.outcomes and not category.outcome(outcome):
        return case_page(case, text=text, wrong=unchosen)
    if warning := text_checks.free_text_warning(request.form, text, "reply", case.home, case.number or ""):
        return case_page(case, text=text, warning=warning, outcome=outcome)
    told = text_checks.told(text, "reply", case.home, case.number or "")
    try:
        cases.act(home, id, act, current_user.id, text, seen_message(), now(), looked_at=told, outcome=outcome)
    except cases.MovedOn as moved:
        return case_page(moved.case, text=text, wrong=moved_on(), outcome=outcome)
    except cases.Barred:
        return case_page(case, text=text, wrong=_barred(), outcome=outcome)
    except cases.Unheard:
        return case_page(case, text=text, wrong=_("先听一听这一户怎么说，或者写明为什么没听，再答复。您写的还在。"), outcome=outcome)
    rises = act == "answer" and (chosen := category.outcome(outcome)) and chosen.rises
    flash(_("已转给县里接着办，村民看得到。") if rises else good[act], "good")
    return redirect(link("desk.cases.one", home=home, id=id))


def _barred() -> str:
    return _("您答复过这件事，村民说没解决，不能再由您来定。请换一位同事答复，或者转给上一级。您写的还在。")


@pages.post("/desk/cases/<place:home>/<token:id>/step")
@needs("case.answer")
def step(home: str, id: str) -> str:
    """Do an act that needs no words (``act``), or a few beside the answer (``why``); a half-typed answer stays on the page."""
    case, text, outcome = find(home, id, "case.answer"), detection.mask(text_typed()), request.form.get("outcome", "")
    good: dict[machine.Act, str] = {
        "work": _("已告诉村民：正在办。"),
        "confirm": _("已确认，期限从今天算起。"),
        "verify": _("记下了：身份已核验，没有留复印件。"),
        "consulted": _("记下了，期限接着算。"),
        "hear": _("记下了。"),
        "tell": _("记下了：已告诉本人。"),
    }
    asked = request.form.get("act", "")
    act = next((one for one in good if one == asked.removesuffix("-not")), None) or abort(404)
    why = _sent("why")
    if act == "tell" and texts.length_fault(why):
        return case_page(case, text=text, outcome=outcome, wrong=_("请写明是怎么告诉的、告诉了谁。"))
    if asked == "hear-not" and texts.length_fault(why):
        return case_page(case, text=text, outcome=outcome, wrong=_("请写明为什么没有听这一户怎么说。"))
    try:
        case = cases.act(home, id, act, current_user.id, why if asked in ("hear-not", "tell") else "", seen_message(), now())
    except cases.MovedOn as moved:
        return case_page(moved.case, text=text, wrong=moved_on(), outcome=outcome)
    return case_page(case, text=text, why="", good=good[act], outcome=outcome)


@pages.post("/desk/cases/<place:home>/<token:id>/said")
@needs("case.answer")
def said(home: str, id: str) -> Any:
    """Write down what somebody who asked by mouth says further."""
    case, text = find(home, id, "case.answer"), detection.mask(text_typed())
    if fault := text_fault(text):
        return case_page(case, text=text, wrong=fault)
    try:
        cases.write_down(home, id, current_user.id, text, seen_message(), now(), disputes=request.form.get("act") == "dispute")
    except cases.MovedOn as moved:
        return case_page(moved.case, text=text, wrong=moved_on())
    flash(_("记下了。"), "good")
    return redirect(link("desk.cases.one", home=home, id=id))


def moved_on() -> str:
    """Return the message that the case has changed since the page was opened."""
    return _("这件来件刚才有了变化，请先看上面最新的话，再决定怎么答复。您写的还在。")


def answer_fault(text: str, *, short: bool = False) -> str:
    """Return the error message for an answer, or ""; personal numbers are an error, since the finder of a lost receipt can read it.

    ``short``: it is the number of a petition in the official system, which may look like that of a card.
    """
    if short:
        plain = bool(_OFFICIAL.fullmatch(text)) and not any(finding.what in ("id_number", "phone") for finding in detection.find(text))
        return "" if plain else _("上面只写信访系统给的编号：数字、字母和横线。")
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
    case = find(home, id, "case.answer")
    return case_page(case, contact=cases.open_contact(home, id, current_user.id, now()) or _("村民没有留联系方式。"))
