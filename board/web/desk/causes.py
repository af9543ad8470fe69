"""同一件事: staff tie cases that ask the same, and answer all of them at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import policies
from board.models import Case, Cause
from board.rules.cases import clock, texts
from board.rules.personal import detection
from board.store import areas, cases
from board.store.cases import alike, causes
from board.store.clock import now
from board.web import text_checks
from board.web.desk.cases import answer_fault, find, own_categories
from board.web.guard import may, needs
from board.web.i18n import link, say, today
from board.web.public.ask_form import text_typed

pages = Blueprint("causes", __name__, url_prefix="/desk/causes")

TITLE_MOST = 60  # characters: one line of a list on a phone is twenty
HELD = 10**6  # no page shows a message of a higher number


def _find(home: str, id: str, action: str) -> Cause:
    """Return a cause, or answer 404, also where the user may not read the cases that are tied to it."""
    cause = causes.find(home, id) if id.isalnum() else None
    if cause is None or not may(action, cause.desk):
        abort(404)
    tied = causes.cases_of(cause)
    if not tied or {one.category for one in tied} - set(own_categories()):
        abort(404)
    return cause


# ---- tying


@pages.get("/tie/<place:home>/<token:id>")
@needs("case.answer")
def choose(home: str, id: str) -> Any:
    """Show the cases that may be tied with one, those that read alike ticked; a tied one leads to its cause, an answered one back."""
    case = find(home, id, "case.answer")
    if case.tie and not case.alone:
        return redirect(link("desk.causes.one", home=home, cause=case.tie))
    if "tie" not in cases.able(case, [one.act for one in cases.messages(case)], today()):
        return redirect(link("desk.cases.one", home=home, id=id))
    return _choose_page(case, into=request.args.get("into", ""))


def _choose_page(case: Case, *, into: str, title: str = "", ticked: Collection[str] | None = None, wrong: str = "") -> str:
    lines = alike.to_tie(case)
    return render_template(
        "desk/causes/choose.html",
        case=case,
        words=cases.messages(case)[0].text,
        lines=lines,
        causes=alike.causes_to_join(case),
        into=into,
        title=title,
        most=TITLE_MOST,
        ticked=[one.id for one, _said, like in lines if like] if ticked is None else ticked,
        wrong=wrong,
        categories=policies.case_categories(),
        places=areas.labels({one.place for one, *_rest in lines}),
    )


@pages.post("/tie/<place:home>/<token:id>")
@needs("case.answer")
def tie(home: str, id: str) -> Any:
    """Tie the ticked cases with one, to a new cause or to one that there is; after an error the page returns as it was filled in."""
    case, others = find(home, id, "case.answer"), list(dict.fromkeys(request.form.getlist("case")))
    ids = [id, *(find(home, one, "case.answer").id for one in others)]
    into, title = request.form.get("into", ""), texts.tidy(request.form.get("title", ""))[:TITLE_MOST].replace("\n", " ")
    filled: dict[str, Any] = {"into": into, "title": detection.mask(title), "ticked": others}
    if wrong := _title_fault(title) if not into else "":
        return _choose_page(case, **filled, wrong=wrong)
    if not into and not others:
        return _choose_page(case, **filled, wrong=_("请至少再勾一件。只有这一件，就直接答复它。"))
    if into and into not in [one.id for one in alike.causes_to_join(case)]:
        return _choose_page(case, **filled, wrong=_("那件事刚才有了变化，请重新选一下。"))
    try:
        cause = causes.tie(home, ids, current_user.id, now(), title=title, cause=into)
    except causes.Hindered as hindered:
        left = [one for one in others if one not in hindered.why]
        changed = _("有 %(n)s 件刚才答复了，或者已经合到别处，没有合。请看一看，再点一次。", n=len(hindered.why))
        return _choose_page(case, **filled | {"ticked": left}, wrong=changed)
    flash(_("合在一起了。下面写一次答复，每个人都收到。"), "good")
    return redirect(link("desk.causes.one", home=home, cause=cause.id))


def _title_fault(title: str) -> str:
    if len(title) < texts.FEWEST:
        return _("请写一写，是件什么事。")
    return text_checks.personal_fault(title)


@pages.post("/apart")
@needs("case.answer")
def apart() -> Any:
    """Keep that cases which read alike are not one matter; they are not proposed again."""
    home = request.form.get("home", "")
    ids = [find(home, one, "case.answer").id for one in request.form.getlist("case")[: alike.LOOKED_AT]]
    causes.tell_apart(home, ids, current_user.id, now())
    flash(_("记下了：不是一回事，不再问。"), "good")
    return redirect(link("desk.cases.inbox"))


# ---- answering all


@pages.get("/<place:home>/<token:cause>")
@needs("case.read")
def one(home: str, cause: str) -> str:
    """Show the cases of a cause, first due first, and the form on which all of them are answered."""
    return _page(_find(home, cause, "case.read"))


def _page(
    cause: Cause,
    *,
    picked: Collection[str] | None = None,
    hindered: Mapping[str, str] | None = None,
    text: str = "",
    outcome: str = "",
    wrong: str = "",
    good: str = "",
    warning: text_checks.FreeTextWarning | None = None,
) -> str:
    members, categories = causes.members(cause, current_user.id), policies.case_categories()
    waits = [one for one in members if one.here]
    return render_template(
        "desk/causes/one.html",
        cause=cause,
        members=members,
        waits=waits,
        gone=[one for one in members if not one.here],
        answers=may("case.answer", cause.desk),
        picked=[one.case.id for one in waits if not one.hindrance] if picked is None else picked,
        hindered=hindered or {},
        reasons=_reasons(),
        outcomes=categories[waits[0].case.category].outcomes if waits else (),
        outcome=outcome,
        text=text,
        wrong=wrong,
        good=good,
        told=warning,
        categories=categories,
        places=areas.labels({code for one in members for code in (one.case.place, one.case.desk)}),
        days_late=lambda case: clock.days_late(case.due, today()),
    )


def _reasons() -> dict[str, str]:
    return {
        "moved": _("这一件刚才有了变化，先看一看新的话；还要一起答复，就再勾上。"),
        "barred": _("您答复过这一件，村民说没解决，要换一位同事答复。"),
        "unheard": _("这一件要先听一听这一户怎么说：打开这一件，记下来，再答复。"),
        "unlike": _("这一件不能和别的合在一起。"),
    }


@pages.post("/<place:home>/<token:cause>")
@needs("case.answer")
def answer(home: str, cause: str) -> Any:
    """Answer the ticked cases of a cause with the same words: all of them, or none, and then the page says of each why."""
    found = _find(home, cause, "case.answer")
    text, outcome = text_checks.covered(request.form, text_typed()), request.form.get("outcome", "")
    tied = {one.id: one for one in causes.cases_of(found)}
    picked = [tied[id] for id in dict.fromkeys(request.form.getlist("case")) if id in tied]
    kept: dict[str, Any] = {"picked": [one.id for one in picked], "outcome": outcome}
    category = policies.case_categories()[next(iter(tied.values())).category]
    chosen = category.outcome(outcome)
    unchosen = _("请在上面点一下，查下来是哪一种结果。您写的还在。") if category.outcomes and not chosen else ""
    if request.form.get("act") == "look":
        return _page(found, **kept, text=detection.mask(text))
    if request.form.get("act") == "begin":
        typed, template = detection.mask(text), say(chosen.template) if chosen else ""
        return _page(found, **kept, text=template + typed.removeprefix(template), wrong=unchosen)
    if fault := answer_fault(text) or unchosen or ("" if picked else _("请至少勾一件。您写的还在。")):
        return _page(found, **kept, text=detection.mask(text), wrong=fault)
    numbers = sorted({one.number for one in picked if one.number})
    if warning := text_checks.free_text_warning(request.form, text, "reply", home, also=numbers):
        return _page(found, **kept, text=text, warning=warning)
    told = text_checks.told(text, "reply", home, "", also=numbers)
    seen = {one.id: min(max(request.form.get(f"seen-{one.id}", 0, type=int), 0), HELD) for one in picked}
    try:
        done = causes.answer(found, current_user.id, text, seen, now(), told, outcome)
    except causes.Hindered as hindered:
        left = [one for one in kept["picked"] if one not in hindered.why]
        some = _("有 %(n)s 件现在答复不了，下面写了为什么；一件也没有动，您写的还在。再点一次，就答复勾上的 %(left)s 件。",
                 n=len(hindered.why), left=len(left))  # fmt: skip
        return _page(found, **kept | {"picked": left}, hindered=hindered.why, text=text, wrong=some)
    flash(_("已答复 %(n)s 件，每个人凭自己的查询号看得到。", n=len(done)), "good")
    return redirect(link("desk.causes.one", home=home, cause=cause))


@pages.post("/<place:home>/<token:cause>/untie")
@needs("case.answer")
def untie(home: str, cause: str) -> Any:
    """Let one case go on alone; a half-typed answer to the others stays on the page."""
    found, case = _find(home, cause, "case.answer"), find(home, request.form.get("apart", ""), "case.answer")
    kept: dict[str, Any] = {"picked": request.form.getlist("case"), "outcome": request.form.get("outcome", "")}
    text = detection.mask(text_typed())
    if case.tie != found.id:
        return _page(found, **kept, text=text, wrong=_("这一件已经不在这里了。"))
    try:
        causes.untie(home, case.id, current_user.id, now())
    except cases.MovedOn:
        return _page(found, **kept, text=text, wrong=_("这一件刚才有了变化，没有拆。请看最新的。"))
    if not causes.cases_of(found):
        flash(_("拆开了。"), "good")
        return redirect(link("desk.cases.one", home=home, id=case.id))
    return _page(found, **kept, text=text, good=_("拆开了，这一件单独办，期限不变。"))
