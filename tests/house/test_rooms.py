"""Names lead to files: an endpoint to its module, a page to its template, a module to the test file of its name."""

from __future__ import annotations

import ast

from tests.house.test_routes import RULES
from tests.house.tree import ROOT, modules

MIRRORED = ("rules", "store", "web")  # the rooms of which each module has a test file of its name
MODULES = [name for room in MIRRORED for name, _ in modules(f"board/{room}") if not name.endswith("__init__.py")]
PAGES = [(name, tree) for name, tree in modules("board/web")]
# Parts that several pages of an audience share, or that the frame shows of itself, lie beside the folders of the modules.
SHARED = {"confirm.html", "error.html", "public/not_found.html"}
BORROWED = {  # the same words at another address: data of what is put away, and the reviewer's preview of the public pages
    ("board/web/public/open_data.py", "public/poster/put_away.html"),
    ("board/web/desk/review.py", "public/notice/notice.html"),
    ("board/web/desk/review.py", "public/notice/place.html"),
}


def rendered(tree: ast.Module) -> set[str]:
    """Return the templates that a module renders by name."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    named = (call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "render_template" and call.args)
    return {one.value for one in named if isinstance(one, ast.Constant)}


def test_an_endpoint_is_the_module_and_the_function_of_its_view() -> None:
    views = {f"board.web.{rule.endpoint}": f"{rule.view.__module__}.{rule.view.__name__}" for rule in RULES}  # type: ignore[attr-defined]
    assert {endpoint: view for endpoint, view in views.items() if endpoint != view} == {}


def test_a_page_is_rendered_from_the_folder_of_its_module() -> None:
    pages = {(name, one) for name, tree in PAGES for one in rendered(tree) - SHARED}
    folder = {name: name.removeprefix("board/web/").removesuffix(".py") for name, _ in PAGES}
    assert {(name, one) for name, one in pages - BORROWED if not one.startswith(f"{folder[name]}/")} == set()


def test_every_template_is_used() -> None:
    used = {one for _name, tree in modules("board") for node in ast.walk(tree) if isinstance(node, ast.Constant) for one in [node.value]}
    texts = "".join(file.read_text("utf-8") for file in (ROOT / "templates").rglob("*.*"))
    pages = {file.relative_to(ROOT / "templates").as_posix() for file in (ROOT / "templates").rglob("*.*")}
    assert {page for page in pages if page not in used and f'"{page}"' not in texts} == set()


def test_a_module_has_the_test_file_of_its_name() -> None:
    places = {name: name.removeprefix("board/").rpartition("/") for name in MODULES}
    assert [name for name, (folder, _, file) in places.items() if not (ROOT / "tests" / folder / f"test_{file}").is_file()] == []
