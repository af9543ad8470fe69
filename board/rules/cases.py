"""Cases (来件): the states from received to closed, the party whose turn it is, and the limits of a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any, Literal, get_args

State = Literal["received", "working", "answered", "closed"]
Act = Literal["work", "answer", "add", "solve"]
Side = Literal["villager", "office"]
Step = Literal["received", "working", "answered", "closed", "again"]  # the states, and the villager's asking again

STATES: tuple[State, ...] = get_args(State)
OPEN: tuple[State, ...] = ("received", "working")  # the villager is waiting for the office

# The state that each act leads to from each state; an act is not possible in a state that is not named.
MOVES: dict[Act, dict[State, State]] = {
    "work":   {"received": "working"},
    "answer": {"received": "answered", "working": "answered", "answered": "answered"},  # a second answer corrects the first
    "add":    {"received": "received", "working": "working", "answered": "received", "closed": "received"},  # asking on opens it again
    "solve":  {"answered": "closed"},  # only the villager says that it is solved; no office closes its own case
}  # fmt: skip

FEWEST, MOST = 4, 2000  # characters of a text: "钱不对" is too short to be looked into, and 2000 fill two printed pages
CONTACT_MOST = 100
HELD = 4 * MOST  # characters of a text that are read and shown again: enough for a person's text that is too long, little for a machine's
BURST, WINDOW = 30, timedelta(minutes=1)  # sixty households behind one address in ten minutes are six a minute


def move(state: str, act: Act) -> State | None:
    """Return the state that the act leads to, or None when it cannot be done in this state."""
    return {str(was): becomes for was, becomes in MOVES[act].items()}.get(state)


def reopens(state: str, act: Act) -> bool:
    """Return whether the act makes the office's clock start again."""
    return state not in OPEN and move(state, act) in OPEN


def late(state: str, due: date, today: date) -> bool:
    """Return whether the villager still waits although the last day for the answer is over (``due`` itself is in time)."""
    return state in OPEN and today > due


def days_late(due: date, today: date) -> int:
    """Return the number of calendar days since the last day for the answer; 0 while it is not over."""
    return max(0, (today - due).days)


def tidy(text: str) -> str:
    """Return a text with the line ends of a browser made plain and blank edges cut, so that a resend compares equal."""
    lines = (line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n"))
    return "\n".join(lines).strip()


def length_fault(text: str) -> Literal["short", "long"] | None:
    """Return ``short`` or ``long`` for a tidied text of the wrong length in characters, else None."""
    if len(text) < FEWEST:
        return "short"
    return "long" if len(text) > MOST else None


def wait(newest: Sequence[datetime], now: datetime) -> int:
    """Return the seconds that the next case about a notice has to wait, mostly 0; ``newest`` are the times of its last cases, in any
    order.

    Cases are counted by notice, so that no visitor's address is needed: a flood holds up one notice only, a minute at a time.
    """
    if len(newest) < BURST:
        return 0
    passes = sorted(newest)[-BURST] + WINDOW
    return max(0, ceil((passes - now).total_seconds()))


def new_words(text: str, known: list[str]) -> bool:
    """Return whether a text sent again with the same form differs from all texts already received."""
    return bool(text) and text not in known


def steps(made: datetime, messages: Iterable[tuple[str, str, datetime]]) -> list[tuple[Step, datetime]]:
    """Return the steps of a case with their times, oldest first; asking again removes none of them.

    ``messages`` are (side, text, time), oldest first; an empty text is an act without words. A second answer to the same question is no
    step, nor is what the villager adds while waiting.
    """
    taken: list[tuple[Step, datetime]] = [("received", made)]
    for side, text, at in messages:
        waiting = taken[-1][0] in ("received", "working", "again")
        if side == "office" and waiting:
            taken.append(("answered" if text else "working", at))
        elif side != "office" and not waiting:
            taken.append(("again" if text else "closed", at))
    return taken


@dataclass(frozen=True)
class Entry:
    """The public ledger's record of one act in a case. ``at`` is ISO text, UTC, to the second."""

    actor: str
    action: str
    at: str
    body: dict[str, Any]


LOGGED_ACTS: dict[str, Act] = {
    "case.added": "add", "case.reopened": "add", "case.taken_up": "work", "case.answered": "answer", "case.closed": "solve",
}  # fmt: skip
TOLD = ("number", "category", "place", "about", "receipt", "due")


def replay(entries: Iterable[Entry]) -> dict[str, Any]:
    """Return the state that a case must have after its ledger entries, oldest first: its fields, and its ``messages``.

    A message is (number, side, who, digest of its words or "", time); who is "" for the villager.
    """
    case: dict[str, Any] = {"messages": [], "answered": None, "state": "unlogged"}
    for entry in entries:
        body, act = entry.body, LOGGED_ACTS.get(entry.action)
        if entry.action == "case.received":
            case |= {"state": "received", "made": entry.at}
        if act == "add" and "words" not in body:
            act = None  # a changed category, or another contact
        if act and reopens(case["state"], act):
            case["answered"] = None
        if act:
            case["state"] = move(case["state"], act)
        if act == "answer":
            case["answered"] = entry.at
        case |= {name: body[name] for name in TOLD if name in body}
        if act or entry.action == "case.received":
            side = "office" if act in ("work", "answer") else "villager"
            who = entry.actor if side == "office" else ""
            case["messages"].append((len(case["messages"]) + 1, side, who, body.get("words", ""), entry.at))
    return case
