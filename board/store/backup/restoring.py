"""A backup is restored into an empty database, or into a scratch place as a drill: loaded, compared, migrated, verified."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from flask_migrate import upgrade
from sqlalchemy import URL, delete, make_url
from sqlalchemy.exc import SQLAlchemyError

from board.backup import encryption
from board.backup.archive import BLOCK, Archive, is_archive
from board.backup.manifest import Keys, Manifest, differences
from board.backup.refusal import BackupRefused
from board.models import Login, db
from board.rules import hash_chain
from board.store import ledger, schema, sealing, search_index
from board.store.backup import keys_inside, making, place, postgresql, rows, sqlite
from board.store.backup.facts import facts, filled
from board.store.engine import writing
from board.store.proof import notices
from board.vault import KeyFileError, Vault

SHOWN = 5  # faults of the ledger that the message names


@dataclass(frozen=True)
class Allowed:
    """What a restore is told to put up with."""

    keys_lost: bool = False  # the key file of the backup is gone for good: hash chains are verified, what is sealed is not
    faults: bool = False  # the ledger had these faults already


@contextmanager
def opened(path: Path, scratch: Path, identities: Sequence[Any]) -> Iterator[tuple[Archive, Manifest]]:
    """Yield a backup that is whole, and its manifest, decrypted where it is encrypted. Raises BackupRefused or OSError."""
    with path.open("rb") as file:
        beginning = file.read(64)
    plain = path
    if encryption.is_encrypted(beginning) and not is_archive(beginning):
        plain = scratch / "decrypted"
        with plain.open("wb") as out:
            encryption.decrypt(path, out, identities)
    with Archive(plain) as archive:
        yield archive, Manifest.from_json(archive.manifest())


def restore(archive: Archive, manifest: Manifest, scratch: Path, allowed: Allowed) -> list[str]:
    """Restore a backup into the app's database, which must be empty; return the faults of the ledger that were put up with.

    Where the key file is inside, it becomes that of the installation. Raises BackupRefused; then the database is as empty as before.
    """
    keys = keys_inside.read(archive)
    if keys:
        keys_inside.refuse_another(keys)
    _check(manifest, db.engine.dialect.name, allowed)
    if allowed.keys_lost and not keys:
        _refuse_keys_of_others(manifest)
    if db.engine.dialect.name == "sqlite":
        return _into_sqlite(archive, manifest, scratch, allowed, keys)
    _refuse_if_filled()
    try:
        postgresql.begin(db.engine, manifest.facts.tables.get("ledger", 0))
        faults = _loaded(archive, manifest, db.engine.url, scratch, allowed)
        _put_keys(keys, allowed)
        postgresql.finish(db.engine)
    except BaseException:
        with suppress(SQLAlchemyError):  # the error that led here is told
            postgresql.give_up(db.engine)
        raise
    return faults


def drill(archive: Archive, manifest: Manifest, scratch: Path, allowed: Allowed) -> list[str]:
    """Restore a backup into a scratch place as ``restore`` does, and remove it; the app's database is not touched."""
    kind = manifest.payload.kind
    engine = "sqlite" if kind == "sqlite" else db.engine.dialect.name
    keys_inside.read(archive)
    _check(manifest, engine, allowed)
    made = scratch / "drill.sqlite"
    beside = nullcontext(make_url(f"sqlite:///{made}")) if engine == "sqlite" else postgresql.scratch_database(db.engine)
    try:
        with beside as url:
            return _loaded(archive, manifest, url, scratch, allowed)
    finally:
        sqlite.remove(made)


def newest() -> str:
    """Return the schema that a restored database has."""
    return schema.known()[0]


def _check(manifest: Manifest, engine: str, allowed: Allowed) -> None:
    if manifest.facts.schema not in schema.known():
        raise BackupRefused(
            f"The backup is of a newer program (schema {manifest.facts.schema}) than this one (schema {newest()}): "
            "install that program first, then restore."
        )
    kind = manifest.payload.kind
    if (kind, engine) in (("sqlite", "postgresql"), ("pg_dump", "sqlite")):
        here = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        there = here["sqlite" if kind == "sqlite" else "postgresql"]
        raise BackupRefused(
            f"The backup holds a database of {there}, and this instance uses {here[engine]}: restore it where {there} is used "
            "and make one with --portable there, or correct DATABASE_URL."
        )
    if not allowed.keys_lost and not _ours(manifest.keys):
        raise BackupRefused(
            "The key file of this instance is another than that of the backup: put the copy that was kept apart in its place (keys.toml, "
            "docs/keys.md), then try again; if it is lost for good, put this one away and give --keys-lost: what is sealed stays "
            "closed for ever."
        )


def _refuse_keys_of_others(manifest: Manifest) -> None:
    """Refuse to restore beside keys that neither sealed the backup nor say that those were lost: the board would not be told so."""
    place = sealing.file()
    if place.exists() and not sealing.lost() and not _ours(manifest.keys):
        raise BackupRefused(
            f"A key file that did not seal this backup is there: {place}. Put it away (do not delete it), then try again: --keys-lost "
            "makes a new one."
        )


def _put_keys(inside: bytes | None, allowed: Allowed) -> None:
    """Before a database is in place, which is used: keys are made for no used one."""
    if inside:
        keys_inside.put(inside)
    elif allowed.keys_lost and not sealing.file().exists():
        Vault.make(sealing.file(), lost=True)


def _ours(told: Keys) -> bool:
    try:
        vault = sealing.vault()
    except KeyFileError as error:
        raise BackupRefused(
            f"There is no key file here: put the copy that was kept apart in its place ({sealing.file()}, docs/keys.md), then try again; "
            "--keys-lost restores without it, and what is sealed stays closed for ever."
        ) from error
    try:
        return vault.open(bytes.fromhex(told.sealed)) == making.SEALED and vault.key(*making.MATCHED) == told.matched
    except (InvalidTag, ValueError):
        return False


def _refuse_if_filled() -> None:
    db.session.rollback()
    with db.engine.connect() as connection:
        why = filled(connection)
    if why:
        raise BackupRefused(
            f"The database of this instance is in use ({why}): a backup is restored into an empty one only. "
            "Name another DATABASE_URL, or another instance folder."
        )


def _into_sqlite(archive: Archive, manifest: Manifest, scratch: Path, allowed: Allowed, keys: bytes | None) -> list[str]:
    database = making.file()
    if database.exists():
        _refuse_if_filled()
    made = database.with_name(f".{database.name}.restored")
    sqlite.remove(made)
    try:
        faults = _loaded(archive, manifest, db.engine.url.set(database=str(made)), scratch, allowed)
        if database.exists():  # asked again: loading takes minutes, and what was written meanwhile would be deleted
            _refuse_if_filled()
        db.engine.dispose()
        _put_keys(keys, allowed)
        sqlite.take_place(made, database)
    finally:
        sqlite.remove(made)
    return faults


def _loaded(archive: Archive, manifest: Manifest, url: URL, scratch: Path, allowed: Allowed) -> list[str]:
    """Load a backup into an empty database and verify it. Raises BackupRefused for whatever is not as it was written."""
    with place.over(url):
        _load(archive, manifest, scratch)
        with db.engine.connect() as connection:
            if wrong := differences(manifest.facts, facts(connection)):
                raise BackupRefused(f"What was loaded is not what the backup's manifest says: {wrong}. Take another backup.")
        upgrade()
        if manifest.payload.kind == "rows" or manifest.facts.schema != newest():
            for _done in search_index.rebuild():
                pass
        faults = _faults(allowed)
        if faults and not allowed.faults:
            told = "; ".join(faults[:SHOWN]) + (f"; and {len(faults) - SHOWN} more" if len(faults) > SHOWN else "")
            raise BackupRefused(f"The ledger of the backup does not verify ({told}): take another one, or --despite-faults.")
        with writing() as session:
            session.execute(delete(Login))  # who had signed out, or was disabled, since
        return faults


def _faults(allowed: Allowed) -> list[str]:
    if allowed.keys_lost or sealing.lost():
        broken = [(home, hash_chain.first_broken(ledger.entries(home))) for home in ledger.homes()]
        return [f"ledger {home} entry {one.height}: {notices.CHAIN[one.reason].en}" for home, one in broken if one]
    return [f"{fault.where.en}: {fault.what.en}" for fault in notices.faults() if fault.proven]


def _load(archive: Archive, manifest: Manifest, scratch: Path) -> None:
    told = manifest.payload
    with archive.member(told.name) as payload:
        if hashlib.file_digest(payload, "sha256").hexdigest() != told.sha256:
            raise BackupRefused("The backup's database is not the one of its manifest: take another backup.")
        payload.seek(0)
        try:
            if told.kind == "rows":
                upgrade(revision=manifest.facts.schema)
                _load_rows(payload)
            elif told.kind == "sqlite":
                sqlite.unpack(payload, making.file())
            else:
                _load_dump(payload, scratch / "database.pg_dump", manifest.engine)
        except (EOFError, gzip.BadGzipFile) as error:
            raise BackupRefused("The backup's database cannot be unpacked: take another backup.") from error


def _load_dump(payload: IO[bytes], dumped: Path, made_by: str) -> None:
    with dumped.open("wb") as file:
        shutil.copyfileobj(payload, file, BLOCK)
    with db.engine.connect() as connection:
        here = postgresql.version(connection)
    major = made_by.partition(" ")[2].partition(".")[0]
    postgresql.load(db.engine.url, dumped, max(here, int(major) if major.isdecimal() else 0))
    dumped.unlink()


def _load_rows(payload: IO[bytes]) -> None:
    with gzip.GzipFile(fileobj=payload) as lines:
        if db.engine.dialect.name == "postgresql":
            with db.engine.begin() as connection:
                rows.load(connection, lines)
            return
        with db.engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys=OFF")  # rows come table by table; has no effect inside a transaction
            rows.load(connection, lines)
            connection.commit()
            if raw.execute("PRAGMA foreign_key_check").fetchone():
                raise BackupRefused("The backup has rows without those that they belong to: take another backup.")
            raw.execute("PRAGMA foreign_keys=ON")
