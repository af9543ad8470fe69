"""What a villager's form is about (a notice or a row of it, an area, a wall, or nothing yet), and the offices that may look first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import abort, current_app
from flask_babel import gettext as _

from board import policies
from board.models import Area, Case
from board.rules.cases import category
from board.rules.cases.category import Category
from board.rules.kind import Level
from board.rules.place_names import canonical
from board.store import areas, notices, people
from board.store.notices import Posted
from board.web.i18n import link
from board.web.public import wall as walls
from board.web.public.notice import heading
from board.web.public.posted_pages import page_of

OFFICES: tuple[Level, ...] = ("village", "township", "county")


@dataclass(frozen=True)
class About:
    """What a form is about. ``place`` is the area's code where there is no notice, "" for the first page; ``wall`` the wall's number."""

    what: category.About
    posted: Posted | None = None
    place: str = ""
    wall: str = ""

    def narrowed(self, row: int | None) -> About:
        """Return what a form with this row of its notice (None: none) is about."""
        return replace(self, what="row") if row is not None else self

    @property
    def number(self) -> str:
        """The printed number of the notice, or ""."""
        return self.posted.number if self.posted else ""

    def heading(self) -> str:
        """Return what it is about in words."""
        if self.posted:
            return heading(self.posted, page_of(self.posted))
        return canonical(areas.get(self.place).name) if self.place else _("这个网站")

    def back(self) -> str:
        """Return the address of the page from which one comes here."""
        if self.posted:
            return link("public.notice.notice", number=self.number)
        if self.wall:
            return link("public.wall.wall", number=self.wall)
        return link("public.area.area", code=self.place) if self.place else link("public.home.home")

    def categories(self) -> dict[str, Category]:
        """Return the categories that can be chosen here, by id: of a notice without households none about a missing one, of an area
        without a leader no letter to him, and where no village's supervisor has an account nothing for him."""
        found = {one.id: one for one in category.offered(policies.case_categories().values(), self.what)}
        if self.posted and not page_of(self.posted).kind.households:
            found.pop("missing", None)
        anywhere = {"clerk": True, "leader": self.what == "nothing", "supervisor": bool(self.posted) and self.supervised("")}
        return {id: one for id, one in found.items() if anywhere[one.answerer] or self.answering("", one)}

    def supervised(self, place: str) -> bool:
        """Return whether the supervision committee of a place ("": not said), or of some village that it may be, has an account here."""
        own = place or self.place or (self.posted.home if self.posted else "")
        return bool(own) and people.supervisors_within(own)

    def places(self) -> list[Area]:
        """Return the places that can be chosen on the first page: every county with its townships."""
        return areas.counties_and_townships() if self.what == "nothing" else []

    def offices(self, place: str) -> dict[Level, Area]:
        """Return the offices that may look first at what concerns a place ("": not said), the village's first."""
        own = self.place or (self.posted.home if self.posted else "")
        chain = areas.chain(place) or areas.chain(own) or areas.counties()[:1]
        return {one.level: one for one in reversed(chain) if one.level in OFFICES}

    def answering(self, place: str, category: Category) -> dict[Level, Area]:
        """Return the offices that may look first in a category: of its levels, and for a letter those that have a leader."""
        found = {level: one for level, one in self.offices(place).items() if level in category.first}
        has = {"clerk": lambda _code: True, "leader": people.led, "supervisor": people.supervised}[category.answerer]
        return {level: one for level, one in found.items() if has(one.code)}

    def likely_office(self, place: str) -> Level:
        """Return the office that is preselected: whoever published, and of an area the township."""
        offices = self.offices(place)
        own = areas.get(self.posted.home).level if self.posted else "township"
        return own if own in offices else "county"


def of_notice(number: str) -> About:
    """Return what a form about a notice is about; answers 404 for an unknown number."""
    return About("notice", notices.find(number) or abort(404))


def of_area(code: str) -> About:
    """Return what a form about an area is about; answers 404 for an unknown code, and for a city, which has no office here."""
    found = areas.find(code) or abort(404)
    return About("area", place=code) if found.level in OFFICES else abort(404)


def of_wall(number: str) -> About:
    """Return what a form from a wall's code is about; answers 404 for an unknown number."""
    return About("wall", place=walls.find(number).home, wall=number)


def of_nothing() -> About:
    """Return what a form from the first page is about: nothing yet."""
    return About("nothing")


def phone_of(case: Case, posted: Posted | None) -> tuple[str, str]:
    """Return the telephone of the office that has the case, and whose it is: that of the notice if it is its publisher, else that of the
    newest notice of that office, else the site's; never that of an office that is not to know of the case."""
    latest = [] if posted and posted.home == case.desk else notices.listed(case.desk, limit=1, standing=True)
    of = posted if posted and posted.home == case.desk else latest[0] if latest else None
    if of is None:
        return current_app.config["SITE_PHONE"], ""
    return of.version.facts["objection_phone"], of.version.facts["objection_person"]
