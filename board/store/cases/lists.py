"""Lists of cases for the offices that have to answer; the county's figures and their lists are in ``figures``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import String, and_, cast, func, not_, or_, select, tuple_
from sqlalchemy.orm import aliased

from board import policies
from board.models import Area, Case, Message, Notice, Version, db
from board.rules.areas import prefix
from board.rules.cases import machine
from board.rules.place_names import canonical
from board.store import areas, notices
from board.store.cases import causes, floods


@dataclass(frozen=True)
class CaseEntry:
    """One case of a list, with the notice's title ("" for none) and the place's name."""

    case: Case
    title: str
    place: str
    again: bool = False  # answered before, and reopened by the villager
    words: str = ""  # how it begins, as it was first said
    count: int = 1  # cases on this line, of which this is the first

    @property
    def burst(self) -> bool:
        """Whether it is the line of what came in a flood all at once, and not of texts that are nearly the same."""
        return self.case.fold is not None and floods.is_burst(self.case.fold)


BEGINNING = 30  # characters of a case's first words in a list
Fold = tuple[str, str, str]  # a flood's line: (home, fold, desk)
Place = tuple[date, str, str]  # key for the next page of a list: (due, home, id) of the last case shown


def inbox(
    homes: str,
    categories: Collection[str],
    *,
    kind: str = "",
    year: int = 0,
    done: bool = False,
    extension: bool = False,
    after: Place | None = None,
    limit: int = 50,
    folded: bool = False,
    fold: Fold | None = None,
    risen: Collection[str] = (),
) -> list[CaseEntry]:
    """Return the cases that offices under a code prefix have to answer, first due first, or (``done``) their others, last due first: those
    they answered, and those of their notices that another office has now. Of waiting cases of one cause the first due stands for all.

    ``extension``: only those whose office has asked its reviewer for more time, which he has not yet decided. ``categories`` are the ids of
    those that the reader may read, ``risen`` of those that he may only once another office than the first has them; ``kind`` and ``year``
    those of the notice that a case is about, where they are given. ``folded``: the cases of a flood's line that lie with one desk are one
    entry, at the place of the first; ``fold``: only the cases of this line.
    """
    key, here, own = tuple_(Case.due, Case.home, Case.id), Case.desk.startswith(homes), Case.home.startswith(homes)
    waits = Case.state.in_(machine.OPEN)
    which = or_(and_(or_(here, own), not_(waits)), and_(own, not_(here))) if done else and_(here, waits)
    shown = which, readable(categories, risen), *notices.selected(kind, year), *([extension_waits()] if extension else [])
    query = _lines().where(*shown)
    if fold:
        query = query.where(Case.home == fold[0], Case.fold == fold[1], Case.desk == fold[2])
    elif folded:
        heads = _heads(shown, after, limit, done=done)
        query = query.where(or_(_alone(), tuple_(Case.home, Case.id).in_(heads)) if heads else _alone())
    if not (done or kind or year or fold or extension):  # the first due of a cause may be about a notice of another kind
        query = query.where(causes.first_due())
    if after:
        query = query.where(key < after if done else key > after)
    order = (Case.due, Case.home, Case.id)
    listed = _listed(query.order_by(*(column.desc() if done else column for column in order)).limit(limit))
    return [replace(one, count=heads.get((one.case.home, one.case.id), 1)) for one in listed] if folded and not fold else listed


def _alone() -> Any:
    return or_(Case.fold.is_(None), Case.fold == "")


def _heads(shown: Sequence[Any], after: Place | None, limit: int, *, done: bool) -> dict[tuple[str, str], int]:
    """Return the first case, (home, id), of each line of a flood among the shown cases behind ``after`` -> how many stand on that line."""
    place = cast(Case.due, String) + "_" + Case.id
    first = func.max(place) if done else func.min(place)
    query = _joined(select(Case.home, first, func.count())).where(*shown, Case.fold != "").group_by(Case.home, Case.fold, Case.desk)
    found = sorted(((first[:10], home, first[11:]), count) for home, first, count in db.session.execute(query))
    if done:
        found.reverse()
    behind = [one for one in found if after is None or (one[0] < _text(after) if done else one[0] > _text(after))]
    return {(home, id): count for (_due, home, id), count in behind[:limit]}


def _text(place: Place) -> tuple[str, str, str]:
    return (place[0].isoformat(), *place[1:])


def together(case: Case, categories: Collection[str]) -> int:
    """Return how many cases of these categories stand on the line of a flood that this case is on, at its desk; 0 for a line of its own."""
    if not case.fold:
        return 0
    own = Case.home == case.home, Case.fold == case.fold, Case.desk == case.desk, Case.category.in_(categories)
    return db.session.scalar(select(func.count()).where(*own)) or 0


def extension_waits() -> Any:
    """Return the condition that the reviewer has not yet decided on more time for a case, as ``machine.extension_waits`` has it; an office
    asks once in a case."""
    later = aliased(Message)
    own, decided = (Message.home == Case.home, Message.case == Case.id), ("grant", "refuse", "answer", *machine.RISES)
    since = select(later.no).where(later.home == Case.home, later.case == Case.id, later.no > Message.no, later.act.in_(decided))
    since = since.correlate(Case, Message)
    return select(Message.no).where(*own, Message.act == "extend", ~since.exists()).correlate(Case).exists()


def readable(categories: Collection[str], risen: Collection[str]) -> Any:
    """Return the condition that somebody may read a case by its category; ``risen`` as for ``inbox``."""
    return or_(Case.category.in_(categories), and_(Case.category.in_(risen), Case.desk != Case.home))


def shown_to_supervisor(village: str, limit: int = 100) -> list[CaseEntry]:
    """Return the cases about a village that their villagers show to its supervisor, open ones first, newest first in each; never one about
    a household or of the county alone."""
    shown = [one.id for one in policies.case_categories().values() if one.supervisable]
    inside = Case.home.startswith(prefix(village, "township"))
    query = _lines().where(Case.place == village, Case.supervised, Case.category.in_(shown), inside)
    return _listed(query.order_by(Case.state.in_(machine.OPEN).desc(), Case.made.desc(), Case.id).limit(limit))


def about(posted: notices.Posted, limit: int = 200) -> list[CaseEntry]:
    """Return the cases about one notice that its publisher may know of, first due first."""
    return _listed(_lines().where(*known_to_publisher(posted)).order_by(Case.due, Case.id).limit(limit))


def known_to_publisher(posted: notices.Posted) -> list[Any]:
    """Return the conditions for the cases about a notice that its publisher may know of: not those that only an office above it has, nor
    those that only the village's supervisor reads."""
    inside = prefix(posted.home, areas.get(posted.home).level)
    own = {one.id: one.answerer != "supervisor" for one in policies.case_categories().values()}
    read = readable([id for id, known in own.items() if known], [id for id, known in own.items() if not known])
    return [Case.publisher == posted.home, Case.number == posted.number, Case.home.startswith(inside), read]


def beside(case: Case, homes: str, categories: Collection[str], limit: int) -> list[CaseEntry]:
    """Return the other cases about the row of a case (of one about no row: about the same place and none), newest first, as far as
    somebody may read them: those that offices under a code prefix have or were asked first, of these categories."""
    same = Case.publisher == case.publisher, Case.number == case.number, Case.place == case.place, Case.row.is_not_distinct_from(case.row)
    read = or_(Case.desk.startswith(homes), Case.home.startswith(homes)), Case.category.in_(categories)
    query = _lines().where(*same, not_(and_(Case.home == case.home, Case.id == case.id)), *read)
    return _listed(query.order_by(Case.made.desc(), Case.id).limit(limit))


def counts_by_place(posted: notices.Posted) -> dict[str, tuple[int, int]]:
    """Return place -> (cases, open cases) of ``about``; places without cases are left out."""
    query = select(Case.place, func.count(), func.count().filter(Case.state.in_(machine.OPEN))).group_by(Case.place)
    return {place: (all, waiting) for place, all, waiting in db.session.execute(query.where(*known_to_publisher(posted)))}


_NOTICE = (Notice.home == Case.publisher) & (Notice.number == Case.number)


def _lines() -> Any:
    replies = select(Message.no).where(Message.home == Case.home, Message.case == Case.id, Message.act == "answer")
    again = Case.state.in_(machine.OPEN) & (Case.state != "telling") & replies.exists()
    first = select(func.substr(Message.text, 1, BEGINNING)).where(Message.home == Case.home, Message.case == Case.id, Message.no == 1)
    columns = (Case, func.coalesce(Version.title, ""), Area.name, again, func.coalesce(first.scalar_subquery(), ""))
    return _joined(select(*columns)).join(Area, Area.code == Case.place)


def _joined(query: Any) -> Any:
    return query.select_from(Case).outerjoin(Notice, _NOTICE).outerjoin(Version, notices.IN_FORCE)


def _listed(query: Any) -> list[CaseEntry]:
    return [CaseEntry(case, title, canonical(place), again, words) for case, title, place, again, words in db.session.execute(query)]


def waiting(homes: str, categories: Collection[str], risen: Collection[str] = ()) -> int:
    """Return the number of cases of these categories that offices under a code prefix have to answer; ``risen`` as for ``inbox``."""
    waits = Case.desk.startswith(homes), Case.state.in_(machine.OPEN), readable(categories, risen)
    return db.session.scalar(select(func.count()).where(*waits)) or 0


@dataclass(frozen=True)
class Counts:
    """The number of cases of one office: ``waiting`` includes ``late``, and ``answered`` includes ``closed``."""

    home: str
    waiting: int
    late: int
    answered: int
    closed: int


def counts(under: str, today: date, kind: str | Collection[str] = "", year: int = 0) -> list[Counts]:
    """Return the figures of each office with cases under a code prefix, by code; they equal the lengths of this module's lists."""
    waits, over = Case.state.in_(machine.OPEN), Case.due < today
    figures = [func.count().filter(which) for which in (waits, waits & over, Case.state.not_in(machine.OPEN), Case.state == "closed")]
    query: Any = select(Case.desk, *figures).where(Case.desk.startswith(under)).group_by(Case.desk).order_by(Case.desk)
    if kind or year:
        query = query.join(Notice, _NOTICE).join(Version, notices.IN_FORCE)
        query = query.where(*notices.selected(kind, year))
    return [Counts(*row) for row in db.session.execute(query)]
