"""Every container gives its cells, tells what is hidden in it, or says why it is not read; and no number slips through."""

from __future__ import annotations

import pytest

from board.sheets import REASONS
from tests.sheets.containers import FILES, Expected, got


@pytest.mark.parametrize(("make", "filename", "expected"), [file[1:] for file in FILES], ids=[file[0] for file in FILES])
def test_a_container_gives_what_is_in_it_or_is_refused(make: object, filename: str, expected: Expected) -> None:
    assert callable(make)
    assert got(make(), filename, expected) == expected


def test_every_refusal_has_words_that_say_what_to_do() -> None:
    codes = {file[3].refused for file in FILES} - {""}
    assert codes <= set(REASONS)
    assert [code for code in codes if "请" not in REASONS[code].zh] == []
