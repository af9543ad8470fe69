"""What a phone has to load: a roster of 200 households in one request below 14 KB, every other page below 8 KB, compressed."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from bench.pages import OTHERS, WINDOW
from board.rules.surnames import SINGLE
from tests.store.posted import GAODONG, TOWN, line, proposal
from tests.web.publishing import publishes

COUNTY, LISTED = "510521000000", 20


@pytest.fixture
def heavy(once):
    """The number of a roster of 200 households among so many other notices that every list is full."""

    def posts() -> str:
        chance = random.Random(1)  # names and areas as unlike as those of a village
        names = [chance.choice(sorted(SINGLE)) + chance.choice("芳伟秀敏静丽强磊军洋") for _ in range(200)]
        rows = [
            replace(line(GAODONG, no, name, f"{chance.randint(10, 999) / 100}"), group=f"{1 + no // 25}组")
            for no, name in enumerate(names, 1)
        ]
        for no in range(LISTED + 2):
            publishes(proposal("grain-subsidy", [line(GAODONG, 1, "钱七", f"{no + 1}")]))
        return publishes(proposal("cropland-subsidy", rows))

    return once("heavy", posts)


def sent(app, address: str, packing: str) -> int:
    """Return the bytes of an answer as it travels, headers included."""
    answer = Client(app.wsgi_app, Response).get(address, headers={"Accept-Encoding": packing})
    assert (answer.status_code, answer.headers["Content-Encoding"]) == (200, packing)
    return len(answer.data) + sum(len(name) + len(value) + 4 for name, value in answer.headers) + 20


@pytest.mark.parametrize("packing", ["gzip", "br"])
def test_the_first_scan_of_200_households_is_one_small_request(villager, app, heavy, packing):
    for seen in ("/1", "?view=large", "?lang=en"):
        assert sent(app, f"/n/{heavy}/{GAODONG}{seen}", packing) <= WINDOW
    html = villager.sees(f"/n/{heavy}/{GAODONG}/1").html
    assert len(re.findall("<tr id=", html)) == 200
    assert re.findall(r'<(?:script|img|iframe|link rel="stylesheet")', html) == []


@pytest.mark.parametrize("packing", ["gzip", "br"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/n/{}",
        f"/a/{GAODONG}",
        f"/a/{TOWN}",
        f"/a/{COUNTY}",
        f"/a/{TOWN}/guide",
        f"/a/{COUNTY}/reading",
        f"/a/{COUNTY}/catalogue",
        f"/a/{COUNTY}/catalogue/cropland-subsidy",
        f"/a/{TOWN}/ask",
        "/ask",
        "/n/{}/ask",
        "/search",
        "/search?q=高洞社区",
    ],
)
def test_every_other_page_is_smaller_still(app, heavy, address, packing):
    for seen in ("", "view=large", "lang=en"):
        asked = address.format(heavy)
        assert sent(app, f"{asked}{'&' if '?' in asked else '?'}{seen}".rstrip("?&"), packing) <= OTHERS
