"""``python -m tests.sheets.show``: the corpus as one table (file, expected, got, ok); exit code 1 when any sheet differs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from tests.sheets import containers, corpus


@dataclass(frozen=True)
class Line:
    """One line of the table: a file, what it is there for, what must come out and what did."""

    name: str
    what: str
    expected: Any
    got: Any


def lines() -> Iterator[Line]:
    """Every file of the corpus on its way: the drawn sheets through all of it, the containers up to their cells."""
    for entry in corpus.entries():
        yield Line(entry.name, entry.what, entry.expected, corpus.got(entry))
    for name, make, filename, expected in containers.FILES:
        yield Line(filename, name, expected, containers.got(make(), filename, expected))


def said(one: Any) -> str:
    """An expectation on one line, without what it leaves empty."""
    parts = ((part.name, getattr(one, part.name)) for part in fields(one))
    return "; ".join(f"{name} {value}" for name, value in parts if value or name == "rows").replace("|", "/").replace("\n", " ")


def main() -> None:
    """Print the table."""
    shown = list(lines())
    wrong = [line for line in shown if line.expected != line.got]
    table = [("file", "ok", "what", "expected", "got"), ("---",) * 5]
    for line in shown:
        right = line.expected == line.got
        table.append((line.name, "ok" if right else "NO", line.what, said(line.expected), "the same" if right else said(line.got)))
    sys.stdout.writelines(f"| {' | '.join(cells)} |\n" for cells in table)
    sys.stdout.write(f"\n{len(shown)} files, {len(shown) - len(wrong)} as expected, {len(wrong)} not\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
