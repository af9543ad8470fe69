"""Sheets are read in the test's own process here: the child around the parser is held to its limits by ``tests/test_sheets.py``."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from board import sheets
from board.sheets.reply import answer


def _answered(data: bytes, filename: str, most: int) -> Iterator[bytes]:
    """The lines that the child writes for a file."""
    for said in answer(data, filename, most):
        yield json.dumps(said, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


@pytest.fixture(autouse=True)
def _without_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare a process a sheet: starting it takes ten times as long as reading what is in it."""
    monkeypatch.setattr(sheets, "_asked_child", _answered)
