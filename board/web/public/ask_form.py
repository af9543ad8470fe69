"""The form a villager asks with: the signed ticket that makes one case of one form, and what he has typed into it."""

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
from board.rules import cases as rules
from board.rules import numbers
from board.rules.personal import detection
from board.store import cases, notices, sealing, versions
from board.store.notices import Posted
from board.web.i18n import today

TOKEN_DAYS = 7  # a form is found again among the phone's open pages days later


@dataclass(frozen=True)
class FormToken:
    """What a form's signed token holds: a nonce, from which the receipt derives, the day it was given, and what it asks about.

    ``place`` "" and ``row`` None: the notice as a whole.
    """

    nonce: str
    given: str
    number: str
    place: str
    row: int | None

    def receipt(self, turn: int) -> str:
        """Return the receipt of this form, the same on every resend; a later ``turn`` gives another, where the first is another case's."""
        return numbers.receipt(bytes.fromhex(sealing.vault().key("ask", f"{self.nonce}/{turn}")))

    def token(self) -> str:
        """Return the ticket signed, for the form's hidden field."""
        return str(_signer().dumps(asdict(self)))

    def filed(self) -> bool:
        """Return whether its case is filed already, so that this is a resend."""
        return cases.by_receipt(key(self.receipt(0))) is not None

    def renewed(self) -> FormToken:
        """Return a fresh ticket about the same."""
        return replace(self, nonce=secrets.token_hex(16), given=today().isoformat())


def _signer() -> URLSafeSerializer:
    # Not the Timed one, which has a clock of its own: the app's clock is ``words.now``.
    return URLSafeSerializer(sealing.vault().web, salt="ask")


def key(receipt: str) -> str:
    """Return what stands in the table for a receipt."""
    return sealing.vault().key("receipt", receipt)


def blank(posted: Posted) -> tuple[FormToken, str]:
    """Return a fresh ticket for the place and the row that the address names, and what is wrong with them in words, or ""."""
    place, row = request.args.get("place", ""), request.args.get("row", "")
    if not place:
        return _ticket(posted), ""
    if place != posted.home and not (place.isdecimal() and notices.part(posted, place)):
        return _ticket(posted), _("这份公示里没有这个地方。请在下面选一下是哪个地方，或者写明白。")
    if not row:
        return _ticket(posted, place), ""
    no = int(row) if row.isdecimal() and len(row) < 7 else 0
    return (_ticket(posted, place, no), "") if notices.row(posted, place, no) else (_ticket(posted, place), no_row(posted, place, row))


def _ticket(posted: Posted, place: str = "", row: int | None = None) -> FormToken:
    return FormToken("", "", posted.number, place, row).renewed()


def no_row(posted: Posted, place: str, row: str | int) -> str:
    """Return what is said of a row that the notice has not, or has no longer."""
    version = versions.ended_in(posted, place, int(row)) if str(row).isdecimal() and len(str(row)) < 7 else None
    if version is not None:
        gone = {"no": row, "version": version.no, "reason": version.reason}
        return _("%(no)s 号在第 %(version)s 版里去掉了（%(reason)s）。还要问，请写明是谁家、哪个组，再点“交上去”。", **gone)
    return _("名单上没有 %(no)s 号。请把是谁家、哪个组写明白，再点“交上去”。", no=str(row)[:6])


def sent_token(posted: Posted) -> tuple[FormToken, str]:
    """Return the ticket of the form that was sent, and "" while it holds; else one to go on with, and what is wrong in words."""
    stale = _("这一页放得太久了。您写的都还在，请再点一次“交上去”。")
    try:
        ticket = FormToken(**_signer().loads(request.form.get("token", "")))
    except (BadSignature, TypeError):  # cut short on the way, or made up
        return blank(posted)[0], stale
    if ticket.number != posted.number:
        return blank(posted)[0], stale
    if ticket.filed():
        return ticket, ""
    if (today() - date.fromisoformat(ticket.given)).days > TOKEN_DAYS:
        return ticket.renewed(), stale
    if ticket.row is not None and notices.row(posted, ticket.place, ticket.row) is None:  # taken out by a correction since
        return _ticket(posted, ticket.place), no_row(posted, ticket.place, ticket.row)
    return ticket, ""


def text_typed() -> str:
    """Return the text of the form that was sent, tidied, no more of it than is looked at; its personal numbers are still in it."""
    return rules.tidy(request.form.get("text", "")[: rules.HELD])


@dataclass(frozen=True)
class Typed:
    """What a villager has filled in so far: it comes back on every page that asks him again, personal numbers in ``text`` covered."""

    category: str = ""
    text: str = ""
    contact: str = ""
    place: str = ""

    @classmethod
    def sent(cls) -> Typed:
        """Return what came with the request."""
        typed = {name: rules.tidy(request.form.get(name, "")[: rules.HELD]) for name in ("category", "contact", "place")}
        return cls(text=detection.mask(text_typed()), **typed)

    def faults(self) -> dict[str, str]:
        """Return what is to be put right, by field; every fault at once."""
        found = {
            "category": "" if self.category in categories() else _("请点一下，您要说的是哪一类。"),
            "text": text_fault(self.text),
            "contact": _("联系方式太长了，留一个电话就够。") if len(self.contact) > rules.CONTACT_MOST else "",
        }
        return {field: fault for field, fault in found.items() if fault}


def categories() -> Mapping[str, CaseCategory]:
    """Return what may be asked here: all but what only an inspector may read, which has its own form and tables."""
    return {id: category for id, category in policies.case_categories().items() if category.to == "publisher"}


def text_fault(text: str) -> str:
    """Return what is wrong with a text, in words, or ""."""
    match rules.length_fault(text):
        case "short":
            return _("请多写几个字，说清楚是什么事。")
        case "long":
            return _("写得太长了，最多 %(most)s 个字。可以先说最要紧的，拿到查询号后再补充。", most=rules.MOST)
    return ""


def seen_message() -> int:
    """Return the number of the newest message that the page which was sent showed."""
    return min(max(request.form.get("seen", 0, type=int), 0), 10**6)
