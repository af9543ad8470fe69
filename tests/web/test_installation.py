"""The address that is printed and sent: with or without a slash behind the setting, one form everywhere."""

from __future__ import annotations

import pytest

from board.web.installation import absolute, public_address, short_address
from tests.house.tree import ROOT
from tests.store.posted import GAODONG, TOWN


@pytest.mark.parametrize("written", ["https://gk.example.cn", "https://gk.example.cn/"])
def test_a_slash_behind_the_setting_makes_no_difference(app, written):
    app.config["PUBLIC_ADDRESS"] = written
    assert public_address() == "https://gk.example.cn"
    assert absolute("/n/123456789") == "https://gk.example.cn/n/123456789"
    assert short_address("/receipt") == "gk.example.cn/receipt"


def test_no_page_has_two_slashes_behind_the_address(app, posted, villager, clerk):
    app.config["PUBLIC_ADDRESS"] = "https://gk.example.cn/"
    place = f"/n/{posted.number}/{GAODONG}"
    pages = [villager.sees(at) for at in (f"/n/{posted.number}", place, f"{place}.json", f"/a/{TOWN}.atom", "/sitemap.xml", "/robots.txt")]
    texts = {page.path: page.data.decode() for page in [*pages, clerk.sees(f"/desk/notices/{posted.number}/{GAODONG}")]}

    assert [path for path, text in texts.items() if "gk.example.cn//" in text or "gk.example.cn" not in text] == []


def test_the_setting_is_read_in_one_place():
    readers = {path.name for path in (ROOT / "board/web").rglob("*.py") if 'config["PUBLIC_ADDRESS"]' in path.read_text("utf-8")}
    assert readers == {"installation.py"}
    assert [path for path in (ROOT / "templates").rglob("*.*") if "config.PUBLIC_ADDRESS" in path.read_text("utf-8")] == []
