"""The yearly appraisal (评议) of a village's disclosure: when one may vote, what two people counted, and what is published of it.

There is no score, no mean and no order among villages: of each question the number of each word is published, with how many answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from board.rules.bilingual import Words
from board.rules.datafile import Table

Counts = Mapping[str, tuple[int, ...]]  # question -> how many chose each word, in the order of ``Form.words``
Phase = Literal["before", "open", "counting", "published"]
Fault = Literal["ballots", "number", "more", "none"]
MOST = 100_000  # ballots of one village
SOON = 60  # days: one that begins later is a slip of the pen


@dataclass(frozen=True)
class Question:
    """One of the questions."""

    id: str
    ask: Words


@dataclass(frozen=True)
class Word:
    """One of the five words, and the number by which it is stored."""

    value: int
    label: Words


@dataclass(frozen=True)
class Form:
    """The questions and words of the data file; ``days`` is how long a vote is open at most, ``count_days`` how long the paper ballots may
    be counted after it, ``least`` how many answers a question needs for its words to be published."""

    questions: tuple[Question, ...]
    words: tuple[Word, ...]
    days: int
    count_days: int
    least: int


@dataclass(frozen=True)
class Tally:
    """The votes of one way of voting; ``voters``: who voted at the wall, or the paper ballots."""

    voters: int
    counts: Counts


@dataclass(frozen=True)
class Result:
    """What is published of an appraisal; ``paper`` is None where no paper ballots were counted."""

    web: Tally
    paper: Tally | None


def read_form(table: Table) -> Form:
    """Return the form of the data file."""
    questions = table.each("questions", lambda one: Question(one.id(), one.words("ask")))
    words = table.each("words", lambda one: Word(one.number("value", least=1), one.words("label")))
    return Form(questions, words, *(table.number(name, least=1) for name in ("days", "count_days", "least")))


def phase(opens: date, closes: date, count_days: int, today: date) -> Phase:
    """Return where an appraisal stands on a day; ``closes`` is the last day for votes."""
    if today < opens:
        return "before"
    if today <= closes:
        return "open"
    return "counting" if today <= closes + timedelta(days=count_days) else "published"


def span_fault(
    opens: date | None, closes: date | None, days: int, today: date
) -> Literal["day", "past", "order", "long", "year", "far"] | None:
    """Return what is wrong with the days of a new appraisal, or None: both of one year, from today on and soon, at most ``days`` long."""
    if opens is None or closes is None:
        return "day"
    if opens < today:
        return "past"
    if (opens - today).days > SOON:
        return "far"
    if closes < opens:
        return "order"
    if closes.year != opens.year:
        return "year"
    return "long" if (closes - opens).days >= days else None


def chosen(form: Form, answers: Mapping[str, str]) -> dict[str, int]:
    """Return question -> word of a vote, without the questions that it leaves out or answers with something else."""
    values = {str(word.value): word.value for word in form.words}
    return {one.id: values[answers[one.id]] for one in form.questions if answers.get(one.id, "") in values}


def counted(form: Form, ballots: str, cells: Mapping[str, Sequence[str]]) -> tuple[Tally | None, Fault | None]:
    """Return what somebody typed of the paper ballots, or the first fault in it; a question may be left blank on some of them."""
    if not _is_number(ballots) or not 0 < int(ballots) <= MOST:
        return None, "ballots"
    counts: dict[str, tuple[int, ...]] = {}
    for question in form.questions:
        typed = [cell.strip() or "0" for cell in cells.get(question.id, ())]
        if len(typed) != len(form.words) or not all(map(_is_number, typed)):
            return None, "number"
        counts[question.id] = tuple(map(int, typed))
        if sum(counts[question.id]) > int(ballots):
            return None, "more"
    return (Tally(int(ballots), counts), None) if any(map(sum, counts.values())) else (None, "none")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 6


def voted(form: Form, votes: Iterable[tuple[str, int, int]], voters: int) -> Tally:
    """Return the votes at walls, given as (question, word, number), as a tally of so many ``voters``."""
    found = {question.id: dict.fromkeys((word.value for word in form.words), 0) for question in form.questions}
    for question, word, number in votes:
        if word in found.get(question, {}):
            found[question][word] += number
    return Tally(voters, {question: tuple(values.values()) for question, values in found.items()})


def as_json(result: Result) -> dict[str, Any]:
    """Return a result as it is stored and logged."""

    def plain(tally: Tally) -> dict[str, Any]:
        return {"voters": tally.voters, "counts": {question: list(counts) for question, counts in tally.counts.items()}}

    return {"web": plain(result.web)} | ({"paper": plain(result.paper)} if result.paper else {})


def of_json(stored: Mapping[str, Any]) -> Result:
    """Return the result that ``as_json`` stored."""

    def tally(name: str) -> Tally:
        return Tally(stored[name]["voters"], {question: tuple(counts) for question, counts in stored[name]["counts"].items()})

    return Result(tally("web"), tally("paper") if "paper" in stored else None)


def shown(counts: tuple[int, ...], least: int) -> tuple[int, ...] | None:
    """Return the words of a question as the page shows them; None where so few answered that each could be guessed."""
    return counts if sum(counts) >= least else None
