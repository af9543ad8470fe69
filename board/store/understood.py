"""Answers of readers, 看懂了 and 没看懂: counts by place and day, which never exceed the scans of the same code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select

from board.models import ScanCount, UnderstoodCount, db
from board.rules.understood import Understood, counted
from board.store.engine import writing

Code = tuple[str, str, str, date]  # home, number, place, day: the key of both counts


def add(answers: Iterable[tuple[Code, bool]]) -> None:
    """Add answers (True: understood) in the order in which they came, as far as the stored scans of their code and day allow."""
    came: dict[Code, list[bool]] = {}
    for code, understood in answers:
        came.setdefault(code, []).append(understood)
    with writing() as session:
        for code, more in sorted(came.items()):  # sorted, so that two processes cannot deadlock
            # The lock on the scans keeps another process from filling the same room.
            scanned = session.get(ScanCount, code, with_for_update=True, populate_existing=True)
            if scanned is None:
                continue
            kept = session.get(UnderstoodCount, code, populate_existing=True)
            before = Understood(scanned.count, kept.yes, kept.no) if kept else Understood(scanned.count)
            after = counted(before, more)
            home, number, place, day = code
            session.merge(UnderstoodCount(home=home, number=number, place=place, day=day, yes=after.yes, no=after.no))


def of_notice(home: str, number: str) -> dict[str, Understood]:
    """Return place -> scans of a notice's posters and what their readers said."""
    return _sums(_joined(ScanCount.place).where(ScanCount.home == home, ScanCount.number == number))


def by_number(prefix: str, since: date) -> dict[str, Understood]:
    """Return number -> scans since a day and what their readers said, for homes under a code prefix."""
    return _sums(_joined(ScanCount.number).where(ScanCount.home.startswith(prefix), ScanCount.day >= since))


def _joined(by: Any) -> Select[Any]:
    same = [getattr(UnderstoodCount, name) == getattr(ScanCount, name) for name in ("home", "number", "place", "day")]
    sums = [func.coalesce(func.sum(column), 0) for column in (ScanCount.count, UnderstoodCount.yes, UnderstoodCount.no)]
    return select(by, *sums).outerjoin(UnderstoodCount, and_(*same)).group_by(by)


def _sums(query: Select[Any]) -> dict[str, Understood]:
    return {by: Understood(int(scans), int(yes), int(no)) for by, scans, yes, no in db.session.execute(query)}
