"""下一步怎么办 under a case: its steps in words, and the letter of a step as a PDF to print and sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Response, current_app
from flask_babel import gettext as _

from board import policies
from board.models import Case
from board.paper import typesetting
from board.paper.letter import LetterWords, letter
from board.rules import numbers
from board.rules.bilingual import Words
from board.rules.calendar import day_of
from board.rules.cases import machine
from board.rules.cases.next_steps import COUNTY, Letter, Possible, Step, filled, next_steps
from board.rules.place_names import canonical, office_of
from board.store import areas, cases, notices
from board.web.downloads import pdf
from board.web.i18n import day, say, today, tongue
from board.web.installation import county_office
from board.web.place_words import say_here
from board.web.public.notice import heading
from board.web.public.posted_pages import page_of


@dataclass(frozen=True)
class ShownStep:
    """A step as the page shows it; ``since`` is None for one that is possible today, ``until`` for one without end.

    ``phone`` is a number or "", and ``office`` whose it is where the text does not say so. ``letter`` is the number of a letter that can
    be sent today, else None: its place in the data file, so that another step shown meanwhile does not take it.
    """

    text: str
    basis: Words
    since: date | None
    until: date | None
    office: str
    phone: str
    letter: int | None


def shown_steps(case: Case) -> list[ShownStep]:
    """Return what its villager can do next about a case, in the page's language."""
    every, blanks = policies.next_steps(), {name: canonical(office) for name, office in offices(case.desk).items()}
    return [_shown(one, every.index(one.step), blanks) for one in _possible(case)]


def _possible(case: Case) -> list[Possible]:
    answered = day_of(case.answered) if case.answered else None
    return next_steps(policies.next_steps(), case.state, areas.get(case.desk).level, case.category, case.due, answered, today())


def _shown(one: Possible, no: int, blanks: Mapping[str, str]) -> ShownStep:
    later = one.since > today()
    letter = no if one.step.letter and not later else None
    return ShownStep(
        filled(say_here(one.step.say), blanks), one.step.basis, one.since if later else None, one.until, *phone_of(one.step), letter=letter
    )


def phone_of(step: Step) -> tuple[str, str]:
    """Return (office, number) of a step's telephone."""
    if step.phone != COUNTY:
        return "", step.phone
    office, number, _address = county_office()
    return office, number


def offices(code: str) -> dict[str, str]:
    """Return how the office of an area and the one above it sign, as the texts of the steps name them; "" where none stands above."""
    desk = areas.get(code)
    up = machine.up(desk.code, desk.level)
    above = areas.get(up) if up else None
    return {"office": office_of(desk.name, desk.level), "above": office_of(above.name, above.level) if above else ""}


def letter_pdf(case: Case, no: str) -> Response | None:
    """Return the letter of this number as an A4 PDF; None where the case has no such letter today."""
    every = policies.next_steps()
    found = [one.step for one in _possible(case) if one.since <= today() and str(every.index(one.step)) == no]
    if not found or not found[0].letter:
        return None
    said = cases.messages(case)
    words = _words(case, said[0].text, found[0], found[0].letter)
    with typesetting.PUBLIC.slot():
        return pdf(letter(words, int(said[-1].at.timestamp())), "letter.pdf", words.title)


def _matter(case: Case) -> str:
    """Return what a case is about, as a letter names it: the notice with its number, or the place."""
    posted = notices.find(case.number) if case.number else None
    if posted is None:
        return _("%(place)s的事", place=areas.label(case.place))
    return _("公示《%(title)s》（编号 %(number)s）", title=heading(posted, page_of(posted)), number=numbers.spaced(posted.number))


def _words(case: Case, quote: str, step: Step, given: Letter) -> LetterWords:
    blanks = offices(case.desk) | {
        "matter": _matter(case),
        "asked": day(case.made),
        "due": day(case.due),
        "answered": day(case.answered) if case.answered else "",
    }
    return LetterWords(
        to=filled(say(given.to), blanks),
        title=say(given.title),
        body=filled(say(given.body), blanks),
        quoting=_("我当时写的是："),
        quote=quote,
        basis=_("依据：%(rule)s", rule=say(step.basis)),
        to_fill=(_("姓名："), _("电话："), _("签名："), _("日期：")),
        language=tongue(),
        demo_mark=_("演示数据") if current_app.config["DEMO"] else "",
    )
