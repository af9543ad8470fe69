"""A process that ends in the middle of an act: its connection is gone without a commit, and nothing runs after it.

The act is cut at the n-th statement that writes, before its commit reaches the database, or behind it, before anybody was told.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

WRITES = ("INSERT", "UPDATE", "DELETE")


class Killed(BaseException):
    """No error that any of the program's own handlers may catch: the process is gone."""


class Kill:
    """The end of one process: ``after`` writing statements, or at the commit that follows them (``how``: write, commit, committed)."""

    def __init__(self, how: str, after: int) -> None:
        self.how, self.left, self.dead = how, after, False

    def at(self, moment: str, connection: Any) -> None:
        """End the process if this is its moment, and let nothing run once it is over."""
        if not self.dead and (self.left > 0 or moment != self.how):
            self.left -= moment == "write"
            return
        self.dead = True
        if driver := connection and connection.connection.driver_connection:
            driver.close()  # as the kernel does it: neither commit nor rollback is sent
        raise Killed(f"{self.how} {self.left}")


_armed: list[Kill] = []


@contextmanager
def killing(kill: Kill | None) -> Iterator[None]:
    """Let the process of the block end as ``kill`` says; raises Killed if it did, whatever the block made of it."""
    if kill is None:
        yield
        return
    _armed.append(kill)
    try:
        yield
    except BaseException as error:
        if kill.dead and not isinstance(error, Killed):
            raise Killed(str(error)) from error
        raise
    finally:
        _armed.remove(kill)
    if kill.dead:
        raise Killed("the program went on as if nothing had happened")


@event.listens_for(Engine, "before_cursor_execute")
def _statement(connection: Connection, _cursor: Any, statement: str, *_given: Any) -> None:
    for kill in _armed:
        if kill.dead or statement.startswith(WRITES):
            kill.at("write", connection)


@event.listens_for(Engine, "commit")
def _commit(connection: Connection) -> None:
    for kill in _armed:
        kill.at("commit", connection)


@event.listens_for(Session, "after_commit")
def _committed(_session: Session) -> None:
    for kill in _armed:
        kill.at("committed", None)
