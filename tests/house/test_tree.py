"""What holds for the whole tree: nobody's numbers, no address of where it was made, and nothing too long to read."""

from __future__ import annotations

import ast

import pytest

from tests.house.page import personal
from tests.house.tree import files, modules, texts

LONGEST_FILE, LONGEST_FUNCTION = 400, 60
# Written by machines or by others, or lists: nobody reads them from top to bottom.
MAY_BE_LONG = (
    "LICENSE",
    ".csv",
    ".po",
    ".pot",
    "migrations/versions/",
    ".md",
    "addresses.txt",
    "tests/sheets/drawn/",
    "package-lock.json",
)
SAMPLES = "board/demo/"  # made up as a whole, and looked at by tests of their own
# Numbers that look like somebody's and are nobody's, each with where it comes from.
NOBODYS = {
    "13800138000": "China Mobile's own service number, in tests that leave a telephone number",
    "13145201314": "a password that thousands of people have (rules/passwords.py)",
}


def test_nobodys_numbers_stand_in_the_tree() -> None:
    found = {name: set(personal(text)) - set(NOBODYS) for name, text in texts() if not name.startswith(SAMPLES)}
    assert {name: runs for name, runs in found.items() if runs} == {}


def test_nothing_tells_where_it_was_made() -> None:
    places = ["/".join(("", "work", "main")), "/".join(("", "work", "shared")), "/".join(("", "root", ""))]
    assert [(name, place) for name, text in texts() for place in places if place in text] == []


def test_no_file_is_too_long_to_read() -> None:
    long = {name: count for name, text in texts() if (count := text.count("\n")) > LONGEST_FILE}
    assert {name: count for name, count in long.items() if not any(part in name for part in MAY_BE_LONG)} == {}


def test_no_function_is_too_long_to_read() -> None:
    found = []
    for name, tree in modules("board", "tests", "deploy", "bench"):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION:
                found.append(f"{name}:{node.lineno} {node.name}")
    assert found == []


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "manager", "service", "misc"])
def test_files_are_named_by_words_of_the_subject(word: str) -> None:
    assert [file.name for file in files() if word in file.stem.lower().split("_")] == []


def test_every_public_function_says_what_it_is_for() -> None:
    found = []
    for name, tree in modules("board"):
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node):
                found.append(f"{name}:{node.lineno} {node.name}")
    assert found == []
