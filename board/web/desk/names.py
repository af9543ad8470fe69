"""Names of persons in the texts of a draft: masked with one tap, or kept with a reason for the reviewer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, request
from flask_babel import gettext as _
from flask_login import current_user

from board.rules.personal import detection
from board.rules.personal.named_texts import CODE
from board.store.clock import now
from board.store.drafting import named_texts
from board.web.desk.drafts import keep, opened_at, own, step
from board.web.guard import needs

pages = Blueprint("names", __name__, url_prefix="/desk")

LONGEST = 500  # characters of a reason


@pages.post("/<place:home>/<token:id>/names")
@needs("draft.write")
def settle(home: str, id: str) -> Any:
    """Mask the names in a draft's texts (``do`` = cover), or keep them with a reason; the page before submission shows the result."""
    draft = own("draft.write", home, id)
    if request.form.get("do") == "cover":
        named_texts.cover(draft, opened_at(), current_user.id, now())
        flash(_("名字都盖住了。请看一看，再送审。"), "good")
        return step("drafts.finish", draft)
    reason = detection.mask(request.form.get(f"reason-{CODE}", "").strip()[:LONGEST])
    keep(draft, "answered", answers={**draft.answers, CODE: reason})
    if not reason:
        flash(_("请写明为什么要写全名，审核的人要看；不写，就把名字盖住。"), "wrong")
    return step("drafts.finish", draft)
