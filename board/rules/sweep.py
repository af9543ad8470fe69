"""Personal numbers in the parts of a file that no parser shows: what is counted, and where, without ever being repeated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from board.rules.idcard import canonical_id
from board.rules.personal import Finding, find, number_in

Swept = Sequence[dict[str, Any]]


def sweep(texts: Iterable[tuple[str, str]], held: Iterable[str]) -> Swept:
    """How many different personal numbers stand in ``texts`` (where, text) and in no cell of ``held``.

    As ``{"where", "what", "count"}``, what = id_number, bank_card or phone: the form of ``private.Cleaned.findings``. The numbers
    themselves are not given. A number that stands in two places is counted at both.
    """
    cells = {cell for cell in held if len(cell) > 10}
    found: dict[tuple[str, str], set[str]] = {}
    for where, text in texts:
        if text not in cells:  # nearly all strings of a workbook are those of its cells: what is equal need not be looked at
            for finding in find(text):
                found.setdefault((where, finding.what), set()).add(_canonical(text, finding))
    if not found:
        return []
    known = {_canonical(cell, finding) for cell in cells for finding in find(cell)}
    counted = ((where, what, len(numbers - known)) for (where, what), numbers in found.items())
    return [{"where": where, "what": what, "count": count} for where, what, count in counted if count]


def _canonical(text: str, finding: Finding) -> str:
    """The one form of a number: an ID with 18 characters, a mobile without the country's 86."""
    number = number_in(text, finding)
    if finding.what == "id_number":
        return canonical_id(number)
    return number[-11:] if finding.what == "phone" else number
