"""The first page of the desk."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import current_user

from board import kinds
from board.rules import areas as division
from board.rules.roles import holds
from board.store import areas, directives, notices
from board.store.cases import lists
from board.store.drafting import drafts, jobs, opinions, staging
from board.web.desk import approvals
from board.web.desk.cases import homes as case_homes
from board.web.desk.cases import own_categories, risen_categories
from board.web.desk.drafts import begun_from, writes
from board.web.guard import may, needs
from board.web.i18n import today

pages = Blueprint("home", __name__, url_prefix="/desk")


@pages.get("")
@needs("draft.read")
def home() -> str:
    """Show drafts, submissions to review, posted notices, and cases that are due."""
    reach = division.prefix(current_user.area, current_user.level)
    mine = [draft for draft in drafts.listed(reach, ("draft", "returned", "submitted")) if may("draft.read", draft.home)]
    mine = [draft for draft in mine if writes(draft) or draft.state == "submitted" and may("draft.review", draft.home)]
    posted = [one for one in notices.listed(reach, limit=50) if may("notice.print", one.home)]
    return render_template(
        "desk/home/home.html",
        drafts=mine,
        sizes=staging.sizes(reach),
        checking=jobs.under(reach),
        waiting=[draft for draft in mine if draft.state == "submitted" and may("draft.review", draft.home)],
        returned=[draft for draft in mine if draft.state == "returned" and may("draft.write", draft.home)],
        objected=[draft for draft in opinions.unanswered(reach) if writes(draft) and may("draft.write", draft.home)],
        posted=posted,
        begun=begun_from(posted),
        kinds=kinds.load(),
        places=areas.labels(draft.home for draft in mine),
        approvals=approvals.waiting(approvals.FIRST) if holds(current_user.role, "wording.approve") else [],
        approvals_shown=approvals.FIRST,
        due=lists.waiting(case_homes(), own_categories(), risen_categories()),
        directives=directives.standing(case_homes(), today()),
    )
