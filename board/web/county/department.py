"""主管部门: the notices of one group of kinds in all townships of a county, what is due of them, and reminders.

It reads no case: of those about its notices it has the figures of each office below the county, so that what was asked of the county
alone is in none of them.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import kinds
from board.rules.areas import prefix
from board.store import areas, directives, lead_offices, notices
from board.store.cases import lists
from board.store.clock import now
from board.store.drafting import proposing
from board.web import text_checks
from board.web.county import directives as county
from board.web.county.admin_forms import named, own_areas
from board.web.county.audit import PAGE, last_posted
from board.web.guard import needs
from board.web.i18n import link, today

pages = Blueprint("department", __name__, url_prefix="/audit/group")


@pages.get("")
@needs("group.read")
def home() -> str:
    """Show the notices of the department's kinds: what is late, what is not posted yet, what was posted, and the figures of cases."""
    under, group = prefix(current_user.area, current_user.level), current_user.group or ""
    own = tuple(kind.id for kind in kinds.load().values() if kind.group == group) or ("",)
    posted = notices.listed(under, kind=own, limit=PAGE + 1, after=last_posted(request.args.get("after", "")))
    late, unposted = notices.listed(under, kind=own, limit=PAGE, late=True), proposing.overdue(under, today(), own)
    counts = [one for one in lists.counts(under, today(), own) if one.home != current_user.area and not one.home.endswith("000000")]
    reminders = [*directives.listed(under, group=group), *directives.listed(under, done=True, group=group)]
    homes = [*unposted, *(one.home for one in posted + late), *(one.home for one in counts), *(one.desk for one in reminders)]
    return render_template(
        "county/department/home.html",
        group=group,
        kinds=[kinds.load()[id].name for id in own if id],
        lead=lead_offices.of(current_user.area).get(group),
        posted=posted[:PAGE],
        more=len(posted) > PAGE,
        late=late,
        figures=notices.counts(under, own),
        unposted=unposted,
        counts=counts,
        reminders=reminders,
        places=areas.labels(homes),
    )


@pages.get("/remind")
@needs("group.remind")
def new() -> str:
    """Show the form of a reminder to a township or a village."""
    return _page(county.Form.read("remind"))


def _page(form: county.Form, wrong: dict[str, str] | None = None, told: text_checks.FreeTextWarning | None = None) -> str:
    labels = {area.code: named(area).strip() for area in own_areas()}
    shown = labels.get(form.office(), form.desk)
    faults = {"wrong": dict.fromkeys(county.FIELDS, "") | (wrong or {}), "count": len(wrong or {})}
    return render_template("county/department/remind.html", form=form, offered=labels, desk=shown, told=told, **faults)


@pages.post("/remind")
@needs("group.remind")
def remind() -> Any:
    """Send a reminder. Answers 422 with everything that was typed for an error, or for a warning that a person is described."""
    form = county.Form.read("remind")
    form.basis, form.case = "", None
    if wrong := county.faults(form):
        return _page(form, wrong), 422
    code, text = form.office(), f"{form.subject}\n{form.text}"
    if warning := text_checks.free_text_warning(request.form, text, "reply", code, form.number):
        return _page(form, told=warning), 422
    posted = notices.find(form.number) if form.number else None
    about = (posted.home, posted.number) if posted else None
    words = directives.Words("remind", code, form.subject, form.text, None, notice=about, group=current_user.group)
    directives.write(current_user.area, words, current_user.id, now(), text_checks.told(text, "reply", code, form.number))
    flash(_("已提醒，%(office)s看得到。", office=areas.label(code)), "good")
    return redirect(link("county.department.home"))
