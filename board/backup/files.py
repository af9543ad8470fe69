"""Files that are whole or not there, the scratch folder of one backup at a time, and the note of when the last ones succeeded."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from board.backup.refusal import BackupRefused

STATE = "backup-state.json"
NOTED = (
    "backup",
    "file",
    "drill",
    "drilled",
)  # when the last backup was made, its file; when the last drill was, and of when what it tried
_SCRATCH = ".backup-"


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file to write (mode 600) that takes its name, in place of an older one, only once it is whole and on the disk."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)  # left by a backup that was killed
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync(path.parent)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise BackupRefused(f"There is no room left for {path}: nothing was written. Make room, or name another disk.") from error
        raise
    finally:
        part.unlink(missing_ok=True)


def sync(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def scratch(instance: Path) -> Iterator[Path]:
    """Yield a folder (mode 700) beside the database, which goes at the end; one backup or restore of an instance runs at a time.

    Raises BackupRefused while another one runs.
    """
    handle = os.open(instance, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupRefused("Another backup or restore of this instance is running: wait for its end, then try again.") from error
        for left in instance.glob(f"{_SCRATCH}*"):  # by one that was killed
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=instance))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)


def note(instance: Path, **done: datetime | Path) -> None:
    """Write down (``NOTED``) when a backup or a drill succeeded, beside what is noted of the other one."""
    path = instance / STATE
    try:
        told = json.loads(path.read_text("utf-8"))
        kept = {name: told[name] for name in NOTED if isinstance(told.get(name), str)}
    except (OSError, ValueError, AttributeError):
        kept = {}
    for name, told in done.items():
        kept[name] = str(told.resolve()) if isinstance(told, Path) else told.astimezone(UTC).isoformat(timespec="seconds")
    with whole(path) as file:
        file.write(json.dumps(kept).encode())
