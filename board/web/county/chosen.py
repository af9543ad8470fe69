"""What an auditor looks at, as the address says it: an address is a saved filter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_login import current_user

from board import kinds, policies
from board.rules import quarters
from board.rules.areas import prefix
from board.rules.quarters import Quarter
from board.store import areas
from board.store.cases import figures


def scope() -> str:
    """Return the code prefix of the auditor's scope."""
    return prefix(current_user.area, current_user.level)


@dataclass(frozen=True)
class Chosen:
    """The code prefix of the auditor's scope or of one area in it, a kind, a category, a year or a quarter ("", 0, None: all of them)."""

    under: str
    area: str
    kind: str
    category: str
    year: int
    quarter: Quarter | None

    @property
    def cases(self) -> figures.Chosen:
        """Which cases are counted: those received in that time."""
        return figures.Chosen(self.category, self.kind, self.year, self.quarter)

    @property
    def kept(self) -> dict[str, Any]:
        """What of it an address carries on, beside the area."""
        quarter = str(self.quarter) if self.quarter else None
        return {"kind": self.kind or None, "category": self.category or None, "year": self.year or None, "quarter": quarter}

    @property
    def any(self) -> bool:
        """Whether something is chosen at all."""
        return bool(self.area or any(self.kept.values()))


def chosen() -> Chosen:
    """Return what the query selects; an area outside the scope selects all of it, and what is no kind, category or time is left out."""
    asked = request.values
    area = areas.find(asked.get("area", ""))
    mine = area if area and area.code.startswith(scope()) else None
    kind, category, year = asked.get("kind", ""), asked.get("category", ""), asked.get("year", 0, type=int)
    try:
        quarter = quarters.parse(asked.get("quarter", ""))
    except ValueError:
        quarter = None
    return Chosen(
        under=prefix(mine.code, mine.level) if mine else scope(),
        area=mine.code if mine else "",
        kind=kind if kind in kinds.load() else "",
        category=category if category in policies.case_categories() else "",
        year=quarter.year if quarter else year if 2000 < year < 3000 else 0,
        quarter=quarter,
    )
