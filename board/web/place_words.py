"""The page's own sentences in the words of the place that it is about (社区, 街道): found once a request, used wherever ``_()`` is.

The place is that of the address, or the one that a view tells of; on staff pages otherwise the user's own area. What a notice says is in
its publisher's words already, and names, figures and headers of sheets are filled into a sentence after its words were chosen.
"""

from __future__ import annotations

from typing import Any

from babel.support import NullTranslations
from flask import Flask, g, has_app_context, request
from flask_babel import Domain
from flask_login import current_user

from board import policies
from board.rules import place_words as rules
from board.rules.bilingual import Language, Words
from board.rules.place_words import PlaceWords
from board.store import areas
from board.web.i18n import say, tongue

USUAL = policies.place_words(())
PLACE = ("place", "code")  # what routes call the area that their page is about
HOME = "home"  # … and that whose draft, case or wall it is, which may be about a place below


class _InItsWords(NullTranslations):
    """Translations whose texts are in the words of a place."""

    def __init__(self, own: Any, words: PlaceWords, language: Language) -> None:
        super().__init__()
        self._own, self._words, self._language = own, words, language

    def gettext(self, message: str) -> str:
        """Return the translation of a text."""
        return self._words.said(self._own.ugettext(message), self._language)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the translation of a text that differs by number."""
        return self._words.said(self._own.ungettext(msgid1, msgid2, n), self._language)

    ugettext, ungettext = gettext, ngettext


class _Domain(Domain):
    def get_translations(self) -> Any:
        """Return the page's translations; those of a place with words of its own say them."""
        found, words = super().get_translations(), here()
        return found if words is USUAL else _InItsWords(found, words, tongue())


def here() -> PlaceWords:
    """Return the words of the place that the page is about."""
    words: PlaceWords = g.get("place_words", USUAL) if has_app_context() else USUAL
    return words


def say_here(words: Words | dict[str, str]) -> str:
    """Return a text of the program's data in the page's language and in the words of the place."""
    return here().said(say(words), tongue())


def on_paper(text: str) -> str:
    """Return a Chinese text, as what is printed has it whatever the page's language, in the words of the place."""
    return here().said(text, "zh")


def speak_of(code: str) -> None:
    """Have the page speak in the words of a place; where its address names one, that holds."""
    if not g.get("named_place"):
        _speak_of(code)


def _speak_of(code: str) -> None:
    area = areas.find(code)
    if area:
        above = areas.find(area.parent) if area.parent else None
        g.place_words = policies.place_words(rules.sorts(area.level, area.name, above.name if above else ""))


def start(app: Flask) -> None:
    """Let every page find its place before its view runs, once access control has let it."""
    domain = _Domain()
    app.jinja_env.filters["say_here"] = say_here

    @app.before_request
    def find() -> None:
        domain.as_default()
        view = app.view_functions.get(request.endpoint or "")
        if hasattr(view, "needs") and current_user.is_authenticated:
            sorts = rules.sorts(current_user.level, current_user.area_name, current_user.above)
            g.place_words = policies.place_words(sorts)
        asked = request.view_args or {}
        place = next((asked[name] for name in PLACE if name in asked), "")
        named = place or asked.get(HOME, "")
        if named and not (hasattr(view, "needs") and named == current_user.area):
            _speak_of(named)
        g.named_place = bool(place)
