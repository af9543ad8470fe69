"""A letter from the county to an office (督办单, 责令改正通知书, 提醒): one table of acts, its clock, and the replay of its log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from board.rules import roles
from board.rules.areas import prefix
from board.rules.bilingual import Words
from board.rules.kind import Level

State = Literal["sent", "answered", "closed", "withdrawn"]
Act = Literal["send", "reply", "accept", "send_back", "withdraw", "noted"]
Side = Literal["county", "office"]

STATES: tuple[State, ...] = get_args(State)
OPEN: tuple[State, ...] = ("sent", "answered")  # the office has to answer, or the county to look at the answer


@dataclass(frozen=True)
class Move:
    """Whose act it is, and the state that it leads to from each state; it is not possible in a state that is not named."""

    side: Side
    states: Mapping[State, State]


TABLE: Mapping[Act, Move] = {
    "reply": Move("office", {"sent": "answered", "answered": "answered"}),
    "accept": Move("county", {"answered": "closed"}),  # 已改正
    "send_back": Move("county", {"answered": "sent"}),  # not enough, with a new last day
    "withdraw": Move("county", {"sent": "withdrawn", "answered": "withdrawn"}),  # with the reason
    "noted": Move("office", {"sent": "closed"}),  # of a letter that wants no answer
}
WORDED: tuple[Act, ...] = ("reply", "send_back", "withdraw")
MOST_DAYS = 60  # working days that a letter may give


@dataclass(frozen=True)
class Letter:
    """A kind of letter: what it is called, the working days that the form proposes, and whether it wants an answer and an article."""

    id: str
    label: Words
    days: int
    answered: bool  # False: the office only notes it, and nothing of it is ever late
    based: bool  # it names an article
    note: Words  # what stands above its form


@dataclass(frozen=True)
class Basis:
    """An article on which a letter may rest: of which letters, to offices of which levels, and in which areas (beginnings of codes)."""

    id: str
    letters: tuple[str, ...]
    levels: tuple[Level, ...]
    areas: tuple[str, ...]  # empty: everywhere
    rule: Words
    says: Words

    def fits(self, letter: str, level: Level, code: str) -> bool:
        """Return whether a letter of this kind to an office may name this article."""
        return letter in self.letters and level in self.levels and (not self.areas or code.startswith(self.areas))


def move(state: str, act: Act, *, answered: bool) -> State | None:
    """Return the state that an act leads to, or None when it cannot be done; ``answered``: the kind of letter wants an answer."""
    if (act == "noted") == answered:
        return None
    return {str(was): to for was, to in TABLE[act].states.items()}.get(state)


def waits(state: str, due: date | None) -> bool:
    """Return whether the office has to answer a letter; one without a last day wants no answer."""
    return state == "sent" and due is not None


def days_late(state: str, due: date | None, today: date) -> int:
    """Return by how many days an answer that is still due is late today; 0: it is not."""
    return max(0, (today - due).days) if due and waits(state, due) else 0


def may_name(desk: str, level: Level, home: str, holder: str, answerer: str) -> bool:
    """Return whether a letter to an office may name a case, of which ``home`` was asked first and ``holder`` has it now: only one that the
    office's clerks read anyway. So what was asked of the county alone, or written to a leader, is named to nobody below."""
    knows = any(roles.may("clerk", desk, level, "case.read", code) for code in (home, holder))
    return knows and answerer in roles.CASES["clerk"]


def reaches(area: str, level: Level, desk: str) -> bool:
    """Return whether the county at ``area`` may write to an office: to itself and to those below it."""
    return desk.startswith(prefix(area, level))


class Entry(NamedTuple):
    """One ledger entry of a letter: who, which act, when (as the log writes it), and the body."""

    actor: str
    act: str
    at: str
    body: Mapping[str, Any]


def replay(entries: Iterable[Entry], wants_answer: Collection[str]) -> dict[str, Any]:
    """Return what the log says of one letter, in the order of its entries; ``wants_answer`` are the kinds that want an answer."""
    found: dict[str, Any] = {"messages": [], "answered": None, "late": 0}
    for entry in entries:
        body = entry.body
        if entry.act == "send":
            found |= {name: body.get(name) for name in ("kind", "desk", "about", "due", "basis", "group")}
            found |= {"made": entry.at, "state": "sent"}
        else:
            answered = found.get("kind") in wants_answer
            act = next((one for one in TABLE if one == entry.act), None)
            found["state"] = move(found.get("state", ""), act, answered=answered) if act else None
        if entry.act == "reply":
            found |= {"answered": entry.at, "late": max(found["late"], body.get("late", 0))}
        if entry.act == "send_back":
            found["due"] = body.get("due")
        said = (body.get("no"), entry.act, entry.actor, body.get("words", ""), entry.at, body.get("due"), body.get("version"))
        found["messages"].append(said)
    return found
