"""A backup is made: the database as it stands at one moment, its figures, and the files of the instance, written as one file."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from board.backup import archive, encryption, files, instance_files
from board.backup.manifest import KINDS, Facts, Keys, Manifest, Payload
from board.backup.refusal import BackupRefused
from board.models import db
from board.store import doctor, engine, schema, sealing
from board.store.backup import keys_inside, postgresql, rows, sqlite
from board.store.backup.facts import facts
from board.vault import KeyFileError, Vault

SEALED, MATCHED = "backup", ("backup", "key file")
_LOST = "If it is lost for good, --keys-lost makes a backup that is restored with --keys-lost only."


def make(
    out: Path,
    scratch: Path,
    at: datetime,
    *,
    portable: bool = False,
    recipients: Sequence[Any] = (),
    keys_lost: bool = False,
    with_keys: bool = False,
) -> Manifest:
    """Write a backup of the app's database into ``out``, encrypted to public keys if any are given; nobody who writes is held up.

    ``scratch`` is a folder beside the database: what is not encrypted yet stays there. Raises BackupRefused, OSError or the errors of
    the database; then there is nothing under the name that was not there before. ``keys_lost``: although the keys are others.
    ``with_keys``: the key file is inside, for which it must be encrypted.
    """
    if with_keys and not recipients:
        raise BackupRefused("The key file goes only into a backup that is encrypted: give --to as well.")
    _refuse_to_overwrite(out)
    db.session.rollback()
    if not keys_lost and not sealing.lost():
        _refuse_other_keys()
    found, payload = _dumped(scratch, portable)
    name = db.engine.dialect.name
    version = ".".join(str(part) for part in db.engine.dialect.server_version_info or ())
    manifest = Manifest(
        at=at.isoformat(timespec="seconds"), newest=schema.known()[0], engine=f"{name} {version}",
        public_address=current_app.config["PUBLIC_ADDRESS"], facts=found, payload=_told(payload), keys=keys(),
    )  # fmt: skip
    members = [(payload.name, payload), *instance_files.gathered(current_app.config), *([keys_inside.member()] if with_keys else [])]
    with files.whole(out) as file:
        encryption.encrypt(archive.Stream(manifest.to_json(), members, int(at.timestamp())), file, recipients)
    payload.unlink()
    return manifest


def file() -> Path:
    """Return the file of the current app's SQLite database. Raises BackupRefused for one in memory."""
    if (found := engine.database_file()) is None:
        raise BackupRefused("The database is in memory: there is nothing to keep. Set DATABASE_URL.")
    return found


def _refuse_to_overwrite(out: Path) -> None:
    """Only a backup may be replaced: the name of the database or of the key file is soon typed."""
    if not out.exists():
        return
    with out.open("rb") as file:
        beginning = file.read(64)
    if not (archive.is_archive(beginning) or encryption.is_encrypted(beginning)):
        raise BackupRefused(f"{out} is there already and is no backup: name another file.")


def _refuse_other_keys() -> None:
    """Refuse a key file that did not seal this database, or is missing: a restore would want those keys, and refuse the right ones."""
    try:
        sealing.vault()
    except KeyFileError as error:
        raise BackupRefused(f"{error} {_LOST}") from error
    with suppress(SQLAlchemyError):  # tables of an older program, none, or damaged ones: what follows says so
        if doctor.opens() is False:
            raise BackupRefused(
                f"The key file is not the one that sealed this database: put the right one back (docs/keys.md), then try again. {_LOST}"
            )
    db.session.rollback()


def keys() -> Keys:
    """Return by what the installation's key file is known; where it is missing, what no key file is known by."""
    try:
        vault = sealing.vault()
    except KeyFileError:
        vault = Vault.of_nobody()
    return Keys(vault.seal(SEALED).hex(), vault.key(*MATCHED))


def _told(payload: Path) -> Payload:
    with payload.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Payload(KINDS[payload.name], payload.name, payload.stat().st_size, sha256)


def _dumped(scratch: Path, portable: bool) -> tuple[Facts, Path]:
    """Return the figures of one moment, and the file that holds the database as it stood then."""
    own = scratch / ("database.sqlite.gz" if db.engine.dialect.name == "sqlite" else "database.pg_dump")
    payload = scratch / "rows.jsonl.gz" if portable else own
    with _moment(scratch) as connection:
        found = facts(connection)
        if portable:
            with gzip.GzipFile(payload, "wb", sqlite.LEVEL, mtime=0) as file:
                rows.write(connection, file)
        elif db.engine.dialect.name == "postgresql":
            postgresql.dump(connection, db.engine.url, payload)
    copy = scratch / "copy"
    if copy.exists():
        copy.unlink() if portable else sqlite.pack(copy, payload)
    return found, payload


@contextmanager
def _moment(scratch: Path) -> Iterator[Connection]:
    """Yield a connection that sees the database as it stands at one moment: PostgreSQL by a snapshot, SQLite by a copy."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))  # pg_dump may work for an hour
            yield connection
        return
    sqlite.copy(file(), scratch / "copy")
    engine = create_engine(f"sqlite:///{scratch / 'copy'}", hide_parameters=True)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
