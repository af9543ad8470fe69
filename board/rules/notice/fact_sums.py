"""Sums of facts: a total that is stated beside its parts must be what they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from board.rules.bilingual import Words
from board.rules.kind import Fact, Kind
from board.rules.notice.formatting import AMOUNT, fact_text

CODE = "facts_differ"


def differences(kind: Kind, facts: Mapping[str, str]) -> Iterator[tuple[Fact, Words]]:
    """Yield each total among the facts that is not the sum of its parts, with a sentence for the clerk that names all of them.

    A part that is not stated counts as nothing; without total, or without any part, nothing is compared.
    """
    for check in kind.fact_checks:
        whole, *parts = (kind.fact(id) for id in (check.result, *check.of))
        given = [part for part in parts if part and AMOUNT.fullmatch(facts.get(part.id, ""))]
        if whole is None or not given or not AMOUNT.fullmatch(facts.get(whole.id, "")):
            continue
        stated, added = Decimal(facts[whole.id]), sum((Decimal(facts[part.id]) for part in given), Decimal())
        if abs(stated - added) > Decimal(check.tolerance):
            yield whole, _words(whole, stated, given, facts, added)


def _words(whole: Fact, stated: Decimal, parts: list[Fact], facts: Mapping[str, str], added: Decimal) -> Words:
    zh, zh_added, zh_off = (fact_text(whole, f"{value:f}", "zh") for value in (stated, added, abs(stated - added)))
    en, en_added, en_off = (fact_text(whole, f"{value:f}", "en") for value in (stated, added, abs(stated - added)))
    zh_parts = "、".join(f"“{part.label.zh}” {fact_text(part, facts[part.id], 'zh')}" for part in parts)
    en_parts = ", ".join(f"“{part.label.en}” {fact_text(part, facts[part.id], 'en')}" for part in parts)
    return Words(
        f"“{whole.label.zh}”写的是 {zh}，但{zh_parts}加起来是 {zh_added}，差 {zh_off}。请看看哪一项写错了，或者漏了哪一项。",
        f"“{whole.label.en}” is {en}, but {en_parts} add up to {en_added}, which differs by {en_off}. See which is wrong or missing.",
    )


def warnings(kind: Kind, facts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the differences for the reviewer, in the form of ``Proposal.warnings``."""
    return [{"row": 0, "column": fact.label.zh, "code": CODE, "zh": said.zh, "en": said.en} for fact, said in differences(kind, facts)]
