"""SQLite's own file: copied online, refused where it is damaged, and put in the place of an empty one with nothing of that one left."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from board.backup.refusal import BackupRefused
from board.store.backup import sqlite


def made(path, words: str) -> None:
    """Make a database with a table of some size."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE said (words TEXT)")
        database.executemany("INSERT INTO said VALUES (?)", [(words * 100,)] * 500)
        database.commit()


def test_a_copy_is_one_file_and_comes_out_of_its_package(tmp_path):
    made(tmp_path / "one", "一")
    with closing(sqlite3.connect(tmp_path / "one")) as reader:
        reader.execute("SELECT count(*) FROM said").fetchone()
        sqlite.copy(tmp_path / "one", tmp_path / "copy")
    sqlite.pack(tmp_path / "copy", tmp_path / "packed")
    with (tmp_path / "packed").open("rb") as packed:
        sqlite.unpack(packed, tmp_path / "out")

    assert not (tmp_path / "copy").exists()
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(tmp_path / "out")) as database:
        assert database.execute("SELECT count(*) FROM said").fetchone() == (500,)


def test_a_damaged_database_is_told_before_the_last_good_backup_goes(tmp_path):
    made(tmp_path / "one", "一")
    content = bytearray((tmp_path / "one").read_bytes())
    content[40_960:45_056] = b"\xff" * 4_096
    (tmp_path / "one").write_bytes(content)
    with pytest.raises((BackupRefused, sqlite3.DatabaseError)):
        sqlite.copy(tmp_path / "one", tmp_path / "copy")
    with pytest.raises(BackupRefused, match="There is no database"):
        sqlite.copy(tmp_path / "none", tmp_path / "copy")


def test_the_log_of_the_one_that_was_there_goes_with_it(tmp_path):
    made(tmp_path / "empty", "旧")
    for end in sqlite.BESIDE:
        (tmp_path / f"empty{end}").write_bytes(b"left")
    made(tmp_path / "new", "新")
    sqlite.take_place(tmp_path / "new", tmp_path / "empty")

    assert [path.name for path in tmp_path.iterdir()] == ["empty"]
    with closing(sqlite3.connect(tmp_path / "empty")) as database:
        assert database.execute("SELECT substr(words, 1, 1) FROM said LIMIT 1").fetchone() == ("新",)
