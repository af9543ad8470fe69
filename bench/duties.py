"""``make bench-duties``: what a township and its county owe, at a million cells, compared with a hundred thousand.

Every village of a county owes forty duties each month; most are settled. The years stand one after the other, so that a larger size is
a longer past: a page shows one of them. Measured are a township's cells of the newest quarter, its counts, its desk, the first page
of a list, and the county's counts of a quarter, in milliseconds. Exit code 1 if a township's cells and counts take more than MOST together.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from bench.databases import databases
from board import create_app, policies
from board.models import Area, DutySettlement, DutySwitch, db
from board.rules.duties import duty_period
from board.store import bulk, duties, people
from board.store.engine import writing
from tests.databases import SETTINGS

SIZES, TIMES, MOST = (100_000, 1_000_000), 9, 200
DUTIES, YEAR, TODAY = 40, 2026, date(2026, 12, 31)
COUNTY, TOWN = "510521000000", "510521116000"
DATA = policies.duties()
COLUMNS = ["home", "duty", "period", "source", "sort", "by", "day", "own", "due", "as_of", "counts"]


def _owed() -> None:
    """Let the program know forty duties of each month in the place of its own."""
    one = replace(DATA["village_accounts"], every="month")
    known = {f"duty_{no}": replace(one, id=f"duty_{no}") for no in range(DUTIES)}
    policies.duties = lambda: known  # type: ignore[assignment]
    with writing() as session:
        user = people.named("luxian-admin")
        assert user
        at = datetime(2019, 1, 1, tzinfo=UTC)
        more = {"home": COUNTY, "no": 1, "on": True, "since": date(2019, 1, 1), "why": "", "user_id": user.id, "at": at}
        session.add_all([DutySwitch(duty=id, **more) for id in known])


def _rows(year: int, villages: list[str]) -> Iterator[list[Any]]:
    """Yield what settles a year's cells: nine of ten, some late, some that there is nothing."""
    chance = random.Random(year)
    for place in villages:
        for duty in policies.duties():
            for period in duty_period.of_year(year, "month"):
                if chance.random() < 0.1:
                    continue
                due = period.last + timedelta(days=10)
                sort = chance.choice(["notice"] * 9 + ["none"])
                day = due + timedelta(days=chance.choice([-5, -5, -5, 3]))
                last = None if sort == "none" else due
                yield [place, duty, period.key, f"n{chance.getrandbits(26):08}", sort, place, day, None, last, period.last, True]


def took(act: Callable[[], Any]) -> float:
    """Return the median of some runs, in milliseconds."""
    times = []
    for _ in range(TIMES):
        db.session.rollback()
        db.session.expire_all()
        begun = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


def measured(engine: str, address: str, folder: Path) -> float:
    """Fill one engine year by year, print what is measured at each size, and return what the township's page took at the last."""
    app = create_app(folder, **SETTINGS, DATABASE_URL=address)
    sizes, year, cells, page = [int(size) for size in sys.argv[1:]] or SIZES, YEAR, 0, 0.0
    print(f"\n{engine}\n\n| cells | settled | township's cells, ms | its counts | its desk | a list | county's counts |")
    print("| --- | --- | --- | --- | --- | --- | --- |", flush=True)
    with app.app_context():
        _owed()
        within = Area.level == "village", Area.code.startswith(COUNTY[:6]), ~Area.closed
        villages = list(db.session.scalars(select(Area.code).where(*within)))
        for size in sizes:
            while cells < size:
                with writing() as session:
                    bulk.insert(session, DutySettlement.__table__, COLUMNS, _rows(year, villages))  # type: ignore[arg-type]
                year, cells = year - 1, cells + len(villages) * DUTIES * 12
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("ANALYZE"))
            settled = db.session.query(DutySettlement).count()
            cells_of, counts = (
                took(lambda: duties.of_area(TOWN, YEAR, TODAY, quarter=4)),
                took(lambda: duties.counted(TOWN, YEAR, TODAY, quarter=4)),
            )
            desk, county = took(lambda: duties.owes(TOWN, YEAR, TODAY)), took(lambda: duties.counted(COUNTY, YEAR, TODAY, quarter=4))
            listed = took(lambda: duties.listed(COUNTY, YEAR, TODAY, states=["missing"], duties=["duty_3"], quarter=4))
            page = cells_of + counts
            print(f"| {cells:,} | {settled:,} | {cells_of:.0f} | {counts:.0f} | {desk:.0f} | {listed:.0f} | {county:.0f} |", flush=True)
    return page


if __name__ == "__main__":
    with databases() as filled:
        pages = {engine: measured(engine, address, folder) for engine, folder, address in filled}
    over = [f"{engine}: {ms:.0f} ms" for engine, ms in pages.items() if ms > MOST]
    sys.exit("; ".join(over) if over else 0)
