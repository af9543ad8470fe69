"""What a check is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from flask import Flask

from board.rules.bilingual import Words

State = Literal["good", "look", "bad", "unasked"]
# How far one asks: what costs milliseconds is asked when a server starts; "quick" adds what only means something while one runs.
Depth = Literal["start", "quick", "whole"]
STATES: dict[State, Words] = {
    "good": Words("好", "good"), "look": Words("要看", "look"), "bad": Words("坏", "bad"), "unasked": Words("没问", "not asked"),
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """The answer of a check: the state, what was seen (of "unasked" why nothing was), and what mends it.

    ``command`` is typed in a shell ("": nothing is to be mended, or no command does); ``advice`` is what has to be done besides.
    ``stops``: no server starts while it is so.
    """

    state: State
    said: Words
    command: str = ""
    advice: Words | None = None
    stops: bool = False


@dataclass(frozen=True)
class Check:
    """One thing that is asked of an installation, and why it matters to the people who use it.

    ``gather`` asks the machine or the database, ``judge`` knows neither. ``of_tables``: it asks tables, and waits until they are this
    program's. ``in_demo`` is the reason for which a demo need not be well in this; None: it has to.
    """

    id: str
    name: Words
    why: Words
    gather: Callable[[Flask], Any]
    judge: Callable[[Any], Finding]
    depth: Depth = "whole"
    of_tables: bool = False
    in_demo: Words | None = None


def good(zh: str, en: str) -> Finding:
    """Return that all is well, in both languages."""
    return Finding("good", Words(zh, en))
