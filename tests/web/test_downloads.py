"""Answers that are files: nothing in them runs, and their names are numbers."""

from __future__ import annotations

import pytest

from tests.web.attaching import drafted, posts


@pytest.fixture
def number(clerk, reviewer):
    return posts(clerk, reviewer, drafted(clerk))


def test_what_is_served_runs_nothing_and_has_no_name_but_numbers(villager, number):
    plan, photo = villager.sees(f"/n/{number}/files/1"), villager.sees(f"/n/{number}/files/2")

    assert plan.headers["Content-Disposition"] == f'attachment; filename="{number}-1.pdf"'
    assert photo.headers["Content-Disposition"] == f'inline; filename="{number}-2.jpg"'
    for one, type in ((plan, "application/pdf"), (photo, "image/jpeg")):
        assert one.headers["Content-Type"] == type
        assert one.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert one.headers["X-Content-Type-Options"] == "nosniff"
        assert one.headers["X-Robots-Tag"] == "noindex"
        assert one.headers["Cache-Control"] == "no-cache"
        assert "Set-Cookie" not in one.headers
