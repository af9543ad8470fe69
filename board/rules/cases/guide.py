"""公开指南: how one applies for what is not published. The words of its data file, the flow of an application as the table of cases and the
clocks of the category make it, and the papers that go with it.

Texts of the file have blanks in braces, filled by ``next_steps.filled``: ``office``, the days of each clock, ``forms`` (how one can
have the material) and, in an answer, ``template`` (how it begins).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from board.rules import periods
from board.rules.bilingual import Words
from board.rules.cases.category import NONE, Category, Clocks, Outcome
from board.rules.cases.machine import DISPUTE_DAYS, STATES, STOPS, TABLE, Act, State, move
from board.rules.cases.next_steps import BLANK
from board.rules.datafile import Table
from board.rules.kind import Level, Period

By = Literal["office", "applicant"]
Clock = Literal["confirm", "clearer_within", "clearer", "third", "answer", "extension"]
CLOCKS: tuple[Clock, ...] = get_args(Clock)
ANSWER = "answer-"  # before the id of an outcome: the paper of that kind of answer

_ACTS: Mapping[Act, Clock] = {
    "confirm": "confirm", "ask_back": "clearer_within", "consult": "third", "extend": "extension", "answer": "answer",
}  # fmt: skip
_BLANKS = frozenset({*CLOCKS, "office", "forms"})


@dataclass(frozen=True)
class Item:
    """A sentence of the guide with the rule that it rests on, empty where none is needed."""

    say: Words
    basis: Words = NONE


@dataclass(frozen=True)
class Box:
    """The words of a step of the flow: of an ``act``, or of one that leaves the case in the state ``leads`` ("": in any other)."""

    act: Act
    leads: str
    say: Words


@dataclass(frozen=True)
class Field:
    """A line of a form: its label, what stands small in it, and how many written lines it has room for."""

    label: Words
    hint: Words = NONE
    rows: int = 1


@dataclass(frozen=True)
class Document:
    """A paper: to whom, with a body of a paragraph a line, in which ``____`` is left to a pen, and fields to fill.

    ``clock`` is the clock whose rule it states, "" for one with a ``basis`` of its own; ``by`` who signs it; ``kind`` the kind of answer
    that it is, empty on other papers.
    """

    id: str
    title: Words
    to: Words
    body: Words
    basis: Words = NONE
    clock: str = ""
    by: By = "office"
    fields: tuple[Field, ...] = ()
    kind: Words = NONE


@dataclass(frozen=True)
class Guide:
    """The words of the guide; ``clocks`` says what each clock is, and ``answered`` is the paper of every kind of answer."""

    clocks: Mapping[str, Words]
    what: tuple[Item, ...]
    needs: tuple[Item, ...]
    ways: tuple[Item, ...]
    steps: tuple[Box, ...]
    documents: tuple[Document, ...]
    answered: Document

    def words(self, act: Act, leads: State) -> Words:
        """Return the words of a step of the flow."""
        found = {one.leads: one.say for one in self.steps if one.act == act}
        return found.get(leads) or found.get("", NONE)


@dataclass(frozen=True)
class FlowStep:
    """A step of the flow: an act, the days in which it is done, and the state in which it leaves the case.

    ``aside``: done only where it is needed, and the case comes back from it.
    """

    act: Act
    within: Words
    leads: State
    aside: bool


def flow(category: Category, level: Level) -> tuple[FlowStep, ...]:
    """Return the steps of a case of this category at an office of this level: the acts of the table, in its order, that have days of their
    own in the category, as far as a case gets to them from ``received``."""
    spent = spans(category.clocks) | {"dispute": periods.days_in_words(DISPUTE_DAYS)}
    reached, found = {"received"}, list[FlowStep]()
    for act in TABLE:
        name = _ACTS.get(act, act)
        leads = [becomes for state in STATES if state in reached and (becomes := move(state, act, level))]
        if name not in spent or not leads or not category.does(act):
            continue
        reached |= set(leads)
        found.append(FlowStep(act, spent[name], leads[0], act in (*STOPS, "extend")))
    return tuple(found)


def spans(clocks: Clocks) -> dict[str, Words]:
    """Return the days of each clock of a category in words, in the order in which they run; a clock that it does not have is left out."""
    return {name: periods.in_words(period) for name in CLOCKS if (period := clock(clocks, name))}


def clock(clocks: Clocks, name: str) -> Period | None:
    """Return the period of a clock by its name, None where the category does not have it."""
    return getattr(clocks, name) if name in CLOCKS else None


def papers(guide: Guide, category: Category) -> tuple[Document, ...]:
    """Return every paper of a category with the rule that it states: those of the guide, and one for each kind of answer."""
    of_clocks = [(one, clock(category.clocks, one.clock)) for one in guide.documents]
    own = [replace(one, basis=period.basis) if period else one for one, period in of_clocks if period or not one.clock]
    return (*own, *(_answer(guide.answered, outcome) for outcome in category.outcomes))


def _answer(form: Document, outcome: Outcome) -> Document:
    begins = outcome.template
    body = Words(form.body.zh.replace("{template}", begins.zh.strip()), form.body.en.replace("{template}", begins.en.strip()))
    return replace(form, id=f"{ANSWER}{outcome.id}", body=body, basis=outcome.basis, kind=outcome.label)


def read_guide(table: Table) -> Guide:
    """Return the guide of the data file; what is wrong with it is noted in the table."""
    clocks, answered = table.table("clocks"), table.table("answered")
    found = Guide(
        clocks={name: _words(clocks, name) for name in CLOCKS},
        what=table.each("what", _item),
        needs=table.each("needs", _item),
        ways=table.each("ways", _item),
        steps=table.each("steps", _box),
        documents=table.each("documents", _document),
        answered=Document("", _words(answered, "title"), _words(answered, "to"), _words(answered, "body", _BLANKS | {"template"})),
    )
    if found.answered.body.zh and "{template}" not in found.answered.body.zh:
        answered.fault("body.zh", "does not state {template}")
    clocks.close()
    answered.close()
    return found


def _item(table: Table) -> Item:
    return Item(_words(table, "say"), table.words("basis", optional=True))


def _box(table: Table) -> Box:
    return Box(table.one_of("act", tuple(TABLE)), table.one_of("leads", STATES, default=""), _words(table, "say"))


def _document(table: Table) -> Document:
    if "clock" not in table.data and "basis" not in table.data:
        table.fault("basis", "is missing")
    return Document(
        table.id(), _words(table, "title"), _words(table, "to"), _words(table, "body"), table.words("basis", optional=True),
        table.one_of("clock", CLOCKS, default=""), table.one_of("by", get_args(By), default="office"), table.each("fields", _field),
    )  # fmt: skip


def _field(table: Table) -> Field:
    return Field(_words(table, "label"), _words(table, "hint", optional=True), table.number("rows", least=1, default=1))


def _words(table: Table, key: str, known: Collection[str] = _BLANKS, *, optional: bool = False) -> Words:
    """Return a text of the file, whose blanks are among the known ones."""
    words = table.words(key, optional=optional)
    for language, text in (("zh", words.zh), ("en", words.en)):
        for one in sorted(set(BLANK.findall(text)) - set(known)):
            table.fault(f"{key}.{language}", f"has an unknown blank: {{{one}}}")
    return Words(words.zh.strip("\n"), words.en.strip("\n"))
