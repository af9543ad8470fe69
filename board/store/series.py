"""The notices of one matter: which comes after which, kept when a notice is posted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from board.models import Notice, SeriesStep, Version, db
from board.rules.areas import upwards
from board.rules.kind import Kind
from board.rules.notice.series import STAGE, Member, in_order, linkable
from board.store import cache_versions
from board.store.notices import IN_FORCE

OFFERED = 30  # notices that a clerk can choose from as the one before


def link(session: Session, notice: Notice, before: str) -> None:
    """Keep that a notice comes after the one of the number ``before``, "" for none; inside ``writing()``.

    The pages of all notices of the matter become stale: each shows the others.
    """
    own = session.get(SeriesStep, (notice.home, notice.number))
    if not before or before == notice.number or (own and own.follows == before):
        return
    first = session.scalar(select(SeriesStep).where(SeriesStep.number == before))
    if first is None:
        posted = session.scalar(select(Notice).where(Notice.number == before))
        if posted is None:
            return
        first = SeriesStep(home=posted.home, number=before, root=before)
        session.add(first)
        session.flush()
    if own is None:
        session.add(SeriesStep(home=notice.home, number=notice.number, root=first.root, follows=before))
    elif first.root != notice.number:  # a correction named another one before it: what comes after goes with it
        own.follows = before
        for step in session.scalars(select(SeriesStep).where(SeriesStep.root == own.root)).all():
            step.root = first.root if step is own or step.follows == notice.number else step.root
    session.flush()
    for home in set(session.scalars(select(SeriesStep.home).where(SeriesStep.root == first.root))):
        cache_versions.move(home)


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
    return {number: in_order(members) for number, members in found.items()}


_FIRST = aliased(Version)
_OF_FIRST = (_FIRST.home == Notice.home) & (_FIRST.number == Notice.number) & (_FIRST.no == 1)
_TOLD = (Notice.number, Notice.home, Notice.kind, Version.facts[STAGE].as_string(), Version.title, _FIRST.posted_on, Notice.withdrawn_at)


def _member(
    number: str, home: str, kind: str, stage: str | None, title: str, posted_on: date, withdrawn: object, follows: str | None = None
) -> Member:
    return Member(number, home, kind, stage or "", title, posted_on, withdrawn is not None, follows or "")


def candidates(home: str, kind: Kind) -> list[Member]:
    """Return the notices that one of ``home`` and this kind may come after, the newest first: its own and those of the areas above it."""
    kinds = [id for id in {kind.id, kind.follows} if linkable(kind, id)]
    query = select(*_TOLD).join(Version, IN_FORCE).join(_FIRST, _OF_FIRST)
    offered = query.where(Notice.kind.in_(kinds), Notice.home.in_(upwards(home)), Notice.withdrawn_at.is_(None))
    newest = offered.order_by(_FIRST.posted_at.desc(), Notice.number).limit(OFFERED)
    return [_member(*told) for told in db.session.execute(newest)] if kinds else []


def title_of(number: str) -> str:
    """Return the title of a notice that stands, "" for any other number: the reviewer approves after which one a notice comes."""
    query = select(Version.title).join(Notice, IN_FORCE).where(Notice.number == number, Notice.withdrawn_at.is_(None))
    return db.session.scalar(query) or ""
