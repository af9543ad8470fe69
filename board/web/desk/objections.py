"""有异议 at a 念名单会: what a household says there of its own row becomes a case, at once or when the network is back."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import policies
from board.models import Case, Meeting
from board.paper.receipt import PaperReceipt, receipts_pdf
from board.rules import numbers
from board.rules.calendar import day_of
from board.rules.cases import texts
from board.rules.notice import meeting as rule
from board.rules.notice.meeting import OBJECTIONS
from board.rules.personal import detection
from board.rules.place_names import canonical
from board.store import areas, cases, meetings
from board.store.clock import now
from board.store.notices import Posted
from board.web.desk.meetings import own_meeting
from board.web.downloads import pdf
from board.web.guard import needs
from board.web.i18n import day, say
from board.web.installation import short_address
from board.web.public.ask_about import About, phone_of
from board.web.public.ask_form import FormToken, key

pages = Blueprint("objections", __name__, url_prefix="/desk/notices/<number:number>/<place:place>/meeting")

MOST = 200  # objections of one upload
_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Said:
    """What was noted on the page of a meeting; ``token`` was made there, so that sending it again files nothing twice."""

    token: str
    row: int
    what: str
    words: str

    @classmethod
    def of(cls, given: Any) -> Said | None:
        """Return what a page sent, with personal numbers masked; None for what no page of ours sends."""
        if not isinstance(given, dict):
            return None
        token, what, row = str(given.get("token", "")), str(given.get("what", "")), str(given.get("row", ""))
        if not _TOKEN.fullmatch(token) or what not in OBJECTIONS or not row.isdecimal() or len(row) > 6:
            return None
        words = texts.tidy(str(given.get("words") or "").replace("\0", ""))[: rule.WORDS_MOST]
        return cls(token, int(row), what, detection.mask(words))


@pages.post("/<count:no>/objection")
@needs("meeting.hold")
def note(number: str, place: str, no: str) -> Any:
    """Without a script: ask once more about the row and the choice that were pressed, then file it and show its receipt."""
    posted, meeting = own_meeting(number, place, no)
    row, _point, what = request.form.get("objection", "").partition(".")
    said = Said.of(
        {"token": request.form.get("token") or secrets.token_hex(16), "row": row, "what": what, "words": request.form.get("words")}
    )
    if said is None or said.row not in open_rows(posted, meeting):
        abort(400)
    choice = say(OBJECTIONS[what].label)
    given = {"place": place, "number": number, "no": no, "said": said, "choice": choice}
    if "sure" not in request.form:
        return render_template("desk/objections/ask.html", most=rule.WORDS_MOST, **given)
    receipt, case = filed(posted, meeting, said, current_user.id, now())
    return render_template("desk/objections/noted.html", receipt=receipt, due=case.due, office=areas.get(case.desk), **given)


@pages.post("/<count:no>/objections")
@needs("meeting.hold")
def upload(number: str, place: str, no: str) -> Response:
    """File what waited on the page of a meeting, and return each receipt; what was sent before has the receipt that it got then."""
    posted, meeting = own_meeting(number, place, no)
    rows = open_rows(posted, meeting)
    found: list[dict[str, Any]] = []
    for one in _sent():
        if one is None or one.row not in rows:
            found.append({"token": one.token if one else "", "fault": _("名单上没有这个号，没有上传。")})
            continue
        receipt, case = filed(posted, meeting, one, current_user.id, now())
        found.append({"token": one.token, "receipt": numbers.receipt_spaced(receipt), "due": day(case.due)})
    return jsonify(found)


@pages.post("/<count:no>/receipts.pdf")
@needs("meeting.hold")
def receipts(number: str, place: str, no: str) -> Response:
    """Return the receipts that a page of this meeting shows, a page of A5 each; they come in the body of the form."""
    posted, _meeting = own_meeting(number, place, no)
    given = [numbers.compact(one[:40]) for one in request.form.getlist("receipt")[:MOST]]
    found = [(one, cases.by_receipt(key(one))) for one in given]
    mine = [(one, case) for one, case in found if case and case.source == "meeting" and (case.number, case.place) == (number, place)]
    if not mine:
        abort(404)
    return pdf(receipts_pdf([(numbers.receipt_spaced(one), _paper(posted, case)) for one, case in mine]), "receipts.pdf", _("查询单"))


def open_rows(posted: Posted, meeting: Meeting) -> set[int]:
    """Return the numbers of the rows to which one may object: those that were read, which a child's is not."""
    return set(meetings.numbers(meeting)) - meetings.minors(posted, meeting.place, meeting.version)


def filed(posted: Posted, meeting: Meeting, said: Said, user: int, at: datetime) -> tuple[str, Case]:
    """Return the receipt and the case of what was said: filed at ``at`` by ``user``, or when it was sent the first time."""
    token = FormToken(f"meeting/{posted.home}/{said.token}", "", posted.number, meeting.place, said.row)
    place, no, version = meeting.place, meeting.no, meeting.version
    for turn in count():
        receipt = token.receipt(turn)
        case = cases.by_receipt(key(receipt))
        if case and (case.source, case.number, case.place, case.row) != ("meeting", posted.number, place, said.row):
            continue
        try:
            case = case or cases.file(posted, key(receipt), _asked(posted, place, version, said, day_of(at)), at, user)
        except cases.Taken:
            continue
        kept = meetings.one(posted, place, no)
        assert kept
        meetings.object_to(kept, said.row, said.what, case, user, at)
        return receipt, case
    raise AssertionError


def _asked(posted: Posted, place: str, version: int, said: Said, on: date) -> cases.Asked:
    """Return the case: for the publisher, or the next office above that takes its category."""
    choice = OBJECTIONS[said.what]
    category = policies.case_categories()[choice.category]
    offices = About("notice", posted).offices(place)
    office = offices.get(rule.office_level(category.first, areas.get(posted.home).level))
    home = office.code if office and office.code != posted.home else posted.home
    read = f"（念的是第 {version} 版）" if version != posted.version.no else ""
    text = f"开会念名单的时候，本户说{read}：{choice.label.zh}。{said.words}"
    return cases.Asked(place, said.row, choice.category, text, "", cases.due(home, choice.category, on), home=home, source="meeting")


def _sent() -> Sequence[Said | None]:
    try:
        given = json.loads(request.form.get("items", ""))
    except ValueError:
        abort(400)
    return [Said.of(one) for one in given[:MOST]] if isinstance(given, list) else abort(400)


def _paper(posted: Posted, case: Case) -> PaperReceipt:
    return PaperReceipt(
        notice=posted.version.title,
        place=areas.label(case.place),
        category=str(say(policies.case_categories()[case.category].label)),
        office=canonical(areas.get(case.desk).name),
        due=day(case.due),
        phone=phone_of(case, posted)[0],
        where=_("查进度在每页最上面：%(address)s", address=short_address("/receipt")),
        demo_mark=_("演示数据") if current_app.config["DEMO"] else "",
    )
