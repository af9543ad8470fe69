"""Reading a kind's TOML file: the typed form that it describes, or every fault of the file with its key path."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, get_args

from board.rules.bilingual import Words
from board.rules.datafile import DataError, Table
from board.rules.kind import (
    BLOCKS,
    DISPLAY_START,
    GROUPS,
    LEVELS,
    UNITS,
    After,
    Audience,
    Begun,
    Check,
    CheckType,
    Choice,
    Column,
    ColumnType,
    Fact,
    FactType,
    Filled,
    Kind,
    Level,
    Names,
    NamesIn,
    Over,
    Period,
    Rhythm,
    ScheduledDay,
    Show,
    Unit,
    Writer,
    header_form,
)
from board.rules.kind_checks import misfits_of_checks, misfits_of_fact_checks, misfits_of_sentence
from board.rules.payment_chain import PaymentChain

# Without these a villager has no one to turn to; three of the first sixteen notices collected lacked them (docs/sources.md: notices).
CONTACTS = ("objection_phone", "objection_person", "report_phone")


BY_LEVEL = frozenset({"audience", "names", "after", "keep_months"})  # who sees the rows, how, and until when: a level may have its own


class KindError(DataError):
    """A kind file that cannot be used."""


def parse(id: str, data: dict[str, Any]) -> Kind:
    """Return the kind that a TOML file, already read, describes; ``id`` is the file's name without ``.toml``.

    Raises KindError with all faults at once, sorted by key path.
    """
    faults: list[str] = []
    table = Table(data, "", faults)
    kind = _kind(id, table)
    levels = table.table("at") if "at" in table.data else None
    table.close()
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", id):
        faults.append("(file name) is not words of a-z joined by -")
    broken = {re.split(r"\W", fault)[0] for fault in faults}
    for parts, misfits in _MISFITS:
        if not broken.intersection(parts):  # a part that is broken is not also blamed for not fitting: one slip, one message
            faults += misfits(kind)
    if levels and not faults:
        faults += _faults_at_levels(kind, levels)
    if faults:
        raise KindError([f"{id}: {fault}" for fault in sorted(faults)])
    return kind


def _faults_at_levels(kind: Kind, levels: Table) -> list[str]:
    """Return what is wrong with ``[at.<level>]``: a level that does not publish it, a key that is the same at each, or its kind there."""
    faults = []
    for level, own in levels.data.items():
        if level not in kind.levels:
            faults.append(f"at.{level} is not a level that publishes it")
        elif not isinstance(own, dict) or own.keys() - BY_LEVEL:
            faults.append(f"at.{level} may say {', '.join(sorted(BY_LEVEL))} and nothing else")
        else:
            try:
                parse(kind.id, _at(kind.source, level))
            except KindError as error:
                faults += [f"at.{level}: {fault.removeprefix(f'{kind.id}: ')}" for fault in error.faults]
    return faults


def at_level(kind: Kind, level: Level) -> Kind:
    """Return a kind as publishers of this level have it: what ``[at.<level>]`` of its file says, in place of what holds for all."""
    if "at" not in kind.source:
        return kind
    return parse_frozen(kind.id, _at(kind.source, level))


def _at(data: dict[str, Any], level: str) -> dict[str, Any]:
    own: dict[str, Any] = data["at"].get(level, {})
    other = {"at", *(["keep_months"] if own.get("after") == "withdraw" else [])}
    return {key: value for key, value in data.items() if key not in other} | own


def parse_frozen(id: str, source: dict[str, Any]) -> Kind:
    """The kind that a version was posted under, from its frozen ``source``; one that was frozen word for word alike is parsed once."""
    return _parsed(id, json.dumps(source, ensure_ascii=False))


@lru_cache(maxsize=256)  # a few versions of each kind; a page of an area lists up to 200 notices
def _parsed(id: str, text: str) -> Kind:
    return parse(id, json.loads(text))


def _kind(id: str, table: Table) -> Kind:
    after: After = table.one_of("after", get_args(After))
    checks = table.each("checks", _check)
    return Kind(
        id=id,
        name=table.words("name"),
        titles=table.strings("titles"),
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
        local_within=read_period(table.table("local_within")) if "local_within" in table.data else None,
        schedule=table.each("schedule", _scheduled),
        display_until=table.text("display_until", default=""),
        after=after,
        keep_months=table.number("keep_months", least=1, default=None if after == "keep" else 0),
        facts=table.each("facts", _fact),
        columns=table.each("columns", _column),
        checks=tuple(one for one in checks if one.over == "rows"),
        fact_checks=tuple(one for one in checks if one.over == "facts"),
        sentence=table.words("sentence"),
        rows=table.words("rows", optional=True),
        term=table.words("term", optional=True),
        chain=read_chain(table),
        sums_by=table.text("sums_by", default=""),
        writer=table.one_of("writer", get_args(Writer), default="clerk"),
        source=table.data,
    )


def read_period(table: Table) -> Period:
    """Return the period that a table of days, unit, first_day_counts and basis describes, or one of ``hours`` or of days ``before``."""
    period = _period(table, table.words("basis"))
    table.close()
    return period


def _period(table: Table, basis: Words, least: int = 1) -> Period:
    since = table.text("from", default="")
    if "hours" in table.data:
        hours = table.number("hours", least=1)
        return Period(-(-hours // 24), "calendar", False, basis, since=since, hours=hours)
    if "before" in table.data:
        return Period(table.number("before", least=1), "calendar", False, basis, since=since, before=True)
    counted: Unit = table.one_of("unit", get_args(Unit), default="calendar" if not least else None)
    first_day_counts = table.flag("first_day_counts", default=False if not least else None)
    after_covered = table.flag("after_covered", default=False)
    return Period(table.number("days", least=least), counted, first_day_counts, basis, after_covered, since)


def _scheduled(table: Table) -> ScheduledDay:
    return ScheduledDay(table.words("label"), _period(table, table.words("basis", optional=True), least=0))


def _fact(table: Table) -> Fact:
    type_: FactType = table.one_of("type", get_args(FactType), default="text")
    return Fact(
        id=table.id(),
        label=table.words("label"),
        block=table.one_of("block", BLOCKS),
        type=type_,
        unit=table.one_of("unit", UNITS["rate"], default=UNITS["rate"][0]) if type_ == "rate" else "",
        required=table.flag("required", default=False),
        hint=table.words("hint", optional=True),
        levels=table.strings("levels", LEVELS),
        choices=table.each("choices", _choice),
        term=table.words("term", optional=True),
        filled=table.one_of("filled", get_args(Filled), default=""),
        begun=table.one_of("begun", get_args(Begun), default=""),
        explains=table.text("explains", default=""),
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
        stated=table.text("stated", default="standard") if type_ == "rate" else "",  # files from before there were others do not say it
        names=table.one_of("names", get_args(NamesIn), default=""),
        unit_in=table.text("unit_in", default=""),
        consent=table.text("consent", default=""),
    )


def _check(table: Table) -> Check:
    type_: CheckType = table.one_of("type", get_args(CheckType))
    return Check(
        type_,
        table.text("result"),
        table.strings("of"),
        table.text("tolerance", default="0.01"),
        table.strings("unless"),
        table.text("opening", default=""),
        table.one_of("over", get_args(Over), default="rows"),
    )


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
        if fact.filled and fact.required:
            yield f"facts[{number}].required is for facts that are typed: the program fills this one"
        for level in sorted(set(fact.levels) - set(kind.levels or LEVELS)):
            yield f"facts[{number}].levels names {level!r}, which does not publish this kind"
    for id in CONTACTS:
        contact = kind.fact(id)
        if contact is None or not contact.required or contact.levels:
            yield f"facts must have {id}, required at every level: every notice says whom to ask"


def _misfit_clocks(kind: Kind) -> Iterator[str]:
    if kind.display.since or kind.display.before or kind.display.hours:
        yield "display is counted in days from its first one, which is typed with each notice"
    if kind.publish_within.hours:
        yield "publish_within.hours: the law's last day is a day; hours are for local_within"
    until = kind.fact(kind.display_until)
    if kind.display_until and (until is None or until.type != "date" or not until.required or until.levels):
        yield f"display_until names no fact of type date that is required at every level: {kind.display_until!r}"
    clocks = [("publish_within", kind.publish_within), *([("local_within", kind.local_within)] if kind.local_within else ())]
    clocks += [(f"schedule[{number}]", one.period) for number, one in enumerate(kind.schedule)]
    for key, period in clocks:
        fact = kind.fact(period.since)
        type_ = "moment" if period.hours else "date"
        if not period.since and (period.hours or period.before or key.startswith("schedule")):
            yield f"{key}.from is missing: the fact from whose {type_} it is counted"
        elif period.since == DISPLAY_START and key.startswith("schedule"):
            continue
        elif period.since and (fact is None or fact.type != type_ or not fact.required or fact.levels):
            yield f"{key}.from names no fact of type {type_} that is required at every level: {period.since!r}"


def _misfit_columns(kind: Kind) -> Iterator[str]:
    yield from _twice("columns", [column.id for column in kind.columns])
    if kind.rows.zh and not kind.columns:
        yield "rows is given, but the kind has no columns, so no rows to count"
    owners: dict[str, str] = {}
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
        if column.names and column.type != "text":
            yield f"{at}.names is for columns of text"
        yield from _misfit_unit(kind, column, at)
        yield from _misfit_consent(kind, column, at)
        for synonym in column.synonyms:
            if synonym != header_form(synonym):
                yield f"{at}.synonyms: {synonym!r} never matches; headers are compared as {header_form(synonym)!r}"
        for header in column.headers:
            if owners.setdefault(header, column.id) != column.id:
                yield f"{at}: the header {header!r} also means {owners[header]}"
    if (kind.names != "none") != any(column.type == "name" and column.show != "staff" for column in kind.columns):
        yield "names must be none if no column shows names, and only then"
    if any(column.type == "place" for column in kind.columns) != (kind.places is not None):
        yield "places must be given if there is a column of type place, and only then"


def _misfit_explained(kind: Kind) -> Iterator[str]:
    for number, fact in enumerate(kind.facts):
        column = kind.column(fact.explains)
        if fact.explains and (column is None or column.type not in UNITS or column.show == "staff"):
            yield f"facts[{number}].explains names no column of figures that readers see: {fact.explains!r}"


def _misfit_unit(kind: Kind, column: Column, at: str) -> Iterator[str]:
    units = kind.column(column.unit_in)
    if column.unit_in and column.type != "count":
        yield f"{at}.unit_in is for columns of counts"
    elif column.unit_in and (units is None or units.type != "text" or units.show != "public" or not units.required):
        yield f"{at}.unit_in names no column of text that is public and required: {column.unit_in!r}"


def _misfit_consent(kind: Kind, column: Column, at: str) -> Iterator[str]:
    said = kind.column(column.consent)
    if column.consent and (said is None or said.type != "text"):
        yield f"{at}.consent names no column of text: {column.consent!r}"
    if column.consent and column.show != "masked":
        yield f"{at}.consent is for names that readers see"
    if column.show == "masked" and bool(column.consent) != (kind.names == "consent"):
        yield f"{at}.consent must be given if names is consent, and only then"


def _misfit_rates(kind: Kind) -> Iterator[str]:
    for number, column in enumerate(kind.columns):
        fact = kind.fact(column.stated)
        if column.stated and (fact is not None or column.stated != "standard") and (fact is None or fact.type != "rate"):
            yield f"columns[{number}].stated names no fact that is a rate: {column.stated!r}"


def read_chain(table: Table) -> PaymentChain | None:
    """Return the chain that a kind's file describes, or None where it has none."""
    if "chain" not in table.data:
        return None
    one = table.table("chain")
    rest = {key: one.text(key, default="") for key in ("granted", "outcome", "why", "todo")}
    chain = PaymentChain(one.text("due"), one.text("paid"), one.text("returned"), **rest)
    one.close()
    return chain


def misfits_of_chain(kind: Kind) -> Iterator[str]:
    """Yield the faults of a kind's payment chain, in words for the author of its file."""
    if kind.chain is None:
        return
    for key in ("due", "paid", "returned"):
        column = kind.column(getattr(kind.chain, key))
        if column is None or column.type != "money" or column.show != "public":
            yield f"chain.{key} names no public column of money: {getattr(kind.chain, key)!r}"
    fact = kind.fact(kind.chain.granted)
    if kind.chain.granted and (fact is None or fact.type != "money"):
        yield f"chain.granted names no fact of money: {kind.chain.granted!r}"
    for key in ("outcome", "why"):
        column = kind.column(id := getattr(kind.chain, key))
        if id and (column is None or column.type != "text" or column.show != "public"):
            yield f"chain.{key} names no public column of text: {id!r}"
    if kind.chain.todo and kind.fact(kind.chain.todo) is None:
        yield f"chain.todo names no fact: {kind.chain.todo!r}"


# What must agree between parts of a file: the parts that it speaks of, and the function that says where they do not.
_MISFITS: tuple[tuple[tuple[str, ...], Callable[[Kind], Iterator[str]]], ...] = (
    (("levels", "names", "after", "keep_months"), _misfit_rules),
    (("levels", "facts"), _misfit_facts),
    (("display", "display_until", "publish_within", "local_within", "schedule", "facts"), _misfit_clocks),
    (("names", "places", "rows", "columns"), _misfit_columns),
    (("columns", "checks"), misfits_of_checks),
    (("facts", "checks"), misfits_of_fact_checks),
    (("facts", "columns"), _misfit_rates),
    (("facts", "columns"), _misfit_explained),
    (("facts", "columns", "sentence"), misfits_of_sentence),
    (("facts", "columns", "chain"), misfits_of_chain),
)
