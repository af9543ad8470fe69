"""The page that explains the house names files that are there, and every room."""

from __future__ import annotations

import re

from tests.house.tree import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
NAMED = re.compile(r"`((?:board|templates|tests)/[\w./-]*)`(?: `(\w+)`)?")


def test_every_file_that_the_architecture_names_is_there() -> None:
    assert {path for path, _function in NAMED.findall(PAGE) if not (ROOT / path).exists()} == set()


def test_every_function_that_it_names_beside_a_file_is_in_it() -> None:
    named = {(path, function) for path, function in NAMED.findall(PAGE) if function}
    assert len(named) > 5
    assert {one for one in named if f"def {one[1]}(" not in (ROOT / one[0]).read_text("utf-8")} == set()


def test_it_names_every_room() -> None:
    rooms = {file.parent.relative_to(ROOT).as_posix() for file in (ROOT / "board").rglob("__init__.py")}
    assert {room for room in rooms - {"board", "board/rules", "board/web", "board/demo"} if f"{room}" not in PAGE} == set()
