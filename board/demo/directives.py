"""The demo's letters from the county to its offices, and the lead offices that it names (directives.toml)."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from board.demo.hanging import Act
from board.demo.staff import staff
from board.rules.calendar import DAY, day_of
from board.rules.numbers import receipt
from board.store import cases, directives, holidays, lead_offices, sealing
from board.store.notices import Posted

FILE = Path(__file__).parent / "directives.toml"
MINUTES = 20  # after the demo's moment of the day, when what they are about has been done


def name_leads(at: datetime) -> None:
    """Name the departments that lead groups of kinds, before anything is posted."""
    for one in tomllib.loads(FILE.read_text("utf-8"))["leads"]:
        lead_offices.put(one["home"], one["group"], one["name"], one["phone"], "luxian-admin", at)


def acts(posted: Mapping[str, Posted], at: datetime) -> Iterator[Act]:
    """Yield what the county writes and what the offices answer; ``posted`` are the notices by title, as far as they are posted then."""
    for no, one in enumerate(tomllib.loads(FILE.read_text("utf-8"))["letters"]):
        sent, numbers = at - timedelta(one["days_ago"]) + timedelta(minutes=MINUTES + no), list[int]()
        yield sent, partial(_send, one, posted, sent, numbers)
        for act in one.get("acts", ()):
            moment = sent + timedelta(act["days"])
            yield moment, partial(_act, one, act, moment, numbers)


def _send(one: dict[str, Any], posted: Mapping[str, Posted], at: datetime, numbers: list[int]) -> None:
    writer = staff(one["by"])
    due = holidays.calendar().add_working_days(day_of(at) + timedelta(one["due"]) - DAY, 1) if "due" in one else None
    about, case = posted.get(one.get("title", "")), None
    if asked := one.get("asked"):
        number = receipt(hashlib.sha256(f"{asked['place']}{asked['text']}".encode()).digest())
        case = cases.by_receipt(sealing.vault().key("receipt", number))
    words = directives.Words(
        one["kind"], one["desk"], one["subject"], one["text"], due, one.get("basis", ""), (about.home, about.number) if about else None,
        (case.home, case.id) if case else None, one.get("group"),
    )  # fmt: skip
    numbers.append(directives.write(writer.area, words, writer.id, at).no)


def _act(one: dict[str, Any], act: dict[str, Any], at: datetime, numbers: list[int]) -> None:
    writer, person = staff(one["by"]), staff(act["by"])
    letter = directives.one(writer.area, numbers[0])
    assert letter
    seen = directives.messages(letter)[-1].no
    directives.act(letter.home, letter.no, act["act"], person.id, act.get("text", ""), seen, at)
