"""Background jobs: order, lease, report progress, cancel. One job for each draft; its row is deleted when the work is done.

Lock order: the draft before its job, or a clerk's save and the worker's store could deadlock.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from board.models import Draft, Job, db
from board.store.engine import writing

LEASE = timedelta(seconds=20)  # renewed during the work; after it expires, another worker may take the job over
READING = timedelta(seconds=90)  # the longest time to read and clean an upload within its request
SKEW = timedelta(minutes=1)  # by which the clocks of several servers may differ; a lease longer than that is of a clock since set back
TRIES = 3  # a job that crashed the program this often has failed
log = logging.getLogger("board.work")


class Gone(Exception):
    """The job was cancelled, ordered again or leased to another worker: the present worker stops."""


@dataclass(frozen=True)
class Lease:
    """A lease of a job, valid as long as ``holder`` is in the job's row."""

    home: str
    draft: str
    holder: str


def find(home: str, draft: str) -> Job | None:
    """Return a draft's job, or None."""
    return db.session.get(Job, (home, draft), populate_existing=True)


@contextmanager
def reading(home: str, draft: str, at: datetime) -> Iterator[None]:
    """Mark an upload as being read during the block; if the server stops meanwhile, the clerk is asked to send it again.

    A check of the former table goes on until the new table is stored.
    """
    with writing() as session:
        session.get(Draft, (home, draft), with_for_update=True)
        job = session.get(Job, (home, draft), with_for_update=True, populate_existing=True)
        noted = job is None or job.state == "reading"
        if noted:
            session.merge(_job(home, draft, "reading", at, at + READING))
    try:
        yield
    finally:
        if noted:
            with writing() as session:
                session.get(Draft, (home, draft), with_for_update=True)
                session.execute(delete(Job).where(Job.home == home, Job.draft == draft, Job.state == "reading"))


def still_reading(job: Job, at: datetime) -> bool:
    """Return whether the upload of a job that is marked as being read may be read still."""
    return at < job.leased <= at + READING + SKEW


def order(session: Session, home: str, draft: str, at: datetime) -> None:
    """Order a check of a draft's table within a transaction that locks the draft; a worker on an older order stops."""
    session.get(Job, (home, draft), with_for_update=True, populate_existing=True)  # lock: it might be finished before the merge
    session.merge(_job(home, draft, "waiting", at, at))
    session.flush()  # one change may order it twice


def _job(home: str, draft: str, state: str, at: datetime, leased: datetime) -> Job:
    fresh = {"step": "", "done": 0, "total": 0, "tries": 0, "holder": secrets.token_hex(16)}
    return Job(home=home, draft=draft, state=state, asked=at, leased=leased, **fresh)


def cancel(session: Session, home: str, draft: str) -> None:
    """Cancel a draft's job within a transaction that locks the draft; its worker stops at its next step."""
    job = session.get(Job, (home, draft), with_for_update=True, populate_existing=True)
    if job is not None:
        session.delete(job)


def lease(at: datetime, home: str | None = None, draft: str | None = None) -> Lease | None:
    """Lease the oldest job, or that of one draft, that is waiting or whose lease expired; None when there is none."""
    with writing() as session:
        over = or_(Job.leased < at, Job.leased > at + LEASE + SKEW)
        query = select(Job).where(or_(Job.state == "waiting", (Job.state == "working") & over))
        if draft is not None:
            query = query.where(Job.home == home, Job.draft == draft)
        job = session.scalars(query.order_by(Job.asked).limit(1).with_for_update(skip_locked=True)).first()
        if job is None:
            return None
        if job.tries >= TRIES:
            job.state = "failed"
            return None
        job.state, job.holder, job.leased, job.tries = "working", secrets.token_hex(16), at + LEASE, job.tries + 1
        return Lease(job.home, job.draft, job.holder)


def held(session: Session, lease: Lease) -> Job:
    """Return the job within a running transaction, with its draft and itself locked. Raises Gone when the lease is no longer valid."""
    session.get(Draft, (lease.home, lease.draft), with_for_update=True)
    job = session.get(Job, (lease.home, lease.draft), with_for_update=True, populate_existing=True)
    if job is None or job.holder != lease.holder:
        raise Gone(lease.draft)
    return job


def report_progress(lease: Lease, step: str, done: int, total: int, at: datetime) -> None:
    """Store the progress of a job and renew its lease. Raises Gone."""
    with writing() as session:
        job = held(session, lease)
        job.step, job.done, job.total, job.leased = step, done, total, at + LEASE


def failed(lease: Lease) -> None:
    """Mark a job as failed, so that the clerk sees it and may order it again. Raises Gone."""
    with writing() as session:
        held(session, lease).state = "failed"


@contextmanager
def attempt(lease: Lease) -> Iterator[None]:
    """Run the work of a lease in the block: an exception is logged and marks the job as failed; Gone just ends the work."""
    try:
        yield
    except Gone:
        log.info("a job was cancelled or ordered again")
    except Exception as error:
        complain(error)
        with suppress(Gone):
            failed(lease)


def complain(error: Exception) -> None:
    """Log an exception's type and place, without its message, which may quote a cell."""
    where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(traceback.extract_tb(error.__traceback__)[-4:]))
    log.error("%s at %s", type(error).__name__, where)


def under(homes: str) -> set[tuple[str, str]]:
    """Return the drafts (home, id) under a code prefix whose check is waiting or running."""
    query = select(Job.home, Job.draft).where(Job.home.startswith(homes), Job.state.in_(("waiting", "working")))
    return {(home, draft) for home, draft in db.session.execute(query)}


def outstanding(at: datetime) -> tuple[dict[str, int], float]:
    """Return how many jobs there are by state, and for how many seconds the oldest of those not finished has been ordered."""
    query = select(Job.state, func.count(), func.min(Job.asked)).group_by(Job.state)
    found = {state: (count, asked) for state, count, asked in db.session.execute(query)}
    oldest = min((asked for state, (_count, asked) in found.items() if state in ("waiting", "working")), default=at)
    return {state: count for state, (count, _asked) in found.items()}, max(0.0, (at - oldest).total_seconds())


def before(job: Job) -> int:
    """Return the number of unfinished jobs ordered before this one."""
    ahead = select(func.count()).select_from(Job).where(Job.state.in_(("waiting", "working")), Job.asked < job.asked)
    return db.session.scalars(ahead).one()
