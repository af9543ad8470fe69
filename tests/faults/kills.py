"""The server killed with SIGKILL at random moments while people work, and what is there after each start."""

from __future__ import annotations

import random
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.databases import Cluster, Databases, programs, temporary
from tests.faults.acknowledged import Acknowledged
from tests.faults.checks import Checker, sums_differ
from tests.faults.errands import Answering, Asking, Posting, Worker
from tests.faults.serving import ForkServer, Server

LONGEST = 3.0  # seconds that people work until the next kill
WHOLE, SUMS, RESTARTS = 25, 5, 8  # every so many kills: the whole proof, the sums on pages, PostgreSQL itself started again
EARLY = 0.1  # of the kills hit a server that is just starting


@dataclass
class Tally:
    """What came of a run."""

    kills: int = 0
    restarts: int = 0
    noted: Acknowledged = field(default_factory=Acknowledged)
    lost: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    seconds: float = 0

    @property
    def whole(self) -> bool:
        """Return whether nothing was lost or torn."""
        return not self.lost and not self.torn

    def line(self, engine: str) -> str:
        """Return its line of the table."""
        cells = (
            engine,
            self.kills,
            self.restarts or "–",
            f"{self.noted.acknowledged:,}",
            len(self.lost),
            len(self.torn),
            f"{self.seconds:.0f} s",
        )
        return f"| {' | '.join(str(one) for one in cells)} |"


HEAD = "| engine | kills | PostgreSQL restarted | acknowledged | lost | torn | took |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |"


@dataclass
class Stand:
    """A board with a server that dies, its people, and what looks after it."""

    server: Server
    checker: Checker
    cluster: Cluster | None
    noted: Acknowledged
    instance: Path
    up: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    workers: list[Worker] = field(default_factory=list)

    def people(self, seed: str) -> None:
        """Let people begin to work."""
        port = self.server.port
        errands: dict[str, Any] = {
            "posting": Posting(port, self.noted, seed + "1"),
            "posting too": Posting(port, self.noted, seed + "2"),
            "asking": Asking(port, self.noted, seed + "3"),
            "answering": Answering(port, self.noted, seed + "4"),
        }
        self.workers = [Worker(name, errand, self.noted, self.up, self.over) for name, errand in errands.items()]
        for one in self.workers:
            one.start()

    def stop(self) -> None:
        """Let everybody go home."""
        self.over.set()
        for one in self.workers:
            one.join(40)

    def restart_database(self, how: signal.Signals) -> None:
        """End PostgreSQL itself under load, in order (SIGINT) or at once (SIGQUIT), and start it again."""
        assert self.cluster
        self.cluster.halt(how)
        self.cluster.serve()


@contextmanager
def standing(folder: Path, fork_server: ForkServer, engine: str, noted: Acknowledged) -> Iterator[Stand]:
    """A filled board on an engine, in a folder, behind a server that is not started yet. What is no part of the board (the server's log,
    the templates that are compiled once) lies elsewhere."""
    cluster, found, beside = None, programs(), temporary("mingbai-beside-")
    if engine == "PostgreSQL":
        assert found
        where = folder / "pg"
        where.mkdir()
        cluster = Cluster(found, where, synchronous_commit="on", full_page_writes="on", wal_level="minimal", max_wal_senders="0")
        cluster.start()
    try:
        databases = Databases(folder, cluster)
        filled = databases.fill()
        database = cluster.address(filled.name) if cluster else ""
        server = Server(fork_server, filled.folder, database, beside)
        server.warm(filled.folder, database)
        try:
            yield Stand(server, Checker(filled.folder, database), cluster, noted, filled.folder)
        finally:
            server.kill()
    finally:
        if cluster:
            cluster.stop()
        shutil.rmtree(beside, ignore_errors=True)


def kill(folder: Path, fork_server: ForkServer, engine: str, times: int, seconds: float, seed: str) -> Tally:
    """Kill the server so many times, or for so many seconds, while people work; return what came of it."""
    draw, tally, began = random.Random(seed), Tally(), time.monotonic()
    with standing(folder, fork_server, engine, tally.noted) as stand:
        stand.people(seed)
        seen = 0
        while tally.kills < times and time.monotonic() - began < seconds:
            stand.server.start()
            if draw.random() < EARLY:
                time.sleep(draw.uniform(0, 0.8))
            else:
                stand.server.ready()
                last = tally.kills % WHOLE == WHOLE - 1
                _look(stand, tally, last)
                if tally.kills % SUMS == 0 and not tally.torn:
                    seen = _sums(stand, tally, seen)
                stand.up.set()
                time.sleep(draw.uniform(0, LONGEST))
                if stand.cluster and tally.kills % RESTARTS == RESTARTS - 1:
                    stand.restart_database(draw.choice((signal.SIGINT, signal.SIGQUIT)))
                    tally.restarts += 1
                    time.sleep(draw.uniform(0.5, LONGEST / 2))
            stand.server.kill()
            stand.up.clear()
            tally.kills += 1
            if not tally.whole:
                break
        stand.stop()
        stand.server.start()
        stand.server.ready()
        _look(stand, tally, True)
        _sums(stand, tally, -20)
    tally.seconds = time.monotonic() - began
    return tally


def _look(stand: Stand, tally: Tally, whole: bool) -> None:
    lost, torn = stand.checker.looks(tally.noted, whole)
    tally.lost += lost
    tally.torn += torn


def _sums(stand: Stand, tally: Tally, since: int) -> int:
    """Compare pages and files of the notices that are new, three at most, and return how many were there."""
    with tally.noted.lock:
        touched = _touched(stand)
        posted = [versions[-1] for number, versions in tally.noted.posted.items() if number not in touched]
    tally.torn += sums_differ(stand.server.port, posted[max(since, len(posted) - 3) if since >= 0 else since :])
    return len(posted)


def _touched(stand: Stand) -> set[str]:
    """Return the notices that may have a version more than was told: their correction had no answer."""
    return {number for one in stand.workers if isinstance(one.errand, Posting) for number in one.errand.touched}
