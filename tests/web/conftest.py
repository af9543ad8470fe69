"""What people of these tests have before them: a posted notice, a wall, a link, a form, cards."""

from __future__ import annotations

import contextvars
import re
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from board.store import feature_flags, notices, people, walls
from board.web import address_check
from board.web.desk import slips as desk_slips
from tests.store.posted import AT, GAODONG, post
from tests.web.displaying import address_of
from tests.web.drafting import sends_roster
from tests.web.proving import REAL_BOARD, Network

PHONE = "Mozilla/5.0 (Linux; Android 12; PEXM00) AppleWebKit/537.36 Mobile MicroMessenger/8.0"


@pytest.fixture
def posted(once):
    """A notice of 百和镇 with four rows in 高洞社区 and one in the village beside it."""
    return notices.find(once("posted", lambda: post().number))


@pytest.fixture
def number(posted):
    """Its number."""
    return posted.number


@pytest.fixture
def wall(app):
    """A wall of 高洞社区 that stands."""
    return walls.add(GAODONG, "村委会门口", people.named("baihe-clerk").id, AT)


@pytest.fixture
def scan(app):
    """A phone that opens an address; another ``phone`` is another device behind the same gateway."""

    def scans(path: str, phone: str = "1", method: str = "GET", agent: str | None = None, **headers: str) -> int:
        agent = PHONE + phone if agent is None else agent
        asked = {"method": method, "headers": {"User-Agent": agent, **headers}, "buffered": True}
        return contextvars.Context().run(FlaskClient(app, Response).open, path, **asked).status_code

    return scans


@pytest.fixture
def link(clerk, number):
    """The link for whoever pastes the sheet of 高洞社区 up."""
    return f"/hung/{address_of(clerk, number)}"


@pytest.fixture
def form(posted):
    return f"/n/{posted.number}/ask?place={GAODONG}&row=2"


@pytest.fixture
def with_slips(app: Flask) -> None:
    """泸县 has slips."""
    feature_flags.turn(feature_flags.SLIPS, "510521000000", True, "luxian-admin", AT)


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What is printed: (door, path behind the QR code) of each card, the newest printing last."""
    printed: list[tuple[str, str]] = []
    real = desk_slips.sheets

    def note(cards: Any) -> bytes:
        printed[:] = [(card.door, re.sub(r"^HTTPS?://[^/]+", "", card.qr_text)) for card in cards.cards]
        return real(cards)

    monkeypatch.setattr(desk_slips, "sheets", note)
    return printed


@pytest.fixture
def network(app, monkeypatch):
    """What the server finds under its public address."""
    net = Network(app)
    monkeypatch.setattr(address_check, "_opener", lambda: net)
    return net


@pytest.fixture
def real_draft(app, once, clerk, reviewer, admin, network):
    """A draft before its reviewer, in a board that is no demo; its people signed in before, with the demo's password."""
    sent = once("sent", lambda: sends_roster(clerk))
    app.config.update(REAL_BOARD)
    return sent
