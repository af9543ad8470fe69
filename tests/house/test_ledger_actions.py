"""Every act that the program writes to the ledger has words on the pages that show it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from board.rules import directives
from board.rules.cases import log
from board.store import answers, letters
from tests.house.tree import ROOT, modules

ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
# Where an act is put together of two words; a module that does so anew comes here.
MADE = {
    "board/store/approval.py": [
        f"{sort.action}.{what}" for sort in (answers.SORT, letters.SORT) for what in ("drafted", "published", "returned", "withdrawn")
    ],
    "board/store/cases/acting.py": list(log.ACTIONS.values()),
    "board/store/directives.py": [f"directive.{act}" for act in ("send", *directives.TABLE)],
}


def _texts(tree: ast.AST) -> set[str]:
    return {
        one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str) and ACTION.fullmatch(one.value)
    }


def _written() -> Iterator[tuple[str, str]]:
    """Yield each module that writes to the ledger with the actions of its calls, or with all that it has where a call names none itself."""
    for name, tree in modules("board"):
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "ledger.append":
                action = call.args[3]
                literal = isinstance(action, (ast.Constant, ast.IfExp))
                found = _texts(action) if literal else _texts(tree) | set(MADE.get(name, []))
                assert found, f"{name}:{call.lineno} writes an act of which this test does not know the words"
                yield from ((name, one) for one in found)


def _labelled() -> set[str]:
    (words,) = (
        one
        for one in ast.walk(ast.parse((ROOT / "board/web/i18n.py").read_text("utf-8")))
        if isinstance(one, ast.FunctionDef) and one.name == "action"
    )
    return _texts(next(one for one in ast.walk(words) if isinstance(one, ast.Dict)))


def test_every_act_in_the_ledger_has_a_label() -> None:
    labelled = _labelled()
    written = dict.fromkeys(_written())

    assert len(written) > 80
    assert [f"{name}: {action}" for name, action in written if action not in labelled] == []
