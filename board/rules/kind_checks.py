"""The checks and the sentence of a kind's file: whether they name columns and facts that there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

from board.rules.kind import UNITS, Kind, placeholders


def _named(key: str, ids: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield from ((f"{key}[{place}]", id) for place, id in enumerate(ids))


def misfits_of_checks(kind: Kind) -> Iterator[str]:
    """Yield the faults of the checks over rows, in words for the author of a kind's file."""
    numbers = [number for number, one in enumerate(kind.source.get("checks", ())) if one.get("over") != "facts"]
    for number, check in zip(numbers, kind.checks, strict=True):
        at = f"checks[{number}]"
        for key, id in (("result", check.result), *_named("of", check.of), *_named("unless", check.unless)):
            column = kind.column(id)
            if column is None:
                yield f"{at}.{key} names a column that does not exist: {id!r}"
            elif column.type not in UNITS:
                yield f"{at}.{key} names a column without figures: {id!r}"
        if len(check.of) < 2 or (check.type == "running" and len(check.of) > 2):
            yield f"{at}.of must name {'two columns' if check.type == 'running' else 'two columns or more'}"
        fact = kind.fact(check.opening)
        if check.opening and (check.type != "running" or fact is None or fact.type != "money"):
            yield f"{at}.opening is for a running balance, and names a fact of money: {check.opening!r}"
        if not re.fullmatch(r"\d+(\.\d+)?", check.tolerance):
            yield f"{at}.tolerance is not a number: {check.tolerance!r}"


def misfits_of_fact_checks(kind: Kind) -> Iterator[str]:
    """Yield the faults of the sums of facts, in words for the author of a kind's file."""
    numbers = [number for number, one in enumerate(kind.source.get("checks", ())) if one.get("over") == "facts"]
    for number, check in zip(numbers, kind.fact_checks, strict=True):
        at = f"checks[{number}]"
        if check.type != "sum" or check.unless or check.opening:
            yield f"{at}: of facts only sums are checked, without unless and opening"
        if len(check.of) < 2:
            yield f"{at}.of must name two facts or more"
        for key, id in (("result", check.result), *_named("of", check.of)):
            fact = kind.fact(id)
            if fact is None or fact.type != "money":
                yield f"{at}.{key} names no fact of money: {id!r}"
        if not re.fullmatch(r"\d+(\.\d+)?", check.tolerance):
            yield f"{at}.tolerance is not a number: {check.tolerance!r}"


def misfits_of_sentence(kind: Kind) -> Iterator[str]:
    """Yield the faults of a kind's sentence, in words for the author of its file."""
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
