"""SQLite's own form: its online copy, packed into a file and unpacked again."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import IO
from urllib.parse import quote

from board.backup import files
from board.backup.refusal import BackupRefused
from board.store.engine import BESIDE

LEVEL = 4  # of gzip: half the time of the usual 6, for a twentieth more bytes


def copy(database: Path, target: Path) -> None:
    """Copy a database as it stands at one moment; who reads and writes is not held up. Raises BackupRefused if it is damaged."""
    try:
        with closing(_opened(database)) as here, closing(sqlite3.connect(target)) as there:
            here.backup(there)  # in one step, so that it need not begin anew after each write of another process
            there.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
            whole = there.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    except sqlite3.OperationalError as error:
        raise BackupRefused(f"The database could not be copied ({error}): mend that, then try again.") from error
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        raise BackupRefused("The database file is damaged: a backup of it would be too. Restore the last good one.")


def _opened(database: Path) -> sqlite3.Connection:
    if not database.exists():
        raise BackupRefused(f"There is no database {database}: run `flask --app wsgi db upgrade`, then try again.")
    return sqlite3.connect(f"file:{quote(str(database))}?mode=rw", uri=True, timeout=30)


def pack(database: Path, target: Path) -> None:
    """Write a copy compressed, and remove it."""
    with database.open("rb") as plain, gzip.GzipFile(target, "wb", LEVEL, mtime=0) as packed:
        shutil.copyfileobj(plain, packed, 1 << 20)
    database.unlink()


def unpack(packed: IO[bytes], target: Path) -> None:
    """Write the database of a backup into a new file, readable by its owner only."""
    with gzip.GzipFile(fileobj=packed) as plain, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(plain, file, 1 << 20)


def take_place(made: Path, database: Path) -> None:
    """Let a new database take the place of an empty one, whole and on the disk."""
    with closing(sqlite3.connect(made)) as there:
        there.execute("PRAGMA journal_mode=DELETE")
    with made.open("rb") as file:
        os.fsync(file.fileno())
    made.chmod(0o600)
    remove(database)  # first, with its log: left beside the new file, the log would be taken for that file's
    made.replace(database)
    files.sync(database.parent)


def remove(database: Path) -> None:
    """Remove a database with what lies beside it."""
    for path in (database, *(database.with_name(database.name + end) for end in BESIDE)):
        path.unlink(missing_ok=True)
