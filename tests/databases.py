"""The databases of a test session: a private PostgreSQL cluster, and a filled template on each engine of which every test gets a copy."""

from __future__ import annotations

import csv
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from flask import Flask
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.pool import QueuePool

from board import create_app
from board.models import Ledger, Login, db
from board.store import areas, clock, people
from tests.putback import Kept, State
from tests.reuse import Made

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "board" / "demo"
PASSWORD = "mingbai-demo"
NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)  # ten in the morning in China, where the clock of a served app stands still
SETTINGS: dict[str, Any] = {"DEMO": True, "HTTPS": False, "PUBLIC_ADDRESS": "https://gk.example.cn", "PASSWORD_MEMORY_KB": 8}

# Templates, compiled once a run, for all workers and the servers that they start.
TEMPLATES = None if "TEMPLATES" in os.environ else tempfile.TemporaryDirectory(prefix="mingbai-templates-")
if TEMPLATES:
    os.environ["TEMPLATES"] = TEMPLATES.name


def programs() -> Path | None:
    """Return the folder of PostgreSQL's own programs; Debian keeps them out of PATH."""
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin: float(bin.parent.name))
    return next((place for place in reversed(places) if (place / "initdb").exists() and (place / "postgres").exists()), None)


def temporary(prefix: str) -> Path:
    """Return a new folder, in memory where there is room: a copied PostgreSQL database is 300 files, and SQLite waits for a disk."""
    memory = Path("/dev/shm")  # noqa: S108
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**29
    return Path(tempfile.mkdtemp(prefix=prefix, dir=memory if roomy else None))


class Cluster:
    """A PostgreSQL of our own in a folder of its own, reached through a socket that only its user (and root) can open."""

    def __init__(self, programs: Path, folder: Path | None = None, **options: str) -> None:
        self.programs = programs
        self.folder = folder or temporary("mingbai-pg-")  # a short path, since a socket stands in it
        self.options = options
        self.numbers = itertools.count(1)
        # The server refuses to run as root; Debian's package made a user for it.
        self.user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}

    def start(self) -> None:
        """Make the cluster and wait until it answers."""
        if self.user:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        data = self.folder / "data"
        given: dict[str, Any] = {"cwd": self.folder, **self.user}
        made = [self.programs / "initdb", "-D", data, "-U", "mingbai", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(made, check=True, capture_output=True, **given)
        self.options = {
            "listen_addresses": "", "unix_socket_directories": self.folder, "max_connections": 40, "shared_buffers": "32MB",
            "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off", "timezone": "UTC",
        } | self.options  # fmt: skip
        self.serve()

    def serve(self) -> None:
        """Start the server and wait until it answers."""
        told = [f"--{name}={value}" for name, value in self.options.items()]
        command, given = [self.programs / "postgres", "-D", self.folder / "data", *told], {"cwd": self.folder, **self.user}
        with (self.folder / "log").open("ab") as log:
            self.server = subprocess.Popen(command, stdout=log, stderr=log, **given)
        for _ in range(200):
            try:
                self.sql("SELECT 1")
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text())

    def stop(self) -> None:
        """End the server that we started, and leave nothing behind."""
        self.halt(signal.SIGINT)  # PostgreSQL's "fast" shutdown
        shutil.rmtree(self.folder)

    def halt(self, how: signal.Signals) -> None:
        """End the server by one of PostgreSQL's signals, and leave its files."""
        self.server.send_signal(how)
        self.server.wait(20)

    def address(self, database: str) -> str:
        """Return the setting DATABASE_URL of a database here."""
        return f"postgresql://mingbai@/{database}?host={self.folder}"

    def sql(self, statement: Any) -> None:
        """Run a statement that stands outside any transaction."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def copy(self, template: str | None = None, name: str = "") -> str:
        """Make a database, as a copy where a template is named, and return its name."""
        name = name or f"test_{next(self.numbers)}"
        # Nothing is synced here, and then plain copying is quickest.
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template or 'template0'} STRATEGY FILE_COPY")
        return name

    def drop(self, name: str) -> None:
        """Drop a database if it is there, whoever may still be connected."""
        self.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


class Filled(NamedTuple):
    """The template of one engine: its instance folder, and the database's name where the engine is PostgreSQL."""

    folder: Path
    name: str


class Walk(NamedTuple):
    """What a walk came to, the instance as it left it, the rows as it left them on PostgreSQL, and whether somebody had signed in."""

    came_to: Any
    folder: Path
    state: State | None
    logins: bool


class Databases:
    """Empty and filled databases on one engine, each as the instance folder and the settings of an app that uses it."""

    def __init__(self, folder: Path, cluster: Cluster | None) -> None:
        self.folder = folder
        self.cluster = cluster
        self.made: Made | None = None
        self.kept: Kept | None = None
        self.walks: dict[tuple[Any, ...], Walk] = {}
        self.way: tuple[Any, ...] = ()

    @contextmanager
    def empty(self, place: Path) -> Iterator[Flask]:
        """Yield an app over a database without tables."""
        name = self.cluster.copy() if self.cluster else ""
        with self._app(place, name) as app:
            yield app
        if self.cluster:
            self.cluster.drop(name)

    @contextmanager
    def copied(self, filled: Filled, place: Path) -> Iterator[Flask]:
        """Yield an app over a copy of the filled database, with a copy of its keys."""
        template, database = filled
        shutil.copytree(template, place, dirs_exist_ok=True)
        name = self.cluster.copy(database) if self.cluster else ""
        with self._app(place, name) as app:
            yield app
        if self.cluster:
            self.cluster.drop(name)

    @contextmanager
    def fresh(self, filled: Filled) -> Iterator[Flask]:
        """Yield an app over a filled database as fresh as a copy: one app for all tests, each time as ``create_app`` made it.

        Making an app costs four times what a copy does: its routes, its templates and its SQL are compiled for it. PostgreSQL's own
        files may still hold dead rows of earlier tests, unless ``renew`` was called before.
        """
        place, self.way = self.folder / "instance", ()
        if self.made:
            self.made.restore()
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(filled.folder, place)
        if self.cluster:
            self.kept = self.kept or Kept(self.cluster, filled.name)
            if not self.kept.restore():
                self._disconnect()
                self.kept.renew()
        if self.made is None:
            self.made = Made(self._create(place, self.kept.name if self.kept else ""))
        with self._context(self.made.app, keep=bool(self.cluster)) as app:
            yield app

    def walked(self, name: str, walk: Callable[[], Any]) -> Any:
        """Be where a walk leads, within ``fresh``: the first time by walking, later by the database and the files that it left.

        Who is signed in stays signed in. A walk that starts elsewhere is another walk: at another time, after other walks, or after
        something that the ledger has noted.
        """
        assert self.made
        noted = db.session.scalar(db.select(db.func.count()).select_from(Ledger))
        self.way += (name, clock.of(self.made.app), noted)
        if self.way in self.walks:
            self._enter(self.walks[self.way])
            return self.walks[self.way].came_to
        came_to = walk()
        logins = bool(_logins())
        self._let_go()
        kept = self.folder / "walks" / str(len(self.walks))
        shutil.copytree(self.folder / "instance", kept)
        self.walks[self.way] = Walk(came_to, kept, self.kept.state() if self.kept else None, logins)
        return came_to

    def _enter(self, walk: Walk) -> None:
        signed_in = _logins()
        self._let_go()
        shutil.rmtree(self.folder / "instance")
        shutil.copytree(walk.folder, self.folder / "instance")
        if self.kept and walk.state:
            self.kept.enter(walk.state)
        if walk.logins or signed_in:  # on PostgreSQL these may be there still
            db.session.execute(db.delete(Login))
            if signed_in:
                db.session.execute(db.insert(Login), signed_in)
            db.session.commit()

    def _let_go(self) -> None:
        db.session.rollback()  # and not remove: a fixture may hold rows, which are read again
        if not self.cluster:
            db.engine.dispose()  # SQLite's file is replaced

    def renew(self) -> None:
        """Have the next ``fresh`` copy all files, for tests that search them."""
        if self.kept:
            self.kept.left = 0

    def close(self) -> None:
        """Let go of every connection that was kept for the next test."""
        self._disconnect()
        if self.kept and self.kept.connection:
            self.kept.connection.close()

    def _disconnect(self) -> None:
        if self.made:
            with self.made.app.app_context():
                db.engine.dispose()

    @contextmanager
    def _app(self, place: Path, name: str) -> Iterator[Flask]:
        with self._context(self._create(place, name)) as app:
            yield app

    def _create(self, place: Path, name: str) -> Flask:
        app = create_app(place, **SETTINGS, DATABASE_URL=self.cluster.address(name) if self.cluster else "")
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(os.environ["TEMPLATES"])
        return app

    @contextmanager
    def _context(self, app: Flask, keep: bool = False) -> Iterator[Flask]:
        app.testing = True
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                pool = db.engine.pool
                if not keep or not isinstance(pool, QueuePool) or pool.checkedout():
                    db.engine.dispose()

    def fill(self) -> Filled:
        """Make the database that the copies are taken of."""
        place = self.folder / "template"
        place.mkdir()
        name = self.cluster.copy() if self.cluster else ""
        with self._app(place, name):
            upgrade()
            fill()
        return Filled(place, name)


def _logins() -> list[dict[str, Any]]:
    return [dict(row) for row in db.session.execute(db.select(Login.__table__)).mappings()]


def fill() -> None:
    """Load the demo's areas and people."""
    then = datetime(2026, 11, 1, tzinfo=UTC)
    for file in sorted(DEMO.glob("areas-*.csv")):
        areas.load(file.read_text("utf-8"), people.CONSOLE, then)
    with (DEMO / "people.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            people.add(**row, password=PASSWORD, at=then)
