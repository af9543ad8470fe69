"""The form of a case: the signed token that makes one case of one form, and the values typed by a villager."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from flask import request
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer

from board import policies
from board.policies import CaseCategory
from board.rules import numbers
from board.rules.cases import texts
from board.rules.personal import detection
from board.store import cases, notices, sealing, versions
from board.store.notices import Posted
from board.web.i18n import today

TOKEN_DAYS = 7  # a phone may reopen the form among its tabs days later


@dataclass(frozen=True)
class FormToken:
    """The content of a form's signed token: a nonce, from which the receipt is derived, its date, and what the case is about.

    ``place`` "" and ``row`` None: the notice as a whole. ``given`` is an ISO date.
    """

    nonce: str
    given: str
    number: str
    place: str
    row: int | None

    def receipt(self, turn: int) -> str:
        """Return the receipt of this form, the same on every resend; ``turn`` counts up if a receipt is taken by another case."""
        return numbers.receipt(bytes.fromhex(sealing.vault().key("ask", f"{self.nonce}/{turn}")))

    def token(self) -> str:
        """Return the signed token for the form's hidden field."""
        return str(_signer().dumps(asdict(self)))

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


def blank(posted: Posted) -> tuple[FormToken, str]:
    """Return (token, error) for the place and row in the query; without an error the error is ""."""
    place, row = request.args.get("place", ""), request.args.get("row", "")
    if not place:
        return _new_token(posted), ""
    if place != posted.home and not (place.isdecimal() and notices.part(posted, place)):
        return _new_token(posted), _("这份公示里没有这个地方。请在下面选一下是哪个地方，或者写明白。")
    if not row:
        return _new_token(posted, place), ""
    no = int(row) if row.isdecimal() and len(row) < 7 else 0
    return (
        (_new_token(posted, place, no), "") if notices.row(posted, place, no) else (_new_token(posted, place), no_row(posted, place, row))
    )


def _new_token(posted: Posted, place: str = "", row: int | None = None) -> FormToken:
    return FormToken("", "", posted.number, place, row).renewed()


def no_row(posted: Posted, place: str, row: str | int) -> str:
    """Return the message for a row that the notice does not have, or no longer has since a correction."""
    if place in notices.withheld(posted):
        return _("人数少，名单只贴在村里，网上查不到 %(no)s 号。请把是第几号、谁家、哪个组写明白，再点“交上去”。", no=str(row)[:6])
    version = versions.ended_in(posted, place, int(row)) if str(row).isdecimal() and len(str(row)) < 7 else None
    if version is not None:
        gone = {"no": row, "version": version.no, "reason": version.reason}
        return _("%(no)s 号在第 %(version)s 版里去掉了（%(reason)s）。还要问，请写明是谁家、哪个组，再点“交上去”。", **gone)
    return _("名单上没有 %(no)s 号。请把是谁家、哪个组写明白，再点“交上去”。", no=str(row)[:6])


def sent_token(posted: Posted) -> tuple[FormToken, str]:
    """Return (token, error) of the submitted form; with an error the token is one to submit again."""
    stale = _("这一页放得太久了。您写的都还在，请再点一次“交上去”。")
    try:
        form_token = FormToken(**_signer().loads(request.form.get("token", "")))
    except (BadSignature, TypeError):  # truncated or forged
        return blank(posted)[0], stale
    if form_token.number != posted.number:
        return blank(posted)[0], stale
    if form_token.filed():
        return form_token, ""
    if (today() - date.fromisoformat(form_token.given)).days > TOKEN_DAYS:
        return form_token.renewed(), stale
    if form_token.row is not None and notices.row(posted, form_token.place, form_token.row) is None:  # corrected since
        return _new_token(posted, form_token.place), no_row(posted, form_token.place, form_token.row)
    return form_token, ""


def text_typed() -> str:
    """Return the submitted text, tidied and cut to ``texts.HELD`` characters; personal numbers in it are not yet masked."""
    return texts.tidy(request.form.get("text", "")[: texts.HELD])


@dataclass(frozen=True)
class Typed:
    """The values typed by a villager, to fill the form again; personal numbers in ``text`` are masked."""

    category: str = ""
    text: str = ""
    contact: str = ""
    place: str = ""

    @classmethod
    def sent(cls) -> Typed:
        """Return the values of the request."""
        typed = {name: texts.tidy(request.form.get(name, "")[: texts.HELD]) for name in ("category", "contact", "place")}
        return cls(text=detection.mask(text_typed()), **typed)

    def faults(self) -> dict[str, str]:
        """Return all errors, by field."""
        found = {
            "category": "" if self.category in categories() else _("请点一下，您要说的是哪一类。"),
            "text": text_fault(self.text),
            "contact": _("联系方式太长了，留一个电话就够。") if len(self.contact) > texts.CONTACT_MOST else "",
        }
        return {field: fault for field, fault in found.items() if fault}


def categories() -> Mapping[str, CaseCategory]:
    """Return the categories of this form: those answered by the publisher. Reports to the inspector have their own form and tables."""
    return {id: category for id, category in policies.case_categories().items() if category.to == "publisher"}


def text_fault(text: str) -> str:
    """Return the error message for a text of the wrong length, or ""."""
    match texts.length_fault(text):
        case "short":
            return _("请多写几个字，说清楚是什么事。")
        case "long":
            return _("写得太长了，最多 %(most)s 个字。可以先说最要紧的，拿到查询号后再补充。", most=texts.MOST)
    return ""


def seen_message() -> int:
    """Return the number of the newest message on the page that the form was sent from."""
    return min(max(request.form.get("seen", 0, type=int), 0), 10**6)
