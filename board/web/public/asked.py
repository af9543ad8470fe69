"""大家问过的 of a village: what was answered for everybody about its notices, on its wall's page, on one A4, and in its booklet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from board.models import PublicAnswer
from board.paper.answers_poster import Answered
from board.rules import numbers
from board.rules.bilingual import date_in_words
from board.rules.calendar import day_of
from board.rules.notice.page import Page
from board.store import answers


class Asked(NamedTuple):
    """A public answer, and the notice that it is about."""

    answer: PublicAnswer
    page: Page


def of_notices(notices: Sequence[tuple[Page, str | None]]) -> list[Asked]:
    """Return the public answers about notices, newest first; of each as far as they concern a place (None: any)."""
    published = answers.published_of([page.number for page, _place in notices])
    found = [Asked(one, page) for page, place in notices for one in published[page.number] if _concerns(one, place)]
    return sorted(found, key=lambda one: (one.answer.approved_at or one.answer.drafted_at, one.answer.no), reverse=True)


def _concerns(answer: PublicAnswer, place: str | None) -> bool:
    """Return whether an answer concerns a place's part of its notice; with place None every answer does."""
    return place is None or answer.place in (None, place)


def printed(found: Iterable[Asked]) -> tuple[Answered, ...]:
    """Return public answers as they are printed."""
    return tuple(
        Answered(one.question, one.answer, page.title, numbers.spaced(page.number), date_in_words(day_of(one.approved_at), "zh"))
        for one, page in found
        if one.approved_at
    )
