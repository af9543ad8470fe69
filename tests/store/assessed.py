"""What must hold of an assessment on any day: every figure of every office is as long as its list, and states part what they count."""

from __future__ import annotations

from collections import Counter
from datetime import date

from board.rules.assessment import FIGURES
from board.rules.quarters import Quarter
from board.store import areas, assessment, duties
from tests.store.due import TOWN, ZHAOYA


def listed(name: str, office: str, quarter: Quarter, today: date) -> list[object]:
    """Return what the list of a figure shows, of all its pages."""
    figure = FIGURES[name]
    if figure.source == "duty":
        acting = duties.acting(areas.get(office).level)
        which = {"states": figure.states, "duties": acting, "quarter": quarter.no, "limit": 100_000}
        return list(duties.listed(office, quarter.year, today, **which))
    found: list[object] = []
    while some := assessment.listed(name, office, quarter, today, after=len(found), limit=3):
        found += some
    return found


def holds(county: str, quarter: Quarter, today: date) -> Counter[str]:
    """Hold each figure of the county, and of the two townships of which these tests tell, against its list; return those not 0."""
    counted, seen = assessment.counted(county, quarter, today), Counter[str]()
    for office in (county, TOWN, ZHAOYA):
        one = counted[office]
        for name in FIGURES:
            assert len(listed(name, office, quarter, today)) == one[name], (office, name, quarter)
        assert one["owed"] == one["on_time"] + one["late"] + one["missing"]
        assert (one["posted"], one["sheets"]) == (one["complete"] + one["open"], one["whole"] + one["partly"])
        assert (one["ended"], one["found"]) == (one["enough"] + one["short"], one["mended"] + one["unmended"])
        seen.update({name: n for name, n in one.figures.items() if n})
    return seen
