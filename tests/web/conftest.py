"""A posted notice and the form to ask about its second row; a file that several tests upload is read once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

from board import sheets
from tests.store.posted import GAODONG, post

_ASKED = sheets._asked_child
_READ: dict[tuple[bytes, str], list[bytes]] = {}


@pytest.fixture
def posted(app):
    return post()


@pytest.fixture
def form(posted):
    return f"/n/{posted.number}/ask?place={GAODONG}&row=2"


def _answered(data: bytes, filename: str) -> Iterator[bytes]:
    """What the child answers to a file; a file that was read before is not read again."""
    key = hashlib.sha256(data).digest(), filename
    if key not in _READ:
        _READ[key] = list(_ASKED(data, filename))
    yield from _READ[key]


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start one child a file, and not one a test: reading is the subject of ``tests/test_sheets.py`` and ``tests/sheets``."""
    monkeypatch.setattr(sheets, "_asked_child", _answered)
