"""区划: load, find, rename, merge and close areas. None is ever deleted, because printed addresses contain their codes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Text, cast, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from board.models import Area, PlaceAlias, User, db
from board.rules import areas, place_names
from board.rules.areas import DIGITS, load_rows, prefix
from board.rules.calendar import day_of
from board.store import ledger, sealing, search_index
from board.store.engine import writing


class AreaRefused(ValueError):
    """A change of an area is refused.

    ``reason``: closed (it, or the area to merge into), name (too short or too long), taken (a neighbour has the name), level (the two
    differ), itself, children (open areas lie in it), people (it has active users).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Counts:
    """The number of areas that a file ``added``, ``renamed`` and left the ``same``."""

    added: int
    renamed: int
    same: int


def find(code: str) -> Area | None:
    """Return the area, closed or not, or None; a second call within a request, for it or for one above it, needs no query."""
    held: dict[str, Area] = db.session().info.setdefault("areas", {})  # the session's identity map holds weak references only
    if code not in held:
        held |= {area.code: area for area in named(areas.upwards(code))}
    return db.session.get(Area, code) if code in held else None


def get(code: str) -> Area:
    """Return the area, closed or not. Raises sqlalchemy's NoResultFound for an unknown code."""
    return find(code) or db.session.get_one(Area, code)


def counties() -> list[Area]:
    """Return the open counties, by code."""
    return list(db.session.scalars(select(Area).where(Area.level == "county", ~Area.closed).order_by(Area.code)))


def counties_and_townships() -> list[Area]:
    """Return every open county, each followed by its townships."""
    query = select(Area).where(Area.level.in_(("county", "township")), ~Area.closed).order_by(Area.code)
    return list(db.session.scalars(query))


def children(code: str, *, closed: bool = False) -> list[Area]:
    """Return the areas directly below one, by code; closed ones only with ``closed``."""
    query = select(Area).where(Area.parent == code).order_by(Area.code)
    return list(db.session.scalars(query if closed else query.where(~Area.closed)))


def chain(code: str) -> list[Area]:
    """Return an area with its ancestors, the city first and itself last; empty for an unknown code."""
    found: list[Area] = []
    area = find(code)
    while area:
        found.insert(0, area)
        area = find(area.parent) if area.parent else None
    return found


def around(code: str) -> list[areas.Area]:
    """Return an area's ancestors, itself and its descendants, closed ones too, as ``rules.place_names.Places`` takes them."""
    above = chain(code)
    if not above:
        return []
    inside = select(Area).where(Area.code.startswith(prefix(code, above[-1].level)), Area.code != code).order_by(Area.code)
    return [_plain(area) for area in (*above, *db.session.scalars(inside))]


def _plain(area: Area) -> areas.Area:
    return areas.Area(area.code, area.name, area.level, area.parent or "", tuple(area.aliases), area.closed)


def named(codes: Iterable[str]) -> list[Area]:
    """Return the areas of these codes, by code; unknown codes are left out."""
    return list(db.session.scalars(select(Area).where(Area.code.in_(list(codes))).order_by(Area.code)))


def heirs(county: str) -> dict[str, str]:
    """Return closed township -> the open township of the same county that it went into in the end, "" for none."""
    inside = prefix(county, "county")
    closed = select(Area.code, Area.merged_into).where(Area.code.startswith(inside), Area.level == "township", Area.closed)
    into = {code: to or "" for code, to in db.session.execute(closed)}
    found: dict[str, str] = {}
    for code in into:
        to = code
        while to in into:  # a township that took one over may be closed itself; none goes into a closed one, so that this ends
            to = into[to]
        found[code] = to if to.startswith(inside) else ""
    return found


def search(words: str, under: str = "", *, closed: bool = False, limit: int = 100) -> list[Area]:
    """Return the areas whose name or alias contains the words, or whose code equals them, by code; ``under`` is a code prefix."""
    words = words.replace("\0", "").strip()  # PostgreSQL takes no NUL
    spellings = {words, place_names.canonical(words)}
    hits = [column.contains(one, autoescape=True) for one in spellings for column in (Area.name, cast(Area.aliases, Text))]
    query = select(Area).where(Area.code.startswith(under), or_(Area.code == words, *hits)).order_by(Area.code).limit(limit)
    return list(db.session.scalars(query if closed else query.where(~Area.closed)))


def load(text: str, actor: str, at: datetime | None = None) -> Counts:
    """Load areas from CSV text (code, name, level, parent; optionally aliases, closed): add new ones, rename known ones, delete none.

    The old name of a renamed area becomes an alias. ``at`` None is now. Raises ``rules.areas.AreaErrors`` with every fault and its line;
    nothing is loaded then.
    """
    sealing.vault()  # the first areas make a database a used one, for which no key file is made any more
    with writing() as session:
        known = {area.code: _plain(area) for area in session.scalars(select(Area))}
        given = load_rows(text, known.values())
        levels = list(DIGITS)
        fresh = sorted((area for area in given if area.code not in known), key=lambda area: levels.index(area.level))
        changed = [(known[area.code], area) for area in given if area.code in known and _differs(known[area.code], area)]
        if fresh:  # parents before children, for the foreign key
            session.execute(insert(Area), [_columns(area) for area in fresh])
        if changed:
            session.execute(update(Area), [_renamed(old, new) for old, new in changed])
        if gone := [new.code for old, new in changed if new.closed and not old.closed]:
            session.execute(update(Area).where(Area.code.in_(gone)).values(closed_on=day_of(at or datetime.now(UTC))))
        renamed = [new for old, new in changed]
        search_index.renamed({area.code for area in renamed})
        _log(fresh, renamed, hashlib.sha256(text.encode()).hexdigest(), actor, at or datetime.now(UTC))
    return Counts(len(fresh), len(renamed), len(given) - len(fresh) - len(renamed))


def _differs(old: areas.Area, new: areas.Area) -> bool:
    return old.name != new.name or bool(set(new.aliases) - set(old.aliases) - {old.name}) or new.closed > old.closed


def _columns(area: areas.Area) -> dict[str, Any]:
    return vars(area) | {"parent": area.parent or None, "aliases": list(area.aliases)}


def _renamed(old: areas.Area, new: areas.Area) -> dict[str, Any]:
    """Return the columns to update for an area in a file; level and parent follow from the code, and a closed area stays closed."""
    aliases = _aliases(new.name, [*old.aliases, *new.aliases, old.name])
    return {"code": old.code, "name": new.name, "aliases": aliases, "closed": old.closed or new.closed}


def _aliases(name: str, others: Iterable[str]) -> list[str]:
    """Return the aliases of a name without duplicates; names with the same canonical form (村 for 村民委员会) count as one."""
    found: dict[str, str] = {}
    for other in others:
        found.setdefault(place_names.canonical(other), other)
    found.pop(place_names.canonical(name), None)
    return list(found.values())


def _log(fresh: list[areas.Area], renamed: list[areas.Area], digest: str, actor: str, at: datetime) -> None:
    """Log in each county's ledger how many of its areas a file added and renamed."""
    added, changed = (Counter(_home(area.code) for area in which) for which in (fresh, renamed))
    for home in sorted(added | changed):
        ledger.append(home, at, actor, "areas.loaded", digest[:16], sheet=digest, added=added[home], renamed=changed[home])


def _home(code: str) -> str:
    """Return the code of an area's county, from its digits; the code itself for a city or where there is no such county."""
    county = prefix(code, "county").ljust(12, "0")
    return county if find(county) else code


def rename(code: str, name: str, actor: str, at: datetime) -> None:
    """Rename an area; the old name becomes an alias for uploads and the search. Raises AreaRefused."""
    name = " ".join(name.split())
    with writing():
        area = _open(code)
        if not 2 <= len(name) <= 60:
            raise AreaRefused("name")
        if name == area.name:
            return
        if any(
            place_names.canonical(name) == place_names.canonical(other.name) for other in children(area.parent or "") if other.code != code
        ):
            raise AreaRefused("taken")
        before, area.name, area.aliases = area.name, name, _aliases(name, [*area.aliases, area.name])
        db.session.flush()
        search_index.renamed({code})
        ledger.append(_home(code), at, actor, "area.renamed", code, before=before, name=name)


def merge(code: str, into: str, actor: str, at: datetime) -> None:
    """Close an area that became part of another of its level, which takes over its name and aliases.

    Notices posted under the old code stay there; uploaded sheets that name the old area now mean the new one. Raises AreaRefused.
    """
    with writing() as session:
        area, to = _emptied(code), _open(into)
        if code == into:
            raise AreaRefused("itself")
        if area.level != to.level:
            raise AreaRefused("level")
        area.closed, area.closed_on, area.merged_into = True, day_of(at), into
        to.aliases = _aliases(to.name, [*to.aliases, area.name, *area.aliases])
        session.execute(update(PlaceAlias).where(PlaceAlias.area == code).values(area=into))
        session.flush()
        search_index.renamed({into})
        ledger.append(_home(code), at, actor, "area.merged", code, into=into)


def close(code: str, actor: str, at: datetime) -> None:
    """Close an area: nothing new is posted for it, and printed addresses still open. Raises AreaRefused."""
    with writing():
        area = _emptied(code)
        area.closed, area.closed_on = True, day_of(at)
        ledger.append(_home(code), at, actor, "area.closed", code)


def _open(code: str) -> Area:
    area = db.session.get(Area, code, with_for_update=True, populate_existing=True)
    if area is None or area.closed:
        raise AreaRefused("closed")
    return area


def _emptied(code: str) -> Area:
    """Return an area that may be closed, locked. Raises AreaRefused when it has open areas or active users."""
    area = _open(code)
    if children(code):
        raise AreaRefused("children")
    if db.session.scalar(select(func.count()).where(User.area == code, User.disabled.is_(False))):
        raise AreaRefused("people")
    return area


def label(code: str) -> str:
    """Return an area's name as pages show it, "" for an unknown code."""
    area = find(code)
    return place_names.canonical(area.name) if area else ""


def labels(codes: Iterable[str]) -> dict[str, str]:
    """Return code -> name as pages show it, in one select; "" for an unknown code."""
    return {code: name for code, (name, _above) in _names(codes).items()}


def full_labels(codes: Iterable[str]) -> dict[str, str]:
    """Return code -> name with the name of the parent area, to tell namesakes apart: 邓家社区（茶元头街道）."""
    return {code: f"{name}（{above}）" if above else name for code, (name, above) in _names(codes).items()}


def _names(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return code -> (name, name of the parent); "" where there is none."""
    wanted, above = dict.fromkeys(codes), aliased(Area)
    query = select(Area.code, Area.name, above.name).outerjoin(above, above.code == Area.parent).where(Area.code.in_(list(wanted)))
    found = {code: names for code, *names in db.session.execute(query)} if wanted else {}
    canonical = place_names.canonical
    return {code: (canonical(found[code][0]), canonical(found[code][1] or "")) if code in found else ("", "") for code in wanted}


def desk_of(code: str, level: str) -> list[Area]:
    """Return the areas that an office publishes for: a township with its villages; a county or a city alone."""
    own = [get(code)]
    return own + children(code) if level == "township" else own


def inside(code: str) -> list[Area]:
    """Return the open areas of the two levels below one, each township followed by its villages: the places it may publish for."""
    below = select(Area.code).where(Area.parent == code)
    query = select(Area).where(or_(Area.parent == code, Area.parent.in_(below)), ~Area.closed).order_by(Area.code)
    return list(db.session.scalars(query))
