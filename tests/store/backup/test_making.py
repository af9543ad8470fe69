"""A backup is of one moment, whoever writes meanwhile; one that fails leaves nothing, and old ones go only after the new one is whole."""

from __future__ import annotations

import gzip
import json
import sqlite3
import subprocess
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from board.backup import files
from board.backup.archive import Archive
from board.backup.manifest import Manifest
from board.models import PlaceAlias, db
from board.store import ledger
from board.store.backup import making, postgresql
from board.store.clock import now
from board.store.engine import writing
from board.vault import Vault
from tests.store.backup.conftest import does, refused
from tests.store.posted import GAODONG

ALONE = "510521116005"  # a home of which the log has nothing yet


def writes(app, ready: threading.Event, stopped: threading.Event) -> None:
    """Write a row and its entry in one transaction, again and again."""
    with app.app_context():
        for no in range(10_000):
            with writing() as session:
                session.add(PlaceAlias(home=ALONE, written=f"写法{no}", area=GAODONG))
                ledger.append(ALONE, now(), "baihe-clerk", "act", "subject", no=no)
            ready.set()
            if stopped.is_set():
                break
        db.session.remove()


def aliases(payload: Path) -> int:
    """How many rows of place_alias a payload holds."""
    if payload.suffix != ".gz":
        asked = [postgresql.program("pg_restore", 0), "--data-only", "--table=place_alias", "--file=-", payload]
        return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.count("\n" + ALONE)
    data = gzip.decompress(payload.read_bytes())
    if payload.name.startswith("rows"):
        lines = [json.loads(line) for line in data.splitlines()]
        head = next(at for at, line in enumerate(lines) if isinstance(line, dict) and line.get("table") == "place_alias")
        return next(line for line in lines[head + 1 :] if isinstance(line, dict))["rows"]
    (payload.parent / "unpacked").write_bytes(data)
    with closing(sqlite3.connect(payload.parent / "unpacked")) as database:
        return database.execute("SELECT count(*) FROM place_alias").fetchone()[0]


@pytest.mark.parametrize("portable", [False, True])
def test_it_is_of_one_moment_while_others_write(app, tmp_path, portable):
    ready, stopped = threading.Event(), threading.Event()
    writer = threading.Thread(target=writes, args=(app, ready, stopped))
    writer.start()
    try:
        assert ready.wait(30)
        with files.scratch(Path(app.instance_path)) as scratch:
            made = making.make(tmp_path / "made", scratch, now(), portable=portable)
    finally:
        stopped.set()
        writer.join()
    with Archive(tmp_path / "made") as archive, archive.member(made.payload.name) as payload:
        (tmp_path / made.payload.name).write_bytes(payload.read())
        assert Manifest.from_json(archive.manifest()) == made

    height = made.facts.heads[ALONE][0]
    assert height >= 1
    assert made.facts.tables["place_alias"] == aliases(tmp_path / made.payload.name) == height


def test_it_holds_neither_keys_nor_the_address_of_the_database(in_use, tmp_path):
    does(in_use, "backup", tmp_path / "made")
    with Archive(tmp_path / "made") as archive:
        assert len(archive.names) == 3
        assert archive.member("instance/config.toml").read().splitlines()[1:] == [
            b'public_address = "https://gk.example.cn"', b"demo = true", b"https = false", b"password_memory_kb = 8",
        ]  # fmt: skip


LAST = b"mingbai-backup.json\0 the last good one"


def test_what_fails_leaves_the_backup_that_was_there(in_use, tmp_path, monkeypatch):
    (tmp_path / "made").write_bytes(LAST)

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("board.backup.encryption.encrypt", full)

    assert refused(in_use, "backup", tmp_path / "made").startswith(f"There is no room left for {tmp_path / 'made'}: nothing was written.")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"made": LAST}
    assert not [path for path in Path(in_use.instance_path).iterdir() if path.name.startswith((".backup", "backup"))]


def test_an_old_one_goes_once_a_new_one_is_whole(in_use, tmp_path, monkeypatch):
    (tmp_path / "notes.txt").write_text("of somebody else")
    for day in (20, 21, 22):
        in_use.clock = lambda day=day: datetime(2026, 11, day, 18, tzinfo=UTC)
        said = does(in_use, "backup", "--keep", "2", tmp_path)

    assert said[-1] == "mingbai-20261120-180000.backup was removed: newer ones are there."
    left = ["mingbai-20261121-180000.backup", "mingbai-20261122-180000.backup", "notes.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == left
    monkeypatch.setattr("board.store.backup.making._dumped", lambda *_: (_ for _ in ()).throw(OSError(5, "Input/output error")))
    refused(in_use, "backup", "--keep", "1", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == left


def test_a_new_key_is_made_without_other_programs(in_use, tmp_path):
    said = does(in_use, "backup", "--new-key", tmp_path / "key")

    public = said[0].rpartition(" ")[2]
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert public in (tmp_path / "key").read_text()
    does(in_use, "backup", tmp_path / "made", "--to", public)
    assert (tmp_path / "made").read_bytes().startswith(b"age-encryption.org/v1\n")
    assert "File exists" in refused(in_use, "backup", "--new-key", tmp_path / "key")


def test_a_database_without_tables_is_not_backed_up(empty_app, tmp_path):
    said = refused(empty_app, "backup", tmp_path / "made")
    assert "Only on a new installation run `flask --app wsgi db upgrade`." in said
    assert list(tmp_path.glob("made*")) == []


def test_without_a_file_it_asks_for_one(in_use):
    with in_use.app_context():
        done = in_use.test_cli_runner().invoke(args=["backup"])
    assert done.exit_code == 2
    assert "Name the file to write, or give --drill alone." in done.output


def test_with_a_key_file_that_was_made_anew_nothing_is_backed_up(in_use, tmp_path):
    old = in_use.extensions["vault"]
    in_use.extensions["vault"] = Vault.make(tmp_path / "new.toml")
    try:
        said = refused(in_use, "backup", tmp_path / "made")
        assert said.startswith("The key file is not the one that sealed this database: put the right one back (docs/keys.md)")
        assert not (tmp_path / "made").exists()
        does(in_use, "backup", tmp_path / "made", "--keys-lost")
    finally:
        in_use.extensions["vault"] = old


def test_only_a_backup_is_overwritten(in_use, tmp_path):
    keys = Path(in_use.instance_path) / "keys.toml"
    held = keys.read_bytes()

    assert refused(in_use, "backup", keys) == f"{keys} is there already and is no backup: name another file."
    assert keys.read_bytes() == held
    does(in_use, "backup", tmp_path / "made")
    does(in_use, "backup", tmp_path / "made")
