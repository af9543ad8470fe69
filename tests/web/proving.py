"""The network around a board that is no demo, in which its public address leads to it, to a stranger or nowhere."""

from __future__ import annotations

import io
from email.message import Message
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.response import addinfourl

REAL = "https://gk.luxian.gov.cn"
REAL_BOARD = {"DEMO": False, "TESTING": False, "PUBLIC_ADDRESS": REAL}


class Network:
    """What the server finds under its public address: this board, a stranger's page, or nothing; and what it asked for."""

    def __init__(self, app) -> None:
        self.app, self.asked, self.leads = app, list[str](), "here"

    def open(self, address: str, timeout: float) -> addinfourl:
        self.asked.append(address)
        if self.leads == "nowhere":
            raise URLError("no route")
        found = self.app.test_client().get(urlsplit(address).path) if self.leads == "here" else None
        if found and found.status_code >= 400:
            raise HTTPError(address, found.status_code, found.status, Message(), io.BytesIO(found.data))
        return addinfourl(io.BytesIO(found.data if found else b"<html>another site</html>"), Message(), address, 200)
