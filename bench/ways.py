"""One way from bytes to rows: ``python -m bench.ways floor|ours INSTANCE ADDRESS``, the file on standard input, JSON on standard output."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import resource
import secrets
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.roster import TOWN

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
FLOOR_COLUMNS = "line place grp name shown person account minor area rate amount note bank home number"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Clock:
    """Wall seconds a step, and CPU seconds including children, which depend little on other load."""

    def __init__(self) -> None:
        self.steps: Counter[str] = Counter()
        self.cpu = 0.0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time the block, without the steps inside it."""
        start, before = time.perf_counter(), self.steps.total()
        used = self.cpu - _cpu()
        yield
        self.steps[name] += time.perf_counter() - start - (self.steps.total() - before)
        self.cpu = _cpu() + used

    def around(self, module: ModuleType, function: str, name: str) -> None:
        """Time a function of the program as a step from now on, wherever it is called under that name."""
        called = getattr(module, function)

        @wraps(called)
        def timed(*given: Any, **named: Any) -> Any:
            with self.step(name):
                return called(*given, **named)

        setattr(module, function, timed)


def _cpu() -> float:
    """Return CPU seconds of this process and of its finished children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def floor(data: bytes, place: Path, address: str, clock: Clock) -> float:
    """Run the lower-bound baseline: parse, check and key every number, store the row."""
    from python_calamine import CalamineWorkbook

    with clock.step("read"):
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    key = secrets.token_bytes(32)
    with clock.step("clean"):
        kept = [_kept(key, line, row) for line, row in enumerate(rows[3:], 4)]
    with clock.step("rows"):
        (_copied if address else _inserted)(kept, place, address)
    return 0  # the rows are already in their table


def _kept(key: bytes, line: int, row: list[Any]) -> tuple[Any, ...]:
    """Return what is stored of a row: keys instead of numbers, money in fen."""
    _, village, group, name, id, card, bank, _, area, rate, amount, note = row
    if "10X98765432"[sum(int(digit) * weight for digit, weight in zip(id, WEIGHTS, strict=False)) % 11] != id[17]:
        raise ValueError(line)
    person, account = (hmac.new(key, number.encode(), hashlib.sha256).hexdigest()[:32] for number in (id, card))
    fen = int((Decimal(str(amount)) * 100).to_integral_value())
    minor = TODAY.year - int(id[6:10]) < 18
    return line, village, group, name, name[0] + "*" + name[2:], person, account, minor, str(area), str(rate), fen, note, bank, TOWN, "1"


def _inserted(rows: list[tuple[Any, ...]], place: Path, _: str) -> None:
    names = FLOOR_COLUMNS.split()
    (place / "floor.sqlite").unlink(missing_ok=True)
    with sqlite3.connect(place / "floor.sqlite") as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"CREATE TABLE floor ({', '.join(names)}, PRIMARY KEY (home, number, line))")
        connection.execute("CREATE INDEX floor_person ON floor (home, person)")
        connection.executemany(f"INSERT INTO floor VALUES ({', '.join('?' * len(names))})", rows)  # noqa: S608 - our own words
    connection.close()


def _copied(rows: list[tuple[Any, ...]], _: Path, address: str) -> None:
    import psycopg

    types = {"line": "int", "amount": "bigint", "minor": "boolean"}
    columns = ", ".join(f"{name} {types.get(name, 'text')}" for name in FLOOR_COLUMNS.split())
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS floor")
        cursor.execute(f"CREATE TABLE floor ({columns}, PRIMARY KEY (home, number, line))")
        cursor.execute("CREATE INDEX floor_person ON floor (home, person)")
        with cursor.copy(f"COPY floor ({', '.join(FLOOR_COLUMNS.split())}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def ours(data: bytes, place: Path, address: str, clock: Clock) -> float:
    """Run the program's import, from the bytes of an upload to its staged rows; return the seconds of posting them afterwards."""
    from board import create_app, sheets
    from board.rules.sheet.cleaning import clean
    from board.store import people
    from board.store.clock import now
    from board.store.drafting import checking, drafts, jobs, posting, proposing, staging
    from tests.databases import SETTINGS

    for function, name in (("_checked", "check"), ("number_rows", "number"), ("rostered", "digest")):
        clock.around(checking, function, name)
    clock.around(staging, "cleaned", "open")
    app = create_app(place, **SETTINGS, DATABASE_URL=address)
    with app.app_context():
        clerk, reviewer = (people.named(name) for name in ("baihe-clerk", "baihe-reviewer"))
        assert clerk
        assert reviewer
        draft = drafts.start(TOWN, "cropland-subsidy", "百和镇2026年耕地地力保护补贴公示", clerk.id, AT, _facts())
        with clock.step("read"):
            book = sheets.read(data, "发放表.xlsx")
        with clock.step("clean"):
            cleaned = clean(book.table(), app.extensions["vault"].key, TODAY)
        with clock.step("keep"), drafts.saving(TOWN, draft.id, draft.revision, clerk.id, "uploaded", AT) as (session, saved):
            staging.keep(session, saved, [cleaned], hashlib.sha256(data).hexdigest())
        del book, cleaned
        with clock.step("store"):
            lease = jobs.lease(now())
            assert lease
            checking.work(lease)
        proposal = proposing.propose(draft)
        assert proposal, [one.message.en for one in checking.found(draft).errors[:5]]  # type: ignore[union-attr]
        assert not proposal.warnings, proposal.warnings[:5]
        draft = drafts.submit(draft, draft.revision, clerk.id, AT, proposal)
        start = time.perf_counter()
        posting.post(draft, proposal.digest, draft.revision, reviewer.id, {}, AT)
        return time.perf_counter() - start


def _facts() -> dict[str, str]:
    """Return the facts that a clerk must state before submitting the roster."""
    from board.store.drafting.proposing import DISPLAY_START, FORMED_ON, PUBLISHER
    from tests.store.posted import FACTS

    return FACTS | {PUBLISHER: "百和镇人民政府", FORMED_ON: "2026-11-16", DISPLAY_START: "2026-11-20"}


WAYS: dict[str, Callable[[bytes, Path, str, Clock], float]] = {"floor": floor, "ours": ours}


def main() -> None:
    """Measure one way and print JSON; memory in megabytes."""
    way, place, address = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    clock = Clock()
    posting = WAYS[way](sys.stdin.buffer.read(), place, address, clock)
    # ru_maxrss includes the parent's memory at fork; /proc has the high-water mark of this process alone.
    own = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    measured = {"steps": clock.steps, "cpu": clock.cpu, "post": posting, "parent": int(own.split()[1]) / 1024, "child": child / 1024}
    json.dump(measured, sys.stdout)


if __name__ == "__main__":
    main()
