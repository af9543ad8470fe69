"""公开目录: what must be published of an area, in the columns of the national standard; a page, a PDF, CSV and JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template
from flask_babel import gettext as _

from board import kinds, policies
from board.models import Area
from board.paper import catalogue as paper
from board.paper import typesetting
from board.rules.bilingual import date_in_words
from board.rules.community import in_its_words
from board.rules.duties import catalogue as rules
from board.rules.duties.catalogue import Catalogue, Line
from board.rules.kind import GROUPS
from board.rules.place_names import canonical
from board.rules.rendering import catalogue_table as table
from board.store import areas, reading
from board.store import catalogue as kept
from board.web.downloads import pdf
from board.web.guard import public
from board.web.i18n import link, say, today, tongue
from board.web.installation import short_address
from board.web.public.guide import taker
from board.web.public.open_data import data

pages = Blueprint("catalogue", __name__)


@dataclass(frozen=True)
class Told:
    """An area with its catalogue and the ids of the channels that are ticked."""

    area: Area
    found: Catalogue
    used: frozenset[str]

    def cells(self, line: Line) -> list[str]:
        """Return a line under the standard's headers."""
        return table.cells(line, policies.channels().values(), self.used, tongue())

    def left_out(self) -> str:
        """Return the sentence about what the county has taken out, or ""."""
        return _("县里还有 %(n)s 项没有列入，理由写下来备了案。", n=self.found.left_out) if self.found.left_out else ""


def _told(code: str) -> Told:
    """Return an area's catalogue; answers 404 where there is none: an unknown area, or a city."""
    area = areas.find(code)
    if area is None or area.level not in rules.BY:
        abort(404)
    own = {one.id for one in policies.channels().values() if one.own}
    open_points = {name for point in reading.serving(code, today()) for name in policies.reading_sorts()[point.sort].channels}
    return Told(area, of_area(area), frozenset(own | open_points))


def of_area(area: Area) -> Catalogue:
    """Return the catalogue of an area with its county's edits; a community's has its own words and its own law."""
    found = list(kinds.load().values())
    if area.level == "village":
        found = [in_its_words(kind, area.name, policies.community_words()) for kind in found]
    owed, periods = policies.duties().values(), policies.period_rules()
    return rules.catalogue(area.level, area.code, found, owed, periods, kept.edits(area.code, today()))


@pages.get("/a/<place:code>/catalogue")
@public
def catalogue(code: str) -> str:
    """Show the lines of the catalogue by group, each with who publishes it and when; the standard's table is the PDF and the CSV."""
    told = _told(code)
    groups = [(words, [line for line in told.found.lines if line.kind.group == id]) for id, words in GROUPS.items()]
    groups = [(words, own) for words, own in groups if own]
    return render_template(
        "public/catalogue/catalogue.html",
        area=told.area,
        told=told,
        groups=groups,
        within=lambda line: table.within(line, tongue()),
        taker=taker(code),
    )


@pages.get("/a/<place:code>/catalogue/<kind>")
@public
def entry(code: str, kind: str) -> str:
    """Show one line of the catalogue whole, with the way to what is posted under it."""
    told = _told(code)
    line = next((one for one in told.found.lines if one.kind.id == kind), None) or abort(404)
    return render_template(
        "public/catalogue/entry.html",
        area=told.area,
        line=line,
        content=table.content(line, tongue()),
        channels=[say(one.term) for one in policies.channels().values() if one.id in told.used],
        levels=rules.BY,
    )


@pages.get("/a/<place:code>/catalogue.pdf")
@public
def sheet(code: str) -> Response:
    """Return the catalogue as an A4 PDF."""
    told = _told(code)
    words = paper.CatalogueWords(
        title=_("%(place)s公开目录", place=canonical(told.area.name)),
        about=_("照全国基层政务公开标准目录的栏目排列。■ 是选中的，□ 是没选的。"),
        headers=tuple(table.headers(tongue())),
        rows=tuple(tuple(told.cells(line)) for line in told.found.lines),
        left_out=told.left_out(),
        printed=_("%(day)s打印", day=date_in_words(today(), tongue())),
        address=short_address(link("public.catalogue.catalogue", code=code)),
        language=tongue(),
        demo_mark=_("演示数据") if current_app.config["DEMO"] else "",
    )
    with typesetting.PUBLIC.slot():
        return pdf(paper.catalogue(words), f"{code}-catalogue.pdf", words.title)


@pages.get("/a/<place:code>/catalogue.csv")
@public
def table_csv(code: str) -> Response:
    """Return the catalogue as CSV for WPS or Excel."""
    told = _told(code)
    return data(table.csv(told.found, policies.channels().values(), told.used, tongue()), "text/csv", f"{code}-catalogue.csv")


@pages.get("/a/<place:code>/catalogue.json")
@public
def table_json(code: str) -> Response:
    """Return the catalogue as JSON; its own 404 is a page, as that of any unknown address."""
    told = _told(code)
    area = {"code": code, "name": canonical(told.area.name), "level": told.area.level}
    said: dict[str, Any] = {"demonstration": current_app.config["DEMO"], "area": area}
    said |= table.document(told.found, policies.channels().values(), told.used, tongue())
    return data(json.dumps(said, ensure_ascii=False), "application/json")
