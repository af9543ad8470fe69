"""The background worker: one thread in a serving process, or a process of its own, that does what requests have ordered.

Many may run at once, in one process or on many machines: each leases its work (``store.jobs``), and what one leaves behind when it is
switched off another takes up.
"""

from __future__ import annotations

import os
import threading

from flask import Flask

from board.models import db
from board.store.clock import now
from board.store.drafting import checking, jobs

PAUSE = 0.5  # seconds between two looks for work


def start(app: Flask) -> None:
    """Let a thread of this process work as long as the process lives, unless the setting BACKGROUND is off or this is a command."""
    if app.config["BACKGROUND"] and not os.environ.get("FLASK_RUN_FROM_CLI"):
        threading.Thread(target=forever, args=(app, threading.Event()), name="work", daemon=True).start()


def forever(app: Flask, stopped: threading.Event) -> None:
    """Do all that is ordered, and look again, until ``stopped`` is set; a database that is away for a while is waited for."""
    while not stopped.is_set():
        try:
            while once(app):
                pass
        except Exception as error:
            jobs.complain(error)
        stopped.wait(PAUSE)


def once(app: Flask) -> bool:
    """Do what waits longest; False when nothing was there to be done."""
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
