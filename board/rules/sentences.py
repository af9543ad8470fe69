"""The plain sentence that sums a notice up: what it may say in braces, so that no sentence has a hole."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from board.rules.kind import Kind

TOTALLED = ("count", "area", "money", "balance")  # a column of these types has a total that a sentence may say


def placeholders(kind: Kind) -> frozenset[str]:
    """What the sentence of a kind may say in braces: only what every notice of the kind has, so that no sentence has a hole.

    ``place`` (the notice's place), ``start`` and ``end`` (of its display), ``rows`` (how many), the total of each required
    column that has one, and each fact required at every level.
    """
    totals = {column.id for column in kind.columns if column.required and column.type in TOTALLED}
    facts = {fact.id for fact in kind.facts if fact.required and not fact.levels}
    return frozenset({"place", "start", "end"} | ({"rows"} if kind.columns else set()) | totals | facts)


def misfits_of_sentence(kind: Kind) -> Iterator[str]:
    """What is wrong with a kind's sentence, in words for whoever wrote its file."""
    known = placeholders(kind)
    for language, text in (("zh", kind.sentence.zh), ("en", kind.sentence.en)):
        try:
            parts = [part for part in Formatter().parse(text) if part[1] is not None]
        except ValueError:
            yield f"sentence.{language} has a brace without its pair"
            continue
        if any(form or conversion for _, _, form, conversion in parts):
            yield f"sentence.{language} may name things in braces, but not format them"
        for name in sorted({str(name) for _, name, _, _ in parts} - known):
            yield f"sentence.{language} has an unknown placeholder {{{name}}}; known: {', '.join(sorted(known))}"
