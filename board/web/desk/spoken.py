"""What somebody asks by mouth (a call, a visit, the paper box), written down by a clerk or a supervisor, with a printed receipt."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import policies
from board.models import Area
from board.paper.receipt import PaperReceipt, receipt_pdf
from board.rules import numbers
from board.rules.place_names import canonical
from board.store import areas, cases, notices
from board.store.clock import now
from board.web.downloads import pdf
from board.web.guard import needs
from board.web.i18n import day, say, today
from board.web.installation import short_address
from board.web.public.ask_about import About, phone_of
from board.web.public.ask_form import FormToken, Typed, forms, key, ways

pages = Blueprint("spoken", __name__)

SOURCES = ("call", "visit", "box")


@pages.get("/desk/cases/new")
@needs("case.enter")
def new() -> str:
    """Show the empty form; ``place`` and ``number`` may be in the address."""
    place = request.args.get("place", "")
    typed = Typed(place=place if place in _own() else current_user.area, first=current_user.level)
    return _form(FormToken.new(), typed, request.args.get("number", "")[:20], {})


@pages.post("/desk/cases/new")
@needs("case.enter")
def enter() -> Any:
    """File what was said, once for each form, and show the receipt to be printed; errors come back with everything typed."""
    token, typed, number = FormToken.sent(), Typed.sent(), numbers.compact(request.form.get("number", "")[:20])
    source, row = request.form.get("source", ""), request.form.get("row", "").strip()
    no = int(row) if row.isdecimal() and len(row) < 7 else 0
    place = typed.place if typed.place in _own() else abort(404)
    posted = notices.find(number) if number else None
    about = About("notice", posted) if posted else About("area", place=place)
    wrong = replace(typed, place="").faults(about, place) | ({} if source in SOURCES else {"source": _("请点一下，是怎么来的。")})
    if number and posted is None or posted and not (notices.part(posted, place) or place == posted.home):
        wrong["number"] = _("没有这个编号的公示，或者这份公示里没有这个地方。不清楚可以不填。")
    elif row and (posted is None or notices.row(posted.in_full(), place, no) is None):
        wrong["row"] = _("名单上没有这个号。不清楚可以不填，写在下面。")
    if typed.how not in ways():
        wrong["how"] = _("请点一下，答复怎么告诉本人。")
    if wrong:
        return _form(token, typed, request.form.get("number", "")[:20], wrong), 422
    office = about.offices(place)[typed.level()]
    due = cases.due(office.code, typed.category, today())
    consent = typed.consent == "yes" if typed.consent else None
    asked = cases.Asked(
        place, no or None, typed.category, typed.text, typed.sealed(), due, home=office.code, source=source, consent=consent
    )
    for turn in count():
        receipt = token.receipt(turn)
        try:
            case = cases.file(posted, key(receipt), asked, now(), current_user.id)
        except cases.Taken:
            continue
        return render_template("desk/spoken/entered.html", due=case.due, receipt=receipt, office=areas.get(case.desk), how=typed.how)
    raise AssertionError


@pages.post("/desk/cases/new/receipt.pdf")
@needs("case.enter")
def paper() -> Response:
    """Return the receipt of what was just written down, on A5 to hand over; the receipt comes in the body of the form."""
    receipt = numbers.compact(request.form.get("receipt", "")[:40])
    case = cases.by_receipt(key(receipt))
    if case is None or case.source == "web" or case.place not in _own():
        abort(404)
    posted, category = notices.find(case.number) if case.number else None, policies.case_categories()[case.category]
    words = PaperReceipt(
        notice=posted.version.title if posted else "",
        place=areas.label(case.place),
        category=str(say(category.label)),
        office=canonical(areas.get(case.desk).name),
        due=day(case.due),
        phone=phone_of(case, posted)[0],
        where=_("查进度在每页最上面：%(address)s", address=short_address("/receipt")),
        told=str(ways().get(request.form.get("how", ""), "")),
        demo_mark=_("演示数据") if current_app.config["DEMO"] else "",
    )
    return pdf(receipt_pdf(numbers.receipt_spaced(receipt), words), "receipt.pdf", _("查询单"))


def _own() -> dict[str, Area]:
    """Return the places of the user's desk by code."""
    return {one.code: one for one in areas.desk_of(current_user.area, current_user.level)}


def _form(token: FormToken, typed: Typed, number: str, wrong: dict[str, str]) -> str:
    own = _own()
    return render_template(
        "desk/spoken/new.html",
        token=token.token(),
        typed=typed,
        number=number,
        row=request.form.get("row", ""),
        source=request.form.get("source", ""),
        wrong=wrong,
        places=own.values(),
        categories=[one for one in policies.case_categories().values() if one.to == "publisher"],
        offices=About("area", place=typed.place).offices(typed.place),
        forms=forms(),
        ways=ways(),
    )
