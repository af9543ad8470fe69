"""The notices of one matter: which comes after which, kept when a notice is posted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from board.models import Notice, SeriesStep, Version, db
from board.rules.areas import upwards
from board.rules.kind import Kind
from board.rules.notice.series import STAGE, Member, in_order, linkable, stages
from board.store import cache_versions
from board.store.notices import IN_FORCE

OFFERED = 30  # notices that a clerk can choose from as the one before


def link(session: Session, notice: Notice, before: str) -> None:
    """Keep that a notice comes after the one of the number ``before``, "" for none; inside ``writing()``.

    What comes after the notice goes with it. A number of no notice, or of one that comes after this, changes nothing. The pages of all
    notices of the matter, and of the one that it leaves, become stale: each shows the others.
    """
    own = session.get(SeriesStep, (notice.home, notice.number))
    cache_versions.move_series(notice.number)
    if before != ((own.follows or "") if own else ""):
        _place(session, notice, own, before)
        cache_versions.move_series(notice.number)


def _place(session: Session, notice: Notice, own: SeriesStep | None, before: str) -> None:
    first = _step(session, before) if before else None
    moved = _with_later(session, own) if own else []
    if before and (first is None or first in moved or before == notice.number):
        return
    root = first.root if first else notice.number
    if own is None:
        session.add(SeriesStep(home=notice.home, number=notice.number, root=root, follows=before))
    for step in moved:
        step.root = root
    if own is not None:
        own.follows = before or None
    session.flush()


def _step(session: Session, number: str) -> SeriesStep | None:
    """Return the step of a notice, which becomes the first of its matter if it was in none; None for a number of no notice."""
    found = session.scalar(select(SeriesStep).where(SeriesStep.number == number))
    if found is None and (posted := session.scalar(select(Notice).where(Notice.number == number))):
        found = SeriesStep(home=posted.home, number=number, root=number)
        session.add(found)
        session.flush()
    return found


def _with_later(session: Session, own: SeriesStep) -> list[SeriesStep]:
    """Return a step and all that come after it, near and far."""
    same, found = session.scalars(select(SeriesStep).where(SeriesStep.root == own.root)).all(), [own]
    for one in found:  # grows while it is read
        found += [step for step in same if step.follows == one.number and step not in found]
    return found


def of_many(numbers: Collection[str]) -> dict[str, list[Member]]:
    """Return the notices of the same matter for each of these numbers, in the order of its steps, itself among them; in one select.

    A number that is the only one of its matter is left out.
    """
    own, same = aliased(SeriesStep), aliased(SeriesStep)
    query = (
        select(own.number, *_TOLD, same.follows)
        .select_from(own)
        .join(same, same.root == own.root)
        .join(Notice, (Notice.home == same.home) & (Notice.number == same.number))
        .join(Version, IN_FORCE)
        .join(_FIRST, _OF_FIRST)
        .where(own.number.in_(list(numbers)))
    )
    found: dict[str, list[Member]] = defaultdict(list)
    for number, *told in db.session.execute(query) if numbers else ():
        found[number].append(_member(*told))
    return {number: in_order(members) for number, members in found.items() if len(members) > 1}


_FIRST = aliased(Version)
_OF_FIRST = (_FIRST.home == Notice.home) & (_FIRST.number == Notice.number) & (_FIRST.no == 1)
_TOLD = (Notice.number, Notice.home, Notice.kind, Version.facts[STAGE].as_string(), Version.title, _FIRST.posted_on, Notice.withdrawn_at)


def _member(
    number: str, home: str, kind: str, stage: str | None, title: str, posted_on: date, withdrawn: object, follows: str | None = None
) -> Member:
    return Member(number, home, kind, stage or "", title, posted_on, withdrawn is not None, follows or "")


def candidates(home: str, kind: Kind, *, but: str | None = None, present: str = "") -> list[Member]:
    """Return the notices that one of ``home`` and this kind may come after: its own and those of the areas above it, the newest first.

    ``but`` is the notice that a draft corrects, ``present`` the one that it comes after now, which stands first in any case.
    """
    there = or_(and_(*_before(home, kind, but)), Notice.number == present)
    query = select(*_TOLD).join(Version, IN_FORCE).join(_FIRST, _OF_FIRST).where(there)
    newest = query.order_by((Notice.number != present), _FIRST.posted_at.desc(), Notice.number).limit(OFFERED)
    return [_member(*told) for told in db.session.execute(newest)] if kind.follows or stages(kind) else []


def title_of(number: str, home: str, kind: Kind, but: str | None = None) -> str:
    """Return the title of a notice that one of ``home`` and this kind may come after, "" for any other number."""
    query = select(Version.title).join(Notice, IN_FORCE).where(Notice.number == number, *_before(home, kind, but))
    return db.session.scalar(query) or ""


def _before(home: str, kind: Kind, but: str | None) -> list[Any]:
    kinds = [id for id in {kind.id, kind.follows} if linkable(kind, id)]
    return [Notice.kind.in_(kinds), Notice.home.in_(upwards(home)), Notice.withdrawn_at.is_(None), Notice.number != (but or "")]
