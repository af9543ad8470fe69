"""What the ledger says of a template, by its entries."""

from __future__ import annotations

from types import SimpleNamespace

from board.store.proof import templates


def entry(action, at="2026-11-20T02:00:00+00:00", **body):
    return SimpleNamespace(action=action, subject="abc", actor="baihe-clerk", at=at, body=body)


def test_the_last_wording_stands_and_a_removed_one_has_none():
    written = entry("template.written", category="unclear", words="w1"), entry("template.written", category="missing", words="w2")
    (one,) = templates.logged("510521116000", written).values()
    assert one == {"category": "missing", "words": "w2", "written": ("baihe-clerk", "2026-11-20T02:00:00+00:00"), "removed": None}

    removed = entry("template.removed", at="2026-11-21T02:00:00+00:00")
    (gone,) = templates.logged("510521116000", [*written, removed]).values()
    assert (gone["words"], gone["removed"]) == ("", removed.at)
