"""Carry-over: a new draft copied from an earlier notice."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, request
from flask_babel import gettext as _
from flask_login import current_user

from board.rules import numbers
from board.rules.kind import Kind
from board.rules.notice import carry_over
from board.store import notices
from board.store.clock import now
from board.store.drafting import carry_over as carrying
from board.store.drafting import checking
from board.store.notices import Posted
from board.web.desk import forms
from board.web.desk.drafts import begun_from, step
from board.web.desk.typed_rows import places
from board.web.guard import needs
from board.web.i18n import today

pages = Blueprint("carry_over", __name__, url_prefix="/desk")


@pages.post("/notices/<number:number>/carry")
@needs("draft.write")
def carry(number: str) -> Any:
    """Start a draft from a notice of the user's own home, of the same kind or of one that follows it; answers 404 for any other."""
    posted = notices.find(number)
    begun = begun_from([posted])[number] if posted else []
    kind = next((one for one in begun if one.id == request.form.get("kind")), None)
    if posted is None or kind is None:
        abort(404)
    draft = carrying.carry(posted, kind, _title(posted, kind), places(posted.home, kind), current_user.id, now())
    checking.at_once(draft)
    flash(_("已照编号 %(number)s 做好一份草稿，只改不一样的地方。", number=numbers.spaced(posted.number)), "good")
    if kind.columns and kind.id != posted.notice.kind:
        flash(_("现在填的都按已经发完算。有退回、没发成的，一定要一户一户改过来。"), "warn")
    return step("typed_rows.by_hand" if kind.columns else "drafts.facts", draft)


def _title(posted: Posted, kind: Kind) -> str:
    """Return a new draft's title: for the same kind the old one with this year; for a following kind a new one with the old one's year."""
    if kind.id == posted.notice.kind:
        return carry_over.title(posted.version.title, today().year)
    year = max(carry_over.years(posted.version.title), default=today().year)
    return forms.proposed_title(kind, posted.home, date(year, 1, 1))
