"""What a notice in the making keeps is sealed, and opens again with the installation's key only, which is never made a second time."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from board.models import db
from board.store import notices, schema, sealing
from board.vault import KeyFileError, Vault
from tests.store.posted import GAODONG


@pytest.mark.parametrize("value", [{"name": "张小三", "rows": [1, 2.5, None]}, [], "", 0, None], ids=str)
def test_what_was_sealed_opens_as_it_was_and_cannot_be_read_meanwhile(app, value):
    sealed = sealing.seal(value)

    assert sealing.unseal(sealed) == value
    assert "张小三".encode() not in sealed
    assert sealing.seal(value) != sealed  # so that nobody sees that two are alike


def test_where_nothing_is_there_is_what_the_caller_says(app):
    assert sealing.unseal(None) is None
    assert sealing.unseal(None, []) == []


def test_a_name_is_sealed_and_opens_again(posted):
    row = notices.row(posted, GAODONG, 1)

    assert (row.shown_name, sealing.name_of(row)) == ("张*三", "张小三")
    assert "张小三".encode() not in row.sealed_name
    assert row.name_key != notices.row(posted, GAODONG, 2).name_key


def test_of_one_who_was_erased_there_is_no_name(posted):
    row = notices.row(posted, GAODONG, 1)
    row.sealed_name = None

    assert sealing.name_of(row) == ""


def test_a_database_that_nobody_used_gets_keys_once_however_many_processes_start(empty_app, tmp_path):
    db.metadata.tables["area"].create(db.engine)
    found = list[Vault | KeyFileError]()
    starts = [threading.Thread(target=lambda: found.append(sealing.keys(empty_app, tmp_path / "keys.toml"))) for _ in range(6)]
    for one in starts:
        one.start()
    for one in starts:
        one.join()

    assert len(found) == 6
    assert len({one.web for one in found if isinstance(one, Vault)}) == 1
    assert [(path.name, path.stat().st_mode & 0o777) for path in tmp_path.glob("keys*")] == [("keys.toml", 0o600)]


def test_where_the_database_was_used_no_keys_are_made_anew(app, tmp_path):
    missing = sealing.keys(app, tmp_path / "keys.toml")

    assert str(missing).startswith(f"密钥文件 {tmp_path}/keys.toml 没了，")
    assert str(missing).endswith("put the copy back, see docs/keys.md.")
    assert list(tmp_path.glob("keys*")) == []
    Vault.make(tmp_path / "keys.toml")  # as when the copy is put back
    assert isinstance(sealing.keys(app, tmp_path / "keys.toml"), Vault)


def test_a_database_that_cannot_be_read_may_have_been_used(app, tmp_path, monkeypatch):
    def away() -> None:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(db.engine, "connect", away)
    missing = sealing.keys(app, tmp_path / "keys.toml")

    assert "或者读不到" in str(missing)
    assert list(tmp_path.glob("keys*")) == []


def test_a_database_without_tables_may_be_another_than_the_one_that_is_meant(empty_app, tmp_path):
    """As where DATABASE_URL is forgotten in a shell, or the disk with an SQLite file is not mounted."""
    missing = sealing.keys(empty_app, tmp_path / "keys.toml")

    assert "Only on a new installation run `flask --app wsgi db upgrade`." in str(missing)
    assert list(tmp_path.glob("keys*")) == []


def test_keys_come_with_the_tables_to_an_app_that_runs(empty_app):
    with pytest.raises(KeyFileError):
        sealing.vault()
    assert empty_app.secret_key is None
    db.metadata.tables["area"].create(db.engine)

    assert sealing.unseal(sealing.seal("张小三")) == "张小三"
    assert empty_app.secret_key == sealing.vault().web


def test_keys_that_another_process_made_meanwhile_are_taken(empty_app, tmp_path, monkeypatch):
    def was_used() -> bool:
        Vault.make(tmp_path / "keys.toml")
        return True

    monkeypatch.setattr(schema, "used", was_used)

    assert isinstance(sealing.keys(empty_app, tmp_path / "keys.toml"), Vault)


def test_an_app_without_keys_seals_nothing_until_they_are_put_back(app, tmp_path: Path, monkeypatch):
    monkeypatch.setitem(app.config, "KEY_FILE", str(tmp_path / "keys.toml"))
    sealing.start(app, sealing.keys(app, tmp_path / "keys.toml"))

    with pytest.raises(KeyFileError, match="put the copy back"):
        sealing.seal("张小三")
    Vault.make(tmp_path / "keys.toml")
    assert sealing.unseal(sealing.seal("张小三")) == "张小三"
