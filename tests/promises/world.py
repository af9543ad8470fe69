"""One installation through a history: its people and their browsers, all that they were answered, its log, its clock, and its ends."""

from __future__ import annotations

import contextvars
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

from flask import Flask, has_app_context
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from werkzeug.test import TestResponse

from board import work
from board.models import Case, Ledger, Notice, PublicAnswer, PublicLetter, User, db
from board.models import Draft as StoredDraft
from board.store import people, walls
from board.store.proof import notices as proof
from tests.actors import Person
from tests.databases import Databases, Filled
from tests.house.page import endpoint
from tests.house.statements import counted
from tests.promises.kills import Kill, Killed, killing
from tests.promises.model import TEAMS, Model
from tests.promises.model import Notice as Told
from tests.web.everything import counted as township

T = TypeVar("T")
START = datetime(2026, 11, 22, 2, tzinfo=UTC)


@dataclass
class Heard:
    """One answer, and who got it: "" is somebody who is not signed in."""

    who: str
    response: TestResponse
    public: bool

    @property
    def path(self) -> str:
        return self.response.request.full_path.rstrip("?")

    @property
    def said(self) -> str:
        """All that it says: headers with their percents resolved, and its words; of a PDF those that can be selected."""
        headers = unquote(str(self.response.headers))
        if self.response.mimetype == "application/pdf":
            words = "".join("".join(page.extract_text() for page in PdfReader(BytesIO(self.response.data)).pages).split())
            return f"{headers}\n{words}"
        return f"{headers}\n{self.response.data.decode(errors='replace')}"


class Listening(FlaskClient):
    """A browser whose every answer is remembered; it holds no page to any rule, for that is what the promises are there for."""

    def open(self, *args: Any, **given: Any) -> TestResponse:
        """Ask outside the history's own app context, as a server is asked."""
        world: World = self.application.world  # type: ignore[attr-defined]
        if has_app_context():
            db.session.rollback()
        given.setdefault("buffered", True)
        with counted():
            response = contextvars.Context().run(super().open, *args, **given)
        if not given.get("follow_redirects") or not response.history:
            to = endpoint(response.request, self.application)
            public = to is None or bool(getattr(self.application.view_functions[to], "public", False))
            world.heard.append(Heard(getattr(self, "username", ""), response, public))
        return response


class Log(logging.Handler):
    """What the program logs, of whatever level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record as a server writes it, with its traceback."""
        self.lines.append(self.format(record))


class World:
    """A database, the app over it, and what the model remembers of both."""

    def __init__(self, databases: Databases, app: Flask) -> None:
        self.databases, self.app, self.model = databases, app, Model()
        self.heard: list[Heard] = []
        self.now = START
        self.browsers: dict[str, Person] = {}
        self.log = Log()
        self.ledger: dict[tuple[str, int], str] = {}
        self.touched: list[Told] = []
        self.traces: list[tuple[Any, Any]] = []
        self.acts = self.kills = self.steps = 0
        self._ready()

    def _ready(self) -> None:
        self.app.testing, self.app.test_client_class = True, Listening
        self.app.world, self.app.clock = self, lambda: self.now  # type: ignore[attr-defined]

    @property
    def today(self) -> date:
        """The day in China."""
        return (self.now + timedelta(hours=8)).date()

    def who(self, username: str = "") -> Person:
        """Somebody with a browser of his own, signed in where he is named."""
        if username not in self.browsers:
            person = Person(self.app.test_client())
            person.client.username = username  # type: ignore[attr-defined]
            self.browsers[username] = person.is_signed_in(username) if username else person
        return self.browsers[username]

    def passes(self, days: int) -> None:
        """Let days go by; whoever was signed in has to sign in again."""
        self.now += timedelta(days=days)
        self.browsers.clear()
        db.session.rollback()
        contextvars.Context().run(work.daily, self.app, {})
        self.learns_of_cases()
        self.touched += self.model.notices[-1:]

    def does(self, act: Callable[[], T], kill: Kill | None = None) -> T | None:
        """Let somebody act; None if the process ended meanwhile, and another one stands there, over what the database kept."""
        self.acts += 1
        try:
            with killing(kill):
                return act()
        except Killed:
            self.kills += 1
            self.restarts()
            self.learns()
            return None

    @contextmanager
    def traced(self, secret: bool) -> Iterator[None]:
        """Note what the township could learn from, before and after an act that it must not learn of (``secret``)."""
        before = traces() if secret else None
        yield
        if secret:
            self.traces[:] = [(before, traces())]

    def users(self) -> list[User]:
        """Everybody who may sign in."""
        return list(db.session.scalars(select(User)))

    def restarts(self) -> None:
        """Make the app anew over the same database: nothing that was in memory is left."""
        with suppress(Exception):
            db.session.remove()
        db.engine.dispose()
        assert self.databases.made
        self.databases.made.restore()
        self._ready()
        self.browsers.clear()

    def learns(self) -> None:
        """Of an act that nobody was told the end of, read what came of it: it is done, or it was never begun."""
        db.session.rollback()
        fault = proof.first_fault()
        assert fault is None, f"an act that was cut short is half done: {fault}"
        for draft in self.model.drafts:
            kept = db.session.get(StoredDraft, (draft.team.town, draft.id))
            state = kept.state if kept else "dropped"
            if state == "posted" and draft.state != "posted":
                self.posted(draft, self._number(draft))
            draft.state = {"draft": "open"}.get(state, state)
        for notice in self.model.notices:
            kept = db.session.execute(select(Notice).where(Notice.number == notice.number)).scalar_one()
            notice.why_withdrawn = notice.why_withdrawn or kept.withdrawn_because or ""
        for answer in db.session.scalars(select(PublicAnswer).where(PublicAnswer.approved_at.is_not(None))):
            self.model.unapproved -= {mark for mark in self.model.unapproved if mark in answer.question}
        for letter in db.session.scalars(select(PublicLetter).where(PublicLetter.approved_at.is_not(None))):
            self.model.unapproved -= {mark for mark in self.model.unapproved if mark in letter.title}
        self.learns_of_cases()

    def learns_of_cases(self) -> None:
        """Read at which office each question lies: the clock moves them too."""
        for asked in self.model.asked:
            case = db.session.get(Case, (asked.home, asked.case))
            assert case, "a question that got a receipt is gone"
            asked.state = "risen" if case.desk != case.home else case.state
        db.session.rollback()

    def _number(self, draft: Any) -> str:
        known = {notice.number for notice in self.model.notices}
        if draft.corrects:
            return str(draft.corrects)
        new = select(Ledger.subject).where(Ledger.home == draft.team.town, Ledger.action == "notice.posted")
        (number,) = set(db.session.scalars(new)) - known
        return number

    def posted(self, draft: Any, number: str) -> None:
        """Remember that a draft was approved: what it says is the public's now."""
        draft.state = "posted"
        self.model.unapproved -= set(draft.marks)
        if draft.corrects:
            self.notice(number).versions.append(draft.lines)
        else:
            self.model.notices.append(Told(number, draft.team, draft.kind, [draft.lines]))
        self.notice(number).reviewed = draft.reviewed
        self.touched.append(self.notice(number))

    def notice(self, number: str) -> Told:
        """The notice of a number, as the model has it."""
        return next(one for one in self.model.notices if one.number == number)


def traces() -> dict[str, Any]:
    """All from which the township could learn of a case."""
    db.session.rollback()
    try:
        return township()
    finally:
        db.session.rollback()


@contextmanager
def standing(databases: Databases, filled: Filled, begin: Callable[[World], None]) -> Iterator[World]:
    """Yield an installation on which ``begin`` was done: the first time by people, later by what they left."""
    with databases.fresh(filled) as app:
        world = World(databases, app)
        logging.getLogger().addHandler(world.log)
        level = logging.getLogger().level
        logging.getLogger().setLevel(logging.DEBUG)
        try:
            world.model = deepcopy(databases.walked("promises", lambda: _begun(world, begin)))
            world.heard.clear()
            world.browsers.clear()
            yield world
        finally:
            logging.getLogger().removeHandler(world.log)
            logging.getLogger().setLevel(level)


def _begun(world: World, begin: Callable[[World], None]) -> Model:
    for team in TEAMS:
        clerk = people.named(team.clerk)
        assert clerk
        world.model.walls.append(walls.add(team.villages[0][0], "村委会门口", clerk.id, world.now).number)
    begin(world)
    return world.model


def instance(world: World) -> list[Path]:
    """The files of the installation."""
    return [file for file in Path(world.app.instance_path).rglob("*") if file.is_file()]
