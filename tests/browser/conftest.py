"""A real browser (Debian's chromium) before the real app (granian, over a copy of the filled database, on either engine)."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visitors import Visitor
from tests.databases import NOW, ROOT, SETTINGS, Databases, Filled

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
)
Stage = Callable[[Path, str], "Served"]
PATIENCE = 30  # seconds until the server answers; a busy machine needs five


class Served(NamedTuple):
    """Where the app answers, its clock, what it says to its console, its database and keys, its temporary files, and the file that names
    the instance."""

    address: str
    clock: Path
    log: Path
    instance: Path
    temporary: Path
    place: Path

    def over(self, instance: Path, database: str) -> Served:
        """Serve another instance from the same processes, at the hour at which each begins; what it said before is forgotten."""
        self.clock.write_text(NOW.isoformat())
        self.log.write_text("")
        self.place.write_text(f"{instance}\n{database}")
        return self._replace(instance=instance)


def browser_found() -> str | None:
    """Return the path of the browser, or None where there is none."""
    return next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; each visitor has a profile of his own."""
    found = browser_found()
    if found is None:
        message = "chromium is not installed (Debian: apt-get install chromium): the pages are not looked at in a browser"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=ARGUMENTS.split())
        yield browser
        browser.close()


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the first page is there."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the server does not answer at {address}: {log.read_text()}")


@contextmanager
def serving(
    instance: Path, database: str, folder: Path, public: str = "", at: datetime = NOW, threads: int = 2, workers: int = 1, metrics: str = ""
) -> Iterator[Served]:
    """Serve an instance from processes whose clock stands still, until somebody writes another moment into its file.

    ``public`` is the address that it prints if not its own, ``metrics`` the folder into which it counts ("": it neither counts nor logs
    requests).
    """
    port, clock, log, temporary, place = free_port(), *(folder / name for name in ("clock", "server.log", "temporary", "place"))
    temporary.mkdir()
    clock.write_text(at.isoformat())
    place.write_text(f"{instance}\n{database}")
    address = f"http://127.0.0.1:{port}"
    told = f"--interface wsgi --host 127.0.0.1 --port {port} --workers {workers} --blocking-threads {threads} --log-level warning".split()
    settings = {**SETTINGS, "PUBLIC_ADDRESS": public or address, "METRICS_FOLDER": metrics}
    given = {f"BOARD_{name}": str(value).lower() if isinstance(value, bool) else str(value) for name, value in settings.items()}
    with log.open("ab") as console:  # whoever empties it finds it empty
        server = subprocess.Popen(
            [Path(sys.executable).with_name("granian"), *told, "tests.browser.stand:app"],
            cwd=ROOT,
            env={**os.environ, **given, "PLACE": str(place), "CLOCK": str(clock), "TMPDIR": str(temporary)},
            stdout=console,
            stderr=console,
        )
        try:
            wait_for(address, server, log)
            yield Served(address, clock, log, instance, temporary, place)
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """``stage(instance, database)`` serves it; one server for all tests, begun by the first, each over an instance of its own."""
    with ExitStack() as stack:
        begun: list[Served] = []

        def on(instance: Path, database: str) -> Served:
            if not begun:
                begun.append(stack.enter_context(serving(instance, database, tmp_path_factory.mktemp("stage"))))
                return begun[0]
            return begun[0].over(instance, database)

        yield on


@pytest.fixture
def served(databases: Databases, filled: Filled, tmp_path: Path, stage: Stage) -> Iterator[Served]:
    """The app behind the server, over a copy of the filled database."""
    with databases.copied(filled, tmp_path / "instance") as app:
        yield stage(tmp_path / "instance", app.config["DATABASE_URL"])


@pytest.fixture
def comes(chromium: Browser, served: Served, engine: str) -> Iterator[Callable[..., Visitor]]:
    """Somebody with a device: ``comes("villager", 360, 740, script=False)``."""
    visitors: list[Visitor] = []

    def come(name: str, width: int, height: int, *, script: bool = True) -> Visitor:
        visitors.append(Visitor(chromium, served.address, name, (width, height), script, ROOT / "test-output" / engine))
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.leaves()
