"""The style sheets that pages carry: whole, in their order, and without our notes."""

from __future__ import annotations

import pytest

from board.web.styles import kiosk_style, public_style
from tests.house.tree import ROOT


@pytest.mark.parametrize(("style", "names"), [(public_style, ("tokens.css", "public.css")), (kiosk_style, ("tokens.css", "kiosk.css"))])
def test_the_tokens_come_first_then_the_pages_own_rules_and_no_comment(app, style, names):
    made = str(style(app))
    sheets = [(ROOT / "static" / name).read_text("utf-8") for name in names]

    assert "/*" in "".join(sheets)
    assert "/*" not in made
    assert "*/" not in made
    assert made.startswith(":root{")
    assert made.endswith(sheets[1][-40:])


def test_a_page_carries_the_very_style_that_its_policy_allows(app, villager):
    assert f"<style>{public_style(app)}</style>" in villager.sees("/").html
