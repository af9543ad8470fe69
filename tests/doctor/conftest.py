"""A board that is no demo, with a notice, behind an address that leads to it, to a stranger, nowhere, or to an old cache."""

from __future__ import annotations

import io
from email.message import Message
from urllib.error import HTTPError
from urllib.response import addinfourl

import pytest
from flask import Flask

from board import outbound
from board.doctor.check import Finding
from board.doctor.checks import ALL
from board.models import db
from tests.store.posted import post
from tests.web.proving import REAL, Network


class CachedNetwork(Network):
    """A network in which a cache before the board may keep rosters for ever (``leads`` is "to an old cache")."""

    def open(self, address: str, timeout: float) -> addinfourl:
        if self.leads == "to a busy server" and address.endswith(".csv"):
            raise HTTPError(address, 503, "busy", Message(), io.BytesIO())
        if self.leads == "to an old cache" and address.endswith(".csv"):
            return addinfourl(io.BytesIO("序号,姓名".encode()), Message(), address, 200)
        leads, self.leads = self.leads, self.leads if self.leads in ("nowhere", "to a stranger") else "here"
        try:
            return super().open(address, timeout)
        finally:
            self.leads = leads


@pytest.fixture
def network(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Network:
    """What the server finds under its public address."""
    net = CachedNetwork(app)
    monkeypatch.setattr(outbound, "opener", lambda: net)
    return net


@pytest.fixture
def board(app: Flask, once, network: Network) -> Flask:
    """A board that is no demo, with a posted notice, its database readable by its owner."""
    once("posted", lambda: post().number)
    app.config.update(DEMO=False, HTTPS=True, PUBLIC_ADDRESS=REAL)
    return app


def asks(app: Flask, id: str) -> Finding:
    """Return what one check finds, as a command that is started now."""
    db.session.rollback()
    check = next(one for one in ALL if one.id == id)
    return check.judge(check.gather(app))
