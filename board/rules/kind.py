"""The typed form of a kind of record (公开事项), one TOML file in ``board/kinds``; ``kind_file`` reads and checks such a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from board.rules.bilingual import Words
from board.rules.payment_chain import PaymentChain

Level = Literal["city", "county", "township", "village"]
Show = Literal["public", "masked", "staff"]
FactType = Literal["text", "long", "date", "moment", "money", "rate", "phone", "choice"]
ColumnType = Literal["place", "group", "name", "text", "date", "count", "area", "rate", "money", "balance"]
Unit = Literal["calendar", "working"]
Audience = Literal["everyone", "members"]
Names = Literal["everyone", "sensitive", "consent", "none"]
Rhythm = Literal["regular", "staged", "as_it_happens"]
After = Literal["keep", "withdraw"]
CheckType = Literal["product", "sum", "running"]
Over = Literal["rows", "facts"]
Filled = Literal["", "committee", "figures"]
Writer = Literal["clerk", "supervisor"]
Begun = Literal["", "letters"]
NamesIn = Literal["", "masked", "party"]

LEVELS: tuple[Level, ...] = get_args(Level)

_HEADER_UNITS = re.compile(r"\((单位:)?(元|万元|元/亩|元/户|元/人|亩|万亩|公顷|平方米|户|人|人次|个月|台|头|%)\)")


def header_form(text: str) -> str:
    """Return the form in which a sheet's header is compared with synonyms: one width (NFKC), no white space, brackets with a unit
    dropped."""
    return _HEADER_UNITS.sub("", "".join(unicodedata.normalize("NFKC", text).split()))


@dataclass(frozen=True)
class Choice:
    """One answer that a fact of type ``choice`` may have: ``id`` is stored, ``label`` is shown."""

    id: str
    label: Words


@dataclass(frozen=True)
class Fact:
    """One thing that a notice of the kind must state beside its table.

    ``block`` is the heading of the page that it belongs to; ``hint`` is help for the clerk; ``term`` is the official term, where the
    label is plainer. ``levels`` names the publishers that are asked for it; empty: all of them. ``unit`` is that of a rate. ``filled`` says
    that the program fills it and nobody types it: ``committee`` with what the village's supervision committee says of the draft,
    ``figures`` with what it has counted itself; "" for a fact that is typed. ``explains`` is the column of which it says where the figures
    come from (确权, 丈量); "" for none. ``begun`` says with what a new draft begins it, for the clerk to change: ``letters`` with what the
    office answered for everybody; "" for nothing.
    """

    id: str
    label: Words
    block: str
    type: FactType = "text"
    required: bool = False
    hint: Words = field(default_factory=lambda: Words("", ""))
    levels: tuple[Level, ...] = ()
    choices: tuple[Choice, ...] = ()
    term: Words = field(default_factory=lambda: Words("", ""))
    unit: str = ""
    filled: Filled = ""
    begun: Begun = ""
    explains: str = ""


@dataclass(frozen=True)
class Column:
    """One column of the kind's roster.

    ``show`` is who may see it: ``public`` as it is, ``masked`` by the name policy, ``staff`` for staff only (the default). ``unit`` is
    the unit taken when neither the header nor the table states one: 元 for money, 亩 for area, 元/亩 for a rate. ``ceiling`` is the
    figure above which a row gets a warning, in yuan, mu (平方米 where that is the unit) or yuan per mu; "" for none. ``choices`` are the
    values that a column of text is typed with, the likeliest first; a row holds the label's Chinese. Empty: any text. ``stated`` is the
    fact that states a rate which is the same on every row and may lack in the sheet; "" for none. ``names`` is "masked" for a column of
    text in which the names of persons are masked, as in the lines of accounts; "party" for one that holds a person or a body, of which
    persons are masked; "" where names are asked about. ``unit_in`` is the column of text that has the unit of each
    row's figure (吨, 床, 箱), since figures of different units are never added; "" where all rows have the column's own unit.
    ``consent`` is, of a column of names, the column of text that says whether its person agreed to be named (``personal.row_names``).
    """

    id: str
    label: Words
    type: ColumnType
    synonyms: tuple[str, ...] = ()
    unit: str = ""
    show: Show = "staff"
    required: bool = False
    ceiling: str = ""
    choices: tuple[Choice, ...] = ()
    stated: str = ""
    names: NamesIn = ""
    unit_in: str = ""
    consent: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers that mean this column, in ``header_form``: its label first."""
        return (header_form(self.label.zh), *self.synonyms)

    @property
    def adds_up(self) -> bool:
        """Whether its figures have a sum that says something: three months of one person and three of another are no six months."""
        return self.type in TOTALLED and self.unit != "个月"


@dataclass(frozen=True)
class Check:
    """One agreement between the figures of a row: ``product`` (result = a × b × …), ``sum`` (result = a + b + …) or ``running``
    (result = the result above + first − second). It is not done on a row that has a figure in a column of ``unless``.
    ``opening`` is the fact that states the balance before the first row. ``over`` "facts" says that result and parts are facts of
    money: those checks are in ``Kind.fact_checks``, the others in ``Kind.checks``."""

    type: CheckType
    result: str
    of: tuple[str, ...]
    tolerance: str = "0.01"
    unless: tuple[str, ...] = ()
    opening: str = ""
    over: Over = "rows"


@dataclass(frozen=True)
class Period:
    """A number of days with the way they are counted (民法典 201, 203; practice counts both ways, docs/sources.md: notices-first-day).

    ``after_covered``: of accounts it begins at the latest when the time that they cover ends, whenever they were settled. ``since`` is the
    fact from whose date it is counted, "" for the day of forming; ``before``: back from that date, and not onwards. ``hours``, where it is
    not 0, stands for ``days``: so many hours after the fact's moment.
    """

    days: int
    unit: Unit
    first_day_counts: bool
    basis: Words
    after_covered: bool = False
    since: str = ""
    before: bool = False
    hours: int = 0


@dataclass(frozen=True)
class ScheduledDay:
    """One dated step of the matter that a notice is about: how it is called, and how its day is counted from a date of the notice.

    ``period.since`` is a fact of type ``date``, or ``display_start``; a period of no days is that date itself.
    """

    label: Words
    period: Period


@dataclass(frozen=True)
class Kind:
    """A kind of record (公开事项). ``docs/kinds.md`` describes the file that it is read from."""

    id: str
    name: Words
    group: str  # a key of GROUPS
    basis: Words  # the legal basis as printed on the notice
    levels: tuple[Level, ...]  # which levels may publish it
    places: Level | None  # the level of a row's place; None: the rows have no place of their own
    audience: Audience
    names: Names  # which name policy its roster has
    children: bool  # a person of unknown age counts as a minor
    rhythm: Rhythm
    follows: str  # id of the kind or stage before this one; "" when none
    display: Period
    publish_within: Period
    after: After  # what becomes of the roster when the period ends
    keep_months: int  # with after = "keep"; 0 with "withdraw"
    facts: tuple[Fact, ...]
    columns: tuple[Column, ...]  # empty: the kind has no roster
    checks: tuple[Check, ...]
    sentence: Words  # the plain sentence that sums a notice up; {place}, {rows}, {households}, {amount}, {area}, {standard} …
    rows: Words = Words("", "")  # the counter of its rows: 户, 笔, 个项目; "" in kinds frozen before files had it
    term: Words = Words("", "")  # the official term, where the name is plainer; "" where they are the same
    chain: PaymentChain | None = None  # the steps of its payment, for a kind that pays out
    titles: tuple[str, ...] = ()  # words of which the title of such a sheet has one; none: its title is not looked at
    sums_by: str = ""  # id of the public column of words by which readers see sums above the rows; "" for none
    writer: Writer = "clerk"  # who writes such a notice; what the village's supervisor writes, no clerk changes
    fact_checks: tuple[Check, ...] = ()  # sums of facts of money
    position: int = 0  # where it stands in lists of kinds, smallest first
    local_within: Period | None = None  # by when a city or county asks for it, beside the law's ``publish_within``; None: it asks nothing
    schedule: tuple[ScheduledDay, ...] = ()  # the dated steps that its pages show
    display_until: str = ""  # id of a fact of type date: the display lasts to that day at least; "" for none
    source: dict[str, Any] = field(compare=False, repr=False, default_factory=dict)  # the TOML as read: frozen with a posted version

    @property
    def households(self) -> bool:
        """Whether its rows are people's households, so that one of them may be missing."""
        return self.names not in ("none", "consent")

    @property
    def name_column(self) -> Column | None:
        """The column of the names that readers see, masked or not; None where they see none."""
        return next((column for column in self.columns if column.type == "name" and column.show == "masked"), None)

    def column(self, id: str) -> Column | None:
        """Return the column of that id, or None."""
        return next((column for column in self.columns if column.id == id), None)

    def fact(self, id: str) -> Fact | None:
        """Return the fact of that id, or None."""
        return next((fact for fact in self.facts if fact.id == id), None)

    def facts_at(self, level: Level) -> tuple[Fact, ...]:
        """Return the facts that a publisher of this level states, in the order of the file."""
        return tuple(fact for fact in self.facts if not fact.levels or level in fact.levels)

    def typed_at(self, level: Level) -> tuple[Fact, ...]:
        """Return the facts that somebody types for a publisher of this level; the others of ``facts_at`` the program fills."""
        return tuple(fact for fact in self.facts_at(level) if not fact.filled)

    def places_for(self, level: Level) -> Level | None:
        """Return the level of the rows' places when ``level`` posts them (below itself: a township's are villages), or None: they have
        none."""
        if self.places is None:
            return None
        below = min(LEVELS.index(level) + 1, len(LEVELS) - 1)
        return LEVELS[max(LEVELS.index(self.places), below)]

    def required_columns(self, level: Level) -> tuple[Column, ...]:
        """Return the columns that a sheet must have when a publisher of ``level`` posts it; one that is every row's place need not say
        so."""
        alone = self.places_for(level) == level
        return tuple(column for column in self.columns if column.required and not (alone and column.type == "place"))


DISPLAY_START = "display_start"  # the fact of every notice from which a scheduled day may be counted, beside those of its kind

GROUPS: Mapping[str, Words] = {
    "subsidy": Words("涉农补贴", "Farm subsidies"),
    "land": Words("征地和土地", "Land"),
    "relief": Words("救助、救灾和帮扶", "Relief and assistance"),
    "works": Words("工程项目", "Public works"),
    "finance": Words("资金和财务", "Funds and accounts"),
    "affairs": Words("村务", "Village affairs"),
    "office": Words("机关公开", "Office"),
}

# The headings of a notice, in the order of a complete one (依据, 资金来源, 对象和标准, 明细, 异议, 监督; docs/sources.md: notice-order).
BLOCKS: Mapping[str, Words] = {
    "policy": Words("有什么依据", "By what rule"),
    "money": Words("钱从哪里来", "Where the money comes from"),
    "standard": Words("给谁、给多少", "Who gets it and how much"),
    "plan": Words("范围和安排", "Scope and arrangements"),
    "review": Words("谁把过关", "Who checked it"),
    "contact": Words("有疑问找谁", "Whom to ask"),
}


# The units a header may be assumed to have, by type; the first is the default.
UNITS: Mapping[str, tuple[str, ...]] = {
    "count": ("", "户", "人", "人次", "个月", "台", "头"),
    "area": ("亩", "万亩", "公顷", "平方米"),
    "rate": ("元/亩", "元/户", "元/人"),
    "money": ("元", "万元"),
    "balance": ("元", "万元"),
}


# The facts about whom to ask that have places of their own, at the head and the foot of a notice; others stand among its facts.
WHOM_TO_ASK = ("objection_phone", "objection_person", "objection_ways", "report_phone")

TOTALLED = ("count", "area", "money", "balance")  # a column of these types has a total that a sentence may say


def placeholders(kind: Kind) -> frozenset[str]:
    """Return the placeholders that the sentence of a kind may use: those that every notice of the kind can fill.

    ``place`` (the notice's place), ``start`` and ``end`` (of its display), ``rows`` (how many), the total of each required column that
    has one, and each fact required at every level.
    """
    totals = {column.id for column in kind.columns if column.required and column.adds_up and not column.unit_in}
    facts = {fact.id for fact in kind.facts if fact.required and not fact.levels}
    return frozenset({"place", "start", "end"} | ({"rows"} if kind.columns else set()) | totals | facts)
