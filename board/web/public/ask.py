"""来件: a villager asks without signing in and keeps a receipt; the desk sees what is due and answers.

A receipt stands in the body of a request and of its answer only, never in an address, a title or a log. Nobody's network address is
looked at: sixty households part one behind a carrier's gateway, and a limit by address would shut out the second of them.
Trying receipts out is not held up either: there are 9 * 10**14, so in a county with 10,000 cases a hundred tries a second hit one
every 28 years, while a limit on tries would be one that any stranger could use up for everybody.
"""

from __future__ import annotations

import base64
from datetime import date
from itertools import count
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask_babel import gettext as _

from board import policies
from board.models import Case
from board.paper.receipt import ReceiptWords, receipt_image
from board.rules import cases as rules
from board.rules import numbers, periods
from board.rules.personal import detection
from board.store import cases, holidays, notices
from board.store.clock import now
from board.store.notices import Posted
from board.web.guard import public, tokened
from board.web.i18n import day, today
from board.web.installation import county_office, short_address
from board.web.public.ask_form import FormToken, Typed, blank, categories, key, seen_message, sent_token, text_fault, text_typed
from board.web.public.notice import heading, page_of, rows_shown
from board.web.public.versions import row_became

pages = Blueprint("ask", __name__)

pages.add_app_template_filter(numbers.receipt_spaced, "in_fours")
pages.add_app_template_filter(
    lambda state: {"received": _("已收到"), "working": _("正在办"), "answered": _("已答复"), "closed": _("办结")}[state], "case_state"
)


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Let no phone or gateway keep these pages; only the form itself may stay behind the back button, or what was typed would be gone."""
    form = request.endpoint == "public.ask.ask" and request.method == "GET"
    response.headers["Cache-Control"] = "private, no-cache" if form else "no-store"
    return response


def _due(category: str) -> date:
    """Return the last day for an answer to what is asked today."""
    return periods.due(today(), policies.case_categories()[category].answer, holidays.calendar())


@pages.route("/n/<number:number>/ask", methods=["GET", "POST"])
@tokened  # the form's own token makes one case of one form
@public
def ask(number: str) -> Any:
    """Take a question about a notice or one of its rows; sent, its receipt is shown at once, and again on every resend."""
    posted = notices.find(number) or abort(404)
    if request.method == "GET":
        ticket, missing = blank(posted)
        return _form(posted, ticket, Typed(category=request.args.get("category", _likely(posted, ticket))), {}, missing)
    ticket, unheld = sent_token(posted)
    typed = Typed.sent()
    wrong = typed.faults()
    if typed.place and not ticket.place and not notices.part(posted, typed.place):
        wrong["place"] = _("这份公示里没有这个地方，请重新选一下。")
    if request.form.get("website"):  # the field that no person sees; a phone that filled it in by itself only has to press again
        wrong["form"] = _("请再点一次“交上去”。")
    elif unheld:
        wrong["form"] = unheld
    if wrong:
        return _form(posted, ticket, typed, wrong)
    if seconds := _wait(posted, ticket):
        busy = {"form": _("现在提意见的人多，请等 %(n)s 秒再按一次“交上去”。您写的都还在。", n=seconds)}
        return _form(posted, ticket, typed, busy), 429, {"Retry-After": str(seconds)}
    receipt, case = _filed(posted, ticket, typed)
    return render_template(
        "public/ask/asked.html", case=case, receipt=receipt, image=_image(receipt, case.due), covered=_covered(typed.text)
    )


def _wait(posted: Posted, ticket: FormToken) -> int:
    """Return how many seconds the form has to wait because so many came in for this notice; one that is filed already never waits."""
    return 0 if ticket.filed() else rules.wait(cases.newest(posted.home, posted.number, rules.BURST), now())


def _likely(posted: Posted, ticket: FormToken) -> str:
    """Return what somebody who comes from a household's row most likely wants to say; he can choose otherwise."""
    return "amount_wrong" if ticket.row is not None and page_of(posted).kind.households else ""


def _form(posted: Posted, ticket: FormToken, typed: Typed, wrong: dict[str, str], missing: str = "") -> str:
    page = page_of(posted)
    return render_template(
        "public/ask/ask.html",
        page=page,
        ticket=ticket,
        row=_shown_row(posted, ticket),
        places=[(part.place, page.place_name(part.place)) for part in page.parts] if not ticket.place else [],
        typed=typed,
        wrong=wrong,
        missing=missing,
        heading=heading(posted, page),
        categories={id: category for id, category in categories().items() if id != "missing" or page.kind.households},
        down=posted.notice.withdrawn_at is not None,
        county=county_office(),
    )


def _shown_row(posted: Posted, ticket: FormToken) -> Any:
    """Return the row that is asked about if the web shows it today, else None: this form tells nothing that the roster does not."""
    shown = posted.notice.withdrawn_at is None and rows_shown(page_of(posted, ticket.place))
    return notices.row(posted, ticket.place, ticket.row) if shown and ticket.row is not None else None


def _filed(posted: Posted, ticket: FormToken, typed: Typed) -> tuple[str, Case]:
    """File what was asked, or find it where this form was sent before; return its receipt and the case."""
    place = ticket.place or typed.place or posted.home
    asked = cases.Asked(place, ticket.row, typed.category, typed.text, typed.contact, _due(typed.category))
    for turn in count():
        receipt = ticket.receipt(turn)
        try:
            return receipt, cases.file(posted, key(receipt), asked, now())
        except cases.Taken:
            continue
    raise AssertionError


def _image(receipt: str, due: date) -> str:
    """Return the receipt as a picture inside the page, since an address of it would be an address that holds the receipt."""
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
@tokened  # the receipt in the form is the only thing that opens anything here
@public
def receipt() -> Any:
    """Show a villager how his case stands, and take what he has to add."""
    sent = request.form.get("receipt", "")[:200]
    typed = numbers.compact(sent)
    case = cases.by_receipt(key(typed)) if request.method == "POST" else None
    if case is None:  # mistyped or never given: the same words, after the same look into the table; only how many digits there are is said
        shown = detection.mask(sent)[:40]  # people type their ID number here; a receipt looks like no such number
        return render_template("public/ask/receipt.html", typed=shown, digits=len(typed), missed=request.method == "POST")
    act = request.form.get("act")
    if act == "add":
        return _added(typed, case)
    if act == "solved":
        return _solved(typed, case)
    return _progress(typed, case)


def _progress(receipt: str, case: Case, text: str = "", wrong: str = "", good: str = "") -> str:
    said = cases.messages(case)
    posted = notices.find(case.number)
    assert posted
    page = page_of(posted)
    steps = rules.steps(case.made, [(one.side, one.text, one.at) for one in said])
    return render_template(
        "public/ask/progress.html", case=case, receipt=receipt, said=said, steps=steps, page=page, text=text, wrong=wrong, good=good,
        heading=heading(posted, page), became=row_became(posted, page, case),
        shown=posted.notice.withdrawn_at is None and rows_shown(page_of(posted, case.place)),
        category=policies.case_categories()[case.category],
    )  # fmt: skip


def _added(receipt: str, case: Case) -> str:
    """Add what the villager has to say further; what he typed comes back when it cannot be taken."""
    text = detection.mask(text_typed())
    if fault := text_fault(text):
        return _progress(receipt, case, text=text, wrong=fault)
    case = cases.say_more(key(receipt), text, seen_message(), _due(case.category), now())
    return _progress(receipt, case, good=_("收到了，已经补进去。") + _covered(text))


def _covered(text: str) -> str:
    """Return what a villager is told when personal numbers in his text were covered, or "" when there were none."""
    if detection.REDACTION not in text:
        return ""
    return _("您写的话里的身份证号、银行卡号、手机号已经用 ● 盖住，没有存下来。要留电话，请写在联系方式那一格。")


def _solved(receipt: str, case: Case) -> str:
    """Close the case because the villager says so; what he had begun to write stays on the page."""
    text = detection.mask(text_typed())
    try:
        return _progress(receipt, cases.close(key(receipt), seen_message(), now()), text=text, good=_("好的，这件事办结了。"))
    except cases.MovedOn as moved:
        return _progress(receipt, moved.case, text=text, wrong=_("刚才又有新的话，请看完再点。"))


# ---- the desk
