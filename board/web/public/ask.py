"""来件: a villager asks about a notice without signing in, and looks the case up with a receipt.

A receipt occurs only in the body of a request and of its response, never in a URL, a title or a log. Network addresses are not used:
sixty households may share one behind a carrier's gateway, and a limit by address would shut out all but the first of them.
Guessing receipts is not throttled: there are 9 * 10**14, so that in a county with 10,000 cases a hundred guesses a second find one
every 28 years, and any stranger could use up a limit and so lock out everyone else.
"""

from __future__ import annotations

import base64
from dataclasses import asdict
from datetime import date
from itertools import count
from typing import Any, Literal

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask_babel import gettext as _

from board import policies
from board.models import Case
from board.paper.receipt import ReceiptWords, receipt_image
from board.rules import numbers
from board.rules.calendar import day_of
from board.rules.cases import log, machine, texts
from board.rules.cases.next_steps import next_steps
from board.rules.personal import detection
from board.store import areas, cases, notices
from board.store.clock import now
from board.store.notices import Posted
from board.web.guard import public, tokened
from board.web.i18n import day, link, today
from board.web.installation import county_office, short_address
from board.web.public.ask_form import FormToken, Typed, blank, categories, key, seen_message, sent_token, text_fault, text_typed
from board.web.public.notice import heading, rows_shown
from board.web.public.posted_pages import page_of
from board.web.public.versions import row_became

pages = Blueprint("ask", __name__)

pages.add_app_template_filter(numbers.receipt_spaced, "in_fours")
pages.add_app_template_filter(
    lambda state: {
        "received": _("已收到"), "working": _("正在办"), "asked": _("等您补充"), "answered": _("已答复"), "unsolved": _("没解决"),
        "closed": _("办结"),
    }[state],
    "case_state",
)  # fmt: skip
pages.add_app_template_filter(
    lambda rating: {5: _("非常满意"), 4: _("满意"), 3: _("基本满意"), 2: _("不满意"), 1: _("非常不满意")}[rating], "rating"
)


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Keep these pages out of all caches; only the empty form may stay behind the back button, so that a typed text is not lost."""
    form = request.endpoint == "public.ask.ask" and request.method == "GET"
    response.headers["Cache-Control"] = "private, no-cache" if form else "no-store"
    return response


@pages.route("/n/<number:number>/ask", methods=["GET", "POST"])
@tokened  # the signed token in the form makes one case of one form
@public
def ask(number: str) -> Any:
    """File a case about a notice or one of its rows, and show its receipt; posting the same form again shows the same receipt."""
    posted = notices.find(number) or abort(404)
    if request.method == "GET":
        form_token, missing = blank(posted)
        return _form(posted, form_token, Typed(category=request.args.get("category", _likely(posted, form_token))), {}, missing)
    form_token, unheld = sent_token(posted)
    typed = Typed.sent()
    if "look" in request.form:  # 大字 or EN, pressed while something is typed
        return _form(posted, form_token, typed, {}, unheld)
    wrong = typed.faults()
    if typed.place and not form_token.place and not notices.part(posted, typed.place):
        wrong["place"] = _("这份公示里没有这个地方，请重新选一下。")
    if request.form.get("website"):  # honeypot field, hidden on the page; after autofill by a browser the villager only has to submit again
        wrong["form"] = _("请再点一次“交上去”。")
    elif unheld:
        wrong["form"] = unheld
    if wrong:
        return _form(posted, form_token, typed, wrong)
    if seconds := _wait(posted, form_token):
        busy = {"form": _("现在提意见的人多，请等 %(n)s 秒再按一次“交上去”。您写的都还在。", n=seconds)}
        return _form(posted, form_token, typed, busy), 429, {"Retry-After": str(seconds)}
    receipt, case = _filed(posted, form_token, typed)
    return render_template(
        "public/ask/asked.html",
        case=case,
        receipt=receipt,
        image=_image(receipt, case.due),
        why=cases.why(case),
        covered=_covered(typed.text),
        sent=asdict(typed) | {"token": form_token.token()},
        facts=posted.version.facts,
        back=_back(posted, case),
    )


def _back(posted: Posted, case: Case) -> str:
    """Return the URL of what the case is about: the row, else the village's page of the notice, else the notice."""
    if posted.notice.withdrawn_at or not notices.part(posted, case.place):
        return link("public.notice.notice", number=case.number)
    anchor = "find" if case.row is not None else None
    return link("public.notice.place", number=case.number, place=case.place, find=case.row, _anchor=anchor)


def _wait(posted: Posted, form_token: FormToken) -> int:
    """Return for how many seconds this form has to wait while many cases arrive for the notice; 0 for a form that was filed already."""
    return 0 if form_token.filed() else texts.wait(cases.newest(posted.home, posted.number, texts.BURST), now())


def _likely(posted: Posted, form_token: FormToken) -> str:
    """Return the category to preselect: from a household's row it is most likely its amount."""
    return "amount_wrong" if form_token.row is not None and page_of(posted).kind.households else ""


def _form(posted: Posted, form_token: FormToken, typed: Typed, wrong: dict[str, str], missing: str = "") -> str:
    page = page_of(posted)
    return render_template(
        "public/ask/ask.html",
        page=page,
        ticket=form_token,
        row=_shown_row(posted, form_token),
        places=[(part.place, page.place_name(part.place)) for part in page.parts] if not form_token.place else [],
        typed=typed,
        wrong=wrong,
        missing=missing,
        heading=heading(posted, page),
        categories={id: category for id, category in categories().items() if id != "missing" or page.kind.households},
        down=posted.notice.withdrawn_at is not None,
        county=county_office(),
    )


def _shown_row(posted: Posted, form_token: FormToken) -> Any:
    """Return the row that the case is about, or None if it is not on the web today: the form shows no more than the roster."""
    shown = posted.notice.withdrawn_at is None and rows_shown(page_of(posted, form_token.place), form_token.place)
    return notices.row(posted, form_token.place, form_token.row) if shown and form_token.row is not None else None


def _filed(posted: Posted, form_token: FormToken, typed: Typed) -> tuple[str, Case]:
    """File the case, or find the one that this form filed before; return (receipt, case)."""
    place = form_token.place or typed.place or posted.home
    asked = cases.Asked(place, form_token.row, typed.category, typed.text, typed.contact, cases.due(posted.home, typed.category, today()))
    for turn in count():
        receipt = form_token.receipt(turn)
        try:
            return receipt, cases.file(posted, key(receipt), asked, now())
        except cases.Taken:
            continue
    raise AssertionError


def _image(receipt: str, due: date) -> str:
    """Return the receipt as a data: URL of a PNG; a separate URL of the picture would contain the receipt."""
    words = ReceiptWords(
        where=_("查进度：%(address)s", address=short_address("/receipt")),
        due=_("最晚%(day)s答复", day=day(due)),
        got=_("收到了"),
        label=_("您的查询号"),
        keep=_("请抄下来或截屏，丢了查不到"),
        demo_mark=_("演示数据") if current_app.config["DEMO"] else "",
    )
    return "data:image/png;base64," + base64.b64encode(receipt_image(numbers.receipt_spaced(receipt), words)).decode()


@pages.route("/receipt", methods=["GET", "POST"])
@tokened  # nothing opens without the receipt in the form
@public
def receipt() -> Any:
    """Show a villager the state of a case, add a message to it, say whether the answer solved it, or rate the answer (``act``)."""
    sent = request.form.get("receipt", "")[:200]
    typed = numbers.compact(sent)
    case = cases.by_receipt(key(typed)) if request.method == "POST" else None
    if case is None and request.form.get("act") == "type":  # 大字 or EN, pressed while something is typed
        return render_template("public/ask/receipt.html", typed=detection.mask(sent)[:40], digits=0, missed=False)
    if case is None:  # malformed and unknown receipts get the same message after the same query; it states only the number of digits
        shown = detection.mask(sent)[:40]  # people also type their ID number here; a receipt does not look like one
        return render_template("public/ask/receipt.html", typed=shown, digits=len(typed), missed=request.method == "POST")
    act = request.form.get("act", "")
    if act == "add":
        return _added(typed, case)
    if act == "solved":
        return _said(typed, case, "solve", _("好的，这件事办结了。"))
    if act == "unsolved":
        return _said(typed, case, "dispute", _("记下了：没解决。您说过的话都一起交上去。"))
    if act.startswith("rate-"):
        return _rated(typed, case, act.removeprefix("rate-"))
    return _progress(typed, case, text=detection.mask(text_typed()) if act == "look" else "")


def _progress(receipt: str, case: Case, text: str = "", wrong: str = "", good: str = "") -> str:
    said = cases.messages(case)
    posted = notices.find(case.number)
    assert posted
    page = page_of(posted)
    acts, desk = [one.act for one in said], areas.get(case.desk)
    above = machine.up(desk.code, desk.level)
    return render_template(
        "public/ask/progress.html",
        case=case,
        receipt=receipt,
        said=[one for one in said if one.act not in machine.UNSEEN],
        seen=len(said),
        steps=log.steps(case.made, [(one.act, one.at) for one in said]),
        desk=desk,
        why=cases.why(case) if case.state in machine.OPEN else None,
        above=areas.get(above) if above else None,
        next_steps=next_steps(
            policies.next_steps(), case.state, desk.level, case.category, case.due, day_of(case.answered) if case.answered else None
        ),
        silent=machine.class_of(case.state, case.due, day_of(case.answered) if case.answered else None, today()) == "silent",
        disputes=case.answered and machine.may_dispute(case.state, day_of(case.answered), today()),
        rates=machine.RATINGS if machine.may_rate(acts) and acts[-1] in ("solve", "dispute") else (),
        page=page,
        text=text,
        wrong=wrong,
        good=good,
        heading=heading(posted, page),
        became=row_became(posted, page, case),
        shown=posted.notice.withdrawn_at is None and rows_shown(page_of(posted, case.place), case.place),
        category=policies.case_categories()[case.category],
    )


def _added(receipt: str, case: Case) -> str:
    """Add a message by the villager; after an error the page returns with the typed text."""
    text = detection.mask(text_typed())
    if fault := text_fault(text):
        return _progress(receipt, case, text=text, wrong=fault)
    case = cases.say_more(key(receipt), text, seen_message(), now())
    return _progress(receipt, case, good=_("收到了，已经补进去。") + _covered(text))


def _covered(text: str) -> str:
    """Return the message that personal numbers in the text were masked, or "" if there were none."""
    if detection.REDACTION not in text:
        return ""
    return _("您写的话里的身份证号、银行卡号、手机号已经用 ● 盖住，没有存下来。要留电话，请写在联系方式那一格。")


def _said(receipt: str, case: Case, act: Literal["solve", "dispute"], good: str) -> str:
    """Keep whether the answer solved the matter; what was typed beside 没解决 goes along, and beside 解决了 it stays on the page."""
    text = detection.mask(text_typed())
    if act == "dispute" and text and (fault := text_fault(text)):
        return _progress(receipt, case, text=text, wrong=fault)
    try:
        if act == "solve":
            return _progress(receipt, cases.close(key(receipt), seen_message(), now()), text=text, good=good)
        return _progress(receipt, cases.dispute(key(receipt), seen_message(), text, now()), good=good + _covered(text))
    except cases.MovedOn as moved:
        return _progress(receipt, moved.case, text=text, wrong=_("刚才又有新的话，请看完再点。"))


def _rated(receipt: str, case: Case, rating: str) -> str:
    """Keep how satisfied the villager is with the answer."""
    if rating not in map(str, machine.RATINGS):
        abort(404)
    try:
        return _progress(receipt, cases.rate(key(receipt), seen_message(), int(rating), now()), good=_("记下了，谢谢您。"))
    except cases.MovedOn as moved:
        return _progress(receipt, moved.case)
