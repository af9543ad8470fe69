"""docs/glossary.md agrees with the code: what it names exists, and every rule, store module and table has its line."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache

from tests.house.tree import ROOT, modules

PAGE = (ROOT / "docs" / "glossary.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")][2:]
LISTED = [line.partition(":")[0] for line in PAGE.splitlines() if line.startswith("- ")]


def named(text: str) -> list[tuple[str, str]]:
    """Return (file, name) of every code span; ``name`` is "" for the file itself, and names follow the file that they are in."""
    found: list[tuple[str, str]] = []
    for span in re.findall(r"`([^`]+)`", text):
        found.append((span, "") if "/" in span else (found[-1][0], span))
    return found


@cache
def defined(path: str) -> frozenset[str]:
    """Return the names at the top of a module, and ``Class.member`` for the members of its classes."""
    found = set()
    for node in ast.parse((ROOT / path).read_text("utf-8")).body:
        own = _names(node)
        found |= own
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{name}" for member in node.body for name in _names(member)}
    return frozenset(found)


def _names(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


WHERE = [one for row in ROWS for one in named(row[-1])] + [one for line in LISTED for one in named(line)]


def test_a_row_has_a_word_its_chinese_a_sentence_and_where_it_lives() -> None:
    assert len(ROWS) > 60
    assert [row for row in ROWS if len(row) != 4 or not all(row) or not named(row[3])] == []


def test_no_word_stands_twice() -> None:
    assert [word for word, count in Counter(row[0] for row in ROWS).items() if count > 1] == []


def test_the_words_stand_in_order() -> None:
    words = [row[0].lower() for row in ROWS]
    assert words == sorted(words)


def test_every_file_and_name_is_there() -> None:
    missing = {path for path, _ in WHERE if not (ROOT / path).is_file()}
    assert missing == set()
    assert {f"{path} {name}" for path, name in WHERE if name and name not in defined(path)} == set()


def test_every_module_of_rules_and_store_has_its_line() -> None:
    there = {name for name, _ in modules("board/rules", "board/store") if not name.endswith("__init__.py")}
    assert there - {path for path, _ in WHERE} == set()


def test_every_table_has_its_line() -> None:
    classes = [one for _name, tree in modules("board/models") for one in tree.body if isinstance(one, ast.ClassDef)]
    tables = {one.name for one in classes if any(ast.unparse(base) == "db.Model" for base in one.bases)}
    assert len(tables) > 20
    assert tables - {name.partition(".")[0] for path, name in WHERE if path.startswith("board/models/")} == set()
