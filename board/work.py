"""The background worker: a thread of a serving process, or a process of its own, that runs the jobs that requests ordered.

Many may run at once, in one process or on many machines: each leases its jobs (``store.jobs``), and an expired lease is taken over.
"""

from __future__ import annotations

import os
import threading

from flask import Flask

from board.models import db
from board.store.clock import now
from board.store.drafting import checking, jobs

PAUSE = 0.5  # seconds between two polls


def start(app: Flask) -> None:
    """Start a worker thread for the life of this process, unless the setting BACKGROUND is off or this is a command."""
    if app.config["BACKGROUND"] and not os.environ.get("FLASK_RUN_FROM_CLI"):
        threading.Thread(target=forever, args=(app, threading.Event()), name="work", daemon=True).start()


def forever(app: Flask, stopped: threading.Event) -> None:
    """Run all jobs and poll for more until ``stopped`` is set; database errors are logged and retried."""
    while not stopped.is_set():
        try:
            while once(app):
                pass
        except Exception as error:
            jobs.complain(error)
        stopped.wait(PAUSE)


def once(app: Flask) -> bool:
    """Run the oldest waiting job; return False if there was none."""
    with app.app_context():
        try:
            lease = jobs.lease(now())
            if lease is None:
                return False
            with jobs.attempt(lease):
                checking.work(lease)
            return True
        finally:
            db.session.remove()
