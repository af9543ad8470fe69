"""How much waits behind each tab of the staff's menu: one statement for a whole menu, of conditions that lead through an index.

Each function returns a count to be asked for; ``counted`` asks for several at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import func, select

from board.models import Approved, Case, Draft, PublicAnswer, PublicLetter, db
from board.rules.areas import DIGITS
from board.rules.cases import machine
from board.store.cases import lists


def counted(wanted: Mapping[str, Any]) -> dict[str, int]:
    """Return name -> number of these counts, with one statement; none for none."""
    if not wanted:
        return {}
    row = db.session.execute(select(*wanted.values())).one()
    return dict(zip(wanted, row, strict=True))


def drafts(homes: str, state: str) -> Any:
    """Count the drafts of a state under a code prefix."""
    return select(func.count()).where(_under(Draft.home, homes), Draft.state == state).scalar_subquery()


def open_cases(homes: str, categories: Collection[str], risen: Collection[str] = ()) -> Any:
    """Count the cases of these categories that offices under a code prefix have to answer; ``risen`` as for ``lists.inbox``."""
    waits = _under(Case.desk, homes), Case.state.in_(machine.OPEN), lists.readable(categories, risen)
    return select(func.count()).select_from(Case).where(*waits).scalar_subquery()


def extensions(homes: str, categories: Collection[str]) -> Any:
    """Count those of them for which more time is asked, and not yet decided on."""
    waits = _under(Case.desk, homes), Case.state.in_(machine.OPEN), Case.category.in_(categories), lists.extension_waits()
    return select(func.count()).select_from(Case).where(*waits).scalar_subquery()


def approvals(homes: str) -> Any:
    """Count the answers and letters for everybody under a code prefix that wait for approval."""
    return _unpublished(PublicAnswer, homes, returned=False) + _unpublished(PublicLetter, homes, returned=False)


def returned_letters(homes: str) -> Any:
    """Count the letters for everybody under a code prefix that were sent back."""
    return _unpublished(PublicLetter, homes, returned=True)


def _unpublished(table: type[Approved], homes: str, *, returned: bool) -> Any:
    stands = table.approved_at.is_(None), table.withdrawn_at.is_(None)
    which = table.returned.is_not(None) if returned else table.returned.is_(None)
    return select(func.count()).select_from(table).where(_under(table.home, homes), *stands, which).scalar_subquery()


def _under(code: Any, homes: str) -> Any:
    """Return the condition that a code begins with a prefix, as a range, for which every engine uses an index."""
    return code.between(homes.ljust(DIGITS["village"], "0"), homes.ljust(DIGITS["village"], "9"))
