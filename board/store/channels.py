"""还在哪里公开: the other channels through which a notice was published, each noted and removed with a ledger entry."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import func, select

from board.models import Ledger, Notice, OtherChannel, User, db
from board.store import ledger, people, sealing
from board.store.engine import writing
from board.store.notices import Posted


@dataclass(frozen=True)
class Publication:
    """One publication elsewhere: the channel's id, the day, where exactly, the address of the page, and whether there is a photo."""

    no: int
    channel: str
    day: date
    detail: str
    address: str
    photo: bool


def of(posted: Posted) -> list[Publication]:
    """Return where a notice was published besides this board, first day first; removed entries do not count."""
    stands = (OtherChannel.home == posted.home, OtherChannel.number == posted.number, OtherChannel.removed_at.is_(None))
    columns = (
        OtherChannel.no, OtherChannel.channel, OtherChannel.published_on, OtherChannel.detail, OtherChannel.address,
        OtherChannel.photo.is_not(None),
    )  # fmt: skip
    query = select(*columns).where(*stands).order_by(OtherChannel.published_on, OtherChannel.no)
    return [Publication(*row) for row in db.session.execute(query)]


def note(posted: Posted, channel: str, day: date, detail: str, address: str, photo: bytes, user: int, at: datetime) -> int:
    """Note that a notice was published elsewhere, with a rewritten photo as proof (b"": none), and return the number of the entry."""
    with writing() as session:
        session.get_one(Notice, (posted.home, posted.number), with_for_update=True)  # lock, so that two clerks get different numbers
        own = (OtherChannel.home == posted.home, OtherChannel.number == posted.number)
        alike = OtherChannel.channel == channel, OtherChannel.published_on == day, OtherChannel.address == address
        standing = select(OtherChannel).where(*own, *alike, OtherChannel.detail == detail, OtherChannel.removed_at.is_(None))
        for one in session.scalars(standing):
            if (_opened(one.photo) if one.photo else "") == _digest(photo):
                return one.no  # the same form, sent twice
        no = (session.scalar(select(func.max(OtherChannel.no)).where(*own)) or 0) + 1
        sealed = sealing.vault().seal_bytes(photo) if photo else None
        session.add(
            OtherChannel(
                home=posted.home, number=posted.number, no=no, channel=channel, published_on=day, detail=detail, address=address,
                photo=sealed, noted_by=user, noted_at=at.replace(microsecond=0),
            )
        )  # fmt: skip
        said = {"no": no, "channel": channel, "on": day.isoformat(), "detail": detail, "address": address, "photo": _digest(photo)}
        ledger.append(posted.home, at, people.username(user), "channel.noted", posted.number, **said)
    return no


def remove(posted: Posted, no: int, user: int, at: datetime) -> None:
    """Take an entry off the notice's page: it was noted by mistake. Its ledger entries stay. Does nothing when it is removed already."""
    with writing() as session:
        found = session.get(OtherChannel, (posted.home, posted.number, no), with_for_update=True, populate_existing=True)
        if found is None or found.removed_at:
            return
        found.removed_at = at.replace(microsecond=0)
        ledger.append(posted.home, at, people.username(user), "channel.removed", posted.number, no=no)


def photo(posted: Posted, no: int) -> bytes | None:
    """Return the photo that proves one publication, or None."""
    kept = db.session.scalar(
        select(OtherChannel.photo).where(OtherChannel.home == posted.home, OtherChannel.number == posted.number, OtherChannel.no == no)
    )
    return sealing.vault().open_bytes(kept) if kept else None


def _digest(photo: bytes) -> str:
    return hashlib.sha256(photo).hexdigest() if photo else ""


def _opened(sealed: bytes) -> str:
    try:
        return _digest(sealing.vault().open_bytes(sealed))
    except (InvalidTag, ValueError):
        return "cannot be opened"


def logged(entries: list[Ledger]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return (notice, number) -> the entry as a home's ledger has it; ``entries`` are those of channels, oldest first."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for entry in entries:
        one = found.setdefault((entry.subject, entry.body.get("no", 0)), {"removed": ""})
        if entry.action == "channel.removed":
            one["removed"] = entry.at
        else:
            one |= {name: entry.body.get(name) for name in ("channel", "on", "detail", "address", "photo")}
            one["noted"] = (entry.actor, entry.at)
    return found


def evidence(home: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return the same of a home by the table."""
    rows = select(OtherChannel, User.username).join(User, User.id == OtherChannel.noted_by).where(OtherChannel.home == home)
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one, username in db.session.execute(rows):
        found[one.number, one.no] = {
            "channel": one.channel, "on": one.published_on.isoformat(), "detail": one.detail, "address": one.address,
            "photo": _opened(one.photo) if one.photo else "",
            "noted": (username, ledger.moment(one.noted_at)), "removed": ledger.moment(one.removed_at) if one.removed_at else "",
        }  # fmt: skip
    return found
