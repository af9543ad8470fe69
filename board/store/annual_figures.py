"""What the board can tell for the yearly report (政府信息公开工作年度报告): counts of a year, of one area and those below it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import case, func, select

from board import kinds
from board.models import Area, Case, CaseStanding, Notice, PublicAnswer, PublicLetter, Version, db
from board.rules.calendar import CHINA
from board.rules.cases import machine

APPLICATION, LETTER = "application", "letter"  # categories of board/policies/cases.toml


@dataclass
class Annual:
    """The counts of a year; levels are those of publishers (county, township, village), groups those of kinds.

    ``outcomes`` are those of the applications received in the year, ``waiting`` the applications without an answer yet.
    """

    posted: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    corrected: int = 0
    withdrawn: int = 0
    received: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    waiting: int = 0
    answers: int = 0
    letters: int = 0


def of(under: str, year: int) -> Annual:
    """Return the counts of a year of all homes under a code prefix: by the day of posting, of receiving, of approval; six selects."""
    found = Annual()
    first, last = date(year, 1, 1), date(year, 12, 31)
    begins, ends = (datetime.combine(date(one, 1, 1), time(), CHINA) for one in (year, year + 1))

    def approved(table: Any) -> int:
        query = select(func.count()).where(table.home.startswith(under), table.approved_at >= begins, table.approved_at < ends)
        return db.session.scalar(query) or 0

    same = (Notice.home == Version.home) & (Notice.number == Version.number)
    new = case((Version.no == 1, 1), else_=0)
    query = select(Area.level, Notice.kind, new, func.count()).select_from(Version).join(Notice, same).join(Area, Area.code == Version.home)
    query = query.where(Version.home.startswith(under), Version.posted_on.between(first, last)).group_by(Area.level, Notice.kind, new)
    for level, kind, is_new, n in db.session.execute(query):
        if is_new:
            found.posted[level] += n
            found.groups[kinds.load()[kind].group if kind in kinds.load() else ""] += n
        else:
            found.corrected += n
    gone = select(func.count()).where(Notice.home.startswith(under), Notice.withdrawn_at >= begins, Notice.withdrawn_at < ends)
    found.withdrawn = db.session.scalar(gone) or 0
    waits = case((CaseStanding.state.in_(machine.OPEN), 1), else_=0)
    one = (Case.home == CaseStanding.home) & (Case.id == CaseStanding.id)
    asked = select(CaseStanding.category, Case.outcome, waits, func.count()).join(Case, one)
    asked = asked.where(CaseStanding.home.startswith(under), CaseStanding.received.between(first, last))
    for category, outcome, is_open, n in db.session.execute(asked.group_by(CaseStanding.category, Case.outcome, waits)):
        found.received[category] += n
        if category == APPLICATION:
            found.waiting += n if is_open else 0
            found.outcomes[outcome or ""] += 0 if is_open else n
    found.answers, found.letters = approved(PublicAnswer), approved(PublicLetter)
    return found
