"""The background worker: a thread of a serving process, or a process of its own, that runs the jobs that requests ordered, and once a day
what is to be done without an order.

Many may run at once, in one process or on many machines: each leases its jobs (``store.jobs``), and an expired lease is taken over. Each
does the daily tasks too: whoever comes first finds the work, the others nothing.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path

from flask import Flask, current_app

from board import metrics
from board.models import db
from board.rules.calendar import CHINA, DAY, day_of
from board.store import appraisals
from board.store.cases import answer_drafts, case_photos, floods, quarter_shares, upkeep
from board.store.clock import now, of
from board.store.drafting import checking, jobs

PAUSE, LONGEST = 0.5, 30.0  # seconds between two polls; while the database is away, twice as many each time up to this
AGAIN = timedelta(hours=1)  # until a daily task that failed is tried again
OFTEN = timedelta(minutes=1)  # between two runs of what is done again and again
Task = Callable[[datetime], int]
Rests = dict[str, tuple[datetime, datetime]]
# What is done once a day: what it counts, and the task, which takes the time and returns how many. Any of them may run twice, and in
# several processes at once.
DAILY: Mapping[str, Task] = {
    "photos deleted, whose days were over": case_photos.expire,
    "half-written answers deleted, with which nobody went on": answer_drafts.expire,
    "shares of closed quarters counted": quarter_shares.count,
    "late cases led to the office one level up": upkeep.lead_up_late,
    "appraisals of villages published, whose days were over": appraisals.publish_over,
    "receipts and contacts deleted, whose time was over": upkeep.forget,
}
HEARTBEAT = "work-alive"  # the file in the instance folder that says when a worker was last there


def beat(at: datetime) -> int:
    """Write down that a worker is there, and return 1."""
    _heartbeat(current_app).write_text(at.isoformat(timespec="seconds"))
    return 1


def last_beat(app: Flask) -> datetime | None:
    """Return when a worker was last there; None: none was, or it wrote into another instance folder."""
    try:
        return datetime.fromisoformat(_heartbeat(app).read_text())
    except (OSError, ValueError):
        return None


def _heartbeat(app: Flask) -> Path:
    return Path(app.instance_path) / HEARTBEAT


# What is done every minute, as the above: a key that was drawn in a flood lives for ten minutes.
MINUTELY: Mapping[str, Task] = {"keys of floods deleted, whose ten minutes were over": floods.forget}


def start(app: Flask) -> None:
    """Start a worker thread for the life of this process, unless the setting BACKGROUND is off or this is a command."""
    if app.config["BACKGROUND"] and not os.environ.get("FLASK_RUN_FROM_CLI"):
        threading.Thread(target=forever, args=(app, threading.Event()), name="work", daemon=True).start()


def forever(app: Flask, stopped: threading.Event) -> None:
    """Run all jobs and poll for more until ``stopped`` is set; database errors are logged and retried."""
    rest: Rests = {}
    pause = PAUSE
    while not stopped.is_set():
        try:
            daily(app, rest)
            while once(app):
                pass
            pause = PAUSE
        except Exception as error:
            jobs.complain(error)
            pause = min(2 * pause, LONGEST)  # each line of the log has its trace
        stopped.wait(pause)


def daily(app: Flask, rest: Rests) -> None:
    """Do the daily tasks that are due, each until midnight in China, and those of every minute.

    ``rest`` is kept by the worker: from when until when each task rests, so that a clock that is set back wakes it.

    A task that fails is logged, keeps no other from being done, and is tried again an hour later.
    """
    at = of(app)
    for name, task in (*DAILY.items(), *MINUTELY.items(), (HEARTBEAT, beat)):
        since, until = rest.get(name, (at, at))
        if since <= at < until:
            continue
        with app.app_context():
            try:
                task(at)
                if metrics.kept is not None and name in DAILY:
                    metrics.kept.daily.labels(_name(task)).set(at.timestamp())
                rest[name] = at, datetime.combine(day_of(at) + DAY, time(), CHINA) if name in DAILY else at + OFTEN
            except Exception as error:
                jobs.complain(error)
                if metrics.kept is not None and name in DAILY:
                    metrics.kept.failures.labels(_name(task)).inc()
                rest[name] = at, at + (AGAIN if name in DAILY else OFTEN)
            finally:
                db.session.remove()


def _name(task: Task) -> str:
    return f"{task.__module__.rpartition('.')[2]}.{task.__name__}"


def once(app: Flask) -> bool:
    """Run the oldest waiting job; return False if there was none."""
    with app.app_context():
        try:
            lease = jobs.lease(now())
            if lease is None:
                return False
            with jobs.attempt(lease):
                checking.work(lease)
            if metrics.kept is not None:
                metrics.kept.jobs.inc()
            return True
        finally:
            db.session.remove()
