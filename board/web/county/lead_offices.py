"""牵头单位: for each group of kinds the department whose name stands on the notices from then on."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board.models import Area
from board.rules.kind import GROUPS
from board.rules.personal import detection
from board.store import areas, lead_offices
from board.store.clock import now
from board.web.county.admin_forms import scope
from board.web.guard import may, needs
from board.web.i18n import link, say

pages = Blueprint("lead_offices", __name__)

LONGEST = 40  # characters of a name
_PHONE = re.compile(r"[0-9+\-() 、转/]{5,40}")


@pages.app_template_filter()
def group_of_kinds(group: str) -> str:
    """Return the name of a group of kinds."""
    return say(GROUPS[group]) if group in GROUPS else group


@pages.get("/admin/lead-offices")
@needs("lead_offices")
def listed() -> str:
    """Show for each county in scope which department leads which group of kinds."""
    return _page()


def _page(wrong: dict[tuple[str, str], str] | None = None) -> str:
    counties = [(area, lead_offices.of(area.code)) for area in areas.counties() if area.code.startswith(scope())]
    typed = {name: detection.mask(request.form.get(name, "")) for name in ("name", "phone")}
    return render_template("county/lead_offices/listed.html", counties=counties, groups=GROUPS, wrong=wrong or {}, typed=typed)


def _county(code: str) -> Area:
    county = areas.find(code)
    if county is None or county.level != "county" or not may("lead_offices", code):
        abort(404)
    return county


@pages.post("/admin/lead-offices/<place:code>")
@needs("lead_offices")
def put(code: str) -> Any:
    """Name the department of a group of kinds, or none. Answers 422 with what was typed for an error."""
    county, group = _county(code), request.form.get("group", "")
    if group not in GROUPS:
        abort(400)
    name, phone = (" ".join(request.form.get(field, "").split()) for field in ("name", "phone"))
    if fault := _fault(name, phone):
        return _page({(county.code, group): fault}), 422
    if lead_offices.put(county.code, group, name, phone if name else "", current_user.username, now()):
        flash(_("存好了。以后新公布的写这个，已经公布的不变。"), "good")
    return redirect(link("county.lead_offices.listed"))


def _fault(name: str, phone: str) -> str:
    """Return the error for a department, or ""; a mobile phone belongs to a person and is refused."""
    if len(name) > LONGEST:
        return _("名称太长了，请写在 %(most)s 个字以内。", most=LONGEST)
    if name and len(name) < 2:
        return _("请写部门的全称，例如：泸县农业农村局。")
    if phone and not _PHONE.fullmatch(phone):
        return _("电话只写数字和横线，例如：0830-8190000。")
    if detection.find(f"{name} {phone}"):
        return _("请留办公室的座机，不要写手机号、证件号。")
    return ""
