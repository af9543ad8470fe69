"""The one table of cases: which act leads from which state to which, and whose act it is.

A case lies with one office at a time, its ``desk``: first the publisher's, after 没解决 that of the office one level up (village, township,
county). No office closes a case, decides it a second time, or decides a complaint about its own answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from board.rules.areas import prefix
from board.rules.kind import Level

State = Literal["received", "working", "asked", "answered", "unsolved", "closed"]
Role = Literal["villager", "clerk", "reviewer"]
Act = Literal["add", "work", "ask_back", "forward", "extend", "grant", "refuse", "answer", "dispute", "solve", "rate"]

STATES: tuple[State, ...] = get_args(State)
OPEN: tuple[State, ...] = ("received", "working", "asked")  # an office has to answer
ANSWERED: tuple[State, ...] = ("answered", "unsolved", "closed")

_STAYS: Mapping[State, State] = {state: state for state in STATES}


@dataclass(frozen=True)
class Move:
    """Whose act it is, and the state that it leads to from each state; it is not possible in a state that is not named."""

    role: Role
    states: Mapping[State, State]


TABLE: Mapping[Act, Move] = {
    # What the villager says while waiting is added; asking on after an answer opens the case again at the office that has it.
    "add": Move("villager", {
        "received": "received", "working": "working", "asked": "working", "answered": "received", "unsolved": "received",
        "closed": "received",
    }),
    "work": Move("clerk", {"received": "working"}),
    "ask_back": Move("clerk", {"received": "asked", "working": "asked"}),
    "forward": Move("clerk", {"received": "received", "working": "received"}),  # to the office one level up
    "extend": Move("clerk", {"received": "received", "working": "working"}),  # asks the reviewer for more time, once
    "grant": Move("reviewer", {"received": "received", "working": "working", "asked": "asked"}),
    "refuse": Move("reviewer", {"received": "received", "working": "working", "asked": "asked"}),
    "answer": Move("clerk", {"received": "answered", "working": "answered", "asked": "answered", "answered": "answered"}),
    "dispute": Move("villager", {"answered": "received"}),  # 没解决: to the office one level up; at the county, ``unsolved``
    "solve": Move("villager", {"answered": "closed", "unsolved": "closed"}),  # only the villager says that it is solved
    "rate": Move("villager", _STAYS),
}  # fmt: skip

UNSEEN: tuple[Act, ...] = ("extend", "refuse")  # between the office's own people; the villager reads a ``grant``
RISES: tuple[Act, ...] = ("forward", "dispute")  # to the office one level up
DISPUTE_DAYS = 30  # after an answer, to say 没解决; the last of them counts
RATINGS = (5, 4, 3, 2, 1)  # 非常满意, 满意, 基本满意, 不满意, 非常不满意 (国办发〔2019〕51号)


def move(state: str, act: Act, level: Level = "village") -> State | None:
    """Return the state that an act leads to, or None when it cannot be done; ``level`` is that of the office which has the case."""
    becomes = {str(was): to for was, to in TABLE[act].states.items()}.get(state)
    if becomes and act in RISES and level in ("county", "city"):
        return "unsolved" if act == "dispute" else None
    return becomes


def reopens(state: str, act: Act, level: Level = "village") -> bool:
    """Return whether an act makes the clock of an office start anew; a forwarded case keeps the day that the villager was told."""
    return state not in OPEN and move(state, act, level) in OPEN


def up(desk: str, level: Level) -> str | None:
    """Return the code of the office one level up that decides what ``desk`` did not solve; None above the county."""
    above: Mapping[Level, Level] = {"village": "township", "township": "county"}
    return prefix(desk, above[level]).ljust(12, "0") if level in above else None


def may_dispute(state: str, answered: date, today: date) -> bool:
    """Return whether the villager can still say that an answer of the day ``answered`` solved nothing."""
    return state == "answered" and today <= answered + timedelta(days=DISPUTE_DAYS)


def decided(acts: Iterable[tuple[str, int | None]]) -> set[int]:
    """Return the people whose answers the villager did not accept, of a case's acts as (act, person), oldest first: none of them decides
    again."""
    answered, out = set[int](), set[int]()
    for act, person in acts:
        if act == "answer" and person is not None:
            answered.add(person)
        if act == "dispute":
            out |= answered
    return out


def may_rate(acts: Iterable[str]) -> bool:
    """Return whether the newest answer among a case's acts, oldest first, has no rating yet."""
    told = [act for act in acts if act in ("answer", "rate")]
    return bool(told) and told[-1] == "answer"


def may_ask_back(acts: Iterable[str]) -> bool:
    """Return whether an office may stop its clock by a question: once until it has answered."""
    told = [act for act in acts if act in ("answer", "ask_back")]
    return not told or told[-1] != "ask_back"


def may_extend(acts: Iterable[str]) -> bool:
    """Return whether an office may ask its reviewer for more time: once in a case."""
    return "extend" not in acts


def extension_waits(acts: Iterable[str]) -> bool:
    """Return whether the reviewer has not yet decided on more time."""
    told = [act for act in acts if act in ("extend", "grant", "refuse", "answer", "dispute", "forward")]
    return bool(told) and told[-1] == "extend"


Class = Literal["waiting", "late", "asked", "told", "silent", "unsolved", "solved"]
CLASSES: tuple[Class, ...] = get_args(Class)


def class_of(state: str, due: date, answered: date | None, today: date) -> Class:
    """Return the one class in which a case is counted on a day.

    waiting, late: an office has to answer; asked: the villager is asked for more; told: answered, and he has not yet said whether it is
    solved; silent: the same after DISPUTE_DAYS, which never counts as solved; unsolved: no office is left; solved: he said so.
    """
    if state in OPEN:
        return "late" if today > due else "asked" if state == "asked" else "waiting"
    if state == "answered":
        return "told" if answered and may_dispute(state, answered, today) else "silent"
    return "unsolved" if state == "unsolved" else "solved"


def page() -> str:
    """Return docs/cases.md: the table as a diagram (Mermaid) and as a list, so that no drawing can differ from it."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for act, one in TABLE.items():
        for was, becomes in one.states.items():
            if was != becomes or act in RISES:
                arrows.setdefault((was, becomes), []).append(f"{act} ({one.role})")
    arrows.setdefault(("answered", "unsolved"), []).append("dispute at the county (villager)")
    drawn = [f"    {was} --> {becomes}: {', '.join(acts)}" for (was, becomes), acts in arrows.items()]
    rows = [
        f"| `{act}` | {one.role} | {', '.join(f'{was} → {becomes}' for was, becomes in one.states.items())} |" for act, one in TABLE.items()
    ]
    head = "# The states of a case\n\nWritten by `make cases` from the table in `board/rules/cases/machine.py`; nothing else decides.\n"
    about = "`forward` and `dispute` lead to the office one level up: village, township, county.\n"
    diagram = "\n".join(["```mermaid", "stateDiagram-v2", "    [*] --> received", *drawn, "```"])
    return "\n".join([head, about, diagram, "", "| act | whose | from → to |", "| --- | --- | --- |", *rows]) + "\n"
