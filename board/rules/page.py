"""A notice as its readers see it, on the phone and on paper: built alike from what is proposed and from what is posted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from board.rules import money
from board.rules.kind import BLOCKS, Column, Kind, Words, parse
from board.rules.posting import Proposal

Language = Literal["zh", "en"]
NUMERIC = ("count", "area", "rate", "money", "balance")
UNITS = {"money": Words("元", "yuan"), "balance": Words("元", "yuan"), "area": Words("亩", "mu")}


@dataclass(frozen=True)
class Figure:
    """One of the big numbers: what it is, how much, and the unit."""

    label: str
    value: str
    unit: str


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
    invented: bool  # a demo notice whose people are made up
    starts: date
    ends: date
    formed_on: date
    posted_at: datetime | None
    digest: str
    totals: Mapping[str, str]
    row_count: int
    shares: tuple[Any, ...]  # each with place, row_count, totals

    def place_name(self, code: str) -> str:
        """The place's name as it was when this was posted."""
        return str(self.areas.get(code, code))

    def share(self, place: str) -> Any | None:
        """That place's share, or None."""
        return next((share for share in self.shares if share.place == place), None)

    def public_columns(self) -> tuple[Column, ...]:
        """The columns that readers may see beside place, group and name."""
        return tuple(column for column in self.kind.columns if column.show == "public" and column.type not in ("place", "group", "name"))

    def sentence(self, language: Language, place: str | None = None) -> str:
        """The plain sentence that sums it up, for all of it or for one place."""
        totals, rows = self.sum_of(place)
        words = dict(self.facts.items())
        words |= {name: written(self.kind.column(name), value) for name, value in totals.items()}
        words |= {
            "place": self.place_name(place or self.home),
            "rows": money.quantity(Decimal(rows)),
            "start": spoken(self.starts, language),
            "end": spoken(self.ends, language),
        }
        return say(self.kind.sentence, language).format_map({**dict.fromkeys(_placeholders(self.kind), "—"), **words})

    def figures(self, language: Language, place: str | None = None) -> list[Figure]:
        """Up to four big numbers, money first: for all of it or for one place."""
        totals, rows = self.sum_of(place)
        columns = sorted(self.total_columns(), key=lambda column: (column.id != "amount", column.type not in ("money", "balance")))
        figures = [
            Figure(say(column.label, language), written(column, totals.get(column.id, "")), unit(column, language)) for column in columns
        ]
        if self.kind.columns:
            words = ("名单", "行") if language == "zh" else ("Rows", "")
            figures.insert(1, Figure(words[0], money.quantity(Decimal(rows)), words[1]))
        return figures[:4]

    def sum_of(self, place: str | None) -> tuple[Mapping[str, str], int]:
        """The totals and the number of rows of one place's sheet, or of the whole notice."""
        share = self.share(place) if place and not self.whole(place) else None
        return (share.totals, share.row_count) if share else (self.totals, self.row_count)

    def total_columns(self) -> list[Column]:
        """The public columns that have a total."""
        return [column for column in self.kind.columns if column.id in self.totals and column.show == "public"]

    def how(self, row: Any, language: Language) -> str:
        """How that row's amount came about."""
        return how(self, row.measures, language)

    def rows_until(self) -> date | None:
        """The last day on which names and rows stay on the web; None: they are never there (a roster for members hangs on paper only)."""
        if self.kind.audience == "members":
            return None
        return later(self.ends, self.kind.keep_months) if self.kind.after == "keep" else self.ends

    def whole(self, place: str) -> bool:
        """Whether that place's sheet is the table of all places: the publisher's own, of a kind that names nobody."""
        return place == self.home and self.kind.names == "none" and any(share.place != place for share in self.shares)

    def fact_blocks(self, language: Language) -> list[tuple[str, list[tuple[str, str]]]]:
        """The facts under their headings, in the order of a complete notice; those not given are left out, whom to ask stands elsewhere."""
        blocks = []
        for id, heading in BLOCKS.items():
            if id == "contact":
                continue
            facts = [
                (say(fact.label, language), fact_text(fact, self.facts[fact.id], language))
                for fact in self.kind.facts
                if fact.block == id and self.facts.get(fact.id)
            ]
            if facts:
                blocks.append((say(heading, language), facts))
        return blocks


def say(words: Words, language: Language) -> str:
    """The half of a pair of words for that language."""
    return words.en if language == "en" else words.zh


def unit(column: Column, language: Language) -> str:
    """The unit that stands behind a column's figures on the page: yuan and mu, whatever the sheet's unit was."""
    return say(UNITS[column.type], language) if column.type in UNITS else column.unit if column.type == "rate" else ""


def written(column: Column | None, value: str) -> str:
    """A measure as a reader sees it: 48,210.50 for money, 5,903.61 for an area, the text itself otherwise."""
    if not value or column is None:
        return value
    if column.type in ("money", "balance"):
        return money.yuan(money.to_fen(Decimal(value)))
    if column.type in ("area", "rate", "count"):
        return money.quantity(Decimal(value))
    return value


def spoken(day: date, language: Language) -> str:
    """A date as a villager writes it: 2026年11月22日 (22 November 2026 in English)."""
    return f"{day.day} {day:%B %Y}" if language == "en" else f"{day.year}年{day.month}月{day.day}日"


def later(day: date, months: int) -> date:
    """The same day some months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return min(date(year, month + 1, 1) + timedelta(day.day - 1), date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(1))


def fact_text(fact: Any, value: str, language: Language) -> str:
    """A fact's text; of a choice, its label; of a rate, with its unit."""
    if fact.type == "choice":
        return next((say(choice.label, language) for choice in fact.choices if choice.id == value), value)
    if fact.type == "rate":
        return f"{value} {'元/亩' if language == 'zh' else 'yuan per mu'}"
    if fact.type == "date":
        return spoken(date.fromisoformat(value), language)
    return value


def how(page: Page, measures: Mapping[str, str], language: Language) -> str:
    """How a row's amount came about (补贴面积 4.43 亩 × 93.6 元/亩 = 414.65 元); "" where the kind has no check or a figure lacks."""
    for check in page.kind.checks:
        values = dict(measures)
        if check.type == "product" and not values.get(check.of[1]) and page.facts.get("standard"):
            values[check.of[1]] = page.facts["standard"]
        if check.type == "running" or not all(values.get(name) for name in (check.result, *check.of)):
            continue
        sign = " × " if check.type == "product" else " + "
        return (
            sign.join(_term(page.kind, name, values, language) for name in check.of)
            + " = "
            + _term(page.kind, check.result, values, language)
        )
    return ""


def _term(kind: Kind, name: str, values: Mapping[str, str], language: Language) -> str:
    column = kind.column(name)
    assert column is not None
    return f"{say(column.label, language)} {written(column, values[name])} {unit(column, language)}".rstrip()


def telling(page: Page, rows: Sequence[Any]) -> list[Column]:
    """The public columns that tell rows apart: those in which a row has something, but no rate that is the notice's standard on every row
    (the sentence says it already, and a phone is narrow)."""
    held = {column.id: {row.measures.get(column.id, "") for row in rows} for column in page.public_columns()}
    standard = Decimal(page.facts["standard"]) if page.facts.get("standard") else None
    said = {
        column.id for column in page.public_columns() if column.type == "rate" and standard is not None and _all(held[column.id], standard)
    }
    return [column for column in page.public_columns() if any(held[column.id]) and column.id not in said]


def _all(values: set[str], standard: Decimal) -> bool:
    return all(value and Decimal(value) == standard for value in values)


def _placeholders(kind: Kind) -> set[str]:
    return {"place", "rows", "start", "end"} | {column.id for column in kind.columns} | {fact.id for fact in kind.facts}


def of_proposal(proposal: Proposal, no: int = 1) -> Page:
    """The page of what is proposed: as it will be seen when it is posted, but without a number."""
    return _page(
        vars(proposal), proposal.frozen, shares=tuple(proposal.shares), row_count=len(proposal.lines), number="", no=no, posted_at=None
    )


def of_version(version: Any, shares: Iterable[Any], kind: str) -> Page:
    """The page of a posted version; ``version`` and ``shares`` have the columns of their tables."""
    content = {name: getattr(version, name) for name in ("home", "title", "facts", "starts", "ends", "formed_on", "digest", "totals")} | {
        "kind": kind
    }
    return _page(
        content,
        version.frozen,
        shares=tuple(shares),
        row_count=version.row_count,
        number=version.number,
        no=version.no,
        posted_at=version.posted_at,
    )


def _page(content: Mapping[str, Any], frozen: Mapping[str, Any], **rest: Any) -> Page:
    as_date: Callable[[Any], date] = lambda value: date.fromisoformat(value) if isinstance(value, str) else value  # noqa: E731
    return Page(
        home=content["home"],
        kind=parse(content["kind"], frozen["kind"]),
        title=content["title"],
        facts=content["facts"],
        areas=frozen["areas"],
        publisher=frozen["publisher"],
        invented=frozen.get("invented", False),
        starts=as_date(content["starts"]),
        ends=as_date(content["ends"]),
        formed_on=as_date(content["formed_on"]),
        digest=content.get("digest", ""),
        totals=content["totals"],
        **rest,
    )
