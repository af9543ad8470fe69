"""The search terms of a notice: its title, kind, facts and places, never a person's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from board.rules import tokenizer
from board.rules.kind import Fact
from board.rules.notice.formatting import fact_text
from board.rules.notice.page import Page
from board.rules.place_names import canonical
from board.rules.tokenizer import Asked, Every, Phrase, mark

# The facts of these two blocks are people: the contact, the reviewers. No person is found by name, official or villager.
ABOUT_PEOPLE = ("contact", "review")
SAID = ("text", "long", "choice")  # the types of facts that are words; a figure or a day is no word to look for
FUND = "fund_source"
MOST_TOKENS = 16_000  # PostgreSQL tells positions up to 16,383 apart; a notice for a county's 300 villages has about 2,000
_STEPS = (4, 6, 9, 12)  # digits of a city's, county's, township's and village's prefix


@dataclass(frozen=True)
class Filters:
    """The filters of a search, each "" for all: an area's code prefix, a kind's id, a year, words of a fund's name."""

    area: str = ""
    kind: str = ""
    year: str = ""
    fund: str = ""

    def asked(self) -> list[Asked]:
        """Return the query of the filters."""
        given = [("a", self.area), ("k", self.kind), ("y", self.year)]
        found: list[Asked] = [Phrase((mark(what, value),)) for what, value in given if value]
        for phrase in map(tokenizer.phrase, tokenizer.words(self.fund)):
            assert phrase
            found.append(Phrase(tuple(mark("f", token) for token in phrase.tokens), phrase.begins))
        return found


def tokens(page: Page, prefixes: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """Return the index tokens of a notice.

    ``prefixes`` has the code prefix of its own area and of each that has a part; ``names`` are their present and former names.
    """
    facts = {fact.id: fact_text(fact, page.facts[fact.id], "zh") for fact in page.kind.facts if _is_said(page, fact)}
    spellings = [one for name in names for one in (name, canonical(name))]
    texts = dict.fromkeys([page.title, page.kind.name.zh, page.kind.name.en, page.publisher, *facts.values(), *spellings])
    under = {prefix[:step] for prefix in prefixes.values() for step in _STEPS if step <= len(prefix)}
    found = [mark("k", page.kind.id), mark("y", str(page.starts.year)), *sorted(mark("a", prefix) for prefix in under)]
    found += [mark("f", token) for token in tokenizer.tokens(facts.get(FUND, ""))]
    for text in texts:
        found += [tokenizer.GAP, *tokenizer.tokens(text)]
    return found[:MOST_TOKENS]


def _is_said(page: Page, fact: Fact) -> bool:
    return fact.block not in ABOUT_PEOPLE and fact.type in SAID and bool(page.facts.get(fact.id))


def place_in_order(posted_at: datetime, number: str) -> int:
    """Return the sort key of a version in lists, the newest highest: the second of its posting, then its printed number.

    It is computed, not counted, so that a rebuilt index gives the same order, and no two notices have the same key.
    """
    return int(posted_at.timestamp()) * 10**8 + int(number[:8])


def under(called: Mapping[str, Iterable[str]], word: str) -> list[Phrase]:
    """Return the marks of the areas that a word names, so that 百和镇 finds what its villages posted too.

    ``called`` has the names of each code prefix. 百和 is enough for 百和镇; a single character names nothing.
    """
    wanted = canonical(word)
    if len(wanted) < 2:
        return []
    return [Phrase((mark("a", prefix),)) for prefix, names in called.items() if any(canonical(name).startswith(wanted) for name in names)]


def asked(words: str, filters: Filters, called: Mapping[str, Iterable[str]], *, loosely: bool) -> Every | None:
    """Return the query of a search, or None for an empty one."""
    read = tokenizer.loosely if loosely else tokenizer.strictly
    found = [read(word, lambda piece: under(called, piece)) for word in tokenizer.words(words)]
    everything = (*found, *filters.asked())
    return Every(everything) if everything else None
