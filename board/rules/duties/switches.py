"""Since when a county owes a duty: the acts by which it switched one on, and off again with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LONGEST = 500  # characters of a reason


@dataclass(frozen=True)
class Switched:
    """One act: from ``since`` on a duty is owed, or it is not disclosed, for the reason ``why``; of one that is on no reason is kept."""

    on: bool
    since: date
    why: str = ""


def at(acts: Sequence[Switched], day: date) -> Switched | None:
    """Return the act that holds on a day, the newest of those that had begun by then; None where none had."""
    return next((act for act in reversed(acts) if act.since <= day), None)


def is_on(acts: Sequence[Switched], day: date) -> bool:
    """Return whether a duty is owed on a day."""
    holds = at(acts, day)
    return holds is not None and holds.on


def first_on(acts: Sequence[Switched]) -> date | None:
    """Return the earliest day on which a duty is owed, or None where it never was."""
    return min((act.since for act in acts if act.on), default=None)


def fault(acts: Sequence[Switched], act: Switched, today: date) -> str:
    """Return why an act is refused, or "". What was never owed may be switched off too: it is said why it is not disclosed.

    ``same``: it is so already from that day; ``reason``: what is not disclosed any more needs one in writing; ``long``: that is too long;
    ``past``: it cannot be undone for days that are over, or what is missing would be gone.
    """
    if not act.on and not act.why.strip():
        return "reason"
    if not act.on and len(act.why.strip()) > LONGEST:
        return "long"
    if not act.on and act.since < today:
        return "past"
    last = at(acts, act.since)
    if last is not None and last.on == act.on:
        later = any(one.since > act.since and one.on != act.on for one in acts)
        return "" if later else "same"
    return ""
