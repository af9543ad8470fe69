"""PostgreSQL's own form: pg_dump and pg_restore, which are told the address by a file, since everybody may see a command's arguments."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from psycopg.errors import InsufficientPrivilege
from sqlalchemy import URL, Connection, Engine, inspect, text
from sqlalchemy.exc import ProgrammingError

from board.backup.refusal import BackupRefused
from board.models import db
from board.store import search_index
from board.store.backup.facts import REVISION
from board.store.schema import UNFINISHED

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")  # Debian's, and those of the packages for RPM systems
SERVICE = "board"
DRILL = "of a restore drill; goes by itself"  # the comment by which a database is known as one that may be dropped
OURS = "--schema=public"  # extensions and what else stands in the database are not ours
# What a dump leaves out: the restored database has an owner and rights of its own.
PLAIN = ("--no-owner", "--no-privileges", "--no-comments", "--no-publications", "--no-subscriptions", "--no-tablespaces")


def program(name: str, least: int) -> Path:
    """Return pg_dump or pg_restore of version ``least`` or the next above it. Raises BackupRefused."""
    found = {_version(path): path / name for place in PLACES for path in Path("/").glob(place[1:]) if (path / name).exists()}
    fit = sorted(version for version in found if version >= least)
    if fit:
        return found[fit[0]]
    if path := shutil.which(name):
        return Path(path)
    raise BackupRefused(
        f"{name} of PostgreSQL {least} or later is not on this machine: install its client (Debian: apt-get install postgresql-client), "
        "or use --portable, which needs no program."
    )


def _version(folder: Path) -> int:
    told = folder.parent.name.removeprefix("pgsql-").partition(".")[0]
    return int(told) if told.isdecimal() else 0


def version(connection: Connection) -> int:
    """Return the main version of the server."""
    return int((connection.dialect.server_version_info or (0,))[0])


def dump(connection: Connection, url: URL, target: Path) -> None:
    """Write what a connection sees within its transaction (REPEATABLE READ) in pg_dump's own form."""
    snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
    options = ["--format=custom", OURS, f"--snapshot={snapshot}", *PLAIN]
    _run(program("pg_dump", version(connection)), options, url, target.parent, target)


def load(url: URL, dumped: Path, least: int) -> None:
    """Load a dump into an empty database in one transaction."""
    options = ["--single-transaction", "--exit-on-error", OURS, *PLAIN, f"--dbname=service={SERVICE}", str(dumped)]
    _run(program("pg_restore", least), options, url, dumped.parent)


def _run(path: Path, options: list[str], url: URL, scratch: Path, out: Path | None = None) -> None:
    service = scratch / "service"
    with os.fdopen(os.open(service, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(f"[{SERVICE}]\n" + "".join(f"{name}={value}\n" for name, value in address(url).items()))
    environ = {**os.environ, "PGSERVICEFILE": str(service), "PGSERVICE": SERVICE, "LC_ALL": "C"}
    try:
        with open(out or os.devnull, "wb") as file:  # noqa: PTH123 - of either
            done = subprocess.run([path, *options], env=environ, stdout=file, stderr=subprocess.PIPE, check=False)  # noqa: S603
    finally:
        service.unlink()
    if done.returncode:
        # The lines that follow, such as CONTEXT, quote rows.
        told = next((line for line in done.stderr.decode("utf-8", "replace").splitlines() if "error:" in line), "it does not say why")
        raise BackupRefused(f"{path.name} did not succeed ({told[:300]}): mend that, then try again.")


def address(url: URL) -> dict[str, str]:
    """Return an address as PostgreSQL's programs take it."""
    parts = {"host": url.host, "port": url.port, "dbname": url.database, "user": url.username, "password": url.password}
    more = {name: value if isinstance(value, str) else ",".join(value) for name, value in url.query.items()}
    return {name: str(value) for name, value in (parts | more).items() if value is not None}


def clear(connection: Connection) -> None:
    """Drop the tables of this program; only ever called for a database that was empty before."""
    there = set(inspect(connection).get_table_names()) & {*db.metadata.tables, REVISION, search_index.TABLE, UNFINISHED}
    for name in sorted(there):
        connection.execute(text(f'DROP TABLE "{name}" CASCADE'))
    connection.execute(text("DROP FUNCTION IF EXISTS ledger_grows()"))


def begin(engine: Engine, entries: int) -> None:
    """Empty a database, and mark it as one whose restore, of so many entries of the ledger, is not finished."""
    with engine.begin() as connection:
        clear(connection)
        connection.execute(text(f"CREATE TABLE {UNFINISHED} AS SELECT CAST({int(entries)} AS bigint) AS entries"))


def finish(engine: Engine) -> None:
    """Take the mark away."""
    with engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {UNFINISHED}"))


def give_up(engine: Engine) -> None:
    """Leave the database empty."""
    with engine.begin() as connection:
        clear(connection)


@contextmanager
def scratch_database(engine: Engine) -> Iterator[URL]:
    """Yield the address of an empty database beside an engine's own, dropped at the end. Raises BackupRefused without the right."""
    name = f"{engine.url.database}_drill_{secrets.token_hex(4)}"
    alike = text("SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname = current_database()")
    # Left by a drill that was killed; of this role, since others' cannot be dropped.
    left = text(
        "SELECT datname FROM pg_database WHERE shobj_description(oid, 'pg_database') = :comment AND left(datname, :n) = :beginning "
        "AND pg_get_userbyid(datdba) = current_user"
    )
    beginning = f"{engine.url.database}_drill_"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        encoding, collate, ctype = connection.execute(alike).one()
        for old in connection.scalars(left, {"comment": DRILL, "n": len(beginning), "beginning": beginning}).all():
            _drop(connection, old)
        try:
            like = f"TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE '{collate}' LC_CTYPE '{ctype}'"
            connection.exec_driver_sql(f'CREATE DATABASE "{name}" {like}')
        except ProgrammingError as error:
            if not isinstance(error.orig, InsufficientPrivilege):
                raise
            raise BackupRefused(
                f"The drill needs a database of its own for a few minutes: as PostgreSQL's administrator, "
                f"ALTER ROLE {_user(connection)} CREATEDB; then try again."
            ) from error
        connection.exec_driver_sql(f"COMMENT ON DATABASE \"{name}\" IS '{DRILL}'")
        try:
            yield engine.url.set(database=name)
        finally:
            _drop(connection, name)


def _drop(connection: Connection, name: str) -> None:
    connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _user(connection: Connection) -> Any:
    return connection.execute(text("SELECT current_user")).scalar_one()
