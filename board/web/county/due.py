"""该公开的, over a county: what is on time, late and missing, each figure with its list; and since when each duty is owed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import kinds, policies
from board.models import Area
from board.rules.areas import prefix
from board.rules.duties import cell
from board.rules.duties import switches as rules
from board.rules.duties.switches import Switched
from board.rules.personal import detection
from board.rules.quarters import Quarter
from board.rules.typed_dates import typed_day
from board.store import areas, duties
from board.store.clock import now
from board.store.duties import SwitchRefused
from board.web import text_checks
from board.web.county.own_kinds import group_name, limited, own_duties
from board.web.due_words import CLASSES, DueLine, lines, period_words
from board.web.guard import may, needs
from board.web.i18n import link, today

pages = Blueprint("due", __name__, url_prefix="/audit/due")
LISTED = 100
BETWEEN = "."  # the parts of a cell's key in an address: a duty's id has _ and a period has -


def _area() -> Area:
    """Return the area asked for, or the county of the user; answers 404 for one outside his scope."""
    found = areas.find(request.args.get("area", "") or current_user.area)
    if found is None or not may("due.read", found.code):
        abort(404)
    return found


def _year() -> int:
    return min(max(request.args.get("year", today().year, type=int), 2000), today().year)


@pages.get("")
@needs("due.read")
def overview() -> str:
    """Show for each township, and for each duty and period of it, how many are not due, on time, late and missing."""
    area, year = _area(), _year()
    counts = duties.counted(area.code, year, today(), own_duties())
    towns = sorted({town for town, _duty, _period in counts})
    by_period = sorted({(duty, period) for _town, duty, period in counts}, key=lambda key: (list(policies.duties()).index(key[0]), key[1]))
    return render_template(
        "county/due/overview.html",
        area=area,
        year=year,
        first=duties.first_year(area.code),
        group=group_name(),
        classes=CLASSES,
        towns=[(town, duties.totals(counts, town=town)) for town in towns],
        names=areas.labels(towns),
        rows=[(duty, period, duties.totals(counts, duty=duty, period=period)) for duty, period in by_period],
        whole=duties.totals(counts),
        kind_of={duty.id: kinds.load()[duty.kind].name for duty in policies.duties().values()},
        period_words=period_words({}),
    )


@pages.get("/list")
@needs("due.read")
def listed() -> str:
    """List the cells that a figure counts, and of one duty and period which places of a township's sheet are not on it.

    ``own`` leaves what the county itself owes, ``acts`` that on which the area's own office has to act, ``quarter`` one of the year's.
    """
    area, year, duty = _area(), _year(), request.args.get("duty", "")
    states, quarter = [one for one in request.args.getlist("state") if one in cell.CLASSES], request.args.get("quarter", 0, type=int)
    acting = duties.acting(area.level) if request.args.get("acts") == "1" else ()
    period, after = request.args.get("period"), tuple(request.args.get("after", "").split(BETWEEN))
    own = area.code if area.level == "county" and request.args.get("own") == "1" else ""
    found = duties.listed(
        area.code,
        year,
        today(),
        states=states or cell.CLASSES,
        duties=limited((duty,) if duty in policies.duties() else tuple(acting)),
        period=period,
        quarter=quarter if 0 < quarter < 5 else 0,
        town=own,
        after=after if len(after) == 3 else None,
        limit=LISTED + 1,
    )
    shown: list[DueLine] = lines(found[:LISTED])
    more = BETWEEN.join(found[LISTED - 1].key) if len(found) > LISTED else ""
    return render_template(
        "county/due/listed.html",
        area=area,
        own=own,
        year=year,
        group=group_name(),
        quarter=Quarter(year, quarter) if 0 < quarter < 5 else None,
        acting=acting,
        lines=shown,
        classes=CLASSES,
        states=states,
        more=more,
    )


@pages.get("/switches")
@needs("duty.switch")
def switches() -> str:
    """Show for each county in scope since when each duty is owed, and what is not disclosed and why."""
    return _switches()


def _switches(wrong: str = "", told: text_checks.FreeTextWarning | None = None) -> str:
    counties = [area for area in areas.counties() if area.code.startswith(prefix(current_user.area, current_user.level))]
    acts = {area.code: duties.of(area.code) for area in counties}
    kind_of = {duty.id: kinds.load()[duty.kind].name for duty in policies.duties().values()}
    typed = {name: detection.mask(request.form.get(name, ""))[:500] for name in ("duty", "home", "since", "why")}
    return render_template(
        "county/due/switches.html",
        counties=counties,
        acts=acts,
        duties=policies.duties(),
        kind_of=kind_of,
        wrong=wrong,
        typed=typed,
        told=told,
    )


@pages.post("/switches")
@needs("duty.switch")
def switch() -> Any:
    """Switch a duty of a county on from a day, or off with a reason that auditors and villagers read."""
    home, duty, why = (request.form.get(name, "").strip() for name in ("home", "duty", "why"))
    on = request.form.get("on") == "1"
    area, since = areas.find(home), typed_day(request.form.get("since", ""))
    if area is None or area.level != "county" or not may("duty.switch", home) or duty not in policies.duties():
        abort(404)
    if fault := text_checks.personal_fault(why) or ("" if since else str(_("请写从哪天起，例如 2026-11-22。"))):
        return _switches(fault), 422
    if not on and (named := text_checks.names_in(why, home, "")):
        return _switches(str(_("这里不要写人名：%(names)s。请改一下再记。", names=named))), 422
    if not on and (warning := text_checks.free_text_warning(request.form, why, "reason")):
        return _switches(told=warning), 422
    assert since is not None
    try:
        duties.switch(home, duty, Switched(on, since, why), current_user.id, now())
    except SwitchRefused as refused:
        return _switches(_words(refused.reason)), 422
    flash(_("记下了。群众在各村的页面上看得到该公开什么。"), "good")
    return redirect(link("county.due.switches"))


def _words(reason: str) -> str:
    return str(
        {
            "reason": _("不公开的，要写明为什么（不公开必须备案）。"),
            "long": _("写得太长了，最多 %(n)s 个字。", n=rules.LONGEST),
            "past": _("不公开只能从今天起，以前缺的不能改没。"),
            "same": _("从那天起本来就是这样，没有改。"),
        }.get(reason, reason)
    )
