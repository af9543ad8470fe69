"""No errand is longer than it may be: what each person came for, counted in taps."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import taps
from tests.browser.conftest import Served


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # what a browser sees is the same on either engine
def test_every_errand_is_as_short_as_it_has_to_be(chromium: Browser, served: Served, tmp_path: Path) -> None:
    found = list(taps.errands(chromium, served, tmp_path))

    assert len(found) == 7
    assert [f"{one.who}, {one.what}: {one.taps} taps" for one in found if not one.short_enough] == []
