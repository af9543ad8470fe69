"""The case that its ledger entries make: replayed for the proof, and as the steps that its villager reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from board.rules.calendar import day_of
from board.rules.cases.machine import OPEN, STOPS, TABLE, WORDED, Act, leaves

Step = Literal[
    "received", "confirmed", "working", "asked", "consulting", "registered", "answered", "extended", "forwarded", "sent_up", "led_up",
    "told", "disputed", "again", "closed",
]  # fmt: skip

ACTIONS: dict[Act, str] = {
    "add": "case.added", "work": "case.taken_up", "ask_back": "case.asked_back", "forward": "case.forwarded",
    "extend": "case.extension_asked", "grant": "case.extended", "refuse": "case.extension_refused", "answer": "case.answered",
    "dispute": "case.disputed", "solve": "case.closed", "rate": "case.rated", "confirm": "case.confirmed", "verify": "case.verified",
    "consult": "case.consulting", "consulted": "case.consulted", "hear": "case.heard", "register": "case.registered",
    "send_up": "case.sent_up", "suggest": "case.suggested", "tell": "case.told", "overdue": "case.led_up",
    "tie": "case.tied", "untie": "case.untied", "retract": "case.consent_taken_back",
}  # fmt: skip
_ACTS: dict[str, Act] = {action: act for act, action in ACTIONS.items()} | {"case.reopened": "add"}
TOLD = (
    "publisher", "number", "category", "place", "about", "receipt", "due", "desk", "rating", "state", "since", "held", "source", "consent",
    "outcome", "tie", "alone", "supervised",
)  # fmt: skip
VILLAGER, CLOCK = "villager", "clock"  # actors without an account; the clock's is what happens by itself
NOBODY = (VILLAGER, CLOCK)


@dataclass(frozen=True)
class Entry:
    """The public ledger's record of one act in a case. ``at`` is ISO text, UTC, to the second."""

    actor: str
    action: str
    at: str
    body: dict[str, Any]


def replay(entries: Iterable[Entry], home: str) -> dict[str, Any]:
    """Return the state that a case of ``home`` must have after its ledger entries, oldest first: its fields, ``messages``, ``photos``
    and ``corrected``, the versions of notices that it led to as [home, number, version].

    A message is (number, side, act, who, digest of its words or "", time); who is "" for the villager, unless staff wrote down his words.
    ``photos`` are number -> (digest, time, whether it is kept, who deleted it, when that was), the last two "" for one that is kept.
    Entries from before an act could lead to another office name neither desk nor state: the case is with its home, and the act alone says
    the state.
    """
    case: dict[str, Any] = {
        "messages": [], "photos": {}, "answered": None, "asked": None, "held": None, "state": "unlogged", "desk": home, "rating": None,
        "source": "web", "consent": None, "outcome": None, "tie": None, "alone": False, "corrected": [], "supervised": False,
    }  # fmt: skip
    for entry in entries:
        body, act = entry.body, _ACTS.get(entry.action)
        if entry.action == "case.received":
            case |= {"state": "received", "made": entry.at, "since": _day(entry.at), "publisher": home}
        if entry.action == "case.forgotten":
            case.pop("receipt", None)
        if act == "add" and "words" not in body:
            act = None  # a changed category, or another contact
        if act:
            was, becomes = case["state"], body.get("state") or _led(case["state"], act)
            if becomes in OPEN and becomes != "telling":
                case["answered"] = None
                case["since"] = case["since"] if was in OPEN else _day(entry.at)
            case["state"] = becomes
            if case["tie"] and leaves(was, act):
                case["alone"] = True
            if becomes not in ("asked", "consulting"):
                case |= {"asked": None, "held": None}
            elif act in STOPS:
                case |= {"asked": _day(entry.at), "held": _before_stop(body["due"])}
        if act in ("answer", "tell"):
            case["answered"] = entry.at
        if act in WORDED:
            case |= {"rating": None, "outcome": None}
        if act == "grant" and case["asked"] and "held" not in body:
            case["held"] = _before_stop(body["due"])
        case |= {name: body[name] for name in TOLD if name in body}
        if act or entry.action == "case.received":
            role = TABLE[act].role if act else "villager"
            side = "office" if role in ("clerk", "reviewer") else role
            who = "" if entry.actor in NOBODY else entry.actor
            case["messages"].append((len(case["messages"]) + 1, side, act or "ask", who, body.get("words", ""), entry.at))
        _keep_photo(case["photos"], entry)
        if entry.action == "case.corrected":
            case["corrected"].append(body.get("by"))
    return case


def _before_stop(due: str) -> str:
    """Return what the last day was before a stop of ten days: entries from before there were other stops do not say it."""
    return (date.fromisoformat(due) - timedelta(days=10)).isoformat()


def _keep_photo(photos: dict[int, tuple[Any, ...]], entry: Entry) -> None:
    """Do with the photos of a case what an entry says, if it is about one."""
    no = entry.body.get("no", 0)
    if entry.action == "case.photo_added":
        photos[no] = (entry.body.get("photo"), entry.at, True, "", "")
    if entry.action == "case.photo_removed":
        photos[no] = (*photos.get(no, ("", ""))[:2], False, entry.body.get("why"), entry.at)


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
        "solve": "closed", "confirm": "confirmed", "consult": "consulting", "register": "registered", "send_up": "sent_up",
        "overdue": "led_up", "tell": "told",
    }  # fmt: skip
    taken: list[tuple[Step, datetime]] = [("received", made)]
    waiting = True
    for act, at in acts:
        step = names.get(act)
        if act == "add" and not waiting:
            step = "again"
        if step is None or step == "answered" and not waiting:
            continue
        waiting = step not in ("answered", "told", "closed")
        taken.append((step, at))
    return taken
