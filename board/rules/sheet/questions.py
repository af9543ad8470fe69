"""Questions about a sheet that only its clerk can answer; the answers are kept with the draft under the key of the question.

A problem with ``ask`` is such a question, and its ``choices`` are the answers. What is answered is said to the reviewer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from board.rules.bilingual import Words
from board.rules.sheet.problems import Problem, problem

ASK = "ask:"  # the keys of questions begin so, among the reasons for warnings that are kept by their code
Answers = Mapping[str, str]

# Code of the problem -> answer -> what the clerk reads. Answers that are no key here are their own words, such as units.
CHOICES: Mapping[str, Mapping[str, Words]] = {
    "like_total": {
        "total": Words("是合计，不算一行", "It is a total and no row"),
        "row": Words("不是合计，算一行", "It is no total but a row"),
    },
    "blank_as_above": {
        "above": Words("是，空格都和上面一样", "Yes, blank cells are as above"),
        "blank": Words("不是，我自己补上", "No, I will fill them in"),
    },
    "formulas_not_calculated": {"zero": Words("算过了，确实都是 0", "They were calculated and are 0 indeed")},
    "turned_into_days": {"back": Words("是，改回去", "Yes, turn them back")},
    "places_elsewhere": {
        "ours": Words("只用写着本地地名的行，别的不要", "Take only the rows with places of ours"),
        "each": Words("都是我们的，我一个个选", "All are ours; I will choose each"),
    },
    "other_title": {"right": Words("没传错，就是这一项", "It is the right sheet")},
}


def words(code: str, answer: str) -> Words:
    """Return an answer to a question as the clerk reads it."""
    return CHOICES.get(code, {}).get(answer, Words(answer, answer))


def question(code: str, key: str, line: int = 0, column: str = "", *, choices: Sequence[str] = (), **values: Any) -> Problem:
    """Return a problem that is a question under the key ``ASK + key``, with the answers of its code unless ``choices`` are given."""
    return problem(code, line, column, ask=ASK + key, choices=tuple(choices or CHOICES[code]), **values)


def answer(answers: Answers, key: str, choices: Sequence[str]) -> str:
    """Return the answer to a question, "" while there is none of its ``choices``: a form may be forged."""
    given = answers.get(ASK + key, "")
    return given if given in choices else ""


def asked(answers: Answers) -> dict[str, str]:
    """Return the answers to questions among all that a clerk wrote about a sheet: what a check depends on."""
    return {key: given for key, given in answers.items() if key.startswith(ASK)}


def answered(asked: Problem, given: str, about: Words) -> Problem:
    """Return what is said to the reviewer of a question in place of it: what it was ``about``, and the answer."""
    values: dict[str, Any] = {"asked": about, "given": words(asked.code, given), "field": asked.field, "index": asked.index}
    return problem("answered", asked.line, asked.column, ask=asked.ask, lines=asked.lines, **values)
