"""What the database says of itself for ``flask doctor``: its revision, times, jobs, rows without what they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from sqlalchemy import ForeignKeyConstraint, and_, func, inspect, or_, select, text, tuple_
from sqlalchemy.sql.selectable import FromClause

from board.models import (
    AppraisalVote,
    AskingCount,
    AskingKey,
    Attachment,
    Case,
    CaseCorrection,
    Draft,
    Job,
    Ledger,
    Notice,
    Printed,
    Receipt,
    Row,
    ScanCount,
    SecrecyReview,
    SeriesStep,
    Sheet,
    StagedRow,
    UnderstoodCount,
    Version,
    Wall,
    db,
)
from board.rules.notice.page_sources import of_version
from board.store import schema, sealing, triggers


class Revisions(NamedTuple):
    """The revision of the database ("": it has no tables), those that the program knows, newest first, and whether the ledger's triggers
    are there."""

    current: str
    known: tuple[str, ...]
    triggers: bool


def revisions() -> Revisions:
    """Return what stands in the database beside what the program was written for."""
    with db.engine.connect() as connection:
        current = schema.found(connection)
        guarded = inspect(connection).has_table("ledger") and not triggers.missing(connection)
    return Revisions(current, schema.known(), guarded)


def last_entry() -> datetime | None:
    """Return the latest time of the homes' last ledger entries; None: there is none."""
    heads = select(Ledger.home, func.max(Ledger.height)).group_by(Ledger.home)  # by the key: the ledger is read nowhere else
    newest = select(func.max(Ledger.at)).where(tuple_(Ledger.home, Ledger.height).in_(heads))
    last = db.session.scalar(newest)  # all in UTC and in one form, so that the latest text is the latest time
    return datetime.fromisoformat(last) if last else None


def servers_clock() -> datetime | None:
    """Return the time of PostgreSQL's server; None: SQLite has no clock of its own."""
    return db.session.scalar(select(func.now())) if db.engine.dialect.name == "postgresql" else None


def size() -> int:
    """Return the size of the database in bytes."""
    if db.engine.dialect.name == "postgresql":
        return db.session.scalar(text("SELECT pg_database_size(current_database())")) or 0
    pages, each = (db.session.scalar(text(f"PRAGMA {what}")) or 0 for what in ("page_count", "page_size"))
    return int(pages * each)


def opens() -> bool | None:
    """Return whether the installation's keys open what is sealed in the database; None: nothing is sealed there yet."""
    for column in (Row.sealed_name, Sheet.preview, Draft.proposal, Case.contact):
        sealed = db.session.scalar(select(column).where(column.is_not(None)).limit(1))  # any: an order would read the whole table
        if sealed:
            try:
                sealing.vault().open_bytes(sealed)
            except InvalidTag:
                return False
            return True
    return None


STUCK = timedelta(minutes=10)  # a worker renews its lease within seconds, and an upload is read in less


@dataclass(frozen=True)
class Jobs:
    """How many jobs wait, since when the first does (None: none waits), how many failed, and how many nobody works on any more."""

    waiting: int
    oldest: datetime | None
    failed: int
    stuck: int


def jobs(at: datetime) -> Jobs:
    """Return what is ordered and not done; a job whose lease ran out a while ago is stuck."""
    waits, left = Job.state == "waiting", at - STUCK
    return Jobs(
        waiting=_count(waits),
        oldest=db.session.scalar(select(func.min(Job.asked)).where(waits)),
        failed=_count(Job.state == "failed"),
        stuck=_count(Job.state.in_(("working", "reading")), Job.leased < left),
    )


def _count(*where: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(Job).where(*where)) or 0


MOST_VERSIONS = 500  # that are looked at, of those that ended last


def expired(today: date, most: int) -> list[str]:
    """Return the numbers of notices whose rows were on the web and are no longer, the latest first."""
    newest = and_(Version.home == Notice.home, Version.number == Notice.number, Version.no == Notice.current)
    query = select(Version, Notice.kind).join(Notice, newest).where(Notice.withdrawn_at.is_(None), Version.row_count > 0)
    query = query.where(Version.ends < today).order_by(Version.ends.desc(), Version.number).limit(MOST_VERSIONS)
    found = list[str]()
    for version, kind in db.session.execute(query):
        page = of_version(version, [], kind)
        until = page.rows_until()
        if until and until < today and page.kind.columns:
            found.append(version.number)
        if len(found) == most:
            break
    return found


@dataclass(frozen=True)
class Orphans:
    """So many rows of a table refer by these columns to rows of another that are not there."""

    table: str
    columns: tuple[str, ...]
    parent: str
    count: int


# What refers to another table without a foreign key: the columns, and those that they name.
LOOSE: tuple[tuple[tuple[Any, ...], tuple[Any, ...]], ...] = (
    ((StagedRow.home, StagedRow.draft), (Draft.home, Draft.id)),
    ((Notice.number, Notice.home), (Printed.number, Printed.home)),
    ((Wall.number, Wall.home), (Printed.number, Printed.home)),
    ((Notice.home, Notice.number, Notice.current), (Version.home, Version.number, Version.no)),
    ((SeriesStep.root,), (Printed.number,)),
    ((SeriesStep.follows,), (Printed.number,)),
    ((Draft.corrects,), (Printed.number,)),
    ((Draft.started_from,), (Printed.number,)),
    ((SecrecyReview.number,), (Printed.number,)),
    ((CaseCorrection.home, CaseCorrection.number), (Notice.home, Notice.number)),
    ((ScanCount.number,), (Printed.number,)),
    ((UnderstoodCount.number,), (Printed.number,)),
    ((AppraisalVote.wall,), (Printed.number,)),
    ((Case.wall,), (Printed.number,)),
    ((Case.publisher, Case.number, Case.version), (Version.home, Version.number, Version.no)),
    ((Receipt.home, Receipt.case), (Case.home, Case.id)),
    ((AskingCount.slot,), (AskingKey.slot,)),
)


def orphans() -> Iterator[Orphans]:
    """Yield what refers to rows that are not there: by foreign keys, which a copied or repaired database may have without asking them, by
    the columns of ``LOOSE``, and files that belong to no draft and to no notice."""
    for table in db.metadata.sorted_tables:
        for key in sorted(table.foreign_key_constraints, key=lambda one: tuple(one.column_keys)):
            yield from _orphans(*_ends(key))
    for columns, parents in LOOSE:
        yield from _orphans([one.__clause_element__() for one in columns], [one.__clause_element__() for one in parents])
    yield from _nobodys()


def _ends(key: ForeignKeyConstraint) -> tuple[list[Any], list[Any]]:
    return [one.parent for one in key.elements], [one.column for one in key.elements]


def _orphans(columns: list[Any], parents: list[Any]) -> Iterator[Orphans]:
    table, parent = columns[0].table, parents[0].table
    other: FromClause = parent.alias("parent")
    same = [other.c[there.name] == here for here, there in zip(columns, parents, strict=True)]
    there = select(text("1")).select_from(other).where(*same).correlate(table).exists()
    query = select(func.count()).select_from(table).where(*(one.is_not(None) for one in columns), ~there)
    if count := db.session.scalar(query):
        yield Orphans(table.name, tuple(one.name for one in columns), parent.name, count)


def _nobodys() -> Iterator[Orphans]:
    """Yield the files of no draft and no notice, and the printed numbers that lead nowhere."""
    files = select(func.count()).select_from(Attachment).where(Attachment.draft.is_(None), Attachment.number.is_(None))
    if count := db.session.scalar(files):
        yield Orphans("attachment", ("draft", "number"), "notice", count)
    notice = select(Notice.number).where(Notice.home == Printed.home, Notice.number == Printed.number).exists()
    wall = select(Wall.number).where(Wall.home == Printed.home, Wall.number == Printed.number).exists()
    leads = or_(and_(Printed.what == "notice", notice), and_(Printed.what == "wall", wall))
    if count := db.session.scalar(select(func.count()).select_from(Printed).where(~leads)):
        yield Orphans("printed", ("number",), "notice", count)
