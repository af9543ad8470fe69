"""The manifest says what was backed up; what is loaded is held to it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from board.backup.manifest import Facts, Keys, Manifest, Payload, differences
from board.backup.refusal import BackupRefused

FACTS = Facts("0028", {"notice": 3, "row": 120}, {"row.amount": 55_257_807}, {"510521116000": (17, "ab" * 32)})
MADE = Manifest(
    "2026-11-30T01:35:05+00:00", "0028", "sqlite 3.40.1", "https://gk.example.cn", FACTS,
    Payload("sqlite", "database.sqlite.gz", 10, "00" * 32), Keys("00", "11"),
)  # fmt: skip


def test_it_comes_back_as_it_was():
    assert Manifest.from_json(MADE.to_json()) == MADE
    assert MADE.rows == 123


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "manifest cannot be read"),
        (b"[]", "manifest cannot be read"),
        (b'{"form": 1}', "manifest cannot be read"),
        (replace(MADE, form=2).to_json(), "made by a newer program than this one: install that program first"),
        (replace(MADE, payload=MADE.payload._replace(kind="mysql")).to_json(), "does not know: mysql"),
    ],
)
def test_what_is_none_is_refused_in_a_sentence(text, says):
    with pytest.raises(BackupRefused, match=says):
        Manifest.from_json(text)


def test_a_newer_form_is_told_although_nothing_else_of_it_is_known():
    with pytest.raises(BackupRefused, match="newer program"):
        Manifest.from_json(json.dumps({"form": 9}).encode())


def test_what_is_loaded_is_compared_in_rows_sums_and_ledgers():
    assert differences(FACTS, FACTS) == ""
    found = Facts("0028", {"notice": 3, "row": 119}, {"row.amount": 55_257_800}, {})
    assert differences(FACTS, found) == (
        "rows of row: 119 instead of 120; sum of row.amount: 55,257,800 instead of 55,257,807; "
        "last entry of ledger 510521116000: none instead of 17, abababababab"
    )
    assert differences(FACTS, Facts("0027", {}, {}, {})).endswith("; and 2 more")
