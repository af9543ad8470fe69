"""Personal numbers in the parts of a file that no parser shows: counted by part, never repeated."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from board.rules.personal.detection import Detected, find, number_in
from board.rules.personal.identifiers import canonical_id

HiddenNumbers = Sequence[dict[str, Any]]
_MANY = 1_000


def scan(texts: Iterable[tuple[str, str]], held: Iterable[str], leftovers: Iterable[tuple[str, str]] = ()) -> HiddenNumbers:
    """Return how many different personal numbers are in ``texts`` (where, text) and in no cell of ``held``.

    As ``{"where", "what", "count"}``, what = id_number, bank_card or phone: the form of ``Cleaned.findings``. The numbers themselves are
    not given. A number in two parts is counted in both; one of ``leftovers``, which repeat other parts, only if it is in no other.
    ``held`` is read only where needed.
    """
    texts, leftovers = list(texts), list(leftovers)
    # Nearly all strings of a workbook are those of its cells; equal ones are skipped.
    cells = _long(held) if len(texts) + len(leftovers) > _MANY else None
    found, left = _found(texts, cells or ()), _found(leftovers, cells or ())
    if not found and not left:
        return []
    known = {_canonical(cell, finding) for cell in (_long(held) if cells is None else cells) for finding in find(cell)}
    counts = [(where, what, len(numbers - known)) for (where, what), numbers in found.items()]
    known = known.union(*found.values())
    counts += ((where, what, len(numbers - known)) for (where, what), numbers in left.items())
    return [{"where": where, "what": what, "count": count} for where, what, count in counts if count]


def _long(cells: Iterable[str]) -> set[str]:
    return {cell for cell in cells if len(cell) > 10}


def _found(texts: Iterable[tuple[str, str]], cells: Collection[str]) -> dict[tuple[str, str], set[str]]:
    """Return the numbers by place and class."""
    found: dict[tuple[str, str], set[str]] = {}
    for where, text in texts:
        for finding in find(text) if text not in cells else ():
            found.setdefault((where, finding.what), set()).add(_canonical(text, finding))
    return found


def _canonical(text: str, finding: Detected) -> str:
    """Return the one form of a number: an ID with 18 characters, a mobile without the country's 86."""
    number = number_in(text, finding)
    if finding.what == "id_number":
        return canonical_id(number)
    return number[-11:] if finding.what == "phone" else number
