"""A notice as its readers see it, on the phone and on paper; a proposal and a posted version give the same page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from math import prod
from typing import Any, Literal

from board.rules import money, row_units
from board.rules.bilingual import Language, Words, date_in_words, say
from board.rules.calendar import months_later
from board.rules.kind import BLOCKS, WHOM_TO_ASK, Check, Column, Kind
from board.rules.notice import deadlines, suppression
from board.rules.notice.big_figures import NOT_ADDED, Figure, total_figure, with_units
from board.rules.notice.formatting import AMOUNT, UNITS, fact_text, headline, named_figure, with_unit, written
from board.rules.notice.series import Member
from board.rules.notice.suppression import FEW, WithheldPart
from board.rules.return_reasons import ReturnReasons

MOST_FIGURES = 4  # big numbers of a page, a poster and a picture
HOUSEHOLD = Words("户主", "Name")
ROWS = Words("行", "rows")  # where a kind does not say what a row is
Edition = Literal["wall", "web"]  # the web edition leaves out what ``suppression`` withholds


@dataclass(frozen=True)
class Page:
    """What all pages and sheets of one version have in common. ``number`` is empty while it is only proposed."""

    home: str
    number: str
    no: int
    kind: Kind
    title: str
    facts: Mapping[str, str]
    areas: Mapping[str, str]
    publisher: str
    level: str  # the level of its home; "" where that was not kept
    invented: bool  # a demo notice whose people are made up
    starts: date
    ends: date
    formed_on: date
    posted_at: datetime | None
    digest: str
    algorithm: str  # of the digest
    totals: Mapping[str, str]
    row_count: int
    parts: tuple[Any, ...]  # each with place, row_count, totals
    files: tuple[Mapping[str, Any], ...]  # beside it, each with no, title, type, pages, size
    returns: ReturnReasons = ReturnReasons()  # why payments come back; none in versions from before there were reasons
    withheld: frozenset[str] = frozenset()  # places whose rows and figures this page leaves out, since they are few
    lead: Mapping[str, str] = field(default_factory=dict)  # name and phone of the county's department that leads; {}: none was named
    lines: deadlines.Lines = deadlines.Lines()  # by when it had to be public
    small: bool = False  # the whole notice is: of its figures only the number of rows is left
    follows: Mapping[str, str] = field(default_factory=dict)  # number and title of the notice that it comes after; {}: it is the first
    series: tuple[Member, ...] = ()  # the notices of the same matter today, the oldest first; (): it is the only one

    def withholds(self, place: str | None) -> bool:
        """Return whether rows and figures of a place, or (None) of the whole notice, are left out of this page."""
        return self.small or place in self.withheld

    def without(self, places: frozenset[str], *, small: bool) -> Page:
        """Return the page without the rows and figures of these places; ``small``: without the notice's totals too."""
        kept = (WithheldPart(part.place, getattr(part, "changed_in", self.no)) if part.place in places else part for part in self.parts)
        return replace(self, parts=tuple(kept), totals={} if small else self.totals, withheld=places, small=small)

    def few(self, language: Language) -> str:
        """Return the words that stand in place of what is withheld."""
        return say(FEW, language)

    def place_name(self, code: str) -> str:
        """Return the place's name as it was when the notice was posted."""
        return str(self.areas.get(code, code))

    def part(self, place: str) -> Any | None:
        """Return that place's part, or None."""
        return next((part for part in self.parts if part.place == place), None)

    def public_columns(self) -> tuple[Column, ...]:
        """Return the columns that readers may see beside place, group and name."""
        return tuple(column for column in self.kind.columns if column.show == "public" and column.type not in ("place", "group", "name"))

    def sentence(self, language: Language, place: str | None = None) -> str:
        """Return the plain summary of the notice, or of one place's part; one that is all about one place names that place.

        A place that is one row of a table of places gets its own figures: it is not shared out any further.
        """
        if self.withholds(place):
            counted = "" if place else f"{money.quantity(Decimal(self.row_count))} {self.row_word(language)}"
            return suppression.sentence(self.place_name(place or self.about()), counted, language)
        if place and self._single(place) and (own := self._listed(place, language)):
            return own
        totals, rows = self.sum_of(place)
        words = dict(self.facts.items())
        days = (fact for fact in self.kind.facts if fact.type == "date" and self.facts.get(fact.id))
        words |= {fact.id: fact_text(fact, self.facts[fact.id], language) for fact in days}
        words |= {name: written(self.kind.column(name), value) for name, value in totals.items()}
        words |= {
            "place": self.place_name(place or self.about()),
            "rows": money.quantity(Decimal(rows)),
            "start": date_in_words(self.starts, language),
            "end": date_in_words(self.ends, language),
        }
        return say(self.kind.sentence, language).format_map({**dict.fromkeys(_placeholders(self.kind), "—"), **words})

    def _single(self, place: str) -> bool:
        """Return whether that place is one row of a table with a row a place and without names."""
        part = self.part(place)
        nameless = self.kind.names == "none" and self.kind.places is not None
        return nameless and part is not None and part.row_count == 1 and not self.whole(place)

    def _listed(self, place: str, language: Language) -> str:
        """罗峰街道：金额 277,704.00 元，户数 588，面积 2,314.2 亩。"" where it has no figures."""
        said = [f"{one.label} {one.value} {one.unit}".rstrip() for one in self.figures(language, place) if one.value]
        colon, comma, stop = (": ", ", ", ".") if language == "en" else ("\uff1a", "\uff0c", "\u3002")
        return f"{self.place_name(place)}{colon}{comma.join(said)}{stop}" if said else ""

    def called(self, language: Language) -> str:
        """Return a short description without the title; used for withdrawn notices, whose title may itself be the problem."""
        parts = (say(self.kind.name, language), self.publisher, date_in_words(self.starts, language))
        return " · ".join(part for part in parts if part)

    def about(self) -> str:
        """Return the code of the one place that the whole notice is about, or else of its publisher's area."""
        return str(self.parts[0].place) if len(self.parts) == 1 else self.home

    def name_word(self, language: Language) -> str:
        """Return what stands above the names: 户主, or what the kind calls its people (姓名, 转出方)."""
        label = next((column.label for column in self.kind.columns if column.type == "name"), HOUSEHOLD)
        return say(HOUSEHOLD if label.zh == "户主姓名" else label, language)

    def row_word(self, language: Language) -> str:
        """Return the counter of its rows, which follows a number: 1,194 户."""
        return say(self.kind.rows if self.kind.rows.zh else ROWS, language)

    def figures(self, language: Language, place: str | None = None) -> list[Figure]:
        """Return up to four big numbers, money first: for all of it or for one place; [] for a place that is withheld.

        Of a sum that is among them all parts are too, or none: a reader adds up what stands side by side.
        """
        if place and self.withholds(place):
            return []
        totals, rows = self.sum_of(place)
        totals, units, mixed = with_units(self.kind, totals)
        first = (self.headline, "amount")
        parts = {id for check in self.kind.checks if self._is_sum(check) for id in check.of}  # beside their sum, before other figures
        columns = sorted(
            self.total_columns(),
            key=lambda one: (*(one.id != id for id in first), one.id not in parts, one.type not in ("money", "balance")),
        )
        counted = bool(self.kind.columns) and not (place and self._single(place))
        left_out = self._parts_left_out(totals, MOST_FIGURES - counted)
        figures = [
            total_figure(column, totals.get(column.id, ""), language, units.get(column.id, ""))
            for column in columns
            if column.id not in left_out and (not column.unit_in or column.id in units)
        ]
        if opening := self._opening(totals, language):
            figures.insert(0, opening)
        elif counted:
            note = say(NOT_ADDED, language) if mixed else ""
            count = Figure("共" if language == "zh" else "In all", money.quantity(Decimal(rows)), self.row_word(language), note)
            figures.insert(3 if self.equal else 1, count)
        return figures[:MOST_FIGURES]

    def _parts_left_out(self, totals: Mapping[str, str], room: int) -> set[str]:
        """Return the parts of sums that are not all there, do not add up to the whole, or do not fit beside it in ``room`` figures."""
        return {id for check in self.kind.checks if self._is_sum(check) and not self._adds_up(check, totals, room) for id in check.of}

    def _opening(self, totals: Mapping[str, str], language: Language) -> Figure | None:
        """Return what accounts of one place began with, if that, the income and the spending make the balance that is shown."""
        for check in self.kind.checks:
            fact, stated = self.kind.fact(check.opening), self.facts.get(check.opening, "")
            figures = [totals.get(id, "") for id in (*check.of, check.result)]
            if fact is None or len(self.parts) > 1 or not AMOUNT.fullmatch(stated) or not all(figures):
                continue
            plus, minus, balance = map(Decimal, figures)
            if Decimal(stated) + plus - minus == balance:
                return Figure(say(fact.label, language), money.yuan(money.to_fen(Decimal(stated))), say(UNITS["money"], language))
        return None

    def _is_sum(self, check: Check) -> bool:
        return check.type == "sum" and self.explains(check)

    def _adds_up(self, check: Check, totals: Mapping[str, str], room: int) -> bool:
        shown = [column.id for column in self.total_columns()]
        parts = [totals[id] for id in check.of if id in shown and totals.get(id)]
        whole = totals.get(check.result, "")
        return bool(whole) and len(parts) < room and sum(map(Decimal, parts), Decimal()) == Decimal(whole)

    @property
    def headline(self) -> str:
        """The id of the column whose figure stands first: the amount, or what arrived."""
        return headline(self.kind)

    @property
    def equal(self) -> bool:
        """Whether its figures stand side by side, none before the others: accounts have an income and a spending, and no one sum."""
        return self.kind.column("amount") is None

    def summed(self, language: Language, place: str | None = None) -> str:
        """Return the total in one line: the amount, or of accounts the income and the spending."""
        if not self.equal:
            figures = self.figures(language, place)
            label = (figures[0].label,) if figures and self.kind.chain else ()  # what arrived is not all that was due
            return " ".join((*label, figures[0].value, figures[0].unit)).strip() if figures else ""
        return " ".join(f"{one.label} {one.value} {one.unit}" for one in self.flows(language, place) or self.figures(language, place)[:1])

    def flows(self, language: Language, place: str | None = None) -> list[Figure]:
        """Return the income and the spending of accounts."""
        figures, opening = self.figures(language, place), self._opening(self.sum_of(place)[0], language)
        return [one for one in figures if one != opening and one.unit == say(UNITS["money"], language)][:2]

    def sum_of(self, place: str | None) -> tuple[Mapping[str, str], int]:
        """Return the totals and the number of rows of one place's part, or of the whole notice."""
        part = self.part(place) if place and not self.whole(place) else None  # of a part that is withheld: ({}, 0)
        return (part.totals, part.row_count) if part else (self.totals, self.row_count)

    def total_columns(self) -> list[Column]:
        """Return the public columns that have a total."""
        return [
            column
            for column in self.kind.columns
            if column.show == "public" and (column.id in self.totals or row_units.by_unit(column, self.totals))
        ]

    def example(self, rows: Iterable[Any], language: Language) -> tuple[Any, str] | None:
        """Return the first row whose amount can be explained, with its calculation, or None."""
        explained = ((row, self.how(row, language)) for row in rows)
        return next((one for one in explained if one[1]), None)

    def how(self, row: Any, language: Language) -> str:
        """Return the calculation of a row's amount: 补贴面积 4.43 亩 × 93.6 元/亩 = 414.65 元.

        "" where the kind has no check, a figure lacks, or they do not agree: a page states no false sum, even one that a reviewer let
        pass.
        """
        found = [(check, values) for check, values, agrees in self._checked(row) if agrees]
        if self._contradicted(row) or not any(check.result == "amount" or self.equal for check, _values in found):
            return ""
        found.sort(key=lambda one: one[0].result != "amount")  # first how the amount came about, then how its parts did
        told = (
            f"{SIGNS[check.type].join(named_figure(self.kind, name, values, language) for name in check.of if values.get(name))}"
            f" = {named_figure(self.kind, check.result, values, language)}"
            for check, values in found
        )
        return ("; " if language == "en" else "\uff1b").join(told)

    def _contradicted(self, row: Any) -> bool:
        return not all(agrees for _check, _values, agrees in self._checked(row))

    def quantity_source(self, language: Language) -> str:
        """Return where the quantities that are paid for come from: 补贴面积：按确权证上的面积，2019年确权. "" where nothing was stated."""
        said: dict[str, list[str]] = {}
        for fact in self.kind.facts:
            if fact.explains and (stated := self.facts.get(fact.id)):
                said.setdefault(fact.explains, []).append(fact_text(fact, stated, language))
        colon, comma, semicolon = (": ", ", ", "; ") if language == "en" else ("\uff1a", "\uff0c", "\uff1b")
        columns = ((column, texts) for id, texts in said.items() if (column := self.kind.column(id)))
        return semicolon.join(f"{say(column.label, language)}{colon}{comma.join(texts)}" for column, texts in columns)

    def how_much(self, row: Any, language: Language) -> str:
        """Return the calculation in short, for below the amount in its own row: 4.43 亩 × 93.6 元/亩; "" where ``how`` is, or where it is
        of another column."""
        for check, values, agrees in self._checked(row):
            if agrees and check.result == "amount":
                return SIGNS[check.type].join(with_unit(self.kind, name, values, language) for name in check.of if values.get(name))
        return ""

    def differing(self, rows: Iterable[Any]) -> list[Any]:
        """Return the rows whose figures are all given and do not agree."""
        return [row for row in rows if self._contradicted(row)]

    def explained(self, rows: Iterable[Any]) -> int:
        """Return how many of the rows have a calculation that agrees."""
        return sum(bool(self.how(row, "zh")) for row in rows)

    def explains(self, check: Check) -> bool:
        """Return whether a check tells how an amount came about: what was paid and what came back only say where it went."""
        chain = self.kind.chain
        return check.type == "product" or check.type == "sum" and not (chain and chain.paid in check.of)

    def _checked(self, row: Any) -> Iterator[tuple[Check, Mapping[str, str], bool]]:
        """Yield each calculation that the row's figures allow, with these figures, and whether it agrees."""
        for check in self.kind.checks:
            if not self.explains(check):
                continue
            values = dict(row.measures)
            for column in map(self.kind.column, check.of):
                if column and not values.get(column.id) and self.facts.get(column.stated):
                    values[column.id] = self.facts[column.stated]
            given = [name for name in check.of if values.get(name)]  # of a sum, a part that is blank is nothing
            lacking = not given if check.type == "sum" else len(given) < len(check.of)
            if any(values.get(id) for id in check.unless) or not values.get(check.result) or lacking:
                continue
            terms = [Decimal(values[name]) for name in given]
            counted = prod(terms) if check.type == "product" else sum(terms)
            yield check, values, abs(counted - Decimal(values[check.result])) <= Decimal(check.tolerance)

    @property
    def for_members(self) -> bool:
        """Whether its rows are for the members of the village or collective: on paper, and behind the code on that paper."""
        return self.kind.audience == "members"

    def rows_until(self, *, at_the_wall: bool = False) -> date | None:
        """Return the last day on which names and rows are on the web; None: they never are.

        ``at_the_wall`` is asked for whoever scanned the sheet, who reads rows for members too.
        """
        if self.for_members and not at_the_wall:
            return None
        return months_later(self.ends, self.kind.keep_months) if self.kind.after == "keep" else self.ends

    def has(self, place: str) -> bool:
        """Return whether there is a poster for that place: its own part, or the table of all places."""
        return self.part(place) is not None or self.whole(place)

    def whole(self, place: str) -> bool:
        """Return whether that place's poster is the table of all places: the publisher's own, of a kind without names."""
        return place == self.home and self.kind.names == "none" and any(part.place != place for part in self.parts)

    def fact_blocks(self, language: Language) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """The facts under their headings as (label, text, official term or ""), in the order of a complete notice.

        Those not given are left out, and whom to ask stands elsewhere.
        """
        blocks = ((say(heading, language), self.facts_in(id, language)) for id, heading in BLOCKS.items())
        return [(heading, facts) for heading, facts in blocks if facts]

    def facts_in(self, block: str, language: Language) -> list[tuple[str, str, str]]:
        """The facts of one block that are given, as in ``fact_blocks``."""
        apart = (fact for fact in self.kind.facts if fact.block == block and fact.id not in WHOM_TO_ASK)
        given = (fact for fact in apart if self.facts.get(fact.id))
        return [(say(fact.label, language), fact_text(fact, self.facts[fact.id], language), say(fact.term, language)) for fact in given]


SIGNS = {"product": " × ", "sum": " + "}


def telling(page: Page, rows: Sequence[Any]) -> list[Column]:
    """Return the public columns worth showing: those in which a row has something, without a rate that is the notice's standard on every
    row. Of a kind that follows its payments what arrived comes first, and why money came back stands apart."""
    held = {column.id: {row.measures.get(column.id, "") for row in rows} for column in page.public_columns()}
    said = {one.id for one in page.public_columns() if (rate := page.facts.get(one.stated)) and _all(held[one.id], Decimal(rate))}
    told_apart = {page.kind.chain.why} if page.kind.chain else set()
    shown = [column for column in page.public_columns() if any(held[column.id]) and column.id not in said | told_apart]
    return sorted(shown, key=lambda column: column.id != page.headline) if page.kind.chain else shown


def _all(values: set[str], standard: Decimal) -> bool:
    return all(value and Decimal(value) == standard for value in values)


def _placeholders(kind: Kind) -> set[str]:
    return {"place", "rows", "start", "end"} | {column.id for column in kind.columns} | {fact.id for fact in kind.facts}
