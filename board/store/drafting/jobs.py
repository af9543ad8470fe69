"""Work that goes on after a request: ordered, leased, told of, and given up. One job a draft; the row goes when the work is done.

Whoever needs both locks the draft before its job: a clerk who saves and the worker who stores would else wait for each other for ever.
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

LEASE = timedelta(seconds=20)  # renewed as long as the work goes on: whoever was switched off is relieved of it after that
READING = timedelta(seconds=90)  # the longest that an upload is read and cleaned within its request
TRIES = 3  # work that brought the program down so often is no longer tried
log = logging.getLogger("board.work")


class Gone(Exception):
    """The job was cancelled, ordered anew, or given to somebody else: whoever works on it stops."""


@dataclass(frozen=True)
class Lease:
    """Somebody's right to work on a job, as long as its holder stands in the table."""

    home: str
    draft: str
    holder: str


def find(home: str, draft: str) -> Job | None:
    """Return a draft's job, or None when nothing is to be done."""
    return db.session.get(Job, (home, draft), populate_existing=True)


@contextmanager
def reading(home: str, draft: str, at: datetime) -> Iterator[None]:
    """Note that an upload is read within the block: should the server stop meanwhile, the clerk is told to send it again.

    A check of the older table that is under way goes on until the new one is there.
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


def order(session: Session, home: str, draft: str, at: datetime) -> None:
    """Order the check of a draft's table within a transaction that holds the draft; whoever still works on an older order stops."""
    session.get(Job, (home, draft), with_for_update=True, populate_existing=True)  # or it might be done between this look and the next
    session.merge(_job(home, draft, "waiting", at, at))
    session.flush()  # one change may order it for two reasons


def _job(home: str, draft: str, state: str, at: datetime, leased: datetime) -> Job:
    fresh = {"step": "", "done": 0, "total": 0, "tries": 0, "holder": secrets.token_hex(16)}
    return Job(home=home, draft=draft, state=state, asked=at, leased=leased, **fresh)


def cancel(session: Session, home: str, draft: str) -> None:
    """Give a draft's job up within a transaction that holds the draft; its worker stops at its next step."""
    job = session.get(Job, (home, draft), with_for_update=True, populate_existing=True)
    if job is not None:
        session.delete(job)


def lease(at: datetime, home: str | None = None, draft: str | None = None) -> Lease | None:
    """Take the job that waits longest, or that of one draft, or None: one nobody has, or whose holder has not been heard of."""
    with writing() as session:
        query = select(Job).where(or_(Job.state == "waiting", (Job.state == "working") & (Job.leased < at)))
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
    """Return the job within a running transaction, its draft and itself locked. Raises Gone when it is no longer the holder's."""
    session.get(Draft, (lease.home, lease.draft), with_for_update=True)
    job = session.get(Job, (lease.home, lease.draft), with_for_update=True, populate_existing=True)
    if job is None or job.holder != lease.holder:
        raise Gone(lease.draft)
    return job


def tell(lease: Lease, step: str, done: int, total: int, at: datetime) -> None:
    """Say how far the work is, and keep the lease. Raises Gone."""
    with writing() as session:
        job = held(session, lease)
        job.step, job.done, job.total, job.leased = step, done, total, at + LEASE


def failed(lease: Lease) -> None:
    """Say that the work cannot be done; the clerk reads it and may order it again."""
    with writing() as session:
        held(session, lease).state = "failed"


@contextmanager
def attempt(lease: Lease) -> Iterator[None]:
    """Do the work of a lease within the block: an error of ours is said in the job, and one that was relieved just stops."""
    try:
        yield
    except Gone:
        log.info("a job was given up or ordered anew")
    except Exception as error:
        complain(error)
        with suppress(Gone):
            failed(lease)


def complain(error: Exception) -> None:
    """Log where something went wrong, without its message: that may quote a cell."""
    where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(traceback.extract_tb(error.__traceback__)[-4:]))
    log.error("%s at %s", type(error).__name__, where)


def under(homes: str) -> set[tuple[str, str]]:
    """Return the drafts (home, id) of all homes under a code prefix whose tables are being checked or wait for it."""
    query = select(Job.home, Job.draft).where(Job.home.startswith(homes), Job.state.in_(("waiting", "working")))
    return {(home, draft) for home, draft in db.session.execute(query)}


def before(job: Job) -> int:
    """Return how many jobs are worked on before this one."""
    ahead = select(func.count()).select_from(Job).where(Job.state.in_(("waiting", "working")), Job.asked < job.asked)
    return db.session.scalars(ahead).one()
