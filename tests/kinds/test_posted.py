"""Every kind is posted: its sample goes through the real import, review and posting, and a villager reads it."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from typing import Any

import pytest

from board import demo, kinds
from board.store.drafting import beginning

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # its SQL is that of every posting

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
POSTS = tomllib.loads((demo.FOLDER / "posts.toml").read_text("utf-8"))
SAMPLES: dict[str, dict[str, Any]] = {}
for _post in (*demo.samples(), *POSTS["posts"], *POSTS["waiting"]):
    SAMPLES.setdefault(_post["kind"], _post)


@pytest.mark.parametrize("id", kinds.load())
def test_every_kind_is_posted_and_read(id, app, villager):
    posted = demo.publish({"committee": {"name": "监督委员会主任（演示）"}} | SAMPLES[id], POSTS["contacts"], AT)
    page = villager.sees(f"/n/{posted.number}")

    assert SAMPLES[id]["title"] in page.text
    read = "".join(page.text.split())
    for fact, text in SAMPLES[id]["facts"].items():
        assert text.isascii() or "".join(text.split()) in read, fact
    assert "{" not in page.text


def test_what_residents_care_about_begins_with_letters_that_everybody_may_read(app):
    letter = next(one for one in POSTS["letters"] if "reviewer" in one)
    kind = kinds.load()["community-concerns"]
    assert beginning.proposed(letter["home"], kind) == {}

    demo.write(letter, AT)

    (text,) = beginning.proposed(letter["home"], kind).values()
    assert letter["question"] in text
    assert letter["answer"] in text
    assert beginning.proposed(letter["home"], kinds.load()["functions"]) == {}
