"""What a county may decide, with the defaults of the program: public holidays, periods, how names are shown, how small a place may be on
the web, the categories and deadlines of cases, what can be done next about one, what must be published and by when, the guide for
applications, and what a bank's reasons for returned payments mean.

Data files in this folder, each read once and validated as a whole.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from board.rules import appraisal as appraisal_rules
from board.rules.bilingual import LANGUAGES, Language
from board.rules.calendar import Calendar
from board.rules.cases.category import About, Answerer, Ask, Category, Clocks, Outcome, Publish, To
from board.rules.cases.guide import Guide, read_guide
from board.rules.cases.next_steps import Step, read_step
from board.rules.channels import Channel, read_channel
from board.rules.community import CommunityWord, read_word, replacements
from board.rules.datafile import DataError, Table
from board.rules.directives import Basis, Letter
from board.rules.duties.duty import Duty, read_duty, repeated
from board.rules.kind import GROUPS, LEVELS, Kind, Names, Period
from board.rules.kind_file import read_period
from board.rules.period_rules import PeriodRule, PeriodRules
from board.rules.personal.name_masking import Display, NamePolicy
from board.rules.personal.names_in_text import NameWords
from board.rules.place_words import SORTS, PlaceSort, PlaceWords, Replacements, read_replacements
from board.rules.reading import Sort, read_sort
from board.rules.return_reasons import added, read

_FOLDER = Path(__file__).parent


def holiday_rows() -> list[tuple[date, bool, str]]:
    """Return the published holidays as (day, off, name), by day; off is False for a make-up working day."""
    with (_FOLDER / "holidays.csv").open(encoding="utf-8", newline="") as file:
        return [(date.fromisoformat(row["day"]), row["off"] == "1", row["name"]) for row in csv.DictReader(file)]


@cache
def holidays() -> Calendar:
    """Return the calendar of ``holiday_rows``. A county's own is ``Calendar.of`` its table, which starts with those rows."""
    return Calendar.of(holiday_rows())


@cache
def period_rules(county: str = "") -> PeriodRules:
    """Return the periods that go by who publishes and where.

    ``county`` is the path of a county's file with ``[[answer]]`` of its own, "" for none: since the strictest wins, they only shorten.
    Raises DataError with every fault of it, or OSError if it cannot be read.
    """
    faults: list[str] = []
    table = _table("periods", faults)
    found = PeriodRules(*(tuple(table.each(name, _period_rule)) for name in ("display", "publish_within", "answer", "local_within")))
    _finish("periods", table, faults)
    return replace(found, answer=found.answer + _county_answers(county)) if county else found


def _county_answers(county: str) -> tuple[PeriodRule, ...]:
    faults: list[str] = []
    try:
        table = Table(tomllib.loads(Path(county).read_text(encoding="utf-8")), "", faults)
    except tomllib.TOMLDecodeError as error:
        raise DataError([f"{county}: is not TOML: {error}"]) from error
    found = table.each("answer", _period_rule)
    _finish(county, table, faults)
    return found


def _period_rule(table: Table) -> PeriodRule:
    levels, areas, kinds = table.strings("levels", LEVELS), table.strings("areas"), table.strings("kinds")
    for number, area in enumerate(areas):
        if not area.isdecimal():
            table.fault(f"areas[{number}]", f"is not the beginning of a code: {area!r}")
    return PeriodRule(read_period(table), levels, areas, kinds)


def name_policy(names: Names) -> NamePolicy:
    """Return how the names of a kind with this ``names`` are shown on the wall and on the web."""
    return _name_policies()[names]


def least_rows(kind: Kind) -> int:
    """Return how many rows a place of this kind needs to be shown on the web; 0 for a kind that is not sensitive."""
    least, groups = _small_places()
    sensitive = kind.households and (kind.names == "sensitive" or kind.group in groups)
    return least if sensitive else 0


@cache
def community_words() -> tuple[CommunityWord, ...]:
    """Return what a community says where a kind's file has a village's words."""
    faults: list[str] = []
    table = _table("community_words", faults)
    found = table.each("words", read_word)
    _finish("community_words", table, faults)
    return found


@cache
def _place_words() -> dict[PlaceSort, dict[Language, Replacements]]:
    faults: list[str] = []
    table = _table("place_words", faults)
    found: dict[PlaceSort, dict[Language, Replacements]] = {}
    for sort in SORTS:
        own = table.table(sort)
        words = community_words() if sort == "community" else ()
        found[sort] = {language: read_replacements(own, language, replacements(words, language)) for language in LANGUAGES}
        own.close()
    _finish("place_words", table, faults)
    return found


@cache
def place_words(sorts: tuple[PlaceSort, ...]) -> PlaceWords:
    """Return the words of the pages about a place that is of these sorts."""
    return PlaceWords({language: tuple(_place_words()[sort][language] for sort in sorts) for language in LANGUAGES})


@cache
def name_words() -> NameWords:
    """Return the words by which names are found in running text."""
    faults: list[str] = []
    table = _table("names_in_text", faults)
    found = NameWords(*(table.strings(field.name) for field in fields(NameWords)))
    _finish("names_in_text", table, faults)
    return found


@cache
def case_categories() -> dict[str, Category]:
    """Return the categories of cases by id, in the order of the form."""
    faults: list[str] = []
    table = _table("cases", faults)
    named = table.table("clocks")
    clocks = {name: _clocks(named.table(name)) for name in named.data}
    found = table.each("categories", lambda one: _category(one, clocks))
    _finish("cases", table, faults)
    return {category.id: category for category in found}


def _clocks(table: Table) -> Clocks:
    def period(name: str) -> Period | None:
        return read_period(table.table(name)) if name in table.data else None

    answer, extension, clearer = (read_period(table.table(name)) for name in ("answer", "extension", "clearer"))
    within, confirm, third, petition = (period(name) for name in ("clearer_within", "confirm", "third", "petition"))
    restarts, by_area, named_only = (table.flag(name, default=False) for name in ("restarts", "by_area", "named_only"))
    found = Clocks(answer, extension, clearer, within, restarts, confirm, third, petition, by_area, named_only)
    table.close()
    return found


def _category(one: Table, clocks: dict[str, Clocks]) -> Category:
    clock = one.one_of("clocks", tuple(clocks))
    return Category(
        one.id(), one.words("label"), one.words("hint"), one.one_of("to", get_args(To)), one.strings("about", get_args(About)),
        one.strings("first", LEVELS), clocks.get(clock, next(iter(clocks.values()))), one.one_of("publish", get_args(Publish)),
        one.number("keep_days", least=30), one.one_of("answerer", get_args(Answerer), default="clerk"), one.each("outcomes", _outcome),
        one.strings("asks", get_args(Ask)), one.words("warning", optional=True), one.flag("hears", default=False),
        one.flag("rises_late", default=False),
    )  # fmt: skip


def _outcome(one: Table) -> Outcome:
    basis, rises, gives = one.words("basis", optional=True), one.flag("rises", default=False), one.flag("gives", default=False)
    return Outcome(one.id(), one.words("label"), one.words("template"), basis, rises, gives)


@cache
def next_steps() -> tuple[Step, ...]:
    """Return what a villager can do next about a case, in the order in which it is shown."""
    faults: list[str] = []
    table = _table("next_steps", faults)
    known = tuple(case_categories())
    found = table.each("steps", lambda one: read_step(one, known))
    _finish("next_steps", table, faults)
    return found


def letters_to_offices() -> dict[str, Letter]:
    """Return the kinds of letters that a county writes to an office, by id."""
    return _directives()[0]


def letter_bases() -> dict[str, Basis]:
    """Return the articles on which a county's letter to an office may rest, by id."""
    return _directives()[1]


def letters_answered() -> tuple[str, ...]:
    """Return the ids of the kinds of letters that want an answer."""
    return tuple(one.id for one in letters_to_offices().values() if one.answered)


@cache
def _directives() -> tuple[dict[str, Letter], dict[str, Basis]]:
    faults: list[str] = []
    table = _table("directives", faults)
    letters = table.each("letters", _letter)
    bases = table.each("bases", lambda one: _basis(one, tuple(letter.id for letter in letters)))
    _finish("directives", table, faults)
    return {one.id: one for one in letters}, {one.id: one for one in bases}


def _letter(one: Table) -> Letter:
    answered, based = one.flag("answered", default=False), one.flag("based", default=False)
    return Letter(one.id(), one.words("label"), one.number("days", least=1), answered, based, one.words("note"))


def _basis(one: Table, letters: tuple[str, ...]) -> Basis:
    of, levels = one.strings("letters", letters), one.strings("levels", LEVELS)
    return Basis(one.id(), of, levels, one.strings("areas"), one.words("rule"), one.words("says"))


@cache
def duties() -> dict[str, Duty]:
    """Return the duties to publish by id, in the order of lists. Whether one is owed, a county says (``board.store.duties``)."""
    return read_duties("\n".join((_FOLDER / "duties" / f"{group}.toml").read_text(encoding="utf-8") for group in GROUPS))


def read_duties(text: str) -> dict[str, Duty]:
    """Return the duties of a TOML text, as ``duties`` does; another text is for tests. Raises DataError with every fault."""
    faults: list[str] = []
    table = Table(tomllib.loads(text), "", faults)
    found = table.each("duties", read_duty)
    faults += repeated(found)
    _finish("duties", table, faults)
    return {duty.id: duty for duty in found}


@cache
def guide() -> Guide:
    """Return the words of the guide for those who apply for what is not published, and of its papers."""
    faults: list[str] = []
    table = _table("guide", faults)
    found = read_guide(table)
    _finish("guide", table, faults)
    return found


@cache
def channels() -> dict[str, Channel]:
    """Return the channels by which a notice may be published besides this board, by id, in the order of the standard."""
    faults: list[str] = []
    table = _table("channels", faults)
    found = table.each("channels", read_channel)
    _finish("channels", table, faults)
    return {one.id: one for one in found}


@cache
def reading_sorts() -> dict[str, Sort]:
    """Return what a reading point may be, by id, in the order of the forms."""
    faults: list[str] = []
    table = _table("reading_points", faults)
    found = table.each("sorts", lambda one: read_sort(one, channels()))
    _finish("reading_points", table, faults)
    return {one.id: one for one in found}


@cache
def appraisal() -> appraisal_rules.Form:
    """Return the questions and words of the yearly appraisal of a village's disclosure."""
    faults: list[str] = []
    table = _table("appraisal", faults)
    found = appraisal_rules.read_form(table)
    _finish("appraisal", table, faults)
    return found


@cache
def returns(county: str = "") -> dict[str, Any]:
    """Return the table of why payments come back, which a version is frozen with: the program's, with that of a county's file.

    ``county`` is the file's path, "" for none. Raises DataError with every fault of it, or OSError if it cannot be read.
    """
    own = tomllib.loads((_FOLDER / "returns.toml").read_text(encoding="utf-8"))
    try:
        found = added(own, tomllib.loads(Path(county).read_text(encoding="utf-8"))) if county else own
        read(found)
    except DataError as error:
        raise DataError([f"{county or 'returns'}: {fault}" for fault in error.faults]) from error
    except tomllib.TOMLDecodeError as error:
        raise DataError([f"{county}: is not TOML: {error}"]) from error
    return found


@cache
def _small_places() -> tuple[int, tuple[str, ...]]:
    faults: list[str] = []
    table = _table("small_places", faults)
    found = table.number("least", least=0), table.strings("groups", GROUPS)
    _finish("small_places", table, faults)
    return found


@cache
def _name_policies() -> dict[Names, NamePolicy]:
    faults: list[str] = []
    table = _table("names", faults)
    found = {names: _name_policy(table.table(names)) for names in get_args(Names)}
    _finish("names", table, faults)
    return found


def _name_policy(table: Table) -> NamePolicy:
    display = get_args(Display)
    policy = NamePolicy(table.one_of("wall", display), table.one_of("web", display), table.words("words"))
    table.close()
    return policy


def _table(name: str, faults: list[str]) -> Table:
    data: dict[str, Any] = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return Table(data, "", faults)


def _finish(name: str, table: Table, faults: list[str]) -> None:
    table.close()
    if faults:
        raise DataError([f"{name}: {fault}" for fault in sorted(faults)])
