"""查进度: what became of a case, to whoever has its receipt; he adds to it, says whether it was solved, and rates the answer.

A receipt occurs only in the body of a request and of its response, never in a URL, a title or a log. Guessing receipts is not throttled:
there are 9 * 10**14, so that in a county with 10,000 cases a hundred guesses a second find one every 28 years, and any stranger could use
up a limit and so lock out everyone else.
"""

from __future__ import annotations

from typing import Any, Literal

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import gettext as _

from board import policies
from board.models import Case
from board.rules import numbers, supervision
from board.rules.calendar import day_of
from board.rules.cases import log, machine, photos
from board.rules.personal import detection
from board.store import areas, cases, letters, notices
from board.store.cases import case_photos, causes, corrections
from board.store.clock import now
from board.web.guard import public, tokened
from board.web.i18n import today
from board.web.place_words import speak_of
from board.web.public import case_letters, case_photo_form
from board.web.public.ask_about import phone_of
from board.web.public.ask_form import covered, key, seen_message, text_fault, text_typed
from board.web.public.notice import heading, rows_shown
from board.web.public.posted_pages import page_of
from board.web.public.versions import row_became

pages = Blueprint("receipt", __name__)

pages.add_app_template_filter(numbers.receipt_spaced, "in_fours")
pages.add_app_template_filter(
    lambda state: {
        "received": _("已收到"), "working": _("正在办"), "asked": _("等您补充"), "consulting": _("正在问有关的人"),
        "telling": _("查好了，还没告诉本人"), "answered": _("已答复"), "unsolved": _("没解决"), "closed": _("办结"),
    }[state],
    "case_state",
)  # fmt: skip
pages.add_app_template_filter(
    lambda rating: {5: _("非常满意"), 4: _("满意"), 3: _("基本满意"), 2: _("不满意"), 1: _("非常不满意")}[rating], "rating"
)


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Keep these pages out of all caches."""
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.route("/receipt", methods=["GET", "POST"])
@tokened  # nothing opens without the receipt in the form
@public
def receipt() -> Any:
    """Show a villager the state of a case, add a message to it, say whether the answer solved it, rate the answer, add a photo, or print
    a letter (``act``)."""
    sent = request.form.get("receipt", "")[:200]
    typed = numbers.compact(sent)
    case = cases.by_receipt(key(typed)) if request.method == "POST" else None
    if case is None and request.form.get("act") == "type":  # 大字 or EN, pressed while something is typed
        return render_template("public/receipt/receipt.html", typed=detection.mask(sent)[:40], digits=0, missed=False)
    if case is None:  # malformed and unknown receipts get the same message after the same query; it states only the number of digits
        shown = detection.mask(sent)[:40]  # people also type their ID number here; a receipt does not look like one
        return render_template("public/receipt/receipt.html", typed=shown, digits=len(typed), missed=request.method == "POST")
    act = request.form.get("act", "")
    if act == "add":
        return _added(typed, case)
    if act == "solved":
        return _said(typed, case, "solve", _("好的，这件事办结了。"))
    if act == "unsolved":
        return _said(typed, case, "dispute", _("记下了：没解决。您说过的话都一起交上去。"))
    if act.startswith("rate-"):
        return _rated(typed, case, act.removeprefix("rate-"))
    if act == "photo" or act.startswith("unphoto-"):
        return _photographed(typed, case, act)
    if act == "suggest":
        return _suggested(typed, case)
    if act == "retract":
        return _taken_back(typed, case)
    if act in ("show", "unshow"):
        good = _("记下了，监督委员会看得到。") if act == "show" else _("收回来了，监督委员会看不到了。")
        return _progress(typed, cases.show(key(typed), act == "show", now()), text=detection.mask(text_typed()), good=good)
    if act.startswith("letter-"):
        return _letter(typed, case, act.removeprefix("letter-"))
    return _progress(typed, case, text=detection.mask(text_typed()) if act == "look" else "")


def _progress(receipt: str, case: Case, text: str = "", wrong: str = "", good: str = "") -> str:
    speak_of(case.place)
    said = cases.messages(case)
    posted = notices.find(case.number) if case.number else None
    page = page_of(posted) if posted else None
    acts, desk, category = [one.act for one in said], areas.get(case.desk), policies.case_categories()[case.category]
    above = cases.above(case)
    return render_template(
        "public/receipt/progress.html",
        case=case,
        receipt=receipt,
        said=[one for one in said if one.act not in machine.UNSEEN],
        seen=len(said),
        photos=case_photos.of(case),
        most_photos=photos.MOST,
        keep_days=photos.KEEP_DAYS,
        steps=log.steps(case.made, [(one.act, one.at) for one in said]),
        desk=desk,
        why=cases.why(case) if case.state in machine.OPEN else None,
        above=areas.get(above) if above else None,
        next_steps=case_letters.shown_steps(case),
        silent=machine.class_of(case.state, case.due, day_of(case.answered) if case.answered else None, today()) == "silent",
        disputes=case.answered and machine.may_dispute(case.state, day_of(case.answered), today()),
        reply_by=cases.reply_by(case),
        others=causes.others(case),
        suggests=cases.may_suggest(case, acts),
        consents=case.consent and category.publish == "consent",
        published=[one for one in letters.of_writer(case) if one.approved_at] if case.consent else [],
        rates=machine.RATINGS if machine.may_rate(acts) and acts[-1] in ("solve", "dispute") else (),
        page=page,
        text=text,
        wrong=wrong,
        good=good,
        heading=heading(posted, page) if posted and page else areas.label(case.place),
        corrected=corrections.versions_of(case) if case.number else [],
        became=row_became(posted, page, case) if posted and page else None,
        shown=posted and posted.notice.withdrawn_at is None and rows_shown(page_of(posted, case.place), case.place),
        phone=phone_of(case, posted),
        category=category,
        may_show=cases.may_show(case.home, case.place, case.category),
        supervision=supervision.title(areas.get(case.place).name),
        official=next((one.text for one in said if one.act == "register"), ""),
        petition=cases.petition_due(case) if "register" in acts else None,
    )


def _letter(receipt: str, case: Case, no: str) -> Any:
    """Return the letter of a step as a PDF; where it cannot be sent today, the page says so and what was typed stays on it."""
    gone = _("这封信现在用不上，请看下面怎么办。")
    return case_letters.letter_pdf(case, no) or _progress(receipt, case, text=detection.mask(text_typed()), wrong=gone)


def _added(receipt: str, case: Case) -> str:
    """Add a message by the villager, and a photo chosen beside it; after an error the page returns with the typed text."""
    text = detection.mask(text_typed())
    fault = text_fault(text)
    if not fault:
        case = cases.say_more(key(receipt), text, seen_message(), now())
    told = case_photo_form.added(case, asked_for=False)
    good = "" if fault else _("收到了，已经补进去。") + covered(text)
    if not text and any(told):  # a photo may go without words
        fault = ""
    return _progress(receipt, case, text=text if fault else "", wrong=fault + told.wrong, good=good + told.good)


def _photographed(receipt: str, case: Case, act: str) -> str:
    """Add the chosen photo, or delete one; what is typed stays on the page."""
    told = case_photo_form.added(case, asked_for=True) if act == "photo" else case_photo_form.removed(case, act.removeprefix("unphoto-"))
    return _progress(receipt, case, text=detection.mask(text_typed()), wrong=told.wrong, good=told.good)


def _said(receipt: str, case: Case, act: Literal["solve", "dispute"], good: str) -> str:
    """Keep whether the answer solved the matter; what was typed beside 没解决 goes along, and beside 解决了 it stays on the page."""
    text = detection.mask(text_typed())
    if act == "dispute" and text and (fault := text_fault(text)):
        return _progress(receipt, case, text=text, wrong=fault)
    try:
        if act == "solve":
            return _progress(receipt, cases.close(key(receipt), seen_message(), now()), text=text, good=good)
        return _progress(receipt, cases.dispute(key(receipt), seen_message(), text, now()), good=good + covered(text))
    except cases.MovedOn as moved:
        return _progress(receipt, moved.case, text=text, wrong=_("刚才又有新的话，请看完再点。"))


def _suggested(receipt: str, case: Case) -> str:
    """Keep that the applicant would have everybody see what he was given (条例 44)."""
    try:
        case = cases.suggest(key(receipt), seen_message(), now())
        return _progress(receipt, case, text=detection.mask(text_typed()), good=_("记下了，单位会看该不该公开。"))
    except cases.MovedOn as moved:
        return _progress(receipt, moved.case, text=detection.mask(text_typed()))


def _taken_back(receipt: str, case: Case) -> str:
    """Take back that the letter may be published; what is typed stays on the page."""
    said = _("记下了，不公开。") if case.consent else ""
    return _progress(receipt, cases.take_back_consent(key(receipt), now()), text=detection.mask(text_typed()), good=said)


def _rated(receipt: str, case: Case, rating: str) -> str:
    """Keep how satisfied the villager is with the answer."""
    if rating not in map(str, machine.RATINGS):
        abort(404)
    try:
        case = cases.rate(key(receipt), seen_message(), int(rating), now())
        return _progress(receipt, case, text=detection.mask(text_typed()), good=_("记下了，谢谢您。"))
    except cases.MovedOn as moved:
        return _progress(receipt, moved.case, text=detection.mask(text_typed()))
