"""Answers half written: kept by a button, and quietly while somebody types, so that a lost session or a flat battery loses nothing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from flask_login import current_user

from board.rules.personal import detection
from board.store.cases import answer_drafts
from board.store.clock import now
from board.web.desk.cases import case_page, find, moved_on
from board.web.guard import needs
from board.web.public.ask_form import seen_message, text_typed

pages = Blueprint("answer_drafts", __name__, url_prefix="/desk/cases/<place:home>/<token:id>/draft")


@pages.post("")
@needs("case.answer")
def keep(home: str, id: str) -> Any:
    """Keep what the user has written so far, without personal numbers; nothing of it is sent. ``quiet``: asked by the page's script, which
    reads the status alone."""
    case, text, outcome = find(home, id, "case.answer"), detection.mask(text_typed()), request.form.get("outcome", "")[:20]
    kept = answer_drafts.save(home, id, current_user.id, text, outcome, seen_message(), now())
    if request.form.get("quiet"):
        return Response(status=204 if kept else 409, mimetype="text/plain")
    if not kept:
        return case_page(case, text=text, outcome=outcome, wrong=moved_on())
    return case_page(case, text=text, outcome=outcome, good=_("先存好了，没有发出去。换一台设备登录，打开这件来件就能接着写。"))
