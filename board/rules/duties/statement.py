"""What an office says of a duty and period of some places: no such item (没有这项), published elsewhere (已在别处公开), only on paper."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

from board.rules.channels import is_address
from board.rules.duties.duty import Duty
from board.rules.duties.duty_period import MATTER, parse
from board.rules.kind import Level

Sort = Literal["none", "elsewhere", "paper"]
Fault = Literal["duty", "office", "period", "places", "future", "early", "address", "digest", "seen_by", "why", "long"]
LONGEST_REASON, LONGEST_NAME = 500, 120


@dataclass(frozen=True)
class Said:
    """A statement as it is made. ``why`` belongs to "none", ``address`` and ``digest`` to "elsewhere", ``seen_by`` to "paper"."""

    sort: Sort
    duty: str
    period: str
    places: tuple[str, ...]
    day: date
    why: str = ""
    address: str = ""
    digest: str = ""  # SHA-256 of what stood there, hexadecimal; "": nobody kept it
    seen_by: str = ""


def speaks(office: Level, duty: Duty) -> bool:
    """Return whether an office of a level may say something of a duty: it publishes it itself, or a township's villages do."""
    return duty.publisher == office or (office == "township" and duty.publisher == "village")


def fault(said: Said, duty: Duty | None, office: Level, owing: Collection[str], today: date) -> Fault | None:
    """Return the first thing wrong with what an office of a level says, or None; ``owing`` are its places that owe the duty."""
    if duty is None or (duty.rhythm == "as_it_happens" and said.sort == "none"):
        return "duty"
    if not speaks(office, duty):
        return "office"
    if not is_of(said.period, duty):
        return "period"
    if not said.places or not set(said.places) <= set(owing) or len(set(said.places)) != len(said.places):
        return "places"
    if said.day > today:
        return "future"
    if duty.every and said.day < parse(said.period).first:
        return "early"
    return {"none": _none, "elsewhere": _elsewhere, "paper": _paper}[said.sort](said)


def is_of(period: str, duty: Duty) -> bool:
    """Return whether a key is that of a period, or of a matter, by which a duty goes."""
    if re.fullmatch(rf"{MATTER}[0-9]{{8,11}}", period):
        return not duty.every
    try:
        return parse(period).every == duty.every
    except ValueError:
        return False


def _none(said: Said) -> Fault | None:
    if said.address or said.digest or said.seen_by or not said.why.strip():
        return "why"
    return "long" if len(said.why) > LONGEST_REASON else None


def _elsewhere(said: Said) -> Fault | None:
    if not is_address(said.address) or urlsplit(said.address).scheme != "https":
        return "address"
    if said.digest and not re.fullmatch(r"[0-9a-f]{64}", said.digest):
        return "digest"
    return "why" if said.why or said.seen_by else None


def _paper(said: Said) -> Fault | None:
    if not said.seen_by.strip() or said.address or said.digest:
        return "seen_by"
    if said.why:
        return "why"
    return "long" if len(said.seen_by) > LONGEST_NAME else None
