"""docs/requirements.md names pages, kinds and tests that there are, and says of each clause how far it is met."""

from __future__ import annotations

import re

import pytest

from board import kinds
from tests.house.tree import ROOT

TEXT = (ROOT / "docs" / "requirements.md").read_text("utf-8")
CLAUSES = [
    [cell.strip() for cell in line[1:-1].split("|")]
    for line in TEXT.splitlines()
    if line.startswith("| ") and not line.startswith(("| Clause", "| ---"))
]
ADDRESSES = {
    re.sub(r"<(?:[^:<>]*:)?(\w+)>", "<>", line) for line in (ROOT / "tests" / "house" / "addresses.txt").read_text("utf-8").splitlines()
}


def test_every_clause_says_how_far_it_is_met():
    assert {clause[3] for clause in CLAUSES} == {"met", "in part", "not yet"}
    assert len(CLAUSES) > 30
    assert [clause[0] for clause in CLAUSES if clause[3] == "met" and not clause[2]] == []
    assert len(re.findall(r"^### .*牵头：", TEXT, re.M)) == len(re.findall("^### ", TEXT, re.M))


@pytest.mark.parametrize("clause", CLAUSES, ids=[clause[0] for clause in CLAUSES])
def test_what_a_clause_names_is_there(clause):
    for words in re.findall(r"`([^`]+)`", " ".join(clause[1:3])):
        if words.startswith("tests/"):
            file, _, name = words.partition("::")
            assert (ROOT / file).exists(), words
            assert not name or f"def {name}(" in (ROOT / file).read_text("utf-8"), words
        elif words.startswith("board/"):
            assert (ROOT / words).exists(), words
        elif words.startswith("/"):
            assert re.sub(r"<\w+>", "<>", words) in ADDRESSES, words
        elif words != "view=kiosk":
            assert words in kinds.load(), words
