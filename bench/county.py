"""``make bench``: the county's page of figures at 1,000,000 cases, compared with 10,000.

Every case is invented: a township or the county, a day of four years, a category, a kind, and a state as such cases have it. Cases, their
lines and their tallies are inserted in bulk, made by the rules that count them one by one. Measured is /audit as an auditor opens it, and
the figures alone, in milliseconds; and what the first page of a list, and counting a single act, take. Exit code 1 if the page at the
larger size takes more than MOST times as long.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as of_day
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select, text

from bench.databases import databases
from board import create_app, policies
from board.models import Area, Case, CaseStanding, Notice, db
from board.rules.calendar import CHINA
from board.rules.cases.figures import Standing
from board.store import bulk, cases
from board.store.cases import counting, figures
from board.store.cases.figures import Chosen
from board.store.engine import writing
from tests.actors import Browser, Person
from tests.databases import SETTINGS
from tests.store.posted import post

SIZES, TIMES, BATCH, MOST = (10_000, 1_000_000), 30, 20_000, 1.5
TODAY, COUNTY = date(2026, 11, 22), "510521"
AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
DAYS = 1_400  # over which the cases were received
KINDS = ("", "", "cropland-subsidy")
ENDS = ("closed", "closed", "closed", "answered", "answered", "unsolved")


def made(first: int, many: int) -> Iterator[tuple[dict[str, Any], Standing]]:
    """Yield invented cases: the row of each, and what is counted of it."""
    chance = random.Random(first)
    offices = [one.code for one in figures.offices(COUNTY)]
    categories = [one.id for one in policies.case_categories().values() if one.to == "publisher"]
    place = db.session.scalars(select(Area.code).where(Area.level == "village", Area.code.startswith(COUNTY)).limit(1)).one()
    notice = db.session.execute(select(Notice.home, Notice.number).limit(1)).one()
    for no in range(first, first + many):
        day = TODAY - timedelta(days=chance.randrange(DAYS))
        due, answered = day + timedelta(days=7), day + timedelta(days=chance.randrange(1, 12))
        open = answered > TODAY or chance.random() < 0.01  # one of a hundred lies about
        arose, disputed = chance.choice(offices), chance.random() < 0.05
        has = offices[0] if disputed else arose
        state = "received" if open else "answered" if answered > TODAY - timedelta(days=10) else chance.choice(ENDS)
        standing = Standing(
            arose=arose, has=has, first=arose, category=chance.choice(categories), kind=chance.choice(KINDS), received=day, state=state,
            due=due, answered=None if open else answered, disputed=disputed, prompt=None if open and not disputed else answered <= due,
            rating=chance.randrange(1, 6) if state == "closed" and chance.random() < 0.3 else None,
            last="" if open else has,
        )  # fmt: skip
        about = (
            {"publisher": notice.home, "number": notice.number, "version": 1}
            if standing.kind
            else dict.fromkeys(("publisher", "number", "version"))
        )
        at = datetime.combine(day, of_day(10), CHINA)
        yield {
            "home": arose, "id": f"{no:012x}", **about, "place": place, "row": None, "wall": None, "source": "web", "consent": None,
            "category": standing.category, "contact": None, "state": state, "desk": has, "made": at, "since": day, "due": due,
            "asked": None, "held": None, "answered": None if open else datetime.combine(answered, of_day(10), CHINA), "outcome": None,
            "rating": standing.rating,
        }, standing  # fmt: skip


def fill(first: int, many: int) -> None:
    """Store invented cases, their lines and their tallies."""
    tallies: counting.Tallies = counting.tallies([])
    source = made(first, many)
    while batch := [one for one, _ in zip(source, range(BATCH), strict=False)]:
        with writing() as session:
            bulk.insert(session, Case.__table__, list(batch[0][0]), (list(row.values()) for row, _ in batch))  # type: ignore[arg-type]
            lines = ([row["home"], row["id"], *vars(one).values()] for row, one in batch)
            bulk.insert(session, CaseStanding.__table__, ["home", "id", *vars(batch[0][1])], lines)  # type: ignore[arg-type]
        tallies.update(counting.tallies(one for _, one in batch))
    with writing():
        counting.add(tallies)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def took(act: Callable[[], Any]) -> float:
    """Return the median of some runs, in milliseconds."""
    times = []
    for _ in range(TIMES):
        db.session.rollback()
        begun = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


def measured(engine: str, address: str, folder: Path) -> float:
    """Fill one engine in steps and print what is measured at each; return the ratio of the page."""
    app = create_app(folder, **SETTINGS, DATABASE_URL=address)
    app.test_client_class = Browser
    app.clock = lambda: AT  # type: ignore[attr-defined]
    sizes, there, pages = [int(size) for size in sys.argv[1:]] or SIZES, 0, list[float]()
    print(f"\n{engine}\n\n| cases | tallies | /audit, ms | of a category | figures alone | a list | an act counted | filled, s |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
    with app.app_context():
        post()
        offices = [one.code for one in figures.offices(COUNTY)]
        auditor = Person(app.test_client()).signs_in("luxian-auditor")
        # FlaskClient.open: without the house checks that the tests' browser makes of each page, which take as long as the page.
        for size in sizes:
            begun = time.perf_counter()
            fill(there, size - there)
            filled, there = time.perf_counter() - begun, size
            tallies = db.session.execute(text("SELECT count(*) FROM case_tally")).scalar_one()
            pages.append(took(lambda: FlaskClient.open(auditor.client, "/audit")))
            year = took(lambda: FlaskClient.open(auditor.client, "/audit?year=2026&category=missing"))
            alone = took(lambda: figures.counted(offices, Chosen(), TODAY))
            listed = took(lambda: figures.listed("silent", offices[3:4], Chosen(year=2026), TODAY))
            act = took(_counts_one)
            figured = f"{pages[-1]:.1f} | {year:.1f} | {alone:.1f} | {listed:.1f} | {act:.1f} | {filled:.0f}"
            print(f"| {size:,} | {tallies:,} | {figured} |", flush=True)
    ratio = pages[-1] / pages[0]
    print(f"\n{engine}: /audit at {sizes[-1]:,} cases takes {ratio:.2f} times as long as at {sizes[0]:,} (at most {MOST})", flush=True)
    return ratio


def _counts_one() -> None:
    with writing():
        case = cases.one(*_first())
        assert case
        case.rating = (case.rating or 0) % 5 + 1
        counting.keep(case)


def _first() -> tuple[str, str]:
    home, id = db.session.execute(select(Case.home, Case.id).where(Case.state == "closed").limit(1)).one()
    return home, id


if __name__ == "__main__":
    with databases() as filled:
        ratios = {engine: measured(engine, address, folder) for engine, folder, address in filled}
    over = [f"{engine}: {ratio:.2f}" for engine, ratio in ratios.items() if ratio > MOST]
    sys.exit("; ".join(over) if over else 0)
