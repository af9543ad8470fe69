"""A browser that keeps a person's cookies and sends forms with their token, and the answers it is given, as texts to compare."""

from __future__ import annotations

import hashlib
import re
import subprocess
from dataclasses import dataclass

from flask import Flask
from werkzeug.test import TestResponse

PASSWORD = "mingbai-demo"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
# Drawn at random for each answer: the session's form token, the ticket of the form to ask with, and the picture of its receipt.
RANDOM = [
    (re.compile(r'(name="csrf_token"[^>]*value=")[^"]+'), r"\1-"),
    (re.compile(r'(name="token"[^>]*value=")[^"]+'), r"\1-"),
]
LEFT_OUT = {"Date", "ETag", "Content-Length", "Last-Modified"}  # of the body, or of the moment
TEXTS = ("text/", "application/json", "application/problem+json", "application/xml", "application/atom+xml", "image/svg+xml")


@dataclass(frozen=True)
class Address:
    """What is opened by whom: a path with its query; a form's fields where it is sent by POST."""

    who: str  # a user name; "": nobody signed in
    path: str
    form: tuple[tuple[str, str], ...] | None = None

    @property
    def name(self) -> str:
        """The file that keeps its answer."""
        sent = "" if self.form is None else " POST " + "&".join(f"{name}={value}" for name, value in self.form)
        slug = f"{self.path}{sent}".replace("/", ",").strip(",") or "home"
        return f"{self.who or 'public'}/{slug}"


class Visitor:
    """Somebody with a browser, signed in unless ``who`` is empty."""

    def __init__(self, app: Flask, who: str) -> None:
        self.client, self.token = app.test_client(), ""
        if who:
            self._reads(self.client.get("/sign-in"))
            signed = self.client.post("/sign-in", data={"username": who, "password": PASSWORD, "csrf_token": self.token})
            assert signed.status_code == 302, f"{who} could not sign in: {signed.status}"
            self._reads(self.client.get("/account"))

    def opens(self, address: Address) -> str:
        """Return what an address answers, in words that are alike whenever the answer is."""
        if address.form is None:
            return told(self.client.get(address.path))
        return told(self.client.post(address.path, data={**dict(address.form), "csrf_token": self.token}))

    def _reads(self, answer: TestResponse) -> None:
        found = TOKEN.search(answer.get_data(as_text=True))
        self.token = found[1] if found else ""


def told(answer: TestResponse) -> str:
    """Return status, headers and body of an answer, without what is random; of a PDF its text and pages, of other files a digest."""
    headers = [(name, value) for name, value in answer.headers if name not in LEFT_OUT]
    headers = [(name, value.split("=")[0] if name == "Set-Cookie" else value) for name, value in headers]
    lines = [answer.status, *(f"{name}: {value}" for name, value in sorted(headers)), ""]
    return "\n".join([*lines, _body(answer), ""])


def _body(answer: TestResponse) -> str:
    data = answer.get_data()
    if answer.mimetype == "application/pdf":
        return _pdf(data)
    if not answer.mimetype.startswith(TEXTS):
        return f"{len(data)} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}"
    text = data.decode()
    for pattern, put in RANDOM:
        text = pattern.sub(put, text)
    return text


def _pdf(data: bytes) -> str:
    """Return the number and size of a PDF's pages and the text on them, laid out as it stands there."""
    info = _poppler("pdfinfo", "-", data=data)
    kept = [line for line in info.splitlines() if line.startswith(("Title:", "Pages:", "Page size:", "Tagged:"))]
    return "\n".join([*kept, "", _poppler("pdftotext", "-layout", "-", "-", data=data)])


def _poppler(*command: str, data: bytes) -> str:
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()
