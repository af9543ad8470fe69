"""``make upgrade-dump``: fill a demo with the present program and keep its database as that of the newest migration."""

from __future__ import annotations

import lzma
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from PIL import Image

from tests.actors import Person
from tests.recording import dump
from tests.recording.standing import DATABASE, KEYS, app_over, stop_clock
from tests.upgrades import FOLDER, READY, WAITING

PHOTO, SMALL = (1200, 1600), (120, 160)


@contextmanager
def small_photos() -> Iterator[None]:
    """Let the demo draw its photos small: they would be most of the file."""
    save = Image.Image.save

    def saved(picture: Image.Image, *given: Any, **more: Any) -> None:
        if picture.size == PHOTO:
            picture.thumbnail(SMALL)
        save(picture, *given, **more)

    with mock.patch.object(Image.Image, "save", saved):
        yield


def main() -> None:
    """Make the dump of the newest migration, in place of one that is there."""
    with tempfile.TemporaryDirectory(prefix="mingbai-upgrade-") as place:
        folder = Path(place) / "demo"
        with small_photos():
            dump.make(folder)
        app = app_over(folder)
        stop_clock(app, folder)
        clerk = Person(app.test_client()).signs_in("baihe-clerk")
        dump.pasted(clerk, title=READY, duty_period="2026")
        dump.sends(clerk, dump.pasted(clerk, title=WAITING, duty_period="2026"))
        with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as database:
            revision = database.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            database.execute("DELETE FROM login")
            database.execute("VACUUM INTO ?", (str(folder / "whole.sqlite"),))  # with what stands in the write-ahead log
        packed = lzma.compress((folder / "whole.sqlite").read_bytes(), preset=9 | lzma.PRESET_EXTREME)
        (FOLDER / f"{revision}.sqlite.xz").write_bytes(packed)
        shutil.copyfile(folder / KEYS, FOLDER / f"{revision}.keys.toml")
    sys.stdout.write(f"tests/upgrades/{revision}.sqlite.xz: {len(packed):,} bytes\n")


if __name__ == "__main__":
    main()
