"""The form of a case: the signed token that makes one case of one form, and the values typed by a villager."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import date

from flask import request
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer

from board.rules import numbers
from board.rules.cases import texts
from board.rules.kind import Level
from board.rules.personal import detection
from board.store import areas, cases, notices, sealing, versions
from board.store.notices import Posted
from board.web.i18n import today
from board.web.public.ask_about import OFFICES, About

TOKEN_DAYS = 7  # a phone may reopen the form among its tabs days later


@dataclass(frozen=True)
class FormToken:
    """The content of a form's signed token: a nonce, from which the receipt is derived, its date, and what the case is about.

    ``number`` "": about no notice; ``place`` "" and ``row`` None: the notice as a whole; ``wall``: asked from its code. ``given`` is an ISO
    date.
    """

    nonce: str
    given: str
    number: str
    place: str
    row: int | None
    wall: str = ""

    def receipt(self, turn: int) -> str:
        """Return the receipt of this form, the same on every resend; ``turn`` counts up if a receipt is taken by another case."""
        return numbers.receipt(bytes.fromhex(sealing.vault().key("ask", f"{self.nonce}/{turn}")))

    def token(self) -> str:
        """Return the signed token for the form's hidden field."""
        return str(_signer().dumps(asdict(self)))

    @classmethod
    def new(cls) -> FormToken:
        """Return the token of a form on which staff write down what somebody says; what it is about is typed there."""
        return cls("", "", "", "", None).renewed()

    @classmethod
    def sent(cls) -> FormToken:
        """Return the token of such a form as it was sent, or a new one for one that is broken."""
        try:
            return cls(**_signer().loads(request.form.get("token", "")))
        except (BadSignature, TypeError):
            return cls.new()

    def filed(self) -> bool:
        """Return whether this form was filed before, so that the request is a resend."""
        return cases.by_receipt(key(self.receipt(0))) is not None

    def renewed(self) -> FormToken:
        """Return a new token about the same notice, place and row."""
        return replace(self, nonce=secrets.token_hex(16), given=today().isoformat())


def _signer() -> URLSafeSerializer:
    # Not URLSafeTimedSerializer: it reads the system clock, and the app's clock is ``board.store.clock.now``.
    return URLSafeSerializer(sealing.vault().web, salt="ask")


def key(receipt: str) -> str:
    """Return the keyed hash of a receipt, as the table stores it."""
    return sealing.vault().key("receipt", receipt)


def blank(about: About) -> tuple[FormToken, str]:
    """Return (token, error) for the place and row in the query; without an error the error is ""."""
    posted, place, row = about.posted, request.args.get("place", ""), request.args.get("row", "")
    if posted is None or not place:
        return _new_token(about, about.place), ""
    if place != posted.home and not (place.isdecimal() and notices.part(posted, place)):
        return _new_token(about), _("这份公示里没有这个地方。请在下面选一下是哪个地方，或者写明白。")
    if not row:
        return _new_token(about, place), ""
    no = int(row) if row.isdecimal() and len(row) < 7 else 0
    found = notices.row(posted, place, no)
    return (_new_token(about, place, no), "") if found else (_new_token(about, place), no_row(posted, place, row))


def _new_token(about: About, place: str = "", row: int | None = None) -> FormToken:
    return FormToken("", "", about.number, place, row, about.wall).renewed()


def no_row(posted: Posted, place: str, row: str | int) -> str:
    """Return the message for a row that the notice does not have, or no longer has since a correction."""
    if place in notices.withheld(posted):
        return _("人数少，名单只贴在村里，网上查不到 %(no)s 号。请把是第几号、谁家、哪个组写明白，再点“下一步”。", no=str(row)[:6])
    version = versions.ended_in(posted, place, int(row)) if str(row).isdecimal() and len(str(row)) < 7 else None
    if version is not None:
        gone = {"no": row, "version": version.no, "reason": version.reason}
        return _("%(no)s 号在第 %(version)s 版里去掉了（%(reason)s）。还要问，请写明是谁家、哪个组，再点“下一步”。", **gone)
    return _("名单上没有 %(no)s 号。请把是谁家、哪个组写明白，再点“下一步”。", no=str(row)[:6])


def sent_token(about: About) -> tuple[FormToken, str]:
    """Return (token, error) of the submitted form; with an error the token is one to submit again."""
    stale = _("这一页放得太久了。您写的都还在，请再点一次。")
    posted = about.posted
    try:
        form_token = FormToken(**_signer().loads(request.form.get("token", "")))
    except (BadSignature, TypeError):  # truncated or forged
        return blank(about)[0], stale
    if (form_token.number, form_token.wall) != (about.number, about.wall) or posted is None and form_token.place != about.place:
        return blank(about)[0], stale
    if form_token.filed():
        return form_token, ""
    if (today() - date.fromisoformat(form_token.given)).days > TOKEN_DAYS:
        return form_token.renewed(), stale
    if posted and form_token.row is not None and notices.row(posted, form_token.place, form_token.row) is None:  # corrected since
        return _new_token(about, form_token.place), no_row(posted, form_token.place, form_token.row)
    return form_token, ""


def text_typed() -> str:
    """Return the submitted text, tidied and cut to ``texts.HELD`` characters; personal numbers in it are not yet masked."""
    return texts.tidy(request.form.get("text", "")[: texts.HELD])


@dataclass(frozen=True)
class Typed:
    """The values typed by a villager, to fill the form again; personal numbers in ``text`` are masked.

    ``first`` is the level of the office that is to look first; ``name`` and ``form`` are for applications, ``consent`` ("yes", "no") for
    letters; ``how`` an answer is told to who asked by mouth; ``supervised`` ("yes") shows the case to the village's supervisor.
    """

    category: str = ""
    text: str = ""
    contact: str = ""
    place: str = ""
    first: str = ""
    name: str = ""
    form: str = ""
    consent: str = ""
    how: str = ""
    supervised: str = ""

    @classmethod
    def sent(cls) -> Typed:
        """Return the values of the request."""
        names = ("category", "contact", "place", "first", "name", "form", "consent", "how", "supervised")
        typed = {name: _without_documents(texts.tidy(request.form.get(name, "")[: texts.HELD])) for name in names}
        return cls(text=detection.mask(text_typed()), **typed)

    def faults(self, about: About, place: str) -> dict[str, str]:
        """Return all errors, by field; ``place`` is the place that the case is about, "" if it is not said."""
        category = about.categories().get(self.category)
        asks, offices = category.asks if category else (), about.offices(place)
        found = {
            "place": self._place_fault(about),
            "category": "" if category else _("请点一下，您要说的是哪一类。"),
            "text": text_fault(self.text),
            "name": _documents_fault(self.name) or (_("请写上您的姓名。") if "name" in asks and not self.name else ""),
            "contact": self._contact_fault("contact" in asks),
            "form": _("请点一下，您想怎么拿到材料。") if "form" in asks and self.form not in forms() else "",
            "consent": _("请点一下，可不可以公开。") if category and category.publish == "consent" and self.consent not in CONSENT else "",
            "first": "" if self.first in offices else _("请点一下，请谁来查。"),
        }
        if category and not found["first"] and self.first not in about.answering(place, category):
            lacks = {
                "leader": _("这里还没有领导信箱，请重新选一下。"),
                "supervisor": _("这里的监督委员会还不能在网上收来信。请选好是哪个村，或者换一类。"),
            }
            found["first"] = lacks.get(category.answerer, _("这一类要请镇里或县里来办，请重新点一下。"))
        return {field: fault for field, fault in found.items() if fault}

    def _place_fault(self, about: About) -> str:
        if about.what == "nothing" and not self.place and len(areas.counties()) > 1:
            return _("请选一下是哪个镇、哪个县的事。")
        offered = {about.place, *(one.code for one in about.places())}
        if not self.place or about.posted is None and self.place in offered:
            return ""
        if about.posted and self.place.isdecimal() and notices.part(about.posted, self.place):
            return ""
        return _("这份公示里没有这个地方，请重新选一下。") if about.posted else _("没有这个地方，请重新选一下。")

    def _contact_fault(self, needed: bool) -> str:
        if fault := _documents_fault(self.contact):
            return fault
        if len(self.contact) + len(self.name) > texts.CONTACT_MOST:
            return _("联系方式太长了，留一个电话就够。")
        return _("请留一个联系方式，办的人好找您。") if needed and not self.contact else ""

    def level(self) -> Level:
        """Return the level of the office that is to look first; call it once there are no ``faults``."""
        return next(level for level in OFFICES if level == self.first)

    def sealed(self) -> str:
        """Return what is sealed as the contact: with the name and the form of an application, and how the answer is told."""
        told = (self.name, self.contact, str(forms().get(self.form, "")), str(ways().get(self.how, "")))
        return " · ".join(one for one in told if one)


def _without_documents(text: str) -> str:
    """Return a text with numbers of documents and cards covered; a telephone number may stand in a contact."""
    for one in reversed([one for one in detection.find(text) if one.what != "phone"]):
        text = text[: one.start] + detection.REDACTION * (one.end - one.start) + text[one.end :]
    return text


def _documents_fault(text: str) -> str:
    return _("这里不要写身份证号、银行卡号，已用 ● 盖住。请改一下。") if detection.REDACTION in text else ""


CONSENT = ("yes", "no")


def forms() -> dict[str, str]:
    """Return the forms in which an applicant can have what is disclosed, by id (条例 29)."""
    return {"paper": _("纸的"), "copy": _("电子文件"), "look": _("到办公室看")}


def ways() -> dict[str, str]:
    """Return the ways in which who asked by mouth is told the answer, by id."""
    return {"call": _("打电话"), "visit": _("当面说"), "word": _("托人捎话")}


def text_fault(text: str) -> str:
    """Return the error message for a text of the wrong length, or ""."""
    match texts.length_fault(text):
        case "short":
            return _("请多写几个字，说清楚是什么事。")
        case "long":
            return _("写得太长了，最多 %(most)s 个字。可以先说最要紧的，拿到查询号后再补充。", most=texts.MOST)
    return ""


def covered(text: str) -> str:
    """Return the message that personal numbers in the text were masked, or "" if there were none."""
    if detection.REDACTION not in text:
        return ""
    return _("您写成字的身份证号、银行卡号、手机号已经用 ● 盖住，没有存下来。要留电话，请写在联系方式那一格。")


def seen_message() -> int:
    """Return the number of the newest message on the page that the form was sent from."""
    return min(max(request.form.get("seen", 0, type=int), 0), 10**6)
