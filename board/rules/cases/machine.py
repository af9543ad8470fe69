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

State = Literal["received", "working", "asked", "consulting", "telling", "answered", "unsolved", "closed"]
Role = Literal["villager", "clerk", "reviewer", "clock"]
Act = Literal[
    "add", "work", "confirm", "verify", "ask_back", "consult", "consulted", "hear", "register", "forward", "extend", "grant", "refuse",
    "answer", "send_up", "tell", "dispute", "solve", "rate", "suggest", "retract", "overdue", "tie", "untie",
]  # fmt: skip

STATES: tuple[State, ...] = get_args(State)
OPEN: tuple[State, ...] = ("received", "working", "asked", "consulting", "telling")  # an office has to answer, or to tell the answer
ANSWERED: tuple[State, ...] = ("answered", "unsolved", "closed")

_STAYS: Mapping[State, State] = {state: state for state in STATES}
_WAITS: Mapping[State, State] = {state: state for state in ("received", "working", "asked", "consulting")}


@dataclass(frozen=True)
class Move:
    """Whose act it is, and the state that it leads to from each state; it is not possible in a state that is not named.

    The acts of a ``clerk`` are those of whoever answers for the office: of letters to the leader it is the leader.
    """

    role: Role
    states: Mapping[State, State]


TABLE: Mapping[Act, Move] = {
    # What the villager says while waiting is added; asking on after an answer opens the case again at the office that has it.
    "add": Move("villager", {
        "received": "received", "working": "working", "asked": "working", "consulting": "consulting", "telling": "working",
        "answered": "received", "unsolved": "received", "closed": "received",
    }),
    "work": Move("clerk", {"received": "working"}),
    "confirm": Move("clerk", {"received": "received", "working": "working"}),  # of an application: from here its clock counts
    "verify": Move("clerk", _WAITS),  # who applies was looked at, and nothing of it was kept
    "ask_back": Move("clerk", {"received": "asked", "working": "asked"}),
    "consult": Move("clerk", {"received": "consulting", "working": "consulting"}),  # third parties; their time is not counted
    "consulted": Move("clerk", {"consulting": "working"}),
    "hear": Move("clerk", _WAITS),  # the household that a case is about was heard, or the text says why not
    "register": Move("clerk", {"received": "working", "working": "working"}),  # a petition, in the official system
    "forward": Move("clerk", {"received": "received", "working": "received"}),  # to the office one level up
    "extend": Move("clerk", {"received": "received", "working": "working"}),  # asks the reviewer for more time, once
    "grant": Move("reviewer", _WAITS),
    "refuse": Move("reviewer", _WAITS),
    "answer": Move("clerk", {**dict.fromkeys(_WAITS, "answered"), "telling": "answered", "answered": "answered"}),
    "send_up": Move("clerk", dict.fromkeys(_WAITS, "received")),  # found true, and for the county to go on with
    "tell": Move("clerk", {"telling": "answered"}),  # who asked by mouth was told by mouth
    "dispute": Move("villager", {"answered": "received"}),  # 没解决: to the office one level up; at the county, ``unsolved``
    "solve": Move("villager", {"answered": "closed", "unsolved": "closed"}),  # only the villager says that it is solved
    "rate": Move("villager", _STAYS),
    "suggest": Move("villager", {state: state for state in ANSWERED}),  # what he was given is for everybody to see (条例 44)
    "retract": Move("villager", _STAYS),  # takes back that his letter may be published
    "overdue": Move("clock", dict.fromkeys(_WAITS, "received")),  # about a household and late: to the office one level up, by itself
    "tie": Move("clerk", _WAITS),  # to others that ask the same, for one answer to all (board/store/cases/causes.py)
    "untie": Move("clerk", _WAITS),
}  # fmt: skip

UNSEEN: tuple[Act, ...] = ("extend", "refuse", "hear", "verify", "tie", "untie")  # the office's own; the villager reads a ``grant``
RISES: tuple[Act, ...] = ("forward", "dispute", "send_up", "overdue")  # to the office one level up; ``send_up`` to the county
STOPS: tuple[Act, ...] = ("ask_back", "consult")  # the clock stands still
WORDED: tuple[Act, ...] = ("answer", "send_up")  # with one of the answers of the category's closed list, where it has one
TIES: tuple[Act, ...] = ("tie", "untie")  # done with several cases at once, never with one alone
ANEW: tuple[Act, ...] = ("send_up", "overdue")  # the clock of the office above starts anew; a forwarded case keeps its day
# With these a half-written answer has had its time: its words were sent, or the case is another office's, or its villager has closed it.
ENDS_DRAFTS: tuple[Act, ...] = ("ask_back", "consult", "register", *RISES, "answer", "tell", "solve")
DISPUTE_DAYS = 30  # after an answer, to say 没解决; the last of them counts
RATINGS = (5, 4, 3, 2, 1)  # 非常满意, 满意, 基本满意, 不满意, 非常不满意 (国办发〔2019〕51号)


def move(state: str, act: Act, level: Level = "village", *, spoken: bool = False) -> State | None:
    """Return the state that an act leads to, or None when it cannot be done; ``level`` is that of the office which has the case.

    The answer to a ``spoken`` case waits until the person has been told.
    """
    becomes = {str(was): to for was, to in TABLE[act].states.items()}.get(state)
    if becomes and act in RISES and level in ("county", "city"):
        return "unsolved" if act == "dispute" else None
    return "telling" if spoken and becomes == "answered" and act == "answer" and state != "answered" else becomes


def reopens(state: str, act: Act, level: Level = "village") -> bool:
    """Return whether an act makes the clock of an office start anew; a forwarded case keeps the day that the villager was told."""
    becomes = move(state, act, level)
    return becomes in OPEN and (act in ANEW or state not in OPEN)


def leaves(was: str, act: Act) -> bool:
    """Return whether an act takes a case out of those that one answer reaches: it goes up, or is asked on about after an answer."""
    return act in RISES or act == "add" and was in ("telling", *ANSWERED)


def up(desk: str, level: Level, act: Act = "dispute") -> str | None:
    """Return the code of the office to which an act takes the case of ``desk``, one level up or to the county; None above the county."""
    above: Mapping[Level, Level] = {"village": "county" if act == "send_up" else "township", "township": "county"}
    return prefix(desk, above[level]).ljust(12, "0") if level in above else None


def ends_all_drafts(act: Act) -> bool:
    """Return whether after an act nobody goes on with an answer that he has begun; else only who sent his words does not."""
    return act in ENDS_DRAFTS and act not in ("ask_back", "consult", "register")


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


ONCE: tuple[Act, ...] = ("confirm", "verify", "register", "extend", "suggest", "retract")  # in a case


def done(act: Act, acts: Iterable[str]) -> bool:
    """Return whether an act that is possible once in a case (an office asks its reviewer for more time, confirms …) has been done."""
    return act in ONCE and act in acts


def extension_waits(acts: Iterable[str]) -> bool:
    """Return whether the reviewer has not yet decided on more time."""
    told = [act for act in acts if act in ("extend", "grant", "refuse", "answer", *RISES)]
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
    arrows.setdefault(("working", "telling"), []).append("answer to who asked by mouth (clerk)")
    drawn = [f"    {was} --> {becomes}: {', '.join(acts)}" for (was, becomes), acts in arrows.items()]
    rows = [
        f"| `{act}` | {one.role} | {', '.join(f'{was} → {becomes}' for was, becomes in one.states.items())} |" for act, one in TABLE.items()
    ]
    written = "Written by `make cases` from the table in `board/rules/cases/machine.py`; nothing else decides.\n"
    about = (
        "`forward`, `dispute` and `overdue` lead to the office one level up (village, township, county), `send_up` to the county. Which\n"
        "acts a category knows, its data say (`board/policies/cases.toml`). A clerk's acts in letters to the leader are the leader's.\n"
        "`tie` and `untie` join cases that ask the same, so that one answer reaches all; a tied case goes on alone once it goes up, or is\n"
        "asked on about after its answer.\n"
    )
    diagram = "\n".join(["```mermaid", "stateDiagram-v2", "    [*] --> received", *drawn, "```"])
    table = ["| act | whose | from → to |", "| --- | --- | --- |", *rows]
    return "\n".join(["# The states of a case\n", written, about, diagram, "", *table]) + "\n"
