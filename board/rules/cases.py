"""How a 来件 moves from received to closed, who waits for whom, and what its text must be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal, get_args

State = Literal["received", "working", "answered", "closed"]
Act = Literal["work", "answer", "add", "solve"]
Side = Literal["villager", "office"]

STATES: tuple[State, ...] = get_args(State)
OPEN: tuple[State, ...] = ("received", "working")  # the villager is waiting for the office

# What each act makes of each state; where a state is not named, the act cannot be done.
MOVES: dict[Act, dict[State, State]] = {
    "work":   {"received": "working"},
    "answer": {"received": "answered", "working": "answered", "answered": "answered"},  # a second answer corrects the first
    "add":    {"received": "received", "working": "working", "answered": "received", "closed": "received"},  # asking on opens it again
    "solve":  {"answered": "closed"},  # only the villager says that it is solved; no office closes its own case
}  # fmt: skip

FEWEST, MOST = 4, 2000  # characters of a text: "钱不对" is too short to be looked into, and 2000 fill two printed pages
CONTACT_MOST = 100


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
    """Return how many calendar days the last day is over; 0 while it is not."""
    return max(0, (today - due).days)


def tidy(text: str) -> str:
    """Return a text with the line ends of a browser made plain and blank edges cut, so that a resend compares equal."""
    lines = (line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n"))
    return "\n".join(lines).strip()


def length_fault(text: str) -> Literal["short", "long"] | None:
    """Return what is wrong with the length of a tidied text, counted in characters, or None."""
    if len(text) < FEWEST:
        return "short"
    return "long" if len(text) > MOST else None


def new_words(text: str, said: list[str]) -> bool:
    """Return whether a text sent again with the same form says anything that is not among what was already said."""
    return bool(text) and text not in said


def steps(state: str, made: datetime, said: Iterable[tuple[str, str, datetime]]) -> list[tuple[State, datetime | None]]:
    """Return the states that the case has come to, each with when it last did (None: it was passed over).

    ``said`` is (side, text, moment) of each message, oldest first; an empty text is an act without words.
    """
    when: dict[State, datetime] = {"received": made}
    for side, text, at in said:
        if side == "office":
            when["answered" if text else "working"] = at
        elif not text:
            when["closed"] = at
    return [(one, when.get(one)) for one in STATES[: STATES.index(state) + 1]]
