"""What a newcomer reads is true: README names every folder and command, and links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
READ = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_readme_names_every_folder_of_the_program():
    folders = {f"board/{path.parent.name}/" for path in (ROOT / "board").glob("*/__init__.py")}

    assert not {folder for folder in folders if f"`{folder}`" not in README}


def test_readme_names_every_command_that_is_there_and_none_that_is_not():
    there = set(re.findall(r"^([a-z-]+):(?!=)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)", README, re.MULTILINE))

    # What others call by themselves (programs, before the tests) and what ruff's own name says (format) need no line.
    assert there - {"programs", "format"} == {one or other for one, other in named}


@pytest.mark.parametrize("page", READ, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_documents_lead_to_files(page):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))

    assert not [link for link in links if not (page.parent / link).exists()]
