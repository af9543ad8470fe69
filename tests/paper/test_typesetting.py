"""Long documents are set in a process of their own: the same bytes, and nothing of them stays behind."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from board.paper import typesetting, typst_process
from board.paper.poster import poster_pdf
from tests.paper import posters


def test_a_poster_is_the_same_whether_it_is_set_here_or_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    apart = poster_pdf(posters.village(400))

    monkeypatch.setattr(typesetting, "SHORT", 10**9)

    assert poster_pdf(posters.village(400)) == apart


def test_what_a_long_poster_took_of_memory_is_given_back() -> None:
    poster_pdf(posters.village(5))
    before = _megabytes()

    for count in range(1000, 1004):
        poster_pdf(posters.village(count))

    assert _megabytes() < before + 40  # within the program they left 200 behind


def test_a_document_that_cannot_be_set_is_an_error_without_a_word_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "SHORT", 0)

    with pytest.raises(subprocess.SubprocessError) as error:
        typesetting.typeset("poster", {"title": "李秀英"}, "pdf")

    assert "李秀英" not in str(error.value)


def test_a_poster_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "SECONDS", 0.01)

    with pytest.raises(typesetting.TooLong):
        poster_pdf(posters.village(400))


@pytest.mark.parametrize(("limit", "value"), [("MEMORY_BYTES", 300 << 20), ("CPU_SECONDS", 1)])
def test_a_poster_that_is_longer_than_the_typesetters_memory_or_time_is_called_too_long(
    limit: str, value: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A typesetter of the same make with less to work with."""
    small = tmp_path / "typesetter.py"
    source = Path(typst_process.__file__).read_text("utf-8").replace("Path(__file__).parent", f"Path({str(typst_process.TEMPLATES)!r})")
    small.write_text(re.sub(rf"^{limit} = .*", f"{limit} = {value}", source, flags=re.MULTILINE), "utf-8")
    monkeypatch.setattr(typst_process, "__file__", str(small))

    with pytest.raises(typesetting.TooLong):
        poster_pdf(posters.village(9000))


def test_a_poster_of_too_many_rows_is_refused_before_they_are_read() -> None:
    typesetting.bounded(typesetting.MOST_ROWS)
    with pytest.raises(typesetting.TooLong):
        typesetting.bounded(typesetting.MOST_ROWS + 1)


def _megabytes() -> float:
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024
