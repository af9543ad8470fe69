"""The proof of notices: verifies the hash chains, and compares versions, parts and rows with the ledger.

``EVIDENCE`` lists the columns that are compared, ``NOT_EVIDENCE`` the others with the reason; a test compares both with the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import starmap
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import and_, or_, select
from sqlalchemy.exc import NoResultFound

from board.models import Ledger, Notice, Part, Printed, Row, Version, db
from board.rules import hash_chain
from board.rules.bilingual import Words
from board.rules.digest import ALGORITHMS, commitment
from board.rules.notice.proposal import content_digest, part_digest
from board.store import ledger, notices, sealing
from board.store.proof import subject as compared
from board.store.proof.subjects import SUBJECTS
from board.store.proof.walls import FILES

EVIDENCE = {
    "notice": {"home", "number", "kind", "current", "withdrawn_at", "withdrawn_because", "withdrawn_leak"},
    "version": {
        "home", "number", "no", "title", "facts", "frozen", "starts", "ends", "totals", "stated", "row_count", "reason", "hands",
        "reviewer", "acknowledged", "posted_at", "posted_on", "formed_on", "publish_by", "digest", "algorithm",
    },
    "part": {"home", "number", "version", "place", "row_count", "totals", "digest", "algorithm", "changed_in"},
    "row": {
        "home", "number", "place", "no", "since", "group", "shown_name", "person_key", "account_key", "minor", "amount", "measures",
        "texts", "person_salt", "money_salt", "person_digest", "money_digest", "algorithm", "sealed_name", "until",
    },
    **{table: columns for subject in (*SUBJECTS.values(), FILES) for table, columns in subject.evidence.items()},
}  # fmt: skip
NOT_EVIDENCE = {
    "row.name_key": "follows from the name and the key file; it only finds namesakes",
    "public_answer.case": "the log must not say whose question it was; it only saves the clerk from answering twice",
    "case.contact": "may be changed by its villager and is to be erased; of who opened it there is an entry",
    **dict.fromkeys(("case.fold", "case.said"), "only says on which line of the inbox a case stands; of one taken out there is an entry"),
    "case_correction.draft": "is of the draft, which goes; what came of it is the version",
    "hanging.printed_at": "of the names that were printed there is an entry; it only tells the clerk what is still to be printed",
    "hanging.printed_by": "as printed_at",
    **dict.fromkeys(
        ("attachment.id", "attachment.draft", "attachment.unread", "attachment.found", "attachment.looked_by"),
        "is of the draft, and was seen by its reviewer; no page of a notice shows it",
    ),
    "attachment.added_by": "is among the hands of the version",
    "attachment.added_at": "as id",
}


@dataclass(frozen=True)
class Fault:
    """A difference between tables and ledger: where it is and what is wrong, as texts for the auditor.

    ``proven`` is False for what may have an innocent reason: it is told, and does not alone mean that something was changed.
    """

    where: Words
    what: Words
    proven: bool = True


def _entry(home: str, height: int) -> Words:
    return Words(f"日志 {home} 第 {height} 条", f"ledger {home} entry {height}")


def _notice(number: str, version: int | None = None, place: str = "", row: int | None = None) -> Words:
    spots = [("公示", "notice", number), ("版本", "version", version), ("地方", "place", place), ("行", "row", row)]
    named = [spot for spot in spots if spot[2]]
    return Words(" ".join(f"{zh} {value}" for zh, _en, value in named), " ".join(f"{en} {value}" for _zh, en, value in named))


CHAIN = {
    "gap": Words("缺了这一条", "the entry is missing"),
    "order": Words("接不上前一条", "it does not follow the entry before it"),
    "changed": Words("内容改过", "it was changed"),
}
UNLOGGED = Words("日志里没有", "it is in no ledger")
UNKEPT = Words("日志里有，表里没有", "the ledger has it, the table does not")
MISLED = Words("印出的编号找不到它", "its printed number does not lead to it")
CONTENT = Words(
    "标题、情况、类别、日期、总数或各地的份额和审核通过的不一样", "its title, facts, kind, dates, totals or parts are not what was approved"
)
SHARE = Words("行、行数或总数和审核通过的不一样", "its rows, their number or its totals are not what was approved")
UNKNOWN = Words("防改码的算法不认识", "its digest is of an algorithm that is not known")
MONEY = Words("数字和审核通过的不一样", "the figures are not what was approved")
PERSON = Words("人和审核通过的不一样", "the person is not who was approved")
UNSALTED = Words("人的暗码没了，人还在", "the person's salt is gone, the person is not")
SEALED = Words("封存的姓名改过，或者换了密钥", "the sealed name was changed, or sealed with another key")
CURRENT = Words("现行的版本不是最后公布的那一版", "the version in force is not the last that was posted")
WITHDRAWAL = Words("撤下的记录和日志不一样", "its withdrawal is not what the ledger says")
STRAY = Words("不属于任何一份公示", "it belongs to no part")
LASTING = Words("从哪一版起、到哪一版止，和各版对不上", "the versions from which and until which it stands are not those of the notice")
CHANGED_IN = Words("最后改动的版本和各版的内容不一样", "the version in which it last changed is not the one in which it did")


def first_fault(prefix: str = "") -> Fault | None:
    """Return the first fault of the homes under a code prefix, one that is proven if there is any, or None."""
    first = None
    for fault in faults(prefix):
        if fault.proven:
            return fault
        first = first or fault
    return first


def faults(prefix: str = "") -> Iterator[Fault]:
    """Yield every fault of the homes under a code prefix: hash chains first, then notices, then the other subjects."""
    homes = [home for home in ledger.homes() if home.startswith(prefix)]
    for home in homes:
        broken = hash_chain.first_broken(ledger.entries(home))
        if broken:
            yield Fault(_entry(home, broken.height), CHAIN[broken.reason])
        yield from _readable(Words(f"日志 {home}", f"ledger {home}"), _early_faults(home))
    everywhere = Words(f"日志 {prefix}".rstrip(), f"ledger {prefix}".rstrip())
    yield from _readable(everywhere, _unlogged(prefix))
    for entry in _posted_entries(prefix):
        no = entry.body.get("version") if isinstance(entry.body, dict) else None
        yield from _readable(_notice(entry.subject, no), _version_faults(entry))
    yield from _readable(everywhere, _notice_faults(prefix))
    yield from _readable(everywhere, _stray_faults(prefix))
    for home in homes:
        for subject in SUBJECTS.values():
            yield from _readable(Words(f"日志 {home}", f"ledger {home}"), starmap(Fault, compared.faults(subject, home)))


def _early_faults(home: str) -> Iterator[Fault]:
    for one in hash_chain.early(ledger.entries(home)):
        seconds = int(one.by.total_seconds())
        said = Words(f"时间比上一条早 {seconds} 秒", f"its time lies {seconds} seconds before that of the entry above it")
        if one.told:
            zh, en = f"服务器的时钟往回调过，{said.zh}", f"the server's clock was set back: {said.en}"
            yield Fault(_entry(home, one.height), Words(zh, en), proven=False)
        elif proven := one.by > hash_chain.OVERLAP:
            yield Fault(_entry(home, one.height), said)
        else:
            zh, en = f"{said.zh}（两个人同时办的，可能差这么多）", f"{said.en} (two people at work at once may differ so much)"
            yield Fault(_entry(home, one.height), Words(zh, en), proven)


def _posted_entries(prefix: str) -> Iterator[Ledger]:
    posted = Ledger.action.in_(("notice.posted", "notice.corrected"))
    yield from db.session.scalars(select(Ledger).where(posted, Ledger.home.startswith(prefix)).order_by(Ledger.home, Ledger.height))


def _unlogged(prefix: str) -> Iterator[Fault]:
    logged = {(entry.home, entry.subject, entry.body.get("version")) for entry in _posted_entries(prefix)}
    for home, number, no in db.session.execute(select(Version.home, Version.number, Version.no).where(Version.home.startswith(prefix))):
        if (home, number, no) not in logged:
            yield Fault(_notice(number, no), UNLOGGED)


def _readable(where: Words, found: Iterator[Fault]) -> Iterator[Fault]:
    """Yield these faults; manipulated values that cannot be read are a fault of ``where`` too."""
    try:
        yield from found
    except (ValueError, TypeError, LookupError, AttributeError, NoResultFound) as error:
        name = type(error).__name__
        yield Fault(where, Words(f"读不出来（{name}）", f"cannot be read ({name})"))


def _version_faults(entry: Ledger) -> Iterator[Fault]:
    number, no = entry.subject, entry.body["version"]
    where = _notice(number, no)
    version = db.session.get(Version, (entry.home, number, no))
    notice = db.session.get(Notice, (entry.home, number))
    if version is None or notice is None:
        yield Fault(where, UNKEPT)
        return
    printed = db.session.get(Printed, number)
    if printed is None or printed.home != entry.home or printed.what != "notice":
        yield Fault(where, MISLED)
    stored = notices.evidence(version)
    changed = [name for name in stored if stored[name] != entry.body.get(name)]
    if changed:
        yield Fault(where, Words(f"改过：{'、'.join(changed)}", f"changed: {', '.join(changed)}"))
    parts = list(db.session.scalars(select(Part).where(Part.home == entry.home, Part.number == number, Part.version == no)))
    last_changed = notices.unchanged(version)
    for part in parts:
        yield from _part_faults(part, no, notice.current)
        if part.changed_in != last_changed(part.place, part.digest):
            yield Fault(_notice(number, no, part.place), CHANGED_IN)
    yield from starmap(Fault, compared.faults(FILES, version))
    content = {name: getattr(version, name) for name in ("home", "title", "facts", "frozen", "totals", "stated")} | {"kind": notice.kind}
    content |= {name: getattr(version, name).isoformat() for name in ("starts", "ends", "formed_on", "publish_by")}
    if version.algorithm not in ALGORITHMS:
        yield Fault(where, UNKNOWN)
    elif content_digest(version.algorithm, content, ((part.place, part.digest) for part in parts)) != version.digest:
        yield Fault(where, CONTENT)


def _part_faults(part: Part, no: int, current: int) -> Iterator[Fault]:
    """Yield the faults of a part and its rows; a row of several versions is checked in its last one only."""
    query = select(Row).where(Row.home == part.home, Row.number == part.number, Row.place == part.place, Row.since <= no)
    # Pages of the version in force show the rows without an end only.
    rows = [row for row in db.session.scalars(query.order_by(Row.no)) if row.until is None or (no < current and row.until > no)]
    for row in rows:
        if no == (current if row.until is None else row.until - 1):
            for what in _row_faults(row):
                yield Fault(_notice(part.number, no, part.place, row.no), what)
    where = _notice(part.number, no, part.place)
    if part.algorithm not in ALGORITHMS:
        yield Fault(where, UNKNOWN)
    elif len(rows) != part.row_count or part_digest(part.algorithm, part.place, rows, part.totals) != part.digest:
        yield Fault(where, SHARE)


def _row_faults(row: Row) -> Iterator[Words]:
    if row.algorithm not in ALGORITHMS:
        yield UNKNOWN
        return
    if commitment(row.algorithm, row.money_salt, row.place, row.no, row.amount, row.measures, row.texts) != row.money_digest:
        yield MONEY
    if row.person_salt is None:  # erased: the digest stays, but no personal value may be left
        if row.shown_name or row.sealed_name or row.name_key or row.person_key or row.account_key:
            yield UNSALTED
        return
    try:
        name = sealing.name_of(row)
    except InvalidTag:
        yield SEALED
        return
    person = (row.place, row.no, row.group, name, row.shown_name, row.person_key, row.account_key, row.minor)
    if commitment(row.algorithm, row.person_salt, *person) != row.person_digest:
        yield PERSON


def _notice_faults(prefix: str) -> Iterator[Fault]:
    """Yield the faults of whole notices: the version in force, and time and reason of withdrawal."""
    current: dict[str, int] = {}
    for entry in _posted_entries(prefix):
        current[entry.subject] = max(current.get(entry.subject, 0), entry.body.get("version") or 0)
    downs = db.session.scalars(select(Ledger).where(Ledger.action == "notice.taken_down"))
    taken = {entry.subject: (entry.at, entry.body.get("reason"), entry.body.get("leak")) for entry in downs}
    for notice in db.session.scalars(select(Notice).where(Notice.home.startswith(prefix))):
        if current.get(notice.number) != notice.current:
            yield Fault(_notice(notice.number), CURRENT)
        at = notice.withdrawn_at.isoformat(timespec="seconds") if notice.withdrawn_at else None
        if taken.get(notice.number, (None, "", None)) != (at, notice.withdrawn_because, notice.withdrawn_leak):
            yield Fault(_notice(notice.number), WITHDRAWAL)


def _stray_faults(prefix: str) -> Iterator[Fault]:
    """Yield the rows that belong to no part of their versions, or to no version."""
    stands = (Version.home == Row.home, Version.number == Row.number, Version.no >= Row.since, _goes_on(Version.no))
    key = (Part.home == Row.home, Part.number == Row.number, Part.place == Row.place, Part.version == Version.no)
    rows = select(Row.number, Row.place, Row.no).where(Row.home.startswith(prefix))
    stray = rows.join(Version, and_(*stands)).where(~select(Part.place).where(*key).correlate(Row, Version).exists())
    for number, place, no in db.session.execute(stray.distinct().order_by(Row.number, Row.place, Row.no)):
        yield Fault(_notice(number, place=place, row=no), STRAY)
    current = select(Notice.current).where(Notice.home == Row.home, Notice.number == Row.number).correlate(Row).scalar_subquery()
    nowhere = rows.where(or_(Row.since > current, Row.until > current, Row.until <= Row.since))
    for number, place, no in db.session.execute(nowhere.order_by(Row.number, Row.place, Row.no)):
        yield Fault(_notice(number, place=place, row=no), LASTING)


def _goes_on(no: Any) -> Any:
    """Return the SQL condition that a row has not ended before version ``no``."""
    return or_(Row.until.is_(None), Row.until > no)
