"""The case that its ledger entries make: replayed for the proof, and as the steps that its villager reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from board.rules.calendar import day_of
from board.rules.cases.machine import OPEN, TABLE, Act

Step = Literal["received", "working", "asked", "answered", "extended", "forwarded", "disputed", "again", "closed"]

ACTIONS: dict[Act, str] = {
    "add": "case.added", "work": "case.taken_up", "ask_back": "case.asked_back", "forward": "case.forwarded",
    "extend": "case.extension_asked", "grant": "case.extended", "refuse": "case.extension_refused", "answer": "case.answered",
    "dispute": "case.disputed", "solve": "case.closed", "rate": "case.rated",
}  # fmt: skip
_ACTS: dict[str, Act] = {action: act for act, action in ACTIONS.items()} | {"case.reopened": "add"}
TOLD = ("number", "category", "place", "about", "receipt", "due", "desk", "rating", "state")


@dataclass(frozen=True)
class Entry:
    """The public ledger's record of one act in a case. ``at`` is ISO text, UTC, to the second."""

    actor: str
    action: str
    at: str
    body: dict[str, Any]


def replay(entries: Iterable[Entry], home: str) -> dict[str, Any]:
    """Return the state that a case of ``home`` must have after its ledger entries, oldest first: its fields, and its ``messages``.

    A message is (number, side, act, who, digest of its words or "", time); who is "" for the villager. Entries from before an act could
    lead to another office name neither desk nor state: the case is with its home, and the act alone says the state.
    """
    case: dict[str, Any] = {"messages": [], "answered": None, "asked": None, "state": "unlogged", "desk": home, "rating": None}
    for entry in entries:
        body, act = entry.body, _ACTS.get(entry.action)
        if entry.action == "case.received":
            case |= {"state": "received", "made": entry.at, "since": _day(entry.at)}
        if act == "add" and "words" not in body:
            act = None  # a changed category, or another contact
        if act:
            was, becomes = case["state"], body.get("state") or _led(case["state"], act)
            if was not in OPEN and becomes in OPEN:
                case |= {"answered": None, "since": _day(entry.at)}
            case["state"] = becomes
            case["asked"] = _day(entry.at) if act == "ask_back" else case["asked"] if becomes == "asked" else None
        if act == "answer":
            case |= {"answered": entry.at, "rating": None}
        case |= {name: body[name] for name in TOLD if name in body}
        if act or entry.action == "case.received":
            role = TABLE[act].role if act else "villager"
            side, who = ("villager", "") if role == "villager" else ("office", entry.actor)
            case["messages"].append((len(case["messages"]) + 1, side, act or "ask", who, body.get("words", ""), entry.at))
    return case


def _led(state: str, act: Act) -> str | None:
    return {str(was): becomes for was, becomes in TABLE[act].states.items()}.get(state)


def _day(moment: str) -> str:
    return day_of(datetime.fromisoformat(moment)).isoformat()


def steps(made: datetime, acts: Iterable[tuple[str, datetime]]) -> list[tuple[Step, datetime]]:
    """Return the steps of a case with their times, oldest first; asking again removes none of them.

    ``acts`` are (act, time), oldest first. A second answer to the same question is no step, nor is what the villager adds while waiting.
    """
    names: dict[str, Step] = {
        "work": "working", "ask_back": "asked", "grant": "extended", "forward": "forwarded", "answer": "answered", "dispute": "disputed",
        "solve": "closed",
    }  # fmt: skip
    taken: list[tuple[Step, datetime]] = [("received", made)]
    waiting = True
    for act, at in acts:
        step = names.get(act)
        if act == "add" and not waiting:
            step = "again"
        if step is None or step == "answered" and not waiting:
            continue
        waiting = step not in ("answered", "closed")
        taken.append((step, at))
    return taken
