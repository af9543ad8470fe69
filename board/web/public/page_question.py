"""The question about the page that the form to ask carries while a flood lasts, and the network address that a form came from.

Whatever is answered, the case is filed and has its receipt; the answer only says on which line of the desk it stands.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import gettext as _

from board.models import Area, Case
from board.rules import money
from board.rules.cases import page_question
from board.rules.cases.flood import Came
from board.rules.cases.page_question import Fact
from board.rules.notice.page import Page
from board.rules.place_names import canonical
from board.store import areas, sealing
from board.store.cases import floods
from board.store.clock import now
from board.web.i18n import day, tongue
from board.web.public.ask_form import FormToken


def before(form_token: FormToken, office: Area, due: date, page: Page | None) -> dict[str, Any]:
    """Return what the page before a form is sent shows of the question: nothing while no flood lasts."""
    return _shown(form_token, office, due, page) if floods.asks(office.code, now()) else {"question": None}


def after(form_token: FormToken, office: Area, case: Case, page: Page | None) -> dict[str, Any]:
    """Return what the page with the receipt shows of it: the question once more where nothing was said to it."""
    return _shown(form_token, office, case.due, page) if case.said == "none" else {"question": None}


def _shown(form_token: FormToken, office: Area, due: date, page: Page | None) -> dict[str, Any]:
    asked = page_question.question([*_facts(form_token, office, due, page)], lambda what: _key(form_token, office, what))
    return {
        "question": asked,
        "wording": wording(asked.asks) if asked else "",
        "beside": _beside_it(form_token, page),
        "picked": request.form.get("answer", ""),
        "asked_of": office,
    }


def came(form_token: FormToken, office: Area) -> Came:
    """Return what is known of the form that was sent, for the desk's line only."""
    answer = request.form.get("answer", "")[:40]
    return Came(address(), page_question.said(answer, lambda what: _key(form_token, office, what)))


def wording(asks: page_question.Asks) -> str:
    """Return the words of a question."""
    return {
        "office": _("这件事，交给哪里办？"),
        "due": _("最晚哪一天答复您？"),
        "place": _("这份公示，说的是哪个地方？"),
        "until": _("这份公示，贴到哪一天为止？"),
        "total": _("这份公示里，合计多少元？"),
    }[asks]


def address() -> str:
    """Return the network address of the visitor: behind a web server on this machine or in its network what that one says."""
    own, said = request.remote_addr or "", request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return said if said and not ipaddress.ip_address(own).is_global else own
    except ValueError:
        return own


def _key(form_token: FormToken, office: Area, what: str) -> str:
    return sealing.vault().key("question", f"{form_token.nonce}/{office.code}/{what}")


def _facts(form_token: FormToken, office: Area, due: date, page: Page | None) -> Iterator[Fact]:
    yield Fact(
        "office", canonical(office.name), _beside(office.code, office.parent if office.parent and office.level != "county" else office.code)
    )
    yield Fact("due", day(due), [day(one) for one in page_question.days_near(due)])
    if page is None:
        return
    place = form_token.place or page.about()
    yield Fact("until", day(page.ends), [day(one) for one in page_question.days_near(page.ends)])
    here = {page.place_name(part.place) for part in page.parts} | {page.place_name(page.home)}
    parent = areas.get(place).parent
    yield Fact("place", page.place_name(place), [one for one in _beside(place, parent) if one not in here] if parent else [])
    total = page.sum_of(place)[0].get("amount", "")
    if total and not page.withholds(place):
        said, sums = _yuan(Decimal(total)), page_question.sums_near(Decimal(total))
        yield Fact("total", said, [_yuan(one) for one in sums] if said in page.sentence(tongue(), place) else [])


def _beside(code: str, parent: str) -> list[str]:
    return [canonical(one.name) for one in areas.children(parent) if one.code != code]


def _yuan(amount: Decimal) -> str:
    return money.yuan(money.to_fen(amount))


def _beside_it(form_token: FormToken, page: Page | None) -> list[tuple[str, str]]:
    """Return what the page says of the notice beside the question, as (label, value), so that nobody has to leave the form."""
    if page is None:
        return []
    place = form_token.place or page.about()
    sentence = "" if page.withholds(place) else page.sentence(tongue(), place)
    return [(_("哪份公示"), page.title), (_("说的是"), sentence or page.place_name(place)), (_("贴到"), day(page.ends))]
