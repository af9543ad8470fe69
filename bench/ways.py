"""One way from bytes to rows, measured: ``python -m bench.ways floor|ours INSTANCE ADDRESS``, the file on standard input, JSON out."""

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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.roster import TOWN

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
FLOOR_COLUMNS = "line place grp name shown person account minor area rate amount note bank home number"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class Clock:
    """Seconds a step by the wall clock, and seconds of CPU, the child's too: those hardly change when others use the machine."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self.cpu = 0.0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time the block."""
        start, used = time.perf_counter(), _cpu()
        yield
        self.steps[name] = time.perf_counter() - start
        self.cpu += _cpu() - used


def _cpu() -> float:
    """Seconds of CPU of this process and of the children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def floor(data: bytes, place: Path, address: str, clock: Clock) -> None:
    """The least that has to be done: parse, look at every number, key it, store the row."""
    from python_calamine import CalamineWorkbook

    with clock.step("read"):
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    key = secrets.token_bytes(32)
    with clock.step("clean"):
        kept = [_kept(key, line, row) for line, row in enumerate(rows[3:], 4)]
    with clock.step("rows"):
        (_copied if address else _inserted)(kept, place, address)


def _kept(key: bytes, line: int, row: list[Any]) -> tuple[Any, ...]:
    """What is kept of a row: keys instead of numbers, money in fen."""
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


def ours(data: bytes, place: Path, address: str, clock: Clock) -> None:
    """What the program does, from the upload to the rows of a posted version."""
    from board import create_app, kinds, sheets
    from board.models import Row
    from board.rules.names import Places
    from board.rules.posting import number_rows
    from board.rules.private import clean
    from board.rules.sheet import check
    from board.store import areas, notices
    from board.store.engine import writing
    from tests.databases import SETTINGS

    app = create_app(place, **SETTINGS, DATABASE_URL=address)
    with app.app_context():
        number = _posted()
        kind, places = kinds.load()["cropland-subsidy"], Places(areas.around(TOWN), TOWN)
        with clock.step("read"):
            table = sheets.read(data, "发放表.xlsx").table()
        with clock.step("clean"):
            cleaned = clean(table, app.vault.key, TODAY)  # type: ignore[attr-defined]
        del table
        with clock.step("check"):
            found = check(cleaned, kind, places, area=TOWN)
        assert found.ok, [one.message.en for one in found.errors[:5]]
        assert not found.warnings, [one.message.en for one in found.warnings[:5]]
        with clock.step("number"):
            lines = number_rows(kind, found.rows, "masked", lambda: secrets.token_hex(16))
        with clock.step("rows"), writing() as session:
            session.execute(Row.__table__.insert(), [notices._row(number, TOWN, line) for line in lines])


def _posted() -> str:
    """A notice without rows, to which those that are measured belong."""
    from board.store import drafts, notices, people
    from tests.store import posted

    made = posted.proposal("cropland-subsidy", [])
    clerk, reviewer = (people.named(name) for name in ("baihe-clerk", "baihe-reviewer"))
    assert clerk
    assert reviewer
    draft = drafts.start(TOWN, made.kind, made.title, clerk.id, AT)
    draft = drafts.submit(draft, draft.revision, clerk.id, AT, made)
    return notices.post(draft, made.digest, draft.revision, reviewer.id, {}, AT).number


WAYS: dict[str, Callable[[bytes, Path, str, Clock], None]] = {"floor": floor, "ours": ours}


def main() -> None:
    """Measure one way and say so in JSON; memory in megabytes."""
    way, place, address = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    clock = Clock()
    WAYS[way](sys.stdin.buffer.read(), place, address, clock)
    # The kernel counts to a process what its parent had when it was started; the high-water mark of its own memory is in /proc.
    own = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    json.dump({"steps": clock.steps, "cpu": clock.cpu, "parent": int(own.split()[1]) / 1024, "child": child / 1024}, sys.stdout)


if __name__ == "__main__":
    main()
