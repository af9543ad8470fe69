"""``make weights``: size and speed of public pages, written to docs/weights.md. (Times depend on the machine.)

Speed is compared with a lower-bound baseline in the same run: the same bytes from a bare WSGI function after one look-up with SQLite's own
driver.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Page, sync_playwright
from werkzeug.test import EnvironBuilder

from bench.roster import TOWN, made
from board import create_app, demo

ROOT = Path(__file__).resolve().parents[1]
VILLAGE, HOUSEHOLDS = "510521116004", 200
WINDOW = 14 * 1024  # bytes of one first TCP window: ten packets
OTHERS = 8 * 1024  # bytes of any other page
SLOW = {"latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8, "offline": False}  # Chromium's Slow 3G
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")


@contextmanager
def board(port: int) -> Iterator[tuple[Flask, Path, dict[str, str]]]:
    """Yield the demo with an additional village of 200 households, on SQLite in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="mingbai-weights-") as folder:
        instance = Path(folder)
        given = {
            "DEMO": "true",
            "HTTPS": "false",
            "PUBLIC_ADDRESS": f"http://127.0.0.1:{port}",
            "BACKGROUND": "false",
            "METRICS_FOLDER": "",
            "ACCESS_LOG": "false",
        }
        given |= {"DATABASE_URL": f"sqlite:///{instance / 'mingbai.sqlite'}", "KEY_FILE": str(instance / "keys.toml")}
        environment = {f"BOARD_{name}": value for name, value in given.items()}
        os.environ.update(environment)
        app = create_app(instance)
        with app.app_context():
            upgrade()
            demo.load(datetime.now(UTC), lambda _: None)
        yield app, instance, environment


def large_village(app: Flask, instance: Path) -> str:
    """Post a roster of 200 invented households of one village through the real import and review; return its number."""
    (instance / "200.xlsx").write_bytes(made(HOUSEHOLDS, "weights", ("高洞社区",)))
    posts = tomllib.loads((demo.FOLDER / "posts.toml").read_text("utf-8"))
    post = posts["posts"][0] | {"sheet": str(instance / "200.xlsx"), "title": "百和镇高洞社区2026年耕地地力保护补贴公示"}
    with app.app_context():
        return demo.publish(post, posts["contacts"], datetime.now(UTC)).number


def question(path: str, **headers: str) -> dict[str, Any]:
    """Return the WSGI environ of a request for an address."""
    url, _, query = path.partition("?")
    return EnvironBuilder(path=url, query_string=query, headers=headers).get_environ()


def answered(serves: Callable[..., Any], environ: dict[str, Any]) -> tuple[str, dict[str, str], bytes]:
    """Return the status, headers and body that a WSGI function answers."""
    received: list[Any] = []
    body = b"".join(serves(dict(environ), lambda status, given, *_: received.extend((status, dict(given)))))
    return received[0], received[1], body


def addresses(app: Flask, number: str) -> dict[str, str]:
    """Return the measured pages, by description."""
    return {
        f"village of {HOUSEHOLDS} households, scanned": f"/N/{number}/{VILLAGE}/1",
        "the same, large type": f"/n/{number}/{VILLAGE}?view=large",
        "the same, English": f"/n/{number}/{VILLAGE}?lang=en",
        "notice": f"/n/{number}",
        "the village's page": f"/a/{VILLAGE}",
        "the township's page": f"/a/{TOWN}",
        "the county's page": f"/a/{TOWN[:6]}000000",
        "a search": "/search?q=高洞社区",
        "first page": "/",
    }


def weights(app: Flask, number: str) -> Iterator[str]:
    """Yield the table of sizes, one line a page: plain bytes, and all that is sent, headers included, with gzip and Brotli."""
    yield "| page | plain | gzip, sent | Brotli, sent | other files |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, path in addresses(app, number).items():
        plain = answered(app.wsgi_app, question(path))[2]
        sent = []
        for packing in ("gzip", "br"):
            status, headers, body = answered(app.wsgi_app, question(path, **{"Accept-Encoding": packing}))
            sent.append(len(body) + sum(len(one) + len(value) + 4 for one, value in headers.items()) + len(status) + 13)
            most = WINDOW if f"/{VILLAGE}" in path and "/a/" not in path else OTHERS
            if sent[-1] > most:
                raise SystemExit(f"{path}: {sent[-1]} bytes packed with {packing} are more than {most}")
        files = len(re.findall(rb"<(?:script|img|link rel=\"stylesheet\"|iframe)[^>]+(?:src|href)=\"/", plain))
        yield f"| {name} | {len(plain):,} | {sent[0]:,} | {sent[1]:,} | {files} |"


def speeds(app: Flask, instance: Path, number: str) -> Iterator[str]:
    """Yield the table of speeds: microseconds a request in one thread, and the ratio to the baseline."""
    packed = question(f"/N/{number}/{VILLAGE}/1", **{"Accept-Encoding": "gzip"})
    _status, headers, bytes_ = answered(app.wsgi_app, packed)
    connection = sqlite3.connect(instance / "mingbai.sqlite")

    def floor(_environ: Any, start: Callable[..., Any]) -> list[bytes]:
        connection.execute("SELECT value FROM stamp WHERE home = ?", (TOWN,)).fetchone()
        start("200 OK", [("Content-Length", str(len(bytes_)))])
        return [bytes_]

    floor_name = "floor: the bytes after one look-up"
    ways: dict[str, tuple[Callable[..., Any], dict[str, Any], int]] = {
        floor_name: (floor, packed, 5000),
        "kept": (app.wsgi_app, packed, 5000),
        "kept, and the phone has it (304)": (app.wsgi_app, packed | {"HTTP_IF_NONE_MATCH": headers["ETag"]}, 5000),
        "rendered each time": (app.wsgi_app.inner.inner, packed, 20),  # type: ignore[attr-defined]
    }
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(5):  # alternately, so that load affects all
        for name, (serves, environ, times) in ways.items():
            began = time.perf_counter()
            for _ in range(times):
                answered(serves, environ)
            took[name].append((time.perf_counter() - began) / times * 1e6)
    each = {name: statistics.median(runs) for name, runs in took.items()}
    yield "| way | µs a request | times the floor |"
    yield "| --- | ---: | ---: |"
    for name, one in each.items():
        yield f"| {name} | {one:,.0f} | {one / each[floor_name]:,.1f} |"


def first_scan(port: int, environment: dict[str, str], path: str) -> Iterator[str]:
    """Yield the table of the first scan on a slow network, in Chromium at 360×740: time to readable text, and number of requests."""
    flags = f"--interface wsgi --host 127.0.0.1 --port {port} --workers 1 --blocking-threads 2 --log-level warning".split()
    server = subprocess.Popen([Path(sys.executable).with_name("granian"), *flags, "wsgi:app"], cwd=ROOT, env={**os.environ, **environment})
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
            runs = [_scanned(browser.new_context(viewport={"width": 360, "height": 740}).new_page(), port, path) for _ in range(5)]
            browser.close()
    finally:
        server.terminate()
        server.wait(20)
    yield "| first scan over 400 kbit/s with 400 ms of latency | |"
    yield "| --- | ---: |"
    for no, name in enumerate(("first words on the screen, ms", "page whole, ms", "requests")):
        yield f"| {name} | {statistics.median(run[no] for run in runs):,.0f} |"


def _scanned(page: Page, port: int, path: str) -> tuple[float, float, int]:
    asks: list[str] = []
    page.on("request", lambda request: None if request.url.startswith("data:") else asks.append(request.url))
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    page.goto(f"http://127.0.0.1:{port}{path}")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    whole = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    return paint, whole, len(asks)


def main() -> None:
    """Measure, print and write docs/weights.md; exit code 1 if the first scan exceeds one TCP window."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    out = io.StringIO()
    with board(port) as (app, instance, environment):
        number = large_village(app, instance)
        parts = (weights(app, number), speeds(app, instance, number), first_scan(port, environment, f"/N/{number}/{VILLAGE}/1"))
        for part in parts:
            for row in part:
                print(row, flush=True)
                out.write(row + "\n")
            out.write("\n")
    text = (ROOT / "docs" / "weights.md").read_text("utf-8")
    head, _, _ = text.partition("<!-- measured -->")
    (ROOT / "docs" / "weights.md").write_text(f"{head}<!-- measured -->\n\n{out.getvalue().rstrip()}\n", "utf-8")


if __name__ == "__main__":
    main()
