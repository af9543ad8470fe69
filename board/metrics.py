"""The counters of this process, in Prometheus' form: what is asked for and how fast, what was refused, failed, and done in the background.

Serving and background processes write into files of one folder (the setting METRICS_FOLDER), which ``flask --app wsgi observe`` adds up.
No label holds anything of a visitor, a place or a case; ``docs/monitoring.md`` lists the figures.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, values

MOST = 64  # processes that may count at once
ROOM = 1 << 20  # bytes of a file: five times what all path patterns need, so that it never grows
FILES = ("counter", "histogram", "gauge_max")  # the library's names of its files, one a type of metric
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
REFUSED = ("form", "upload", "photo", "print")
OUTAGES = ("away", "full", "busy")


class Metrics:
    """The metrics of a process; those with a fixed set of labels begin at 0, so that an alert sees the first event."""

    def __init__(self, registry: CollectorRegistry) -> None:
        def counter(name: str, help: str, *labels: str) -> Counter:
            return Counter(f"mingbai_{name}", help, labels, registry=registry)

        self.requests = counter("requests", "Requests by method, path pattern and class of status.", "method", "pattern", "status")
        self.seconds = Histogram(
            "mingbai_request_seconds", "Time until an answer was made.", ("pages",), buckets=SECONDS, registry=registry
        )
        self.errors = counter("errors", "Requests that ended in an error of the program (500).")
        self.refused = counter("refused_busy", "Forms, uploads and prints refused because too many came at once.", "what")
        self.outages = counter("database_outages", "Requests refused because the database was away, full or busy.", "kind")
        self.jobs = counter("jobs_worked", "Checks of large tables that a background process worked on.")
        self.failures = counter("daily_failures", "Daily tasks that failed and are tried again an hour later.", "task")
        self.daily = Gauge(
            "mingbai_daily_success_timestamp_seconds",
            "When it was last done.",
            ("task",),
            registry=registry,
            multiprocess_mode="max",
        )
        self._children: dict[tuple[str, str, str], Counter] = {}
        self._seconds: dict[str, Histogram] = {}
        for what in REFUSED:
            self.refused.labels(what)
        for kind in OUTAGES:
            self.outages.labels(kind)

    def answered(self, method: str, pattern: str, status: str, pages: str, seconds: float) -> None:
        """Count a request. Its metrics are looked up once for each combination: the library's own look-up takes half of the time."""
        key = method, pattern, status[0]
        if key not in self._children:
            self._children[key] = self.requests.labels(method, pattern, f"{status[0]}xx")
        self._children[key].inc()
        if pages not in self._seconds:
            self._seconds[pages] = self.seconds.labels(pages)
        self._seconds[pages].observe(seconds)


kept: Metrics | None = None  # None: nothing is counted in this process
_slot: IO[bytes] | None = None  # its lock is held as long as the process lives


def folder(instance: str | Path, setting: str) -> Path | None:
    """Return the folder of METRICS_FOLDER, relative to the instance folder; None if the setting is empty: nothing is counted."""
    return Path(instance) / setting if setting else None


def begin(path: Path | None) -> str:
    """Count from now on, in files of this process; return "", or why nothing is counted although a folder is set."""
    if path is None or kept is not None:
        return ""
    try:
        _begin(path)
    except OSError as error:
        return f"nothing is counted, METRICS_FOLDER: {error.strerror or error}"
    return ""


def _begin(path: Path) -> None:
    global kept, _slot
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    _slot, number = _take_slot(path)
    for name in FILES:
        with (path / f"{name}_{number}.db").open("ab") as file:
            # The library maps files with holes: the first write into one on a full disk would end the process (SIGBUS).
            os.posix_fallocate(file.fileno(), 0, ROOM)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(path)
    values.ValueClass = values.MultiProcessValue(process_identifier=lambda: number)  # type: ignore[no-untyped-call]
    kept = Metrics(CollectorRegistry())


def _take_slot(path: Path) -> tuple[IO[bytes], int]:
    """Return the lock file and the number of the free slot that was taken.

    Slots are numbered, since files named by process ids would become more with every restart. Who finds no other process begins anew: an
    earlier version of the program may have written the files.
    """
    file = (path / "slots").open("ab")
    fcntl.lockf(file, fcntl.LOCK_EX, 1, MOST)  # one at a time, until a slot is taken
    try:
        if _locked(file, 0, MOST):
            for old in path.glob("*.db"):
                old.unlink()
            fcntl.lockf(file, fcntl.LOCK_UN, MOST - 1, 1)
            return file, 0
        for number in range(MOST):
            if _locked(file, number, 1):
                return file, number
    finally:
        fcntl.lockf(file, fcntl.LOCK_UN, 1, MOST)
    file.close()
    raise OSError(f"more than {MOST} processes count into {path}")


def _locked(file: IO[bytes], first: int, length: int) -> bool:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, length, first)
    except OSError:
        return False
    return True
