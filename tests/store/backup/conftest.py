"""Backups of an instance in use, and empty instances of either engine beside it."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from board.models import db
from board.store import clock, logins
from tests.databases import PASSWORD, Databases


def runs(app: Flask, *args: object):
    """Run a command in an app, and return what it came to."""
    with app.app_context():
        return app.test_cli_runner().invoke(args=[str(arg) for arg in args])


def does(app: Flask, *args: object) -> list[str]:
    """Run a command that succeeds, and return its lines."""
    done = runs(app, *args)
    assert done.exit_code == 0, done.output
    return done.output.splitlines()


def refused(app: Flask, *args: object) -> str:
    """Run a command that says in one line why it does not do it, and return that line."""
    done = runs(app, *args)
    assert (done.exit_code, done.output.count("\n")) == (1, 1), done.output
    return done.output.removeprefix("Error: ").strip()


@pytest.fixture
def number(posted, case, draft):
    """The number of a posted notice, in a database that holds a case and a draft too."""
    found = posted.number
    db.session.rollback()
    return found


@pytest.fixture
def in_use(app, number):
    """The app over that database, with a clerk signed in; nothing holds a transaction of it."""
    logins.sign_in("baihe-clerk", PASSWORD, "", False, clock.now())
    db.session.rollback()
    return app


@pytest.fixture
def empty(app, databases, tmp_path, request):
    """Make a new instance without tables: with the keys of the one in use, those of a folder, or its own; on the other engine if told."""
    with ExitStack() as stack:
        made: list[Flask] = []

        def make(keys: Path | None = Path(app.instance_path), other_engine: bool = False) -> Flask:
            place = tmp_path / f"instance{len(made)}"
            place.mkdir()
            if keys:
                shutil.copyfile(keys / "keys.toml", place / "keys.toml")
            there = databases
            if other_engine:
                there = Databases(tmp_path, None if databases.cluster else request.getfixturevalue("cluster"))
            second = stack.enter_context(there.empty(place))
            second.clock = app.clock
            made.append(second)
            return second

        yield make


@pytest.fixture(scope="module")
def migrated(databases, tmp_path_factory):
    """An app over tables in which nothing stands; whoever writes there rolls back."""
    with databases.empty(tmp_path_factory.mktemp("migrated")) as made:
        upgrade()
        yield made
