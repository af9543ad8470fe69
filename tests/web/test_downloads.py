"""Answers that are files: nothing in them runs, and their names tell what they are."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from board.store import notices
from board.web.downloads import pdf
from tests.web.attaching import drafted, posts


@pytest.fixture
def number(clerk, reviewer):
    return posts(clerk, reviewer, drafted(clerk))


def test_a_pdf_is_called_by_its_village_and_title_where_the_program_can(villager, clerk, number):
    header = villager.sees(f"/n/{number}/510521116004/sheet.pdf").headers["Content-Disposition"]
    assert header.startswith(f"inline; filename=\"{number}-510521116004.pdf\"; filename*=UTF-8''")
    assert unquote(header.partition("''")[2]) == f"高洞社区 {notices.find(number).version.title}.pdf"


@pytest.mark.parametrize(
    ("title", "name"), [('a/b\\c:d*e?f"g<h>i|j', "a b c d e f g h i j.pdf"), ("长" * 200, "长" * 80 + ".pdf"), ("两\n行", "两 行.pdf")]
)
def test_a_title_that_is_no_file_name_becomes_one(title, name):
    header = pdf(b"", "1.pdf", title).headers["Content-Disposition"]
    assert unquote(header.partition("''")[2]) == name


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
