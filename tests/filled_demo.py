"""The demo on SQLite, filled once a run: whoever needs it gets a copy, in whichever worker."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from board import demo
from tests.databases import NOW, Databases


def run_folder(factory: pytest.TempPathFactory) -> Path:
    """Return the folder that all workers of a run have in common."""
    run = factory.getbasetemp()
    return run.parent if "PYTEST_XDIST_WORKER" in os.environ else run


@contextmanager
def copied(databases: Databases, instance: Path, shared: Path) -> Iterator[Flask]:
    """Yield the app over a copy of the demo in ``instance``, at the hour at which it was filled for all who name the ``shared`` folder."""
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "filled").exists():
            shutil.rmtree(shared / "instance", ignore_errors=True)
            with databases.empty(shared / "instance") as app:
                upgrade()
                app.clock = lambda: NOW  # type: ignore[attr-defined]
                demo.load(NOW, lambda _: None)
            (shared / "filled").touch()
    shutil.copytree(shared / "instance", instance)
    with databases.empty(instance) as app:
        app.clock = lambda: NOW  # type: ignore[attr-defined]
        yield app
