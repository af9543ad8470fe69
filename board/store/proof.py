"""Proof that nothing was rewritten: the ledger's chains, and the posted tables against what the ledger says of them.

Which columns are evidence, and why the others are not, is the list below; a test holds it to the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from sqlalchemy import select, tuple_
from sqlalchemy.exc import NoResultFound

from board.models import Ledger, Notice, Part, Printed, Row, Version, db
from board.rules import chain
from board.rules.digest import commitment
from board.rules.posting import content_digest, share_digest
from board.store import cases, ledger, notices

EVIDENCE = {
    "notice": {"home", "number", "kind", "current", "withdrawn_at", "withdrawn_because"},
    "version": {
        "home", "number", "no", "title", "facts", "frozen", "starts", "ends", "totals", "stated", "row_count", "reason", "hands",
        "reviewer", "acknowledged", "posted_at", "formed_on", "publish_by", "digest",
    },
    "part": {"home", "number", "version", "place", "row_count", "totals", "digest"},
    "row": {
        "home", "number", "place", "no", "since", "group", "shown_name", "person_key", "account_key", "minor", "amount", "measures",
        "texts", "person_salt", "money_salt", "person_digest", "money_digest", "sealed_name", "until",
    },
}  # fmt: skip
NOT_EVIDENCE = {
    "part.changed_in": "follows from the digests of the versions; it only saves comparing them on every scan",
    "row.name_key": "follows from the name and the key file; it only finds namesakes",
}


@dataclass(frozen=True)
class Fault:
    """The first thing that is not as the ledger says: where it stands, and what is wrong, in words for the auditor."""

    where: str
    what: str


def first_fault() -> Fault | None:
    """Return the first broken ledger entry or the first changed table entry of any home, or None when all is whole."""
    return next(faults(), None)


def faults() -> Iterator[Fault]:
    """Yield every fault, home by home: chains first, then what they speak of."""
    for home in ledger.homes():
        broken = chain.first_broken(ledger.entries(home))
        if broken:
            yield Fault(f"ledger {home} entry {broken.height}", broken.reason)
    yield from _unlogged()
    for entry in _posted_entries():
        yield from _readable_faults(entry)
    yield from _notice_faults()
    yield from _stray_faults()
    for home in ledger.homes():
        yield from (Fault(f"case {home}/{id}", "its messages are not what the ledger says") for id in cases.altered(home))


def _posted_entries() -> Iterator[Ledger]:
    yield from db.session.scalars(select(Ledger).where(Ledger.action == "notice.posted").order_by(Ledger.home, Ledger.height))


def _unlogged() -> Iterator[Fault]:
    logged = {(entry.home, entry.subject, entry.body.get("version")) for entry in _posted_entries()}
    for home, number, no in db.session.execute(select(Version.home, Version.number, Version.no)):
        if (home, number, no) not in logged:
            yield Fault(f"notice {number} version {no}", "it is in no ledger")


def _readable_faults(entry: Ledger) -> Iterator[Fault]:
    """The faults of a version; what a hand left so that it cannot even be read is one of them."""
    try:
        yield from _version_faults(entry)
    except (ValueError, TypeError, LookupError, AttributeError, NoResultFound) as error:
        yield Fault(f"notice {entry.subject} version {entry.body.get('version')}", f"cannot be read ({type(error).__name__})")


def _version_faults(entry: Ledger) -> Iterator[Fault]:
    number, no = entry.subject, entry.body["version"]
    where = f"notice {number} version {no}"
    version = db.session.get(Version, (entry.home, number, no))
    notice = db.session.get(Notice, (entry.home, number))
    if version is None or notice is None:
        yield Fault(where, "the ledger has it, the table does not")
        return
    printed = db.session.get(Printed, number)
    if printed is None or printed.home != entry.home:
        yield Fault(where, "its printed number does not lead to it")
    said = notices.evidence(version)
    changed = [name for name in said if said[name] != entry.body.get(name)]
    if changed:
        yield Fault(where, f"changed: {', '.join(changed)}")
    parts = list(db.session.scalars(select(Part).where(Part.home == entry.home, Part.number == number, Part.version == no)))
    for part in parts:
        yield from _part_faults(where, part, no, notice.current)
    content = {name: getattr(version, name) for name in ("home", "title", "facts", "frozen", "totals", "stated")} | {"kind": notice.kind}
    content |= {name: getattr(version, name).isoformat() for name in ("starts", "ends", "formed_on", "publish_by")}
    if content_digest(content, ((part.place, part.digest) for part in parts)) != version.digest:
        yield Fault(where, "its title, facts, kind, dates, totals or parts are not what was approved")


def _part_faults(where: str, part: Part, no: int, current: int) -> Iterator[Fault]:
    query = select(Row).where(Row.home == part.home, Row.number == part.number, Row.place == part.place, Row.since <= no)
    # Pages show the rows without an end: in the version in force there are no others.
    rows = [row for row in db.session.scalars(query.order_by(Row.no)) if row.until is None or (no < current and row.until > no)]
    for row in rows:
        for what in _row_faults(row):
            yield Fault(f"{where} place {part.place} row {row.no}", what)
    if len(rows) != part.row_count or share_digest(part.place, rows, part.totals) != part.digest:
        yield Fault(f"{where} place {part.place}", "its rows, their number or its totals are not what was approved")


def _row_faults(row: Row) -> Iterator[str]:
    if commitment(row.money_salt, row.place, row.no, row.amount, row.measures, row.texts) != row.money_digest:
        yield "the figures are not what was approved"
    if row.person_salt is None:  # the person was erased: the commitment stays, but nothing may be left that it was about
        if row.shown_name or row.sealed_name or row.name_key or row.person_key or row.account_key:
            yield "the person's salt is gone, the person is not"
        return
    try:
        name = notices.name_of(row)
    except InvalidTag:
        yield "the sealed name was changed, or sealed with another key"
        return
    person = (row.place, row.no, row.group, name, row.shown_name, row.person_key, row.account_key, row.minor)
    if commitment(row.person_salt, *person) != row.person_digest:
        yield "the person is not who was approved"


def _notice_faults() -> Iterator[Fault]:
    """What the ledger says of notices as wholes: which version is in force, and whether, when and why it was taken down."""
    current: dict[str, int] = {}
    for entry in _posted_entries():
        current[entry.subject] = max(current.get(entry.subject, 0), entry.body.get("version") or 0)
    downs = db.session.scalars(select(Ledger).where(Ledger.action == "notice.taken_down"))
    taken = {entry.subject: (entry.at, entry.body.get("reason")) for entry in downs}
    for notice in db.session.scalars(select(Notice)):
        if current.get(notice.number) != notice.current:
            yield Fault(f"notice {notice.number}", "the version in force is not the last that was posted")
        at = notice.withdrawn_at.isoformat(timespec="seconds") if notice.withdrawn_at else None
        if taken.get(notice.number, (None, "")) != (at, notice.withdrawn_because):
            yield Fault(f"notice {notice.number}", "its withdrawal is not what the ledger says")


def _stray_faults() -> Iterator[Fault]:
    """Rows that belong to no posted part: somebody put them in."""
    key = tuple_(Row.home, Row.number, Row.place)
    rows = select(Row.number, Row.place, Row.no).where(key.not_in(select(Part.home, Part.number, Part.place)))
    for number, place, no in db.session.execute(rows.order_by(Row.number, Row.place, Row.no)):
        yield Fault(f"notice {number} place {place} row {no}", "it belongs to no part")
