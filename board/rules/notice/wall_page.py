"""The page of a wall's plate: its notices under their headings, and the telephone numbers to call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from board.rules.notice.page import Page

WITHDRAWN_DAYS = 30  # a poster that should have come down hangs on for weeks: nobody walks to every wall at once


@dataclass(frozen=True)
class WallEntry:
    """A notice in a wall's list; ``place`` is that of the part that its sentence is about, the nearest that it has, or None for all of
    it."""

    page: Page
    place: str | None


@dataclass(frozen=True)
class Phone:
    """A number to ring, who answers there, and whether it is for complaints."""

    number: str
    who: str
    report: bool


@dataclass(frozen=True)
class Sections:
    """The page's parts: what hangs here ``now``, what is from ``above``, and by year, newest first, what is over."""

    now: list[WallEntry]
    above: list[WallEntry]
    before: list[tuple[int, list[WallEntry]]]

    @property
    def current(self) -> list[WallEntry]:
        """All that is on display."""
        return [*self.now, *self.above]


def sections(pages: Iterable[Page], chain: Sequence[str], today: date) -> Sections:
    """Sort the notices that concern a wall's place; ``chain`` are the codes of its ancestors and itself, itself last.

    Under "here" are the place's own notices and every roster of people with a part for it, of any publisher: these are on this wall's
    posters. Under "from above" are the township's and the county's own notices: funds allocated, projects, land.
    """
    place = chain[-1]
    lines = [WallEntry(page, nearest(page, chain)) for page in pages]
    shown = [line for line in lines if line.page.ends >= today]
    over = sorted((line for line in lines if line.page.ends < today), key=lambda line: line.page.ends, reverse=True)
    here = [line for line in shown if _here(line, place)]
    years = groupby(over, key=lambda line: line.page.ends.year)
    return Sections(here, [line for line in shown if line not in here], [(year, list(group)) for year, group in years])


def told_withdrawn(page: Page, withdrawn_on: date, today: date) -> bool:
    """Return whether a notice that was taken down still has its line: while its paper may hang, at least ``WITHDRAWN_DAYS`` long."""
    return today <= max(page.ends, withdrawn_on + timedelta(WITHDRAWN_DAYS))


def nearest(page: Page, chain: Sequence[str]) -> str | None:
    """Whose part of a notice is nearest to a place: its own, or else that of the township, of the county; None where none has one."""
    return next((code for code in reversed(chain) if page.part(code)), None)


def _here(line: WallEntry, place: str) -> bool:
    return line.page.home == place or (line.place == place and line.page.kind.names != "none")


def phones(lines: Iterable[WallEntry]) -> list[Phone]:
    """Return every number that the notices give, each once: first those to ask, then those to complain."""
    found: dict[str, Phone] = {}
    pages = [line.page for line in lines]
    for report, number, who in (("", "objection_phone", "objection_person"), ("report", "report_phone", "")):
        for page in pages:
            line = page.facts.get(number, "")
            if line and line not in found:
                found[line] = Phone(line, page.facts.get(who, "") if who else "", bool(report))
    return list(found.values())
