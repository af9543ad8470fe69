"""能看纸质的地方, over a county: the list that its disclosure office keeps, and what each office has brought there and has not."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import policies
from board.models import Area, ReadingPoint
from board.rules import reading as rules
from board.rules.personal import detection
from board.rules.reading import Point
from board.rules.typed_dates import typed_day
from board.store import areas, deliveries, reading
from board.store.clock import now
from board.store.deliveries import Counts
from board.web import text_checks
from board.web.county.admin_forms import scope
from board.web.guard import may, needs
from board.web.i18n import link, today

pages = Blueprint("reading", __name__, url_prefix="/audit/reading")

FIELDS = {name: name for name in ("name", "address", "hours", "phone", "serves", "since", "closed_on")} | {"sort": "what"}  # -> its field
BEGUN = {"paper": "1", "file": "1"}


@pages.get("")
@needs("audit")
def listed() -> Any:
    """Show the counties in scope, or the reading points of the only one."""
    found = [area for area in areas.counties() if area.code.startswith(scope())]
    if len(found) == 1:
        return redirect(link("county.reading.county", code=found[0].code))
    return render_template("county/reading/listed.html", counties=found)


def _county(code: str, action: str) -> Area:
    county = areas.find(code)
    if county is None or county.level != "county" or not may(action, code):
        abort(404)
    return county


@pages.get("/<place:code>")
@needs("audit")
def county(code: str) -> str:
    """Show a county's reading points, and for each office how many of its notices wait, are on the way, and were signed for."""
    found, points = _county(code, "audit"), reading.of(code)
    counted = deliveries.counts(code, today())
    offices = [code, *(area.code for area in areas.children(code))]
    offices += sorted({office for office, _no in counted} - set(offices))
    return render_template(
        "county/reading/county.html",
        county=found,
        points=[(point, rules.is_open(point.closed_on, today()), sum(_of_point(counted, point))) for point in points],
        offices=[(office, _sum([one for (of, _no), one in counted.items() if of == office])) for office in offices],
        names=areas.labels([*offices, *(point.serves for point in points)]),
        sorts=policies.reading_sorts(),
    )


def _of_point(counted: dict[tuple[str, int], Counts], point: ReadingPoint) -> list[int]:
    return [one.signed for (_office, no), one in counted.items() if no == point.no]


def _sum(found: list[Counts]) -> Counts:
    """Return the counts of an office at all points."""
    oldest = min((one.oldest for one in found if one.oldest), default=None)
    return Counts(sum(one.waiting for one in found), oldest, sum(one.on_way for one in found), sum(one.signed for one in found))


@pages.get("/<place:code>/offices/<place:office>")
@needs("audit")
def office(code: str, office: str) -> str:
    """List what one office has not brought to each point yet, the oldest first."""
    county, found = _county(code, "audit"), areas.find(office) or abort(404)
    if found.code != code and (found.level != "township" or found.parent != code):
        abort(404)
    points = {point.no: point for point in reading.of(code)}
    waiting = deliveries.waiting(office, found.level, today(), limit=deliveries.MOST * (len(points) + 1))
    return render_template(
        "county/reading/office.html",
        county=county,
        office=found,
        points=[(point, [one for one in waiting if one.point == no]) for no, point in points.items()],
    )


@pages.get("/<place:code>/new")
@needs("reading.keep")
def new(code: str) -> str:
    """Show the form for a new reading point."""
    return _form(_county(code, "reading.keep"), None, dict.fromkeys(FIELDS, "") | BEGUN | {"since": today().isoformat(), "serves": code})


@pages.post("/<place:code>/new")
@needs("reading.keep")
def add(code: str) -> Any:
    """Keep a new reading point; answers 422 with what was typed for an error."""
    return _keep(_county(code, "reading.keep"), None)


@pages.get("/<place:code>/points/<count:no>")
@needs("reading.keep")
def point(code: str, no: str) -> str:
    """Show what the county says of a reading point, in the form that changes it."""
    county, found = _county(code, "reading.keep"), reading.one(code, int(no)) or abort(404)
    typed = {name: str(getattr(found, name) or "") for name in FIELDS}
    return _form(county, found, typed | {name: "1" for name in ("paper", "file") if getattr(found, name)})


@pages.post("/<place:code>/points/<count:no>")
@needs("reading.keep")
def put(code: str, no: str) -> Any:
    """Change a reading point, or close it from a day; answers 422 with what was typed for an error."""
    return _keep(_county(code, "reading.keep"), reading.one(code, int(no)) or abort(404))


def _form(county: Area, found: ReadingPoint | None, typed: dict[str, str], wrong: str = "") -> str:
    return render_template(
        "county/reading/form.html", county=county, point=found, typed=typed, wrong=wrong, sorts=policies.reading_sorts(),
        served=_served(county, found), most=rules.LONGEST,
    )  # fmt: skip


def _served(county: Area, found: ReadingPoint | None) -> list[Area]:
    """Return the areas that a point may serve: the county, its townships, and the one that it serves now, which may be closed."""
    offered = [county, *areas.children(county.code)]
    return offered if found is None or found.serves in {area.code for area in offered} else [*offered, areas.get(found.serves)]


def _keep(county: Area, found: ReadingPoint | None) -> Any:
    typed = {name: " ".join(request.form.get(field, "").split()) for name, field in FIELDS.items()}
    said, wrong = _said(typed, county, {area.code for area in _served(county, found)})
    if wrong or said is None:
        shown = {name: detection.mask(text) for name, text in typed.items()}
        return _form(county, found, shown | {name: "1" for name in ("paper", "file") if name in request.form}, wrong), 422
    reading.put(county.code, found.no if found else None, said, current_user.id, now())
    flash(_("存好了，群众看得到。"), "good")
    return redirect(link("county.reading.county", code=county.code))


def _said(typed: dict[str, str], county: Area, served: set[str]) -> tuple[Point | None, str]:
    """Return the point that was typed, or None with what is wrong with it in words."""
    since, closed_on = typed_day(typed["since"]), typed_day(typed["closed_on"])
    if since is None:
        return None, _words("since")
    if typed["closed_on"] and closed_on is None:
        return None, _words("closed")
    texts = {name: typed[name] for name in ("name", "sort", "address", "hours", "phone", "serves")}
    said = Point(**texts, paper="paper" in request.form, file="file" in request.form, since=since, closed_on=closed_on)
    if fault := rules.fault(said, policies.reading_sorts(), served):
        return None, _words(fault)
    text = "\n".join((said.name, said.address, said.hours, said.phone))
    if personal := text_checks.personal_fault(text):
        return None, personal
    named = text_checks.names_in(text, county.code, "")
    return (None, _("这里不要写人名：%(names)s。请改一下再记。", names=named)) if named else (said, "")


def _words(fault: rules.PointFault) -> str:
    return {
        "name": _("请写名称，例如：泸县图书馆。"),
        "sort": _("请选是什么地方。"),
        "address": _("请写地址，群众好找。"),
        "hours": _("请写几点开门，例如：周二到周日 9:00—17:00。"),
        "phone": _("电话只写数字和横线，例如：0830-8190000。"),
        "serves": _("请选管哪里：全县，或者一个乡镇。"),
        "takes": _("纸质、文件，至少选一样。"),
        "since": _("请写从哪天公布的起送，例如 2026-11-22。"),
        "closed": _("关门的日子不对：写成 2026-11-22 这样，不能比起送的日子早。"),
        "long": _("写得太长了，每一格最多 %(n)s 个字。", n=rules.LONGEST),
    }[fault]
