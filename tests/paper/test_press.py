"""Long documents are set in a process of their own: the same bytes, and nothing of them stays behind."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from board.paper import press
from board.paper.poster import poster
from tests.paper import sheets


def test_a_sheet_is_the_same_whether_it_is_set_here_or_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    apart = poster(sheets.village(400))

    monkeypatch.setattr(press, "SHORT", 10**9)

    assert poster(sheets.village(400)) == apart


def test_what_a_long_sheet_took_of_memory_is_given_back() -> None:
    poster(sheets.village(5))
    before = _megabytes()

    for count in range(1000, 1004):
        poster(sheets.village(count))

    assert _megabytes() < before + 40  # within the program they left 200 behind


def test_a_document_that_cannot_be_set_is_an_error_without_a_word_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "SHORT", 0)

    with pytest.raises(subprocess.SubprocessError) as error:
        press.press("poster", {"title": "李秀英"}, "pdf")

    assert "李秀英" not in str(error.value)


def test_a_sheet_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "SECONDS", 0.01)

    with pytest.raises(subprocess.TimeoutExpired):
        poster(sheets.village(400))


def _megabytes() -> float:
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024
