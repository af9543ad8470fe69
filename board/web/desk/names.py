"""Names of persons in texts: in a draft masked with one tap, or kept with a reason for the reviewer; in what is posted, listed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board.rules.areas import prefix
from board.rules.personal import detection
from board.rules.personal.named_texts import CODE
from board.store import posted_names
from board.store.clock import now
from board.store.drafting import named_texts
from board.web.desk.drafts import keep, opened_at, own, step
from board.web.guard import may, needs

pages = Blueprint("names", __name__, url_prefix="/desk")


@pages.get("/names")
@needs("notice.print")
def listed() -> str:
    """List the posted texts of the desk's notices that say names in full, for the clerk to correct, take back or leave."""
    found = posted_names.listed(current_user.area, prefix(current_user.area, current_user.level))
    return render_template("desk/names/listed.html", found=[one for one in found if may("notice.print", one.posted.home)])


LONGEST = 500  # characters of a reason


@pages.post("/<place:home>/<token:id>/names")
@needs("draft.write")
def settle(home: str, id: str) -> Any:
    """Mask the names in a draft's texts (``do`` = cover), or keep them with a reason; the page before submission shows the result."""
    draft = own("draft.write", home, id)
    if request.form.get("do") == "cover":
        named_texts.cover(draft, opened_at(), current_user.id, now())
        flash(_("列出来的名字都盖住了。名单上没有的名字，程序认不全，请自己再看一遍，再送审。"), "good")
        return step("drafts.finish", draft)
    reason = detection.mask(request.form.get(f"reason-{CODE}", "").strip()[:LONGEST])
    keep(draft, "answered", answers=named_texts.explained(draft, reason))
    if not reason:
        flash(_("请写明为什么要写全名，审核的人要看；不写，就把名字盖住。"), "wrong")
    return step("drafts.finish", draft)
