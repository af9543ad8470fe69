"""来件: a villager asks without signing in: about a notice, a row, an area, from a wall or the first page.

Everybody gets a receipt, however many ask: a flood is a matter of the desk, which folds it (``page_question``, ``store.cases.floods``).
What becomes of a case is shown by ``receipt``.
"""

from __future__ import annotations

import base64
from dataclasses import asdict
from datetime import date
from itertools import count
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import gettext as _

from board import policies
from board.models import Area, Case
from board.paper.receipt import ReceiptWords, receipt_image
from board.rules import numbers, supervision
from board.rules.place_names import canonical
from board.store import answers, areas, cases, notices
from board.store.clock import now
from board.store.notices import Posted
from board.web.guard import public, tokened
from board.web.i18n import day, link, today
from board.web.installation import county_office, short_address
from board.web.place_words import speak_of
from board.web.public import ask_about, page_question
from board.web.public.ask_about import About, phone_of
from board.web.public.ask_form import FormToken, Typed, blank, covered, forms, key, sent_token
from board.web.public.guide import CATEGORY
from board.web.public.notice import rows_shown
from board.web.public.posted_pages import page_of

pages = Blueprint("ask", __name__)


@pages.after_request
def keep_nothing(response: Response) -> Response:
    """Keep these pages out of all caches; only the empty form may stay behind the back button, so that a typed text is not lost."""
    response.headers["Cache-Control"] = "private, no-cache" if request.method == "GET" else "no-store"
    return response


@pages.route("/n/<number:number>/ask", methods=["GET", "POST"])
@tokened  # the signed token in the form makes one case of one form
@public
def ask(number: str) -> Any:
    """Ask about a notice or one of its rows."""
    return _asked(ask_about.of_notice(number))


@pages.route("/a/<place:code>/ask", methods=["GET", "POST"])
@tokened
@public
def area(code: str) -> Any:
    """Ask an area's office, apply to it for what is not published, or write to its leader."""
    return _asked(ask_about.of_area(code))


@pages.route("/w/<number:number>/ask", methods=["GET", "POST"])
@tokened
@public
def wall(number: str) -> Any:
    """Ask from the code of a wall."""
    return _asked(ask_about.of_wall(number))


@pages.route("/ask", methods=["GET", "POST"])
@tokened
@public
def first() -> Any:
    """Ask from the first page."""
    return _asked(ask_about.of_nothing())


def _asked(about: About) -> Any:
    """Show the form, then what will be seen of it and by whom (``step``: check), and only then (send) file the case and show its receipt.

    Nothing is stored before; sending the same form again shows the same receipt.
    """
    if request.method == "GET":
        form_token, missing = blank(about)
        about = about.narrowed(form_token.row)
        speak_of(_place(about, form_token.place))
        typed = Typed(category=request.args.get("category", _likely(about, form_token)), first=about.likely_office(form_token.place))
        return _form(about, form_token, typed, {}, missing)
    form_token, unheld = sent_token(about)
    about = about.narrowed(form_token.row)
    typed, step = Typed.sent(), request.form.get("step", "check")
    if "look" in request.form:  # 大字 or EN, pressed while something is typed
        step = request.form["look"] if request.form["look"] == "check" else "back"
    place = form_token.place or typed.place
    speak_of(_place(about, place))
    wrong = typed.faults(about, place) if step in ("check", "send") else {}
    if step == "back" or wrong:
        return _form(about, form_token, typed, wrong, unheld)
    if request.form.get("website"):  # honeypot field, hidden on the page; after autofill by a browser the villager only has to submit again
        return _form(about, form_token, typed, {"form": _("请再点一次“下一步”。")})
    if unheld and "row" in request.args and form_token.row is None:  # he has to write which household it is
        return _form(about, form_token, typed, {"form": unheld})
    if step == "check":
        return _checked(about, form_token, typed)
    if unheld:
        return _checked(about, form_token, typed, unheld)
    office = about.offices(place)[typed.level()]
    receipt, case = _filed(about, office, form_token, typed)
    return render_template(
        "public/ask/asked.html",
        case=case,
        receipt=receipt,
        image=_image(receipt, case.due, phone_of(case, about.posted)[0]),
        why=cases.why(case),
        petition=cases.petition_due(case) if policies.case_categories()[case.category].clocks.petition else None,
        covered=covered(typed.text),
        sent=asdict(typed) | {"token": form_token.token(), "step": "send"},
        phone=phone_of(case, about.posted),
        back=_back(about, case),
        **page_question.after(form_token, office, case, page_of(about.posted) if about.posted else None),
    )


def _place(about: About, place: str) -> str:
    """Return the place in whose words the form speaks: the one that is asked about, as far as it is known."""
    return place or about.place or (about.posted.home if about.posted else "")


def _back(about: About, case: Case) -> str:
    """Return the URL of what the case is about: the row, else the village's page of the notice, else the notice, the wall or the area."""
    if about.posted is None or about.posted.notice.withdrawn_at or not notices.part(about.posted, case.place):
        return about.back()
    anchor = "find" if case.row is not None else None
    return link("public.notice.place", number=case.number, place=case.place, find=case.row, _anchor=anchor)


def _likely(about: About, form_token: FormToken) -> str:
    """Return the category to preselect: from a household's row it is most likely its amount."""
    return "amount_wrong" if about.posted and form_token.row is not None and page_of(about.posted).kind.households else ""


def _form(about: About, form_token: FormToken, typed: Typed, wrong: dict[str, str], missing: str = "") -> str:
    found = about.categories()
    alone = found[typed.category] if typed.category in found and found[typed.category].alone else None
    return render_template(
        "public/ask/ask.html",
        alone=alone,
        categories={id: category for id, category in found.items() if not category.alone},
        others=[category for category in found.values() if category.alone and category is not alone],
        typed=typed,
        wrong=wrong,
        missing=missing,
        forms=forms(),
        guide=about.place if alone and alone.id == CATEGORY else "",
        **_about(about, form_token, typed) | ({"offices": about.answering(form_token.place or typed.place, alone)} if alone else {}),
    )


def _checked(about: About, form_token: FormToken, typed: Typed, wrong: str = "") -> str:
    """Show what will be seen of a form and by whom, who looks and by when, and what was answered to others: nothing is stored yet."""
    place, posted = form_token.place or typed.place, about.posted
    office, about_form = about.offices(place)[typed.level()], _about(about, form_token, typed)
    due = cases.due(office.code, typed.category, today())
    return render_template(
        "public/ask/check.html",
        desk=office,
        category=policies.case_categories()[typed.category],
        typed=typed,
        wrong=wrong,
        covered=covered(typed.text),
        shows=cases.may_show(office.code, _concerned(about, office, form_token, typed), typed.category),
        forms=forms(),
        due=due,
        why=cases.why_due(office.code, typed.category, today()),
        examples=answers.examples(place or about.place or office.code, posted.notice.kind if posted else ""),
        sent={name: value for name, value in asdict(typed).items() if value} | {"token": form_token.token()},
        **page_question.before(form_token, office, due, about_form["page"]),
        **about_form,
    )


def _about(about: About, form_token: FormToken, typed: Typed) -> dict[str, Any]:
    """Return what both pages of a form show of what it is about."""
    posted, place = about.posted, form_token.place or typed.place
    page = page_of(posted) if posted else None
    parts = [(part.place, page.place_name(part.place)) for part in page.parts] if page and not form_token.place else []
    return {
        "about": about,
        "towns": about.places(),
        "page": page,
        "ticket": form_token,
        "row": _shown_row(posted, form_token) if posted else None,
        "places": parts,
        "offices": about.offices(place),
        "heading": about.heading(),
        "action": _action(form_token),
        "down": posted is not None and posted.notice.withdrawn_at is not None,
        "county": county_office(),
        "canonical": canonical,
        "supervised": about.supervised(place),
        "supervision": supervision.title(found.name if (found := areas.find(place)) else ""),
    }


def _action(form_token: FormToken) -> str:
    """Return the address of the form: with what it is about, so that it can be opened anew."""
    query = {"place": form_token.place or None, "row": form_token.row} if form_token.number else {}
    return link(request.endpoint or "", **(request.view_args or {}), **query)


def _shown_row(posted: Posted, form_token: FormToken) -> Any:
    """Return the row that the case is about, or None if it is not on the web today: the form shows no more than the roster."""
    shown = posted.notice.withdrawn_at is None and rows_shown(page_of(posted, form_token.place), form_token.place)
    return notices.row(posted, form_token.place, form_token.row) if shown and form_token.row is not None else None


def _concerned(about: About, office: Area, form_token: FormToken, typed: Typed) -> str:
    """Return the place that the case concerns."""
    return form_token.place or typed.place or (about.posted.home if about.posted else office.code)


def _filed(about: About, office: Area, form_token: FormToken, typed: Typed) -> tuple[str, Case]:
    """File the case, or find the one that this form filed before; return (receipt, case)."""
    place = _concerned(about, office, form_token, typed)
    asked = cases.Asked(
        place,
        form_token.row,
        typed.category,
        typed.text,
        typed.sealed(),
        cases.due(office.code, typed.category, today()),
        home=office.code,
        wall=about.wall or None,
        consent=typed.consent == "yes" if typed.consent else None,
        supervised=typed.supervised == "yes",
    )
    for turn in count():
        receipt = form_token.receipt(turn)
        try:
            return receipt, cases.file(about.posted, key(receipt), asked, now(), came=page_question.came(form_token, office))
        except cases.Taken:
            continue
    raise AssertionError


def _image(receipt: str, due: date, phone: str) -> str:
    """Return the receipt as a data: URL of a PNG; a separate URL of the picture would contain the receipt."""
    words = ReceiptWords(
        where=_("每一页最上面都有“查进度”，网址是 %(address)s", address=short_address("/receipt")),
        due=_("最晚%(day)s答复", day=day(due)),
        phone=_("急的话，打 %(phone)s", phone=phone) if phone else "",
        got=_("收到了"),
        label=_("您的查询号"),
        scan=_("扫这个码，手机上就是这 16 个数字"),
        keep=_("请抄下来或截屏，丢了查不到"),
        demo_mark=_("演示数据") if current_app.config["DEMO"] else "",
    )
    return "data:image/png;base64," + base64.b64encode(receipt_image(numbers.receipt_spaced(receipt), words)).decode()
