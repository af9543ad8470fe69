"""A backup comes up elsewhere as the board that it was; what is wrong with it, or with the place, is said before anything is there.

Among them what people of other boards complain of for years: a restore into a newer version, elsewhere without a network, over another
township's data, one that says "failed" after it succeeded, and one that locks its people out (OpenSID's tracker).
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from board import create_app
from board.backup import encryption
from board.models import db
from board.store import logins, people
from board.store.backup import restoring
from board.vault import KeyFileError, Vault
from tests.databases import PASSWORD, SETTINGS
from tests.store.backup.conftest import does, refused, runs
from tests.store.posted import GAODONG, TOWN
from tests.upgrades import unpack

KEY = encryption.new_identity()


def bare(app) -> bool:
    """Whether nothing stands in an app's database, and nothing is left beside its files."""
    with app.app_context():
        db.session.rollback()
        tables = inspect(db.engine).get_table_names()
    there = {path.name for path in Path(app.instance_path).iterdir()} - {"mingbai.sqlite", "mingbai.sqlite-wal", "mingbai.sqlite-shm"}
    return not tables and there <= {"keys.toml"}


def pages(app, number) -> dict[str, bytes]:
    """What a villager reads of the notice, by address."""
    n, client = number, app.test_client()
    found = {path: client.get(path) for path in (f"/a/{TOWN}", f"/n/{n}", f"/n/{n}/{GAODONG}", f"/n/{n}.json", "/search?q=补贴")}
    assert {answer.status_code for answer in found.values()} == {200}
    return {path: answer.data for path, answer in found.items()}


def value(app, sql: str):
    """The one value that a statement gives."""
    with app.app_context():
        found = db.session.execute(text(sql)).scalar()
        db.session.rollback()
        return found


def goes_on(app) -> None:
    """Whether people can go on: somebody new gets a number of his own, and the ledger refuses to be rewritten."""
    with app.app_context():
        assert logins.sign_in("baihe-clerk", PASSWORD, "", False, app.clock()).person, "nobody is locked out"
        assert people.add("after-restore", "新人", "clerk", TOWN, PASSWORD, at=app.clock()) is not None
        with pytest.raises(DatabaseError, match="only grows"):
            db.session.execute(text("UPDATE ledger SET actor = 'x'"))
        db.session.rollback()


def test_an_encrypted_backup_comes_up_in_a_second_instance(in_use, number, empty, tmp_path):
    file, secret = tmp_path / "made.backup", tmp_path / "key"
    secret.write_text(str(KEY))
    said = does(in_use, "backup", file, "--to", KEY.to_public())
    before = pages(in_use, number)
    second = empty()

    assert said[1].startswith("The key file is not inside:")
    assert file.stat().st_mode & 0o777 == 0o600
    assert refused(second, "restore", file) == f"{file} is encrypted: name the file of the private key with --identity."
    assert bare(second)
    said = does(second, "restore", file, "--identity", secret)

    assert said[-1].startswith("Restored: ")
    assert said[-1].endswith(", verified.")
    assert pages(second, number) == before
    assert value(second, "SELECT count(*) FROM login") == 0
    assert value(second, 'SELECT count(*) FROM "case"') == 1
    assert "is in use (there are rows in area): a backup is restored into an empty one only" in refused(
        second, "restore", file, "--identity", secret
    )
    goes_on(second)


def test_a_backup_with_the_key_file_inside_needs_nothing_but_the_private_key(in_use, number, empty, tmp_path):
    file, secret, own = tmp_path / "made.backup", tmp_path / "key", Path(in_use.instance_path) / "keys.toml"
    secret.write_text(str(KEY))
    assert refused(in_use, "backup", file, "--with-keys") == "The key file goes only into a backup that is encrypted: give --to as well."
    assert not file.exists()
    said = does(in_use, "backup", file, "--to", KEY.to_public(), "--with-keys")
    second = empty(keys=None)
    place = Path(second.instance_path) / "keys.toml"

    assert said[1].startswith("The key file is inside: whoever has the private key opens every name")
    does(second, "restore", "--drill", file, "--identity", secret)
    assert not place.exists()
    Vault.make(place)
    of_before = place.read_bytes()
    assert "another one is there" in refused(second, "restore", file, "--identity", secret)
    assert place.read_bytes() == of_before
    place.unlink()
    assert does(second, "restore", file, "--identity", secret)[-1].endswith(", verified.")
    assert (place.read_bytes(), place.stat().st_mode & 0o777) == (own.read_bytes(), 0o600)
    assert pages(second, number) == pages(in_use, number)
    goes_on(second)


def test_rows_move_to_the_other_engine(in_use, number, empty, tmp_path):
    other = empty(other_engine=True)
    does(in_use, "backup", tmp_path / "own")
    does(in_use, "backup", "--portable", tmp_path / "rows")

    assert "make one with --portable there" in refused(other, "restore", tmp_path / "own")
    assert bare(other)
    does(other, "db", "upgrade")  # as the page on installing has it: tables, and nothing in them
    does(other, "restore", tmp_path / "rows")
    assert pages(other, number) == pages(in_use, number)
    goes_on(other)


def test_a_backup_of_an_older_program_is_migrated(empty, tmp_path, engine):
    old = tmp_path / "old"
    old.mkdir()
    unpack("0013", old)
    older = create_app(old, **SETTINGS)
    # As SQLite's own file on the one engine, as rows on the other.
    made = does(older, "backup", *(["--portable"] if engine == "postgresql" else []), tmp_path / "old.backup")
    with older.app_context():
        db.engine.dispose()
    second = empty(keys=old)
    said = runs(second, "restore", tmp_path / "old.backup", "--despite-faults")  # the demo of then stood not in order of its times

    assert ", schema 0013, " in made[0]
    assert said.exit_code == 0, said.output
    assert "The backup was of schema 0013, now it is " in said.output
    assert value(second, "SELECT count(*) FROM ledger") > 50


def test_a_backup_of_a_newer_program_is_refused(in_use, empty, tmp_path):
    with in_use.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    does(in_use, "backup", tmp_path / "new")
    second = empty()

    assert refused(second, "restore", tmp_path / "new").startswith("The backup is of a newer program (schema 9999) than this one")
    assert bare(second)


def test_what_does_not_verify_leaves_nothing_behind(in_use, empty, tmp_path):
    with in_use.app_context(), db.engine.begin() as connection:
        connection.execute(text('UPDATE "row" SET amount = amount + 1 WHERE no = 2'))
    does(in_use, "backup", tmp_path / "altered")
    second = empty()

    assert refused(second, "restore", tmp_path / "altered").startswith("The ledger of the backup does not verify (notice ")
    assert bare(second)


def test_without_the_key_file_what_is_public_comes_up(in_use, number, empty, tmp_path):
    does(in_use, "backup", tmp_path / "made")
    second = empty(keys=None)

    assert refused(second, "restore", tmp_path / "made").startswith("There is no key file here: put the copy that was kept apart")
    Vault.make(Path(second.instance_path) / "keys.toml")
    assert refused(second, "restore", tmp_path / "made").startswith("The key file of this instance is another than that of the backup")
    assert refused(second, "restore", "--keys-lost", tmp_path / "made").startswith("A key file that did not seal this backup is there")
    assert bare(second)
    (Path(second.instance_path) / "keys.toml").unlink()
    second.extensions["vault"] = KeyFileError()
    said = does(second, "restore", "--keys-lost", tmp_path / "made")
    assert said[-1].endswith("hash chains verified, what is sealed not.")
    assert Vault.load(Path(second.instance_path) / "keys.toml").lost
    does(second, "backup", tmp_path / "since", "--drill")  # the key file says that not everything opens
    assert pages(second, number) == pages(in_use, number)


def test_a_drill_opens_the_very_file_and_leaves_nothing_but_its_date(in_use, tmp_path):
    place = Path(in_use.instance_path)

    def there() -> set[str]:
        return {path.name for path in place.iterdir() if not path.name.endswith(("-wal", "-shm"))}

    before, held = there(), value(in_use, "SELECT count(*) FROM ledger")
    said = does(in_use, "backup", tmp_path / "made", "--drill", "--to", KEY.to_public())

    assert said[-1].startswith("The drill succeeded: ")
    assert there() == before | {"backup-state.json"}
    assert value(in_use, "SELECT count(*) FROM ledger") == held
    told = json.loads((place / "backup-state.json").read_text())
    assert told == dict.fromkeys(("backup", "drill", "drilled"), "2026-11-22T02:00:00+00:00") | {"file": str((tmp_path / "made").resolve())}
    if db.engine.dialect.name == "postgresql":
        assert value(in_use, "SELECT count(*) FROM pg_database WHERE datname LIKE '%drill%'") == 0


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # PostgreSQL is loaded in place
def test_what_was_written_while_a_restore_loads_is_not_deleted(in_use, empty, tmp_path, monkeypatch):
    does(in_use, "backup", tmp_path / "made")
    second = empty()
    does(second, "db", "upgrade")
    loaded = restoring._loaded

    def meanwhile(*given: object) -> list[str]:
        faults = loaded(*given)
        with db.engine.begin() as connection:
            connection.execute(
                text("INSERT INTO area (code, name, level, aliases, closed) VALUES ('510521000000', '泸县', 'county', '[]', 0)")
            )
        return faults

    monkeypatch.setattr(restoring, "_loaded", meanwhile)

    assert "is in use (there are rows in area)" in refused(second, "restore", tmp_path / "made")
    assert value(second, "SELECT name FROM area") == "泸县"
    assert not [path for path in Path(second.instance_path).iterdir() if "restored" in path.name]
