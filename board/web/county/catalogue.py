"""What a county changed in its 公开目录: its own words, which the disclosure office edits. What is left out is said where duties are."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import kinds, policies
from board.models import Area
from board.rules.duties import catalogue as rules
from board.rules.duties.catalogue import Edit, Line, Publishing
from board.rules.personal import detection
from board.store import areas, catalogue, duties
from board.store.clock import now
from board.web import text_checks
from board.web.county.admin_forms import scope
from board.web.guard import may, needs
from board.web.i18n import link, today

pages = Blueprint("catalogue", __name__, url_prefix="/audit/catalogue")

FIELDS = ("office", "note")


@pages.get("")
@needs("audit")
def listed() -> Any:
    """Show the counties in scope, or the catalogue of the only one."""
    found = [area for area in areas.counties() if area.code.startswith(scope())]
    if len(found) == 1:
        return redirect(link("county.catalogue.county", code=found[0].code))
    return render_template("county/catalogue/listed.html", counties=found)


@pages.get("/<place:code>")
@needs("audit")
def county(code: str) -> str:
    """Show every line of a county's catalogue at each level, and what the county changed: why, who and when."""
    found = _county(code, "audit")
    lines = [(line, one) for line in _whole(found).lines for one in line.by]
    edited = catalogue.edited(code, today())
    return render_template(
        "county/catalogue/county.html",
        county=found,
        lines=lines,
        edited=edited,
        off=sum(bool(one.edit.off_because) for one in edited.values()),
        levels=rules.BY,
    )


@pages.get("/<place:code>/<kind>/<level>")
@needs("catalogue.edit")
def line(code: str, kind: str, level: str) -> str:
    """Show one line at one level with the form of the county's own words."""
    county = _county(code, "catalogue.edit")
    standing = catalogue.edits(code, today()).get((kind, level), Edit())
    return _page(county, kind, level, {name: getattr(standing, name) for name in FIELDS})


@pages.post("/<place:code>/<kind>/<level>")
@needs("catalogue.edit")
def put(code: str, kind: str, level: str) -> Any:
    """Keep what the county says of a line; answers 422 with what was typed for an error."""
    county = _county(code, "catalogue.edit")
    found = _found(county, kind, level)
    typed = {name: " ".join(request.form.get(name, "").split()) for name in FIELDS}
    if fault := _fault(typed, code):
        return _page(county, kind, level, {name: detection.mask(text) for name, text in typed.items()}, fault), 422
    if warning := text_checks.free_text_warning(request.form, "\n".join(typed.values()), "reason"):
        return _page(county, kind, level, typed, told=warning), 422
    if catalogue.put(code, found[0].kind.id, found[1].level, Edit(**typed), current_user.id, now()):
        flash(_("存好了，公开目录已经照这样改。"), "good")
    return redirect(link("county.catalogue.county", code=code))


def _page(
    county: Area, kind: str, level: str, typed: dict[str, str], wrong: str = "", told: text_checks.FreeTextWarning | None = None
) -> str:
    found, one = _found(county, kind, level)
    duty = next((duty for duty in policies.duties().values() if (duty.kind, duty.publisher) == (kind, level)), None)
    off = catalogue.edits(county.code, today()).get((kind, level), Edit()).off_because
    switched = duty and duties.holding(county.code, today()).get(duty.id)
    return render_template(
        "county/catalogue/line.html", county=county, line=found, one=one, levels=rules.BY, typed=typed, wrong=wrong, told=told,
        duty=duty, off=off, earlier=off and not switched, most=rules.LONGEST,
    )  # fmt: skip


def _county(code: str, action: str) -> Area:
    county = areas.find(code)
    if county is None or county.level != "county" or not may(action, code):
        abort(404)
    return county


def _whole(county: Area) -> rules.Catalogue:
    """Return the county's catalogue as the program has it, before any edit."""
    return rules.catalogue("county", county.code, kinds.load().values(), policies.duties().values(), policies.period_rules(), {})


def _found(county: Area, kind: str, level: str) -> tuple[Line, Publishing]:
    """Return one line at one level; answers 404 where the catalogue has none."""
    found = [(line, one) for line in _whole(county).lines for one in line.by if (line.kind.id, one.level) == (kind, level)]
    return found[0] if found else abort(404)


def _fault(typed: dict[str, str], code: str) -> str:
    """Return the error for what was typed, or ""."""
    if any(len(text) > rules.LONGEST for text in typed.values()):
        return _("写得太长了，每一格最多 %(n)s 个字。", n=rules.LONGEST)
    text = "\n".join(typed.values())
    if fault := text_checks.personal_fault(text):
        return fault
    named = text_checks.names_in(text, code, "")
    return _("这里不要写人名：%(names)s。请改一下再记。", names=named) if named else ""
