"""区划: loading a file of them, finding them, renaming, merging and closing them. None is ever deleted: printed addresses live for ever."""

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
from board.store import ledger, search_index
from board.store.engine import writing


class AreaRefused(ValueError):
    """An area cannot be changed like that.

    ``reason``: closed (it, or the one to merge into, is), name (empty or too long), taken (the name stands for a neighbour), level (the two
    differ), itself, children (open areas lie in it), people (somebody still works there).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Counts:
    """What loading a file did: areas ``added``, ``renamed`` and left the ``same``."""

    added: int
    renamed: int
    same: int


def find(code: str) -> Area | None:
    """Return the area, closed or not, or None; within a request a second look asks the database nothing."""
    area = db.session.get(Area, code)
    if area:
        db.session().info.setdefault("areas", {})[code] = area  # held: the session itself forgets what nobody holds
    return area


def get(code: str) -> Area:
    """Return the area, closed or not; raises sqlalchemy's NoResultFound when there is none of that code."""
    return find(code) or db.session.get_one(Area, code)


def counties() -> list[Area]:
    """Return the open counties, by code."""
    return list(db.session.scalars(select(Area).where(Area.level == "county", ~Area.closed).order_by(Area.code)))


def children(code: str, *, closed: bool = False) -> list[Area]:
    """Return the areas right below one, by code; closed ones only when asked for."""
    query = select(Area).where(Area.parent == code).order_by(Area.code)
    return list(db.session.scalars(query if closed else query.where(~Area.closed)))


def chain(code: str) -> list[Area]:
    """Return an area with all that it lies in, the city first and itself last; empty when there is none of that code."""
    found: list[Area] = []
    area = find(code)
    while area:
        found.insert(0, area)
        area = find(area.parent) if area.parent else None
    return found


def around(code: str) -> list[areas.Area]:
    """Return, for ``rules.names.Places``, the areas that one lies in, itself and all inside it, closed ones too."""
    above = chain(code)
    if not above:
        return []
    inside = select(Area).where(Area.code.startswith(prefix(code, above[-1].level)), Area.code != code).order_by(Area.code)
    return [_plain(area) for area in (*above, *db.session.scalars(inside))]


def _plain(area: Area) -> areas.Area:
    return areas.Area(area.code, area.name, area.level, area.parent or "", tuple(area.aliases), area.closed)


def named(codes: Iterable[str]) -> list[Area]:
    """Return the areas of these codes, by code; codes that there are none of are left out."""
    return list(db.session.scalars(select(Area).where(Area.code.in_(list(codes))).order_by(Area.code)))


def search(words: str, under: str = "", *, closed: bool = False, limit: int = 100) -> list[Area]:
    """Return the areas whose name, earlier name or other spelling contains the words, by code; ``under`` is a code prefix."""
    words = words.replace("\0", "").strip()  # PostgreSQL takes no NUL
    spellings = {words, place_names.canonical(words)}
    hits = [column.contains(one, autoescape=True) for one in spellings for column in (Area.name, cast(Area.aliases, Text))]
    query = select(Area).where(Area.code.startswith(under), or_(Area.code == words, *hits)).order_by(Area.code).limit(limit)
    return list(db.session.scalars(query if closed else query.where(~Area.closed)))


def load(text: str, actor: str, at: datetime | None = None) -> Counts:
    """Load a file of areas (CSV text: code, name, level, parent; maybe aliases, closed): add new ones, rename known ones, delete none.

    A renamed area stays known by its old name. ``at`` None is this moment. Raises ``rules.names.AreaErrors`` with every fault and its
    line, and then has loaded nothing.
    """
    with writing() as session:
        known = {area.code: _plain(area) for area in session.scalars(select(Area))}
        given = load_rows(text, known.values())
        levels = list(DIGITS)
        fresh = sorted((area for area in given if area.code not in known), key=lambda area: levels.index(area.level))
        changed = [(known[area.code], area) for area in given if area.code in known and _differs(known[area.code], area)]
        if fresh:  # parents first
            session.execute(insert(Area), [_columns(area) for area in fresh])
        if changed:
            session.execute(update(Area), [_renamed(old, new) for old, new in changed])
        renamed = [new for old, new in changed]
        search_index.renamed({area.code for area in renamed})
        _tell(fresh, renamed, hashlib.sha256(text.encode()).hexdigest(), actor, at or datetime.now(UTC))
    return Counts(len(fresh), len(renamed), len(given) - len(fresh) - len(renamed))


def _differs(old: areas.Area, new: areas.Area) -> bool:
    return old.name != new.name or bool(set(new.aliases) - set(old.aliases) - {old.name}) or new.closed > old.closed


def _columns(area: areas.Area) -> dict[str, Any]:
    return vars(area) | {"parent": area.parent or None, "aliases": list(area.aliases)}


def _renamed(old: areas.Area, new: areas.Area) -> dict[str, Any]:
    """Return the columns that a file changes of an area; its place in the division is its code's, and a closed area stays closed."""
    aliases = _aliases(new.name, [*old.aliases, *new.aliases, old.name])
    return {"code": old.code, "name": new.name, "aliases": aliases, "closed": old.closed or new.closed}


def _aliases(name: str, others: Iterable[str]) -> list[str]:
    """Return the other spellings of a name, each once; one that only writes 村 for 村民委员会 is no other spelling."""
    found: dict[str, str] = {}
    for other in others:
        found.setdefault(place_names.canonical(other), other)
    found.pop(place_names.canonical(name), None)
    return list(found.values())


def _tell(fresh: list[areas.Area], renamed: list[areas.Area], digest: str, actor: str, at: datetime) -> None:
    """Write into the ledger of each county how many of its areas a file added and renamed."""
    added, changed = (Counter(_home(area.code) for area in which) for which in (fresh, renamed))
    for home in sorted(added | changed):
        ledger.append(home, at, actor, "areas.loaded", digest[:16], sheet=digest, added=added[home], renamed=changed[home])


def _home(code: str) -> str:
    """Return the code of an area's county, told by its digits; a city's (0000) is the city itself, as is an area without a county."""
    county = prefix(code, "county").ljust(12, "0")
    return county if find(county) else code


def rename(code: str, name: str, actor: str, at: datetime) -> None:
    """Give an area a new name; the old one stays known, on sheets that clerks upload and in the search. Raises Refused."""
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
    """Close an area because it became part of another of its level, which takes over its names.

    What was posted under the old code stays there; sheets that name the old place mean the new one from now on. Raises Refused.
    """
    with writing() as session:
        area, to = _emptied(code), _open(into)
        if code == into:
            raise AreaRefused("itself")
        if area.level != to.level:
            raise AreaRefused("level")
        area.closed, area.merged_into = True, into
        to.aliases = _aliases(to.name, [*to.aliases, area.name, *area.aliases])
        session.execute(update(PlaceAlias).where(PlaceAlias.area == code).values(area=into))
        session.flush()
        search_index.renamed({into})
        ledger.append(_home(code), at, actor, "area.merged", code, into=into)


def close(code: str, actor: str, at: datetime) -> None:
    """Close an area: nothing new is posted for it, and what was printed still opens. Raises Refused."""
    with writing():
        _emptied(code).closed = True
        ledger.append(_home(code), at, actor, "area.closed", code)


def _open(code: str) -> Area:
    area = db.session.get(Area, code, with_for_update=True, populate_existing=True)
    if area is None or area.closed:
        raise AreaRefused("closed")
    return area


def _emptied(code: str) -> Area:
    """Return an area that may be closed: no open area lies in it, and nobody who may sign in works there."""
    area = _open(code)
    if children(code):
        raise AreaRefused("children")
    if db.session.scalar(select(func.count()).where(User.area == code, User.disabled.is_(False))):
        raise AreaRefused("people")
    return area


def label(code: str) -> str:
    """Return an area's name as pages show it, "" where there is none."""
    area = find(code)
    return place_names.canonical(area.name) if area else ""


def labels(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of areas as pages show them, by code, in one select; "" for a code that there is no area of."""
    return {code: name for code, (name, _above) in _names(codes).items()}


def full_labels(codes: Iterable[str]) -> dict[str, str]:
    """Return, as ``labels``, names with those of the areas above them, to choose among namesakes: 邓家社区（茶元头街道）."""
    return {code: f"{name}（{above}）" if above else name for code, (name, above) in _names(codes).items()}


def _names(codes: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the name of each area and of the one above it, "" where there is none."""
    wanted, above = dict.fromkeys(codes), aliased(Area)
    query = select(Area.code, Area.name, above.name).outerjoin(above, above.code == Area.parent).where(Area.code.in_(list(wanted)))
    found = {code: names for code, *names in db.session.execute(query)} if wanted else {}
    canonical = place_names.canonical
    return {code: (canonical(found[code][0]), canonical(found[code][1] or "")) if code in found else ("", "") for code in wanted}


def desk_of(code: str, level: str) -> list[Area]:
    """Return the areas that a desk works for: a township with its villages; of a county or a city, itself alone."""
    own = [get(code)]
    return own + children(code) if level == "township" else own


def inside(code: str) -> list[Area]:
    """Return the open areas of the two levels below one, each township followed by its villages: the walls it may post on."""
    below = select(Area.code).where(Area.parent == code)
    query = select(Area).where(or_(Area.parent == code, Area.parent.in_(below)), ~Area.closed).order_by(Area.code)
    return list(db.session.scalars(query))
