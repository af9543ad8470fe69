"""Tests speak as people: a ``Person`` opens pages and submits their forms as a browser would; a ``Page`` is what he then sees."""

from __future__ import annotations

import contextvars
import io
import json
import re
import secrets
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, urljoin, urlsplit

from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from board.models import db
from board.store import clock, logins
from tests.confirming import confirmed
from tests.house import page as house
from tests.house.statements import Statements, counted

PASSWORD = "mingbai-demo"
SKIPPED = {"script", "style", "template", "title", "head"}
BLOCKS = {
    "address", "article", "aside", "blockquote", "br", "button", "caption", "dd", "details", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "header", "hr", "label", "legend", "li", "main", "nav", "ol", "option", "p",
    "pre", "section", "summary", "table", "td", "textarea", "th", "tr", "ul",
}  # fmt: skip
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Browser(FlaskClient):
    """Flask's test client, outside the test's own app context (a server has none), and with the house checks on every page it opens.

    ``asked`` holds the statements of the last request.
    """

    asked = Statements()

    def open(self, *args: Any, **given: Any) -> TestResponse:
        """Send the request; the answer to it has passed the house checks."""
        if has_app_context():
            db.session.rollback()  # what the test read before may change now; its next look is a fresh one
        given.setdefault("buffered", True)  # or a file that was sent would stay open
        with counted() as asked:
            response = contextvars.Context().run(super().open, *args, **given)
        self.asked, first = asked, [*response.history, response][0].request  # where it leads was opened, and counted, on its own
        faults = house.faults(response, self.application) + asked.faults(first.method, house.endpoint(first, self.application))
        assert not faults, f"{response.request.method} {response.request.path} ({response.status}): " + "; ".join(faults)
        for step in (*response.history, response):
            step.request.environ["wsgi.input"].close()  # a large upload is a file on the client's side
        return response


@dataclass
class Form:
    """A form of a page: where it goes, what a browser would send of it untouched, and the names and words of its buttons."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)  # also of what is sent only when ticked or filled in
    buttons: list[tuple[str, str, str, str]] = field(default_factory=list)  # words, name, value, formaction
    enter: tuple[str, str] | None = None  # name and value of what Enter in a field presses: the first button, seen or not

    def add(self, name: str, value: str | None) -> None:
        """Take a control in, with what it holds (None: nothing is sent unless somebody changes it)."""
        if name:
            self.names.add(name)
            if value is not None:
                self.fields.setdefault(name, []).append(value)


class _Reader(house.Handlers):
    """Reads the visible text, the links and the forms of a page."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self.ids: dict[str, Form] = {}
        self.open: list[tuple[str, dict[str, str], int]] = []
        self.select: tuple[Form | None, str, bool, list[tuple[str, bool]]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in BLOCKS:
            self.words.append("\n")
        if tag == "form":
            form = self.ids.setdefault(given["id"], Form("", "")) if "id" in given else Form("", "")
            form.action, form.method = given.get("action", ""), given.get("method", "get").lower()
            self.forms.append(form)
        elif tag == "img" and given.get("alt"):
            self.words.append(given["alt"])
        elif tag == "input":
            self._input(given)
        elif tag == "select":
            self.select = (self._form(given), given.get("name", ""), "multiple" in given, [])
        elif tag == "option" and self.select:
            self.select[3].append((given.get("value", ""), "selected" in given))
        if tag not in VOID:
            self.open.append((tag, given, len(self.words)))

    def handle_endtag(self, tag: str) -> None:
        while any(tag == name for name, _, _ in self.open):
            name, given, since = self.open.pop()
            self._closed(name, given, "".join(self.words[since:]))
            if name == tag:
                break
        if tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not any(name in SKIPPED for name, _, _ in self.open):
            self.words.append(data)

    def _form(self, given: dict[str, str]) -> Form | None:
        if "form" in given:
            return self.ids.setdefault(given["form"], Form("", ""))  # it may stand further down
        return self.forms[-1] if self.forms and any(name == "form" for name, _, _ in self.open) else None

    def _input(self, given: dict[str, str]) -> None:
        form, kind = self._form(given), given.get("type", "text")
        if form is None or "disabled" in given:
            return
        if kind in ("submit", "image"):
            form.buttons.append((given.get("value", ""), given.get("name", ""), given.get("value", ""), given.get("formaction", "")))
        elif kind in ("checkbox", "radio"):
            form.add(given.get("name", ""), given.get("value", "on") if "checked" in given else None)
        elif kind not in ("button", "reset"):
            form.add(given.get("name", ""), None if kind == "file" else given.get("value", ""))

    def _closed(self, tag: str, given: dict[str, str], raw: str) -> None:
        form = self._form(given)
        words = " ".join(raw.split())
        if tag == "a" and "href" in given:
            self.links.append((words, given["href"]))
        elif tag == "button" and form and given.get("type", "submit") == "submit":
            form.enter = form.enter or (given.get("name", ""), given.get("value", ""))
            if "hidden" not in given:
                form.buttons.append((words, given.get("name", ""), given.get("value", ""), given.get("formaction", "")))
        elif tag == "textarea" and form:
            form.add(given.get("name", ""), raw.removeprefix("\n"))
        elif tag == "select" and self.select:
            owner, name, several, options = self.select
            chosen = [value for value, on in options if on] or ([] if several or not options else [options[0][0]])
            for value in chosen or [None]:
                if owner:
                    owner.add(name, value)
            self.select = None


class Page:
    """What a person sees: ``text`` with its white space made plain, ``links`` (words, address), ``forms``, and the answer's bare bytes."""

    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.headers = response.headers
        self.data = response.data
        self.path = response.request.path
        self.anchor = urlsplit(response.history[-1].headers["Location"]).fragment if response.history else ""
        self.address = response.request.full_path.rstrip("?") if response.request.query_string else response.request.path
        reader = _Reader()
        self.html = ""
        if response.mimetype.startswith("text/") or response.mimetype == "application/json":
            self.html = response.get_data(as_text=True)
        if response.mimetype == "text/html":
            reader.feed(self.html)
        self.links, self.forms = reader.links, reader.forms
        lines = (" ".join(line.split()) for line in "".join(reader.words).split("\n"))
        self.text = "\n".join(line for line in lines if line) if response.mimetype == "text/html" else self.html

    @property
    def json(self) -> Any:
        """The answer read as JSON."""
        return json.loads(self.data)

    @property
    def heading(self) -> str:
        """The words of the page's only h1."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.html, re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]+>", "", found[1])).split()) if found else ""

    def link(self, words: str) -> str:
        """Return the address behind the first link whose words contain these."""
        found = [address for said, address in self.links if words in said]
        assert found, f"no link {words!r} on {self.path}; there are {[said for said, _ in self.links]}"
        return found[0]

    def form(self, press: str = "", names: tuple[str, ...] = ()) -> Form:
        """Return the form that has this button and these fields; where several do, the first that does not sign out."""
        forms = [form for form in self.forms if "sign-out" not in form.action or "退出" in press]
        fit = [form for form in forms if set(names) <= form.names and (not press or any(press in words for words, *_ in form.buttons))]
        seen = [(sorted(form.names), [words for words, *_ in form.buttons]) for form in forms]
        assert fit, f"no form with {list(names)} {press!r} on {self.path} ({self.status}); there are {seen}\n{self.text}"
        return fit[0]


class Person:
    """Somebody with a browser."""

    committee_signs = True  # at once, whenever he sends a village's notice to its reviewer; tests about the committee turn it off

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def signs_in(self, username: str, password: str = PASSWORD) -> Self:
        """Sign in through the page, as that person does."""
        page = self.submits("/sign-in", username=username, password=password)
        assert page.path != "/sign-in", f"{username} could not sign in: {page.text}"
        return self

    def is_signed_in(self, username: str) -> Self:
        """Be signed in already: the same login as the page makes, without opening the page (three requests less in every test)."""
        app = self.client.application

        def sign_in() -> logins.Try:
            with app.app_context():
                return logins.sign_in(username, PASSWORD, device="", shared=False, at=clock.of(app))

        tried = contextvars.Context().run(sign_in)
        assert tried.person, f"{username} could not sign in"
        with self.client.session_transaction() as session:
            session.update({"_user_id": tried.person.get_id(), "_fresh": True, "csrf_token": secrets.token_hex(20)})
        return self

    def sees(self, path: str, **given: Any) -> Page:
        """Open an address, going where it redirects."""
        return Page(self.client.get(path, follow_redirects=True, **given))

    def follows(self, page: Page, words: str) -> Page:
        """Go where the link with these words goes."""
        return self.sees(urljoin(page.address, page.link(words)))

    def submits(self, page: Page | str, press: str = "", **fields: Any) -> Page:
        """Fill a form in and send it; what is not given stays as the page has it.

        ``fields``: text; True or False for a box with no value of its own; a list for several; a Path or (bytes, name) for a file.
        """
        if isinstance(page, str):
            page = self.sees(page)
        form = page.form(press, tuple(fields))
        sent: dict[str, Any] = {name: list(values) for name, values in form.fields.items()}
        for name, value in fields.items():
            sent[name] = _typed(value)
        goes = form.action
        for words, name, value, formaction in sorted(form.buttons, key=lambda button: button[0] != press):
            if press and press in words or not press and len(form.buttons) == 1:
                goes = formaction or goes
                if name:
                    sent.setdefault(name, []).append(value)
                break
        address = urljoin(page.address, goes or page.address)
        if form.method == "get":
            parts = urlsplit(address)
            query = [*parse_qsl(parts.query)] if not goes else []
            query += [(name, value) for name, values in sent.items() for value in values]
            return Page(self.client.get(parts.path, query_string=query, follow_redirects=True))
        page = Page(self.client.post(address, data=sent, follow_redirects=True))
        if press == "送审" and self.committee_signs:
            confirmed(self.client.application)
        return page


def _typed(value: Any) -> list[Any]:
    if isinstance(value, Path):
        value = (value.read_bytes(), value.name)
    if isinstance(value, tuple):
        return [(io.BytesIO(value[0]), value[1])]
    if isinstance(value, bool):
        return ["on"] if value else []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
