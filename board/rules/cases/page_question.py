"""The one plain question about the page that a form asks while a flood lasts, made of what stands on the page."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from board.rules.cases.flood import Said

Asks = Literal["office", "due", "place", "until", "total"]
CHOICES = 4


@dataclass(frozen=True)
class Fact:
    """Something that the page states: what it is, and as it stands there; ``others`` are values that could stand there and do not."""

    asks: Asks
    value: str
    others: Sequence[str]


@dataclass(frozen=True)
class Question:
    """A question with its choices as (what is sent, what is read); nothing in them tells the right one."""

    asks: Asks
    choices: tuple[tuple[str, str], ...]


def question(facts: Sequence[Fact], key: Callable[[str], str]) -> Question | None:
    """Return the question of one form about one of these facts, the same each time; None where no fact has enough other values.

    ``key`` is a keyed hash of this form alone, so that what is sent for the right choice is right in no other form.
    """
    draw = random.Random(key("draw"))  # noqa: S311 - it only has to differ from form to form; what is right is told by the key
    fit = [one for one in facts if len({*one.others} - {one.value}) >= CHOICES - 1]
    if not fit:
        return None
    fact = draw.choice(fit)
    others = draw.sample(sorted({*fact.others} - {fact.value}), CHOICES - 1)
    choices = [(sent("right", key), fact.value), *((sent(f"other {no}", key), other) for no, other in enumerate(others))]
    draw.shuffle(choices)
    return Question(fact.asks, tuple(choices))


def sent(what: str, key: Callable[[str], str]) -> str:
    """Return what a form sends for a choice."""
    return key(f"choice {what}")[:12]


def said(answer: str, key: Callable[[str], str]) -> Said:
    """Return what an answer is worth in the form with this key."""
    if not answer:
        return "none"
    return "right" if answer == sent("right", key) else "wrong"


def days_near(day: date) -> list[date]:
    """Return days that could stand in the place of a day."""
    return [day + timedelta(days=n) for n in (-9, -6, -4, -3, -2, 2, 3, 5, 8, 11)]


def sums_near(amount: Decimal) -> list[Decimal]:
    """Return sums that could stand in the place of a sum, as long as it and with its cents."""
    return [(amount * part).quantize(Decimal("0.01")) for part in map(Decimal, ("0.62", "0.78", "0.87", "1.09", "1.21", "1.36"))]
