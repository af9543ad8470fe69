"""``make bench-flood``: sixty honest people behind one network address among 5,000 posts of a script, against a real server.

One run for each script: (a) ignores the page, (b) was written for this form, takes each form, changes its text, reads the page and answers
the question; (b) once more with letters drawn at random, which no rule about texts can tell from a person's. It ends by itself.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import select

from bench.databases import databases
from bench.flood_readers import right_choice
from bench.flood_texts import HONEST, pageless, senseless, varied
from board import create_app, policies
from board.models import Message, db
from board.store.cases import lists
from tests.databases import SETTINGS
from tests.store.posted import GAODONG, TOWN, post

ROOT = Path(__file__).resolve().parents[1]
POSTS, CLIENTS, LONGEST = 5000, 8, 900  # posts of a script, clients of it at once, seconds until a run is broken off
OWN, SCRIPT = "198.51.100.9", "203.0.113.7"  # the sixty's address, and the script's
_FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@dataclass
class Run:
    """What a run came to."""

    posts: int = 0
    receipts: int = 0
    honest: list[float] = field(default_factory=list)  # seconds of each honest person's last step
    began: float = 0.0

    def over(self) -> bool:
        """Return whether the run takes too long."""
        return time.perf_counter() - self.began > LONGEST


class Browser:
    """One connection to the server, of somebody at a network address."""

    def __init__(self, port: int, address: str) -> None:
        self.connection, self.address = http.client.HTTPConnection("127.0.0.1", port, timeout=60), address

    def opens(self, path: str, data: dict[str, str] | None = None) -> str:
        """Return the page at a path; with ``data`` what a form is answered."""
        headers = {"X-Forwarded-For": self.address, "User-Agent": "Mozilla/5.0 (Linux; Android 10)"}
        body = urlencode(data) if data is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request("GET" if body is None else "POST", path, body, headers)
        response = self.connection.getresponse()
        return response.read().decode() if response.status == 200 else response.read().decode() and ""


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's form to ask."""
    return {name: unescape(value) for name, value in _FIELD.findall(page)}


def ignores(browser: Browser, form: str, text: str) -> str:
    """Take a form for its token and post at once, without looking at any page; return the answer."""
    typed = {"category": "amount_wrong", "text": text, "first": "township", "step": "send"}
    return browser.opens(form, hidden(browser.opens(form)) | typed)


def reads(browser: Browser, form: str, text: str) -> str:
    """Ask as a person does: fill the form in, read the page before it is sent, answer its question, send it; return the answer."""
    page = browser.opens(
        form, hidden(browser.opens(form)) | {"category": "amount_wrong", "text": text, "first": "township", "step": "check"}
    )
    answer = right_choice(page)
    return browser.opens(form, hidden(page) | {"step": "send"} | ({"answer": answer} if answer else {}))


@contextmanager
def served(instance: Path, address: str) -> Iterator[int]:
    """Serve an instance as ``deploy/demo.py`` does, and yield the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {f"BOARD_{name}": str(value).lower() if isinstance(value, bool) else str(value) for name, value in SETTINGS.items()}
    environment["BOARD_DATABASE_URL"] = address or f"sqlite:///{instance / 'mingbai.sqlite'}"
    environment |= {"BOARD_METRICS_FOLDER": "", "BOARD_ACCESS_LOG": "false"}
    environment["BOARD_KEY_FILE"] = str(instance / "keys.toml")
    flags = f"--interface wsgi --host 127.0.0.1 --port {port} --workers 1 --blocking-threads 32 --log-level warning".split()
    server = subprocess.Popen([Path(sys.executable).with_name("granian"), *flags, "wsgi:app"], cwd=ROOT, env=os.environ | environment)
    try:
        answers = False
        for _ in range(600):
            try:
                answers = bool(Browser(port, OWN).opens("/"))
            except OSError:
                time.sleep(0.1)
            if answers or server.poll() is not None:
                break
        if not answers:
            raise SystemExit("the server does not answer")
        yield port
    finally:
        server.terminate()
        server.wait(20)


def flooded(port: int, form: str, script: Callable[[Browser, str, str], str], texts: Iterator[str], posts: int) -> Run:
    """Let a script post, and sixty people come one after another while it does; return what it came to."""
    run, lock = Run(began=time.perf_counter()), threading.Lock()

    def pours() -> None:
        browser = Browser(port, SCRIPT)
        while True:
            with lock:
                if run.posts >= posts or run.over():
                    return
                run.posts += 1
                text = next(texts)
            try:
                got = 'class="receipt"' in script(browser, form, text)
            except (OSError, http.client.HTTPException):
                browser, got = Browser(port, SCRIPT), False
            with lock:
                run.receipts += got

    def asks(text: str) -> None:
        browser = Browser(port, OWN)
        browser.opens(form.partition("/ask")[0])
        page = browser.opens(
            form, hidden(browser.opens(form)) | {"category": "unclear", "text": text, "first": "township", "step": "check"}
        )
        answer, began = right_choice(page), time.perf_counter()
        sent = browser.opens(form, hidden(page) | {"step": "send"} | ({"answer": answer} if answer else {}))
        with lock:
            run.honest.append(time.perf_counter() - began)
        if late := right_choice(sent):  # the flood began while he read: the page with his receipt asks
            browser.opens(form, hidden(sent) | {"answer": late})

    threads = [threading.Thread(target=pours) for _ in range(CLIENTS)]
    for one in threads:
        one.start()
    for no, text in enumerate(HONEST):
        while run.posts < posts * (no + 1) // (len(HONEST) + 1) and not run.over():
            time.sleep(0.02)
        threads.append(threading.Thread(target=asks, args=(text,)))
        threads[-1].start()
    for one in threads:
        one.join()
    return run


def told(instance: Path, address: str, run: Run) -> str:
    """Return the line of the table: what the desk sees of a run."""
    app = create_app(instance, **SETTINGS, DATABASE_URL=address)
    with app.app_context():
        lines = lists.inbox(TOWN, tuple(policies.case_categories()), folded=True, limit=10**5)
        first = select(Message.case, Message.text).where(Message.home == TOWN, Message.no == 1)
        texts = {one.case: one.text for one in db.session.execute(first)}
        db.engine.dispose()
    own = sum(line.count == 1 and texts[line.case.id] in HONEST for line in lines)
    p95 = statistics.quantiles(run.honest, n=20)[-1]
    took = time.perf_counter() - run.began
    cells = (f"{run.posts:,}", f"{run.receipts:,}", f"{own} of {len(HONEST)}", f"{len(lines):,}", f"{max(line.count for line in lines):,}",
             f"{p95:.2f} s", f"{run.posts / took:.0f}")  # fmt: skip
    return " | ".join(cells)


RUNS: tuple[tuple[str, Callable[[Browser, str, str], str], Callable[[], Iterator[str]]], ...] = (
    ("(a) ignores the page", ignores, pageless),
    ("(b) written for this form", reads, varied),
    ("(b) with letters drawn at random", reads, senseless),
)


def main(posts: int = POSTS, engine: str = "", which: str = "") -> None:
    """Run each script on each engine (or those that are named) and print the table."""
    print("| engine | script | posts | receipts | honest on own lines | desk's lines | longest line | honest, p95 | posts/s |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    for what, script, texts in (one for one in RUNS if which in one[0]):
        with databases() as filled:
            for name, instance, address in filled:
                if engine and name != engine:
                    continue
                app = create_app(instance, **SETTINGS, DATABASE_URL=address)
                with app.app_context():
                    number = post().number
                    db.engine.dispose()
                with served(instance, address) as port:
                    run = flooded(port, f"/n/{number}/ask?place={GAODONG}", script, texts(), posts)
                print(f"| {name} | {what} | {told(instance, address, run)} |", flush=True)


if __name__ == "__main__":
    main(*(int(one) if one.isdecimal() else one for one in sys.argv[1:]))  # type: ignore[arg-type]
