"""Text in two languages: Chinese is the source, English the translation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args


@dataclass(frozen=True)
class Words:
    """One text for people in both languages of the pages."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh


Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def say(words: Words, language: Language) -> str:
    """Return the text in one language."""
    return words.en if language == "en" else words.zh


# Not strftime: what a notice says must not depend on the server's locale.
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def date_in_words(day: date, language: Language) -> str:
    """A date as a villager writes it: 2026年11月22日 (22 November 2026 in English)."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if language == "en" else f"{day.year}年{day.month}月{day.day}日"
