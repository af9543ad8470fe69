"""A server that is started and killed again and again: ``ForkServer`` keeps one process with all modules imported, which forks each server.

Run as ``python -m tests.faults.serving`` it is that process. Each server is granian as the command starts it (its main process and a
worker), in a process group of its own; it is killed by its parent, so that no other process can be hit.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.browser.conftest import free_port
from tests.databases import ROOT, SETTINGS
from tests.faults.browser import Lost, SocketBrowser

PATIENCE = 60  # seconds until a server answers
THREADS = 8


class ForkServer:
    """The parent of the servers, told by lines of JSON."""

    def __init__(self, user: Mapping[str, Any] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.serving"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            **(user or {}),
        )
        self._told()  # it is ready

    def _told(self) -> Any:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the parent of the servers ended")
        return json.loads(line)

    def ask(self, **given: Any) -> Any:
        """Tell it something, and return what it answers."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(given) + "\n")
        self.process.stdin.flush()
        return self._told()

    def end(self) -> None:
        """End it; its last server ends before."""
        if self.process.poll() is None:
            assert self.process.stdin
            self.process.stdin.close()
            self.process.wait(20)
        if self.process.stdout:
            self.process.stdout.close()


class Server:
    """The board's server at one port, over one instance, which may be killed and started again."""

    def __init__(self, fork_server: ForkServer, instance: Path, database: str, folder: Path) -> None:
        self.fork_server, self.port, self.log, self.clock = fork_server, free_port(), folder / "server.log", folder / "clock"
        templates = folder / "templates"
        templates.mkdir(exist_ok=True)
        settings = {**SETTINGS, "PUBLIC_ADDRESS": f"http://127.0.0.1:{self.port}", "METRICS_FOLDER": "", "ACCESS_LOG": False}
        settings |= {"DATABASE_URL": database or f"sqlite:///{instance / 'mingbai.sqlite'}", "KEY_FILE": instance / "keys.toml"}
        told = {f"BOARD_{name}": str(value).lower() if isinstance(value, bool) else str(value) for name, value in settings.items()}
        self.environment = told | {"CLOCK": str(self.clock), "TEMPLATES": str(templates), "TMPDIR": str(folder)}

    def warm(self, instance: Path, database: str) -> None:
        """Have the parent of the servers go through the pages once."""
        self.fork_server.ask(warm=str(instance), database=database)

    def start(self) -> None:
        """Start it, without waiting for it."""
        self.fork_server.ask(start=self.port, environment=self.environment, log=str(self.log))

    def ready(self) -> None:
        """Wait until it answers."""
        until, browser = time.monotonic() + PATIENCE, SocketBrowser(self.port)
        while time.monotonic() < until:
            try:
                browser.get("/receipt")
                return
            except Lost:
                time.sleep(0.03)
        raise RuntimeError(f"the server does not answer: {self.log.read_text('utf-8')[-3000:]}")

    def kill(self) -> None:
        """End it as a power cut ends it, main process and worker."""
        self.fork_server.ask(kill=True)

    def said(self) -> str:
        """What it has written to its log."""
        return self.log.read_text("utf-8") if self.log.exists() else ""


def _say(**told: Any) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _serve(port: int, environment: Mapping[str, str], log: str) -> None:
    os.setsid()
    os.environ.update(environment)
    tempfile.tempdir = None
    console = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for was, now in ((0, nothing), (1, console), (2, console)):
        os.dup2(now, was)
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    multiprocessing.set_start_method("fork")  # the worker has the modules already
    Granian(
        "tests.faults.clocked_app:app",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
    ).serve()


def _warm(instance: Path, database: str) -> None:
    """Go through a clerk's pages once, so that what a process reads once is read before the servers are forked: kinds, policies, words."""
    from board import create_app
    from board.models import db
    from tests.actors import Person
    from tests.web.drafting import ROSTER, begins, facts_of, pastes, states

    app = create_app(instance, **SETTINGS, DATABASE_URL=database, BACKGROUND=False)
    clerk = Person(app.test_client()).signs_in("baihe-clerk")
    assert begins(clerk, "cropland-subsidy")
    states(clerk, pastes(clerk, ROSTER), **facts_of("baihe-cropland-roster.xlsx"))
    clerk.sees("/desk/cases")
    Person(app.test_client()).sees("/receipt")
    with app.app_context():
        db.engine.dispose()


def _kill(child: int) -> None:
    if child:
        try:
            os.killpg(child, signal.SIGKILL)
        except ProcessLookupError:  # it has no group of its own yet
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def main() -> None:
    """Import what servers need, then start and kill them as told."""
    import board.work  # what the servers import

    assert board.work
    child = 0
    _say(ready=True)
    for line in sys.stdin:
        told = json.loads(line)
        if "start" in told:
            child = os.fork()
            if not child:
                try:
                    _serve(told["start"], told["environment"], told["log"])
                finally:
                    os._exit(0)
        elif "warm" in told:
            _warm(Path(told["warm"]), told["database"])
        elif "kill" in told:
            _kill(child)
            child = 0
        _say(child=child)
    _kill(child)


if __name__ == "__main__":
    main()
