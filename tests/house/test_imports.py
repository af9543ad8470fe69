"""Imports run one way: rules, then kinds and policies, then models and the store, then web, work and commands."""

from __future__ import annotations

import ast
import sys
from functools import cache

from tests.house.tree import ROOT, modules

# A part of board/, then the parts of board/ that it may import. What is not named here may import whatever it likes.
MAY = {
    "rules": {"rules"},
    "kinds": {"rules", "kinds"},
    "policies": {"rules", "policies"},
    "settings": set(),
    "vault": set(),
    "models": {"rules", "models"},
    "blank_sheet": {"rules"},
    "attachments": {"rules", "sheets", "attachments"},
    "codes": {"rules", "sheets", "attachments", "codes"},
    "sheets": {"rules", "sheets", "sheets_child"},
    "sheets_child": {"rules", "sheets_child"},
    "slots": set(),
    "metrics": set(),
    "logs": {"rules"},
    "observe": {"rules", "models", "metrics", "outbound", "store", "doctor"},
    "backup": {"settings", "backup"},
    "paper": {"rules", "slots", "paper"},
    "store": {"rules", "kinds", "policies", "settings", "vault", "models", "backup", "store"},
    "outbound": set(),
    "doctor": {"rules", "policies", "settings", "vault", "outbound", "paper", "backup", "store", "work", "doctor"},
    "web": {
        "rules",
        "kinds",
        "policies",
        "settings",
        "vault",
        "models",
        "blank_sheet",
        "attachments",
        "codes",
        "sheets",
        "paper",
        "outbound",
        "slots",
        "metrics",
        "logs",
        "store",
        "web",
    },
    "work": {"rules", "kinds", "policies", "settings", "vault", "models", "sheets", "paper", "metrics", "store"},
    "export": {"rules", "settings", "store"},
    "commands": {
        "rules",
        "kinds",
        "policies",
        "settings",
        "vault",
        "models",
        "sheets",
        "paper",
        "metrics",
        "store",
        "work",
        "observe",
        "export",
        "demo",
        "backup",
        "doctor",
        "commands",
    },
}
WITHOUT_WEB_OR_SQL = (
    "rules",
    "kinds",
    "policies",
    "attachments",
    "codes",
    "sheets",
    "sheets_child",
    "paper",
    "slots",
    "settings",
    "vault",
    "backup",
    "outbound",
)
BOARD = [(name, tree) for name, tree in modules("board") if name != "board/__init__.py"]


def part(name: str) -> str:
    """Return the part of board/ that a file belongs to: board/web/desk/drafts.py is web's."""
    return name.split("/")[1].removesuffix(".py")


@cache
def imported(tree: ast.Module) -> tuple[tuple[str, str], ...]:
    """Return (module, name) of every import, wherever it stands; name is "" for a plain import."""
    found: list[tuple[str, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports name their module in full"
            found += [(node.module or "", alias.name) for alias in node.names]
    return tuple(found)


def of_board(tree: ast.Module) -> set[str]:
    """Return the parts of board/ that a module imports; what comes out of its __init__ is called by its own name."""
    return {name if module == "board" else module.split(".")[1] for module, name in imported(tree) if module.split(".")[0] == "board"}


# Each of these looks at all modules in one test: of some hundred milliseconds, a test for each module is ten seconds.


def test_imports_run_one_way() -> None:
    assert {name: wrong for name, tree in BOARD if part(name) in MAY and (wrong := of_board(tree) - MAY[part(name)])} == {}


def test_nothing_imports_from_the_package_itself() -> None:
    taken = {(name, one) for name, tree in BOARD for module, one in imported(tree) if module == "board"}
    assert {
        (name, one) for name, one in taken if not (ROOT / "board" / one).is_dir() and not (ROOT / "board" / f"{one}.py").exists()
    } == set()


def test_the_rules_need_nothing_but_the_standard_library() -> None:
    taken = {module.split(".")[0] for name, tree in BOARD if part(name) == "rules" for module, _ in imported(tree)}
    assert taken <= {"board", *sys.stdlib_module_names}


def test_rules_sheets_and_paper_know_neither_the_web_nor_the_database() -> None:
    taken = {(name, module.split(".")[0]) for name, tree in BOARD if part(name) in WITHOUT_WEB_OR_SQL for module, _ in imported(tree)}
    assert not [one for one in taken if one[1].startswith(("flask", "sqlalchemy", "werkzeug", "wtforms", "alembic"))]


def test_pages_neither_ask_the_database_nor_write_to_it() -> None:
    found = []
    for name, tree in BOARD:
        if part(name) not in ("web", "commands", "doctor"):
            continue
        found += [
            f"{name} imports {module}.{one}" for module, one in imported(tree) if module.startswith("sqlalchemy") and "exc" not in module
        ]
        found += [f"{name} imports db" for module, one in imported(tree) if (module, one) == ("board.models", "db")]
        found += [
            f"{name}:{node.lineno} .{node.attr}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr in ("commit", "execute")
        ]
    assert found == []


# ---- the rooms

AUDIENCES = ("public", "desk", "county")  # each may import those before it, and the frame beside them
DRAFTS = "board.store.drafting"
NAMES = {name.removesuffix(".py").removesuffix("/__init__").replace("/", "."): tree for name, tree in modules("board")}


@cache
def targets(name: str) -> set[str]:
    """Return the modules of board/ that a module of it imports, by their full names."""
    ways = [(module, f"{module}.{one}") for module, one in imported(NAMES[name])]
    return {found for module, full in ways if (found := full if full in NAMES else module) in NAMES}


def reached(name: str) -> set[str]:
    """Return every module of board/ that a module imports, directly or through another."""
    found: set[str] = set()
    left = [name]
    while left:
        new = targets(left.pop()) - found
        found |= new
        left += new
    return found


def audience(name: str) -> int:
    """Return how far a module of board/web is from everybody: 0 for the frame, then 1 for public/, 2 for desk/, 3 for county/."""
    room = name.split(".")[2]
    return AUDIENCES.index(room) + 1 if room in AUDIENCES else 0


def test_an_audience_imports_only_those_before_it() -> None:
    web = [name for name in NAMES if name.startswith("board.web.")]
    assert {
        (name, one) for name in web for one in targets(name) if one.startswith("board.web.") and audience(one) > audience(name)
    } == set()


def drafts_behind(names: list[str]) -> set[tuple[str, str]]:
    """Return which of these modules import what reads drafts, directly or through another, and what they import of it."""
    assert len(names) > 20
    return {(name, one) for name in names for one in reached(name) if one.startswith(DRAFTS)}


def test_what_is_public_reads_no_draft_not_even_through_another_module() -> None:
    assert drafts_behind([name for name in NAMES if name.startswith("board.web.public.")]) == set()


def test_the_store_of_posted_notices_knows_no_draft() -> None:
    assert drafts_behind([name for name in NAMES if name.startswith("board.store.") and not name.startswith(DRAFTS)]) == set()


def test_no_two_modules_import_each_other() -> None:
    assert {(one, other) for one in NAMES for other in targets(one) if one in targets(other)} == set()
