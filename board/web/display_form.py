"""The form that reports a printed poster as hung or taken down, and the signed link that opens it without an account."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from flask import request
from flask_babel import gettext as _
from itsdangerous import URLSafeSerializer

from board import attachments
from board.rules.display import DisplayStatus
from board.rules.personal import detection
from board.rules.typed_dates import typed_day
from board.store import displays, holidays, sealing
from board.store.displays import DisplayReport, Poster
from board.store.notices import Posted
from board.web import text_checks
from board.web.i18n import day as said_day
from board.web.i18n import say, today

LONGEST = 60  # characters: the most in the fields "by" and "spot"


LINK_DAYS = 30  # days for which a link works after the last day of display, to report that the poster was taken down


def finding(posted: Posted, poster: Poster) -> DisplayStatus:
    """Return a poster's display status today."""
    return displays.statuses(posted, [poster], today(), holidays.calendar())[poster.place]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(sealing.vault().web, salt="hung", signer_kwargs={"digest_method": sha256})


def token(poster: Poster) -> str:
    """Return the token in a poster's link: number, place and version, with an HMAC under the web key."""
    return str(_signer().dumps([poster.number, poster.place, poster.version]))


def typed() -> dict[str, str]:
    """Return what was typed into the form, personal numbers masked, to fill it again; {} for a GET."""
    given = {name: detection.mask(request.form.get(name, ""))[:200] for name in ("on", "by", "spot", "down")}
    return given if request.method == "POST" else {}


def report_of(poster: Poster) -> tuple[DisplayReport | None, list[str]]:
    """Return the report in the submitted form, or None and all its errors."""
    if "taken" in request.form:
        return _down(poster)
    on, by, spot = typed_day(request.form.get("on", "")), *(request.form.get(name, "").strip() for name in ("by", "spot"))
    data, unfit = photo()
    faults = [
        _date_fault(on, poster),
        "" if by else _("请写您是谁：姓名或者职务都行。"),
        "" if spot else _("请写贴在哪里，例如：村委会门口。"),
        _("太长了，“您是谁”和“贴在哪里”各最多 %(n)s 个字。", n=LONGEST) if max(len(by), len(spot)) > LONGEST else "",
        text_checks.personal_fault(f"{by}\n{spot}"),
        unfit,
    ]
    if problems := [fault for fault in faults if fault]:
        return None, problems
    assert on is not None
    return DisplayReport(on, by, spot, data, poster.hung.down if poster.hung.on else None), []


def _date_fault(on: date | None, poster: Poster) -> str:
    if on is None:
        return _("请写哪天贴的，例如 2026-11-22。")
    if on > today():
        return _("贴的日子不能写以后的。贴好了再来登记。")
    if on < poster.posted_on:
        return _("这份公示 %(day)s 才公布，贴的日子不会更早。请改一下。", day=said_day(poster.posted_on))
    return ""


def _down(poster: Poster) -> tuple[DisplayReport | None, list[str]]:
    """Return the report that a poster was taken down, with what was reported before."""
    down = typed_day(request.form.get("down", ""))
    if poster.hung.on is None:
        return None, [_("还没有登记这张单子哪天贴的。请先填哪天贴的、贴在哪里。")]
    if down is None or not poster.hung.on <= down <= today():
        return None, [_("请写哪天取下的：在贴的那天以后，到今天为止。")]
    return DisplayReport(poster.hung.on, poster.hung_by, poster.spot, down=down), []


def photo() -> tuple[bytes, str]:
    """Return (data, error) of the submitted photo; it is re-encoded, which removes location and camera."""
    upload = request.files.get("photo")
    if not upload or not upload.filename:
        return b"", ""
    try:
        file = attachments.read(upload.read(), "photo")
    except attachments.UnreadableAttachment as error:
        return b"", _("照片没有收下：%(why)s。请再拍一张。", why=say(error.message))
    return (file.data, "") if file.type == "jpeg" else (b"", _("请用手机拍一张照片（JPG）。"))
