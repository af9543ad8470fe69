"""Where a notice may be published besides this board (公开渠道和载体), and what a clerk has to say about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

from board.rules.bilingual import Words
from board.rules.datafile import Table

Proof = Literal["address", "photo", "either"]
Fault = Literal["channel", "day", "future", "early", "address", "no_address", "no_photo", "no_proof", "long"]
LONGEST = 120  # characters of what is said of where it was; an address may have 200


@dataclass(frozen=True)
class Channel:
    """One channel of the standard's closed list; ``proof`` is what shows that a notice was published there.

    ``term`` is what the standard calls it. ``own``: each notice is published there by this program itself, on its page or on paper.
    """

    id: str
    label: Words
    proof: Proof
    term: Words
    own: bool = False


def read_channel(table: Table) -> Channel:
    """Return a channel of the data file."""
    label, proof = table.words("label"), table.one_of("proof", ("address", "photo", "either"))
    term = table.words("term", optional=True)
    return Channel(table.id(), label, proof, term if term.zh else label, table.flag("own", default=False))


def is_address(text: str) -> bool:
    """Return whether a text is the address of a web page: http or https, a host with a dot, and nobody's password in it."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return False
    plain = not any(letter.isspace() or letter in '<>"' for letter in text)
    return parts.scheme in ("http", "https") and "." in host.strip(".") and "@" not in parts.netloc and plain and len(text) <= 200


def fault(
    known: Mapping[str, Channel], channel: str, day: date | None, detail: str, address: str, *, photo: bool, formed: date, today: date
) -> Fault | None:
    """Return the first thing wrong with an entry, or None; ``formed`` is the day on which what the notice says came into being."""
    if channel not in known:
        return "channel"
    if day is None:
        return "day"
    if day > today:
        return "future"
    if day < formed:
        return "early"
    if len(detail) > LONGEST:
        return "long"
    if address and not is_address(address):
        return "address"
    proof = known[channel].proof
    if proof == "address" and not address:
        return "no_address"
    if proof == "photo" and not photo:
        return "no_photo"
    return "no_proof" if not address and not photo else None
