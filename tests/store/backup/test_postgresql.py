"""PostgreSQL's programs are found where Debian puts them, and nobody who lists processes reads the password."""

from __future__ import annotations

import pytest
from sqlalchemy import make_url

from board.backup.refusal import BackupRefused
from board.store.backup import postgresql

URL = make_url("postgresql+psycopg://board:geheim@db.example.cn:5433/board?sslmode=require")
SHOWS = """#!/bin/sh
echo "$@" > {0}/arguments
cat "$PGSERVICEFILE" > {0}/service
stat -c %a "$PGSERVICEFILE" >> {0}/service
echo 'pg_dump: error: connection failed' >&2
echo 'DETAIL: Key (name)=(张小三)' >&2
exit {1}
"""


def script(folder, name: str, exit_code: int = 0):
    """Write a program that notes what it was told."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(SHOWS.format(folder, exit_code))
    (folder / name).chmod(0o755)
    return folder / name


def test_the_password_is_told_by_a_file_of_its_owners_alone(tmp_path, monkeypatch):
    found = script(tmp_path, "pg_restore")
    monkeypatch.setattr(postgresql, "program", lambda *_: found)
    (tmp_path / "scratch").mkdir()
    postgresql.load(URL, tmp_path / "scratch" / "dumped", 15)

    assert "geheim" not in (tmp_path / "arguments").read_text()
    assert (tmp_path / "service").read_text().splitlines() == [
        "[board]", "host=db.example.cn", "port=5433", "dbname=board", "user=board", "password=geheim", "sslmode=require", "600",
    ]  # fmt: skip
    assert list((tmp_path / "scratch").iterdir()) == []


def test_what_it_says_is_told_without_the_rows_that_it_quotes(tmp_path, monkeypatch):
    found = script(tmp_path, "pg_restore", exit_code=1)
    monkeypatch.setattr(postgresql, "program", lambda *_: found)
    with pytest.raises(BackupRefused) as refused:
        postgresql.load(URL, tmp_path / "dumped", 15)
    assert str(refused.value) == "pg_restore did not succeed (pg_dump: error: connection failed): mend that, then try again."


def test_the_version_of_the_server_or_the_next_above_is_taken(tmp_path, monkeypatch):
    for version in ("9.6", "14", "15", "17"):
        script(tmp_path / "postgresql" / version / "bin", "pg_dump")
    monkeypatch.setattr(postgresql, "PLACES", (f"{tmp_path}/postgresql/*/bin",))
    monkeypatch.setenv("PATH", str(tmp_path))

    assert [postgresql.program("pg_dump", least).parts[-3] for least in (9, 14, 16)] == ["9.6", "14", "17"]
    with pytest.raises(BackupRefused, match=r"pg_dump of PostgreSQL 18 or later is not on this machine: .* or use --portable"):
        postgresql.program("pg_dump", 18)
    script(tmp_path, "pg_dump")
    assert postgresql.program("pg_dump", 18) == tmp_path / "pg_dump"
