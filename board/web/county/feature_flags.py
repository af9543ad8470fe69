"""Feature flags that a county administrator turns on; household cards (slips) are off by default."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board.store import areas, feature_flags
from board.store.clock import now
from board.store.feature_flags import SLIPS
from board.web.confirmation import unconfirmed
from board.web.county.admin_forms import scope
from board.web.guard import may, needs
from board.web.i18n import link

pages = Blueprint("feature_flags", __name__)


@pages.get("/admin/slips")
@needs("switches")
def slips() -> str:
    """Show for each county in scope whether household cards are on, and what that means."""
    counties = [(area, feature_flags.is_on(SLIPS, area.code)) for area in areas.counties() if area.code.startswith(scope())]
    return render_template("county/feature_flags/slips.html", counties=counties)


@pages.post("/admin/slips/<place:code>")
@needs("switches")
def turn(code: str) -> Any:
    """Turn a county's household cards on or off; while they are off, every card's page answers 410."""
    county = areas.find(code)
    if county is None or county.level != "county" or not may("switches", code):
        abort(404)
    on, back = request.form.get("on") == "1", link("county.feature_flags.slips")
    if not on and (question := unconfirmed(_("要关停明白卡吗？"), _("发出去的卡马上作废，扫码打不开。"), _("关停"), back)):
        return question
    feature_flags.turn(SLIPS, code, on, current_user.username, now())
    flash(_("已开通。各镇的经办可以打印明白卡了。") if on else _("已关停。发出去的明白卡马上都扫不开了。"), "good")
    return redirect(link("county.feature_flags.slips"))
