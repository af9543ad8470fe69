"""What a kind of record (公开事项) is: the typed form of one TOML file in ``board/kinds``, and the check of such a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from board.rules.datafile import DataError, Table, Words
from board.rules.moneychain import Chain, misfits_of_chain, read_chain
from board.rules.sentences import misfits_of_sentence

Level = Literal["city", "county", "township", "village"]
Show = Literal["public", "masked", "staff"]
FactType = Literal["text", "long", "date", "money", "rate", "phone", "choice"]
ColumnType = Literal["place", "group", "name", "text", "date", "count", "area", "rate", "money", "balance"]
Unit = Literal["calendar", "working"]
Audience = Literal["everyone", "members"]
Names = Literal["everyone", "sensitive", "none"]
Rhythm = Literal["regular", "staged", "as_it_happens"]
After = Literal["keep", "withdraw"]
CheckType = Literal["product", "sum", "running"]

LEVELS: tuple[Level, ...] = get_args(Level)

_HEADER_UNITS = re.compile(r"\((单位:)?(元|万元|元/亩|元/户|元/人|亩|万亩|公顷|平方米|户|人|人次|%)\)")


def header_form(text: str) -> str:
    """The form in which a sheet's header is compared with synonyms: one width (NFKC), no white space, brackets with a unit dropped."""
    return _HEADER_UNITS.sub("", "".join(unicodedata.normalize("NFKC", text).split()))


@dataclass(frozen=True)
class Choice:
    """One answer that a fact of type ``choice`` may have: ``id`` is stored, ``label`` is shown."""

    id: str
    label: Words


@dataclass(frozen=True)
class Fact:
    """One thing that a notice of the kind must state beside its table.

    ``block`` says under which heading of the page it stands; ``hint`` tells the clerk what to write; ``term`` is what officials call it,
    where the label says it in plainer words.
    ``levels`` names the publishers that are asked for it; empty: all of them.
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


@dataclass(frozen=True)
class Column:
    """One column of the kind's roster.

    ``show`` is who may see it: ``public`` as it is, ``masked`` by the name policy, ``staff`` nobody outside (the default).
    ``unit`` is the unit taken when neither the header nor the table says one: 元 for money, 亩 for area, 元/亩 for a rate.
    ``ceiling`` is the figure above which one row is worth a second look, in yuan, mu or yuan per mu; "" for none.
    ``choices`` are the answers that a column of text is typed with, the likeliest first; a row holds the label's Chinese. Empty: any text.
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

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers that mean this column, in ``header_form``: its label first."""
        return (header_form(self.label.zh), *self.synonyms)


@dataclass(frozen=True)
class Check:
    """One agreement between the figures of a row: ``product`` (result = a × b), ``sum`` (result = a + b + …) or ``running``
    (result = the result above + first − second)."""

    type: CheckType
    result: str
    of: tuple[str, ...]
    tolerance: str = "0.01"


@dataclass(frozen=True)
class Period:
    """A number of days with the way they are counted (民法典 201, 203; domain practice counts both ways)."""

    days: int
    unit: Unit
    first_day_counts: bool
    basis: Words


@dataclass(frozen=True)
class Kind:
    """All that differs between one kind of record and another. See ``docs/kinds.md`` for the file that it is read from."""

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
    rows: Words = Words("", "")  # what one row is, behind a number: 户, 笔, 个项目; "" in kinds frozen before files said it
    term: Words = Words("", "")  # what officials call it, where its name is plainer; "" where the name is that
    chain: Chain | None = None  # where its money went, for a kind that pays out
    position: int = 0  # where it stands in lists of kinds, smallest first
    source: dict[str, Any] = field(compare=False, repr=False, default_factory=dict)  # the TOML as read: frozen with a posted version

    @property
    def households(self) -> bool:
        """Whether its rows are people's households, so that one of them may be missing."""
        return self.names != "none"

    def column(self, id: str) -> Column | None:
        """The column of that id, or None."""
        return next((column for column in self.columns if column.id == id), None)

    def fact(self, id: str) -> Fact | None:
        """The fact of that id, or None."""
        return next((fact for fact in self.facts if fact.id == id), None)

    def facts_at(self, level: Level) -> tuple[Fact, ...]:
        """The facts that a publisher of this level states, in the order of the file."""
        return tuple(fact for fact in self.facts if not fact.levels or level in fact.levels)

    def places_for(self, level: Level) -> Level | None:
        """The level of the rows' places when ``level`` posts them (below itself: a township's are villages), or None: they have none."""
        if self.places is None:
            return None
        below = min(LEVELS.index(level) + 1, len(LEVELS) - 1)
        return LEVELS[max(LEVELS.index(self.places), below)]

    def required_columns(self, level: Level) -> tuple[Column, ...]:
        """The columns that a sheet must have when a publisher of ``level`` posts it; one that is every row's place need not say so."""
        alone = self.places_for(level) == level
        return tuple(column for column in self.columns if column.required and not (alone and column.type == "place"))


GROUPS: Mapping[str, Words] = {
    "subsidy": Words("涉农补贴", "Farm subsidies"),
    "land": Words("征地和土地", "Land"),
    "relief": Words("救助、救灾和帮扶", "Relief and assistance"),
    "works": Words("工程项目", "Public works"),
    "finance": Words("资金和财务", "Funds and accounts"),
    "affairs": Words("村务", "Village affairs"),
}

# The headings of a notice, in the order of a complete one (domain 3.4: 依据, 资金来源, 对象和标准, 明细, 异议, 监督).
BLOCKS: Mapping[str, Words] = {
    "policy": Words("有什么依据", "By what rule"),
    "money": Words("钱从哪里来", "Where the money comes from"),
    "standard": Words("给谁、给多少", "Who gets it and how much"),
    "plan": Words("范围和安排", "Scope and arrangements"),
    "review": Words("谁把过关", "Who checked it"),
    "contact": Words("有疑问找谁", "Whom to ask"),
}

# Without these a villager has nobody to turn to; three of the first sixteen notices collected lacked them (domain 3.1).
CONTACTS = ("objection_phone", "objection_person", "report_phone")

# The units a header may be assumed to have, by type; the first is the default.
UNITS: Mapping[str, tuple[str, ...]] = {
    "count": ("", "户", "人", "人次"),
    "area": ("亩", "万亩", "公顷", "平方米"),
    "rate": ("元/亩", "元/户", "元/人"),
    "money": ("元", "万元"),
    "balance": ("元", "万元"),
}


class KindError(DataError):
    """A kind file that cannot be used."""


def parse(id: str, data: dict[str, Any]) -> Kind:
    """The kind that a TOML file, already read, describes; ``id`` is the file's name without ``.toml``.

    Also reads back a kind frozen with a posted version (its ``source``). Raises KindError with all faults at once, sorted by key path.
    """
    faults: list[str] = []
    table = Table(data, "", faults)
    kind = _kind(id, table)
    table.close()
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", id):
        faults.append("(file name) is not words of a-z joined by -")
    broken = {re.split(r"\W", fault)[0] for fault in faults}
    for parts, misfits in _MISFITS:
        if not broken.intersection(parts):  # a part that is broken is not also blamed for not fitting: one slip, one message
            faults += misfits(kind)
    if faults:
        raise KindError([f"{id}: {fault}" for fault in sorted(faults)])
    return kind


def _kind(id: str, table: Table) -> Kind:
    after: After = table.one_of("after", get_args(After))
    return Kind(
        id=id,
        name=table.words("name"),
        position=table.number("position", least=1),
        group=table.one_of("group", GROUPS),
        basis=table.words("basis"),
        levels=table.strings("levels", LEVELS),
        places=table.one_of("places", LEVELS, default="") or None,
        audience=table.one_of("audience", get_args(Audience)),
        names=table.one_of("names", get_args(Names)),
        children=table.flag("children", default=False),
        rhythm=table.one_of("rhythm", get_args(Rhythm)),
        follows=table.text("follows", default=""),
        display=read_period(table.table("display")),
        publish_within=read_period(table.table("publish_within")),
        after=after,
        keep_months=table.number("keep_months", least=1, default=None if after == "keep" else 0),
        facts=table.each("facts", _fact),
        columns=table.each("columns", _column),
        checks=table.each("checks", _check),
        sentence=table.words("sentence"),
        rows=table.words("rows", optional=True),
        term=table.words("term", optional=True),
        chain=read_chain(table),
        source=table.data,
    )


def read_period(table: Table) -> Period:
    """The period that a table of days, unit, first_day_counts and basis describes."""
    counted: Unit = table.one_of("unit", get_args(Unit))
    period = Period(table.number("days", least=1), counted, table.flag("first_day_counts"), table.words("basis"))
    table.close()
    return period


def _fact(table: Table) -> Fact:
    return Fact(
        id=table.id(),
        label=table.words("label"),
        block=table.one_of("block", BLOCKS),
        type=table.one_of("type", get_args(FactType), default="text"),
        required=table.flag("required", default=False),
        hint=table.words("hint", optional=True),
        levels=table.strings("levels", LEVELS),
        choices=table.each("choices", _choice),
        term=table.words("term", optional=True),
    )


def _choice(table: Table) -> Choice:
    return Choice(table.id(), table.words("label"))


def _column(table: Table) -> Column:
    type_: ColumnType = table.one_of("type", get_args(ColumnType))
    units = UNITS.get(type_, ("",))
    return Column(
        id=table.id(),
        label=table.words("label"),
        type=type_,
        synonyms=table.strings("synonyms"),
        unit=table.one_of("unit", units, default=units[0]),
        show=table.one_of("show", get_args(Show), default="staff"),
        required=table.flag("required", default=False),
        ceiling=table.text("ceiling", default=""),
        choices=table.each("choices", _choice),
    )


def _check(table: Table) -> Check:
    type_: CheckType = table.one_of("type", get_args(CheckType))
    return Check(type_, table.text("result"), table.strings("of"), table.text("tolerance", default="0.01"))


def _misfit_rules(kind: Kind) -> Iterator[str]:
    if not kind.levels:
        yield "levels is empty: nobody could publish it"
    if kind.after == "withdraw" and kind.keep_months:
        yield "keep_months is given, but the roster is withdrawn when the period ends"
    if kind.names == "sensitive" and kind.after != "withdraw":
        yield "after must be withdraw: the names are sensitive"


def _twice(key: str, ids: list[str]) -> Iterator[str]:
    for number, id in enumerate(ids):
        if id in ids[:number]:
            yield f"{key}[{number}].id is there twice: {id!r}"


def _misfit_facts(kind: Kind) -> Iterator[str]:
    yield from _twice("facts", [fact.id for fact in kind.facts])
    for number, fact in enumerate(kind.facts):
        if (fact.type == "choice") != bool(fact.choices):
            yield f"facts[{number}].choices must be given for the type choice, and for no other"
        yield from _twice(f"facts[{number}].choices", [choice.id for choice in fact.choices])
        for level in sorted(set(fact.levels) - set(kind.levels or LEVELS)):
            yield f"facts[{number}].levels names {level!r}, which does not publish this kind"
    for id in CONTACTS:
        contact = kind.fact(id)
        if contact is None or not contact.required or contact.levels:
            yield f"facts must have {id}, required at every level: every notice says whom to ask"


def _misfit_columns(kind: Kind) -> Iterator[str]:
    yield from _twice("columns", [column.id for column in kind.columns])
    if kind.rows.zh and not kind.columns:
        yield "rows is given, but the kind has no columns, so no rows to count"
    seen: dict[str, str] = {}
    for number, column in enumerate(kind.columns):
        at = f"columns[{number}]"
        if column.type == "name" and column.show == "public":
            yield f"{at}.show is public: a name is masked or staff"
        if column.type != "name" and column.show == "masked":
            yield f"{at}.show is masked, which is for names only"
        if column.ceiling and (column.type not in UNITS or not re.fullmatch(r"\d+(\.\d+)?", column.ceiling)):
            yield f"{at}.ceiling is for columns of figures, and a number: {column.ceiling!r}"
        if column.choices and column.type != "text":
            yield f"{at}.choices are for columns of text"
        for synonym in column.synonyms:
            if synonym != header_form(synonym):
                yield f"{at}.synonyms: {synonym!r} never matches; headers are compared as {header_form(synonym)!r}"
        for header in column.headers:
            if seen.setdefault(header, column.id) != column.id:
                yield f"{at}: the header {header!r} also means {seen[header]}"
    if (kind.names != "none") != any(column.type == "name" and column.show != "staff" for column in kind.columns):
        yield "names must be none if no column shows names, and only then"
    if any(column.type == "place" for column in kind.columns) != (kind.places is not None):
        yield "places must be given if there is a column of type place, and only then"


def _misfit_checks(kind: Kind) -> Iterator[str]:
    for number, check in enumerate(kind.checks):
        at = f"checks[{number}]"
        for key, id in (("result", check.result), *((f"of[{place}]", id) for place, id in enumerate(check.of))):
            column = kind.column(id)
            if column is None:
                yield f"{at}.{key} names a column that does not exist: {id!r}"
            elif column.type not in UNITS:
                yield f"{at}.{key} names a column without figures: {id!r}"
        if len(check.of) < 2 or (check.type != "sum" and len(check.of) > 2):
            yield f"{at}.of must name {'two columns or more' if check.type == 'sum' else 'two columns'}"
        if not re.fullmatch(r"\d+(\.\d+)?", check.tolerance):
            yield f"{at}.tolerance is not a number: {check.tolerance!r}"


# What must agree between parts of a file: the parts that it speaks of, and the function that says where they do not.
_MISFITS: tuple[tuple[tuple[str, ...], Callable[[Kind], Iterator[str]]], ...] = (
    (("levels", "names", "after", "keep_months"), _misfit_rules),
    (("levels", "facts"), _misfit_facts),
    (("names", "places", "rows", "columns"), _misfit_columns),
    (("columns", "checks"), _misfit_checks),
    (("facts", "columns", "sentence"), misfits_of_sentence),
    (("facts", "columns", "chain"), misfits_of_chain),
)
