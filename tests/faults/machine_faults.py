"""The other faults of a machine: a full disk, a read-only one, a clock set back, PostgreSQL gone for a while, a write-ahead log cut short.

Of each: what people read meanwhile, whether they go on by themselves when it ends, and what was lost or is there by half.
"""

from __future__ import annotations

import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from tests.databases import programs
from tests.faults.acknowledged import Acknowledged
from tests.faults.checks import Checker
from tests.faults.disk import Disk
from tests.faults.errands import OUTAGE
from tests.faults.kills import Stand, standing
from tests.faults.serving import ForkServer

LASTS, PATIENCE = 5, 60  # seconds of a fault, and until people must have gone on
CUTS = 20  # of a write-ahead log
HEAD = """\
| fault | engine | people read | acts before, during, after | lost | torn | went on by itself |
| --- | --- | --- | ---: | ---: | ---: | --- |"""


@dataclass
class Outcome:
    """What came of one fault."""

    fault: str
    engine: str
    words: list[str] = field(default_factory=list)
    acts: tuple[int, ...] = ()
    lost: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    went_on: bool = True
    others: Counter[str] = field(default_factory=Counter)  # what people read that is no such word

    @property
    def whole(self) -> bool:
        """Return whether nothing was lost, torn or left standing."""
        return not self.lost and not self.torn and self.went_on

    def line(self) -> str:
        """Return its line of the table."""
        cells = (self.fault, self.engine, "、".join(self.words) or "–", ", ".join(map(str, self.acts)), len(self.lost), len(self.torn),
                 "yes" if self.went_on else "**no**")  # fmt: skip
        return f"| {' | '.join(str(one) for one in cells)} |"


def _during(stand: Stand, outcome: Outcome, fault: AbstractContextManager[object], seconds: float = LASTS) -> None:
    """Let people work, bring the fault about for a while, and see whether they go on after it."""
    noted = stand.noted
    stand.up.set()
    _acts_beyond(noted, 2)
    before, said = noted.acknowledged, Counter(noted.troubles)
    with fault:
        time.sleep(seconds)
        during = noted.acknowledged - before
    time.sleep(0.5)
    now = noted.acknowledged
    outcome.went_on &= _acts_beyond(noted, now + 2)
    new = noted.troubles - said
    outcome.words = [word for word in OUTAGE if word in new]
    outcome.others.update({word: count for word, count in new.items() if word not in OUTAGE})
    if not outcome.went_on or any("系统出错了" in trouble for trouble in new):
        said = [line for line in stand.server.said().splitlines() if " 500 " in line or "the database is" not in line]
        outcome.others["the server said: " + "\n".join(said)[-3000:]] += 1
    outcome.acts = before, during, noted.acknowledged - now


def _acts_beyond(noted: Acknowledged, count: int) -> bool:
    until = time.monotonic() + PATIENCE
    while noted.acknowledged < count and time.monotonic() < until:
        time.sleep(0.1)
    return noted.acknowledged >= count


def _looks(stand: Stand, outcome: Outcome) -> Outcome:
    """End everybody's day and look whether all is there."""
    stand.stop()
    lost, torn = stand.checker.looks(stand.noted, whole=True)
    outcome.lost += lost
    outcome.torn += torn
    return outcome


@contextmanager
def _working(folder: Path, fork_server: ForkServer, engine: str) -> Iterator[Stand]:
    with standing(folder, fork_server, engine, Acknowledged()) as stand:
        stand.people(engine)
        stand.server.start()
        stand.server.ready()
        yield stand


def full(disk: Disk, folder: Path, fork_server: ForkServer, engine: str) -> Outcome:
    """No room on the disk of the database."""
    with _working(folder, fork_server, engine) as stand:
        outcome = Outcome("disk full", engine)
        _during(stand, outcome, disk.full())
        return _looks(stand, outcome)


def read_only(disk: Disk, folder: Path, fork_server: ForkServer, engine: str) -> Outcome:
    """A disk that is read-only when the server starts (under a running one it becomes so by a failure of the disk alone); PostgreSQL as
    it is where a standby took over: it answers and takes nothing."""
    with _working(folder, fork_server, engine) as stand:
        outcome = Outcome("read-only disk" if engine == "SQLite" else "read-only PostgreSQL", engine)

        @contextmanager
        def refusing() -> Iterator[None]:
            assert stand.cluster
            for setting in ("on", "off"):
                stand.cluster.sql(f"ALTER SYSTEM SET default_transaction_read_only = {setting}")
                stand.cluster.sql("SELECT pg_reload_conf()")
                if setting == "on":
                    yield

        @contextmanager
        def remounted() -> Iterator[None]:
            stand.server.kill()
            with disk.read_only():
                stand.server.start()
                stand.server.ready()
                yield

        _during(stand, outcome, refusing() if stand.cluster else remounted())
        return _looks(stand, outcome)


def clock_back(_disk: Disk, folder: Path, fork_server: ForkServer, engine: str) -> Outcome:
    """A clock that jumps back by an hour, and then by a day, and stays there."""
    with _working(folder, fork_server, engine) as stand:
        outcome = Outcome("clock back by an hour, then a day", engine)
        for back in (3600, 86400 + 3600):

            @contextmanager
            def set_back(seconds: int = back) -> Iterator[None]:
                stand.server.clock.write_text(str(-seconds))
                yield

            _during(stand, outcome, set_back())
        told = "the clock was set back" in stand.server.said()
        outcome.torn += [] if told else ["the log does not say that the clock was set back"]
        return _looks(stand, outcome)


def database_away(_disk: Disk, folder: Path, fork_server: ForkServer, engine: str) -> Outcome:
    """PostgreSQL ends at once (SIGQUIT) and in order (SIGINT) under load, and is away for a while each time."""
    with _working(folder, fork_server, engine) as stand:
        outcome, cluster = Outcome("PostgreSQL restarted", engine), stand.cluster
        assert cluster
        for how in (signal.SIGQUIT, signal.SIGINT):

            @contextmanager
            def away(how: signal.Signals = how) -> Iterator[None]:
                cluster.halt(how)
                try:
                    yield
                finally:
                    cluster.serve()

            _during(stand, outcome, away())
        return _looks(stand, outcome)


def log_cut(_disk: Disk, folder: Path, fork_server: ForkServer, engine: str) -> Outcome:
    """The server is killed, and its write-ahead log loses its end: what is left must be a beginning of what was, or say that it is not."""
    draw, outcome, told = random.Random(7), Outcome("write-ahead log cut short", engine), 0
    with _working(folder, fork_server, engine) as stand:
        for _ in range(3):
            _during(stand, outcome, nullcontext(), seconds=3)
            stand.server.kill()
            stand.up.clear()
            files = [one for one in stand.instance.iterdir() if one.name.startswith("mingbai.sqlite") and not one.name.endswith("-shm")]
            whole = _copied(stand.instance, files, folder / "whole")
            entries = Checker(whole, "").homes()
            for _ in range(CUTS // 3):
                cut = _copied(stand.instance, files, folder / "cut")
                log = cut / "mingbai.sqlite-wal"
                with log.open("r+b") as file:
                    file.truncate(draw.randrange(log.stat().st_size + 1))
                found, silent = _left(Checker(cut, ""), entries)
                told += found
                outcome.torn += silent
            stand.server.start()
            stand.server.ready()
        outcome.words = [f"{told} of {CUTS // 3 * 3} cuts told by verify"] if told else []
        return _looks(stand, outcome)


def _copied(instance: Path, files: list[Path], to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir()
    for one in [*files, instance / "keys.toml"]:
        shutil.copy(one, to / one.name)
    return to


def _left(checker: Checker, before: dict[str, list[str]]) -> tuple[bool, list[str]]:
    """Return whether a look at the tables tells of a fault, and, where it does not, what is no beginning of what was."""
    try:
        _lost, torn = checker.looks(Acknowledged(), whole=True)
        left = checker.homes()
    except Exception:  # SQLite itself says that the file is broken
        return True, []
    if torn:
        return True, []
    return False, [f"ledger {home} is no beginning of what it was" for home, own in left.items() if before[home][: len(own)] != own]


Fault = Callable[[Disk, Path, ForkServer, str], Outcome]
FAULTS: tuple[tuple[Fault, tuple[str, ...]], ...] = (
    (full, ("SQLite", "PostgreSQL")),
    (read_only, ("SQLite", "PostgreSQL")),
    (clock_back, ("SQLite", "PostgreSQL")),
    (database_away, ("PostgreSQL",)),
    (log_cut, ("SQLite",)),
)


def each(disk: Disk, fork_server: ForkServer, only: str = "") -> Iterator[Outcome]:
    """Bring each fault about that can be had here."""
    for fault, engines in FAULTS:
        for engine in engines:
            missing = engine == "PostgreSQL" and programs() is None or fault in (full, read_only) and not disk.mounted
            if missing or only not in fault.__name__:
                continue
            folder = disk.folder / f"{fault.__name__}-{engine[0]}"
            folder.mkdir()
            yield fault(disk, folder, fork_server, engine)
            shutil.rmtree(folder)
