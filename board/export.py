"""The static export: public pages as plain files, for a county's portal or an intranet (``docs/open-data.md``).

A new folder beside the old one is filled and replaces it at the end. Units that have not changed are taken over from the old export: a
notice while its home's cache version and its phase of display are the same, an area's page for a day.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from board.rules.bilingual import date_in_words
from board.rules.calendar import day_of
from board.rules.notice.attachment import EXTENSIONS
from board.rules.notice.page import Page
from board.rules.notice.page_sources import of_version
from board.rules.static_paths import file_of, led, links
from board.settings import SETTINGS
from board.store import cache_versions, clock, notices, open_data, versions, walls

EXPORTED = {
    "public.answers_poster.poster",
    "public.area.area",
    "public.attachments.file",
    "public.booklet.booklet_of",
    "public.booklet.folded_booklet",
    "public.catalogue.catalogue",
    "public.catalogue.sheet",
    "public.catalogue.table_csv",
    "public.catalogue.table_json",
    "public.feeds.feed",
    "public.feeds.robots",
    "public.feeds.sitemap",
    "public.feeds.sitemap_part",
    "public.guide.guide",
    "public.home.home",
    "public.notice.notice",
    "public.notice.place",
    "public.open_data.api",
    "public.open_data.notice_csv",
    "public.open_data.notice_json",
    "public.open_data.place_csv",
    "public.open_data.place_json",
    "public.open_data.totals_csv",
    "public.open_data.totals_json",
    "public.poster.web_edition",
    "public.read_aloud.page",
    "public.read_aloud.script",
    "public.reading.reading_points",
    "public.share.share",
    "public.wall.wall",
    "static",
}
LEFT_OUT = {
    "public.catalogue.entry": "would be a page for each kind at each area; the list is exported, and the table as CSV",
    "auth.sign_in": "a form: it goes to the app",
    "public.address_check.phone": "a form behind a secret link",
    "public.address_check.well_known": "only the app can answer a nonce",
    **dict.fromkeys(("public.ask.ask", "public.ask.area", "public.ask.wall", "public.ask.first"), "a form: it goes to the app"),
    **dict.fromkeys(("public.appraisal.appraisal", "public.appraisal.voted"), "a form: it goes to the app"),
    "public.letters.letter": "is gone from the app at once when it is withdrawn",
    "public.letters.listed": "leads to letters only",
    "public.receipt.receipt": "a form, and somebody's own",
    "public.display_report.hung": "a form behind a secret link",
    "public.guide.document": "printed when somebody needs one: fifteen papers that differ from office to office in its name only",
    "public.due.due": "changes with the day, and the app alone knows what is late today",
    "public.home.go": "a form: only the app can look a number up",
    "public.slip.slip": "a household's own, behind a secret number",
    "public.search.search": "a form: only the app can search",
    "public.understood.understood": "a form: it goes to the app, which counts",
}
MANIFEST, NOTE = "export.json", "EXPORT.txt"
AGENT = "mingbai-export (bot)"  # recognised by the scan counter, which ignores it
EVERY = 100
_UNIT = re.compile(r"/([anw])/([0-9]+)")
_SUITS = {
    ".html": "text/html",
    ".txt": "text/plain",
    ".json": "application/problem+json",
}  # file types in which a 410 answer is kept with its explanation
T = TypeVar("T")


class ExportRefused(Exception):
    """The folder cannot take an export, or another export is filling it; the text says which."""


@dataclass
class Unit:
    """What is exported or taken over as a whole: a notice, an area, a wall, or (``/``) everything else."""

    mark: list[Any]
    until: str | None = None  # the last day on which its rows may be shown; None: no rows
    files: dict[str, str] = field(default_factory=dict)  # file -> SHA-256


class Start(NamedTuple):
    """A unit to be exported: its first addresses, its phase of display (None: exported anew every day), and its rows' last day."""

    name: str
    seeds: list[str]
    phase: list[bool] | None = None
    until: str | None = None


@dataclass(frozen=True)
class Done:
    """The result of an export: number of files, how many of them were made anew, and the last day on which all may stay up (None: any)."""

    files: int
    made: int
    until: date | None


def site(app: Flask, folder: Path, paper: bool, say: Callable[[str], None]) -> Done:
    """Write all public pages into a folder that is empty, missing, or an older export; ``paper`` includes the PDFs.

    The folder keeps its old content until the export is complete. Raises ExportRefused.
    """
    if not app.config["PUBLIC_ADDRESS"]:
        raise ExportRefused("PUBLIC_ADDRESS is not set: forms and printed numbers would lead nowhere")
    folder = folder.resolve()
    new, old = (folder.with_name(f".{folder.name}.mingbai-{word}") for word in ("new", "old"))
    with _alone(folder.with_name(f".{folder.name}.mingbai-lock")):
        if old.exists() and not folder.exists():  # the previous export was interrupted between its two last steps
            old.rename(folder)
        before = _manifest(folder)
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)
        done = _Site(app, folder, new, paper, before, say).write()
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    return done


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ExportRefused("another export is filling this folder") from error
        yield


def _manifest(folder: Path) -> dict[str, Any]:
    """Return the old export's manifest; refuses a folder that holds anything else."""
    try:
        return dict(json.loads((folder / MANIFEST).read_text("utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ExportRefused(f"{folder} holds something that is no export of ours: name an empty folder") from None
        return {}


class _Site:
    """One export in progress."""

    def __init__(self, app: Flask, folder: Path, new: Path, paper: bool, before: dict[str, Any], say: Callable[[str], None]) -> None:
        self.app, self.folder, self.new, self.paper, self.say = app, folder, new, paper, say
        self.client = app.test_client()
        self.routes = app.url_map.bind("localhost")
        self.stamps = cache_versions.Stamps(app)
        self.at = clock.of(app)
        self.program = _program(app, paper)
        same = before.get("program") == self.program
        self.before = {name: Unit(**unit) for name, unit in before.get("units", {}).items()} if same else {}
        self.units: dict[str, Unit] = {}
        self.endings: dict[str, str] = {}  # path -> file extension of attachments, whose addresses have none
        self.made = 0

    def write(self) -> Done:
        """Fill the new folder unit by unit."""
        self.new.mkdir()
        for start in self._known():
            self._see_to(start)
        files = {file for unit in self.units.values() for file in unit.files}
        until = min((date.fromisoformat(unit.until) for unit in self.units.values() if unit.until), default=None)
        about = {"made_at": self.at.isoformat(timespec="seconds"), "until": until.isoformat() if until else None, "program": self.program}
        units = {name: asdict(unit) for name, unit in self.units.items()}
        (self.new / MANIFEST).write_text(json.dumps(about | {"units": units}, ensure_ascii=False), "utf-8")
        (self.new / NOTE).write_text(note(self.at, until), "utf-8")
        return Done(len(files), self.made, until)

    def _see_to(self, start: Start) -> None:
        """Take a unit over or export it, once, and report progress now and then."""
        if start.name in self.units:
            return
        unit = self.units[start.name] = Unit(self._mark(start), start.until)
        if not self._taken_over(start.name, unit):
            self._make(start.name, unit, start.seeds)
        if len(self.units) % EVERY == 0:
            self.say(f"{len(self.units)} areas, notices and walls; {self.made} files made anew")

    def _known(self) -> Iterator[Start]:
        """Yield every unit in the database."""
        yield Start("/", ["/", "/robots.txt", "/sitemap.xml", "/openapi.json", *self._sitemaps()])
        for code, _ in self._apart(lambda: open_data.listed("areas", 0, open_data.count("areas"))):
            yield Start(f"/a/{code}", [f"/a/{code}{end}" for end in ("", ".atom", "/totals.csv", "/totals.json")])
        for number in self._apart(lambda: [wall.number for wall in walls.standing("")]):
            yield Start(f"/w/{number}", [f"/w/{number}"])
        after = None
        while batch := self._apart(partial(_batch, after)):
            for page, withdrawn, ends in batch:
                yield self._of(page, withdrawn, ends)
            last = batch[-1][0]
            assert last.posted_at
            after = (last.posted_at, last.number)

    def _of(self, page: Page, withdrawn: bool, ends: list[date]) -> Start:
        """Return a notice's first addresses, and its phase on this day, which decides how its pages look: each place has its own period."""
        files = {f"/n/{page.number}/files/{file['no']}": EXTENSIONS[file["type"]] for file in page.files}
        self.endings |= files
        today = day_of(self.at)
        untils = [replace(page, ends=end).rows_until() for end in ends]
        shown = [until for until in untils if until is not None and today <= until and not withdrawn]
        phase = [today >= page.starts, *(today > end for end in (page.ends, *ends)), *(until in shown for until in untils)]
        last = min(shown).isoformat() if shown and (page.kind.columns or files) else None
        return Start(f"/n/{page.number}", [*_seeds(page), *files], phase, last)

    def _sitemaps(self) -> list[str]:
        text = self._asked("/sitemap.xml").get_data(as_text=True)
        return re.findall(r"<loc>[^<]*?(/sitemap-[a-z0-9-]+\.xml)</loc>", text)

    def _apart(self, ask: Callable[[], T]) -> T:
        """Query the database in a context of its own, so that nothing is kept in memory between queries."""

        def within() -> T:
            with self.app.app_context():
                return ask()

        return Context().run(within)

    def _mark(self, start: Start) -> list[Any]:
        """Return what a unit depends on: a notice on its home's cache version and its phase, everything else on the day too."""
        today = day_of(self.at).isoformat()
        found = _UNIT.fullmatch(start.name)
        if found is None:
            return [self.stamps.all(), today]
        if found[1] == "a":
            return [self.stamps.around(found[2]), today]
        return [self.stamps.of_number(found[2]), start.phase or today]

    def _taken_over(self, name: str, unit: Unit) -> bool:
        """Take a unit over from the old export if its mark is the same and its files have their digests."""
        before = self.before.get(name)
        if before is None or before.mark != unit.mark or not all(self._whole(file, digest) for file, digest in before.files.items()):
            return False
        for file in before.files:
            target = self.new / file
            target.parent.mkdir(parents=True, exist_ok=True)
            _linked(self.folder / file, target)
        unit.files = before.files
        return True

    def _whole(self, file: str, digest: str) -> bool:
        path = self.folder / file
        inside = path.resolve().is_relative_to(self.folder) and not path.is_symlink() and path.is_file()
        return inside and hashlib.sha256(path.read_bytes()).hexdigest() == digest

    def _make(self, name: str, unit: Unit, seeds: list[str]) -> None:
        """Request a unit's pages, from its first addresses in both languages along the links within it."""
        waiting = deque([(seed, query) for seed in seeds for query in ("", "lang=en")])
        while waiting:
            path, query = waiting.popleft()
            file = self._file(path, query)
            if file is None or file in unit.files:
                continue
            answer = self._asked(f"{path}?{query}" if query else path)
            if not _fit(answer, file):
                continue
            data = answer.data
            if answer.mimetype == "text/html":
                html = answer.get_data(as_text=True)
                data = led(html, file, self.app.config["PUBLIC_ADDRESS"], self._file).encode()
                waiting.extend(target for target in links(html) if _unit(target[0]) in (name, "/"))
            self._put(unit, file, data)

    def _put(self, unit: Unit, file: str, data: bytes) -> None:
        target = self.new / file
        unit.files[file] = hashlib.sha256(data).hexdigest()
        if target.exists():  # shared by several units: a style sheet, the home page
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.made += 1

    def _file(self, path: str, query: str) -> str | None:
        """Return the file of an address, or None if it is not exported."""
        try:
            endpoint, given = self.routes.match(path, "GET")
        except HTTPException:
            return None
        if endpoint not in EXPORTED or "version" in given or path[1:2].isupper():
            return None
        if path in self.endings:
            return file_of(f"{path}.{self.endings[path]}", "")
        return file_of(path, query) if self.paper or not path.endswith(".pdf") else None

    def _asked(self, address: str) -> TestResponse:
        """Return the app's answer to an anonymous visitor."""
        return Context().run(self.client.get, address, headers={"User-Agent": AGENT}, buffered=True)


def _batch(after: tuple[datetime, str] | None) -> list[tuple[Page, bool, list[date]]]:
    """Return the next notices, whether they were withdrawn, and the last days of their places' posters, which a correction may change one
    by one.
    """
    found = notices.listed("", limit=EVERY, after=after)
    pages = [of_version(one.version, notices.parts(one), one.notice.kind) for one in found]
    return [(page, one.notice.withdrawn_at is not None, versions.ends(one)) for page, one in zip(pages, found, strict=True)]


def _seeds(page: Page) -> list[str]:
    places = [part.place for part in page.parts] + ([page.home] if page.whole(page.home) else [])
    own = [f"/n/{page.number}", *(f"/n/{page.number}/{place}" for place in dict.fromkeys(places))]
    return [f"{one}{end}" for one in own for end in ("", ".csv", ".json", ".txt")]


def _unit(path: str) -> str:
    found = _UNIT.match(path)
    return found[0] if found else "/"


def _fit(answer: TestResponse, file: str) -> bool:
    """Return whether an answer becomes a file: a page, or the explanation of a 410."""
    return answer.status_code == 200 or answer.status_code == 410 and _SUITS.get(Path(file).suffix) == answer.mimetype


def _linked(source: Path, target: Path) -> None:
    if target.exists():
        return
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copyfile(source, target)


def _program(app: Flask, paper: bool) -> str:
    """Return a digest of everything that pages depend on beside the database: code, templates, translations, settings."""
    found = hashlib.sha256()
    root = Path(app.root_path)
    for folder, pattern in (("board", "*"), ("templates", "*"), ("static", "*"), ("translations", "*.mo")):
        for file in sorted(root.joinpath(folder).rglob(pattern)):
            if file.is_file() and "__pycache__" not in file.parts:
                found.update(file.relative_to(root).as_posix().encode() + hashlib.sha256(file.read_bytes()).digest())
    found.update(repr([(one.name, app.config[one.name]) for one in SETTINGS] + [paper]).encode())
    return found.hexdigest()


def note(at: datetime, until: date | None) -> str:
    """Return the text of the note in the folder: when it was made, and until when it may stay up."""
    zh = f"{date_in_words(until, 'zh')}（含）" if until else "没有期限，里面没有名单"
    en = f"{date_in_words(until, 'en')} inclusive" if until else "any day: it holds no rows"
    return (
        f"明白公开栏的静态页面，{at.isoformat(timespec='minutes')} 导出。\n"
        f"可以放到：{zh}。到期以前请重新导出；撤下的公示、到期的名单，下一次导出才会从这里消失，所以至少每天导出一次。\n"
        "填写的表格（问一问、查进度、搜索）都连到公开栏网站。\n\n"
        f"The pages of Mingbai as plain files, made at {at.isoformat(timespec='minutes')}.\n"
        f"May stay up until: {en}. Export again before that day, and at least once a day: what is taken down,\n"
        "and rows whose time is over, vanish from here with the next export only. Forms lead to the board itself.\n"
    )
