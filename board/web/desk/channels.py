"""还在哪里公开: where a notice was published besides this board, with the day and the proof, noted by its clerk."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import policies
from board.rules import channels as rules
from board.rules.personal import detection
from board.rules.typed_dates import typed_day
from board.store import channels
from board.store.clock import now
from board.store.notices import Posted
from board.web import text_checks
from board.web.desk.review import own_posted
from board.web.display_form import photo
from board.web.guard import needs
from board.web.i18n import link, today
from board.web.public.posted_pages import page_of

pages = Blueprint("channels", __name__, url_prefix="/desk/notices")


@pages.get("/<number:number>/channels")
@needs("channel.note")
def listed(number: str) -> str:
    """Show where else a notice was published, and the form to add to it."""
    return _page(own_posted("channel.note", number))


def _page(posted: Posted, wrong: str = "") -> str:
    names = ("channel", "on", "detail", "address")
    typed = {name: detection.mask(request.form.get(name, ""))[:300] for name in names}
    return render_template(
        "desk/channels/listed.html",
        posted=posted,
        page=page_of(posted),
        entries=channels.of(posted),
        known=policies.channels(),
        typed=typed,
        wrong=wrong,
        again=bool(request.files.get("photo")),
    )


@pages.post("/<number:number>/channels")
@needs("channel.note")
def note(number: str) -> Any:
    """Note one publication elsewhere; what is wrong with it comes back with all that was typed."""
    posted = own_posted("channel.note", number)
    form = request.form
    day, address = typed_day(form.get("on", "")), form.get("address", "").strip()
    detail = form.get("detail", "").strip()
    picture, unfit = photo()
    fault = rules.fault(
        policies.channels(),
        form.get("channel", ""),
        day,
        detail,
        address,
        photo=bool(picture),
        formed=posted.version.formed_on,
        today=today(),
    )
    if wrong := unfit or (_words(fault) if fault else "") or text_checks.personal_fault(f"{detail}\n{address}"):
        return _page(posted, wrong), 422
    if named := text_checks.names_in(f"{detail}\n{unquote(address)}", posted.home, number):
        return _page(posted, _("这里不要写人名：%(names)s。请改一下再记。", names=named)), 422
    assert day is not None
    channels.note(posted, form["channel"], day, detail, address, picture, current_user.id, now())
    flash(_("记下了，群众在公示页上看得到。"), "good")
    return redirect(link("desk.channels.listed", number=number))


def _words(fault: rules.Fault) -> str:
    return {
        "channel": _("请选是在哪里公开的。"),
        "day": _("请写哪天公开的，例如 2026-11-22。"),
        "future": _("公开的日子不能写以后的。公开了再来登记。"),
        "early": _("这件事那天还没有形成，公开的日子不会更早。请改一下。"),
        "address": _("网址不对：要以 http:// 或 https:// 开头，不要带空格。请从浏览器里整段复制。"),
        "no_address": _("请把那一页的网址贴上来，群众好去看。"),
        "no_photo": _("请传一张照片作凭据。"),
        "no_proof": _("请贴网址，或者传一张照片作凭据，有一样就行。"),
        "long": _("“具体在哪里”最多 %(n)s 个字。", n=rules.LONGEST),
    }[fault]


@pages.post("/<number:number>/channels/<count:no>/remove")
@needs("channel.note")
def remove(number: str, no: str) -> Any:
    """Take an entry that was noted by mistake off the notice's page."""
    channels.remove(own_posted("channel.note", number), int(no), current_user.id, now())
    flash(_("已经去掉。日志里还有。"), "good")
    return redirect(link("desk.channels.listed", number=number))


@pages.get("/<number:number>/channels/<count:no>.jpg")
@needs("hanging.look")
def proof(number: str, no: str) -> Response:
    """Return the photo that proves a publication, for staff and county auditors only: names may be readable on it."""
    return Response(channels.photo(own_posted("hanging.look", number), int(no)) or abort(404), mimetype="image/jpeg")
