"""What a server and a worker ask before they start: they stop where the tables are not this program's, and log what else is not well."""

from __future__ import annotations

import logging
import os

from flask import Flask

from board.doctor import checks
from board.doctor.check import STATES
from board.doctor.checks import Result
from board.store import engine, sealing

log = logging.getLogger("board.doctor")


class NotReady(Exception):
    """The database has not the tables of this program; the text says what to run."""


def server(app: Flask) -> None:
    """Ask before a serving process starts; in a ``flask`` command nothing is asked. Raises as ``ready`` does."""
    if not os.environ.get("FLASK_RUN_FROM_CLI"):
        ready(app)


def ready(app: Flask) -> None:
    """Ask the cheap checks, and log what is not well. Raises NotReady, and KeyFileError where the key file is missing.

    A database that does not answer is waited for: pages say so, and go on by themselves when it does.
    """
    with app.app_context():
        try:
            for result in checks.ask(app, "start"):
                if result.finding.stops:
                    raise NotReady(told(result))
                if result.finding.state in ("look", "bad"):
                    log.log(logging.ERROR if result.finding.state == "bad" else logging.WARNING, told(result))
            sealing.vault()
        finally:
            engine.let_go()


def told(result: Result) -> str:
    """Return what a check found in one line, without what belongs to a terminal."""
    found, name = result.finding, result.check.name
    mend = f" 请运行 run `{found.command}`." if found.command else ""
    return f"{STATES[found.state].zh} {name.zh} {name.en}: {found.said.zh}。{found.said.en}.{mend}"
