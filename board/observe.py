"""What a monitoring program asks on the private port: ``/healthz``, ``/readyz`` and ``/metrics``, as a WSGI function of its own.

None of the three is a page of the board: nothing of them is reachable where villagers are served.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from flask import Flask
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from board import metrics, outbound
from board.doctor import installed
from board.models import db
from board.rules.areas import DIGITS
from board.rules.calendar import day_of
from board.store import address_check, clock, engine, schema
from board.store.cases import figures
from board.store.drafting import jobs

STATES = ("reading", "waiting", "working", "failed")
SCHEMA = "the database is at {0}, the program at {1}: run `flask --app wsgi db upgrade`"


class Check(NamedTuple):
    """One condition of being ready: whether it holds (None: not asked), and what is so."""

    holds: bool | None
    says: str


class Observed:
    """The WSGI function; ``ask`` is the address of a serving process ("": none is asked)."""

    def __init__(self, app: Flask, ask: str = "") -> None:
        self.app, self.ask = app, ask
        self.folder = metrics.folder(app.instance_path, app.config["METRICS_FOLDER"])
        self.answers = {"/healthz": self.healthz, "/readyz": self.readyz, "/metrics": self.metrics}

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one of the three addresses."""
        answer = self.answers.get(environ.get("PATH_INFO", ""))
        if answer is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            status, kind, body = "404 NOT FOUND", "text/plain; charset=utf-8", b"/healthz, /readyz and /metrics are here.\n"
        else:
            status, kind, body = answer()
        start(status, [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")])
        return [body] if environ["REQUEST_METHOD"] == "GET" else []

    def healthz(self) -> tuple[str, str, bytes]:
        """Say that this process lives."""
        return _json(True, {"status": "alive"})

    def readyz(self) -> tuple[str, str, bytes]:
        """Say whether visitors can be served."""
        checks = {"database": self._database(), "disk": self._disk(), "worker": self._worker()}
        ready = all(check.holds is not False for check in checks.values())
        said = {name: {"ok": check.holds, "says": check.says} for name, check in checks.items()}
        return _json(ready, {"status": "ready" if ready else "not ready", "checks": said})

    def metrics(self) -> tuple[str, str, bytes]:
        """Return the sums over all processes, and what the database and the disk say now."""
        if self.folder is None:
            return "503 SERVICE UNAVAILABLE", "text/plain; charset=utf-8", b"METRICS_FOLDER is empty: nothing is counted.\n"
        registry = CollectorRegistry()
        if self.folder.is_dir():  # else no process has counted yet
            MultiProcessCollector(registry, str(self.folder))  # type: ignore[no-untyped-call]
        registry.register(_Now(self))
        return "200 OK", CONTENT_TYPE_LATEST, generate_latest(registry)

    def _database(self) -> Check:
        with self.app.app_context():
            try:
                found, newest = schema.revisions()
            except SQLAlchemyError as error:
                return Check(False, f"the database is {engine.outage(error) or 'not usable'}")
            finally:
                db.session.remove()
        if found == newest:
            return Check(True, f"answers, at {found}")
        return Check(False, installed.typed(SCHEMA.format(found or "no revision", newest)))

    def free(self) -> int:
        """Return the free bytes where there are fewest: of the instance folder, and of an SQLite database's."""
        with self.app.app_context():
            places = engine.folders(self.app.instance_path)
        return min((shutil.disk_usage(place).free for place in places if place.is_dir()), default=0)

    def _disk(self) -> Check:
        free, least = self.free() >> 20, engine.LEAST_FREE >> 20
        return Check(free >= least, f"{free} MB free" if free >= least else f"{free} MB free, which is less than {least}")

    def _worker(self) -> Check:
        """Ask a serving process something that only one with our keys can answer."""
        if not self.ask:
            return Check(None, "not asked: `observe --ask http://127.0.0.1:8000` asks a serving process")
        with self.app.app_context():
            answers = outbound.is_board(self.ask.rstrip("/"), address_check.answer)
        if answers is None:
            return Check(False, "no serving process answers")
        return Check(answers, "a serving process answers" if answers else "what answers there is not this board")


class _Now(Collector):
    """What is asked when Prometheus does: the database, the disk, outstanding jobs, cases that are overdue."""

    def __init__(self, observed: Observed) -> None:
        self.observed = observed

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics; those of the database are missing while it does not answer."""
        yield GaugeMetricFamily("mingbai_disk_free_bytes", "Free bytes of the database's disk.", self.observed.free())
        app = self.observed.app
        with app.app_context():
            try:
                found, newest = schema.revisions()
                states, oldest = jobs.outstanding(clock.of(app))
                late = _late(app)
            except SQLAlchemyError:
                yield GaugeMetricFamily("mingbai_database_up", "1 if the database answers, at the revision of the program.", 0)
                return
            finally:
                db.session.remove()
        yield GaugeMetricFamily("mingbai_database_up", "1 if the database answers, at the revision of the program.", int(found == newest))
        outstanding = GaugeMetricFamily("mingbai_jobs", "Checks of large tables, by state.", labels=["state"])
        for state in STATES:
            outstanding.add_metric([state], states.get(state, 0))
        yield outstanding
        yield GaugeMetricFamily("mingbai_jobs_oldest_seconds", "Age of the oldest check that is not finished.", oldest)
        overdue = GaugeMetricFamily("mingbai_cases_overdue", "Cases of townships past their day, by county.", labels=["county"])
        for county, count in late.items():
            overdue.add_metric([county], count)
        yield overdue


def _late(app: Flask) -> dict[str, int]:
    """Return county -> overdue cases of its townships. Cases that go to the county alone are not counted: who knows what its townships have
    could tell that there is one."""
    townships = [area.code for area in figures.offices("") if area.level == "township"]
    found: Counter[str] = Counter()
    for code, counted in figures.counted(townships, figures.Chosen(), day_of(clock.of(app))).items():
        found[code[: DIGITS["county"]].ljust(12, "0")] += counted["late"]
    return dict(found)


def _json(well: bool, said: dict[str, Any]) -> tuple[str, str, bytes]:
    return "200 OK" if well else "503 SERVICE UNAVAILABLE", "application/json", (json.dumps(said) + "\n").encode()
