"""Counts of rows, sums of money and ledger heads, compared before and after a restore; and whether a database is empty."""

from __future__ import annotations

from sqlalchemy import BigInteger, Connection, inspect, text

from board.backup.manifest import Facts
from board.backup.refusal import BackupRefused
from board.models import db
from board.store import search_index
from board.store.schema import UNFINISHED, found

REVISION = "alembic_version"
BEFORE_USE = (REVISION, "holiday")  # what an installation that nobody used yet may hold
_HEADS = """SELECT home, height, digest FROM ledger
    WHERE (home, height) IN (SELECT home, max(height) FROM ledger GROUP BY home) ORDER BY home"""


def tables(connection: Connection) -> list[str]:
    """Return the names of the tables whose rows a backup counts: all but the revision's, and the index that can be made anew."""
    names = sorted(inspect(connection).get_table_names())
    return [name for name in names if name not in (REVISION, UNFINISHED) and search_index.ours(name, "table")]


def schema(connection: Connection) -> str:
    """Return the revision of a database. Raises BackupRefused if it has none."""
    if not (revision := found(connection)):
        raise BackupRefused("The database has not the tables of this program: run `flask --app wsgi db upgrade`, then try again.")
    return revision


def facts(connection: Connection) -> Facts:
    """Return the figures of the database that a connection is at; in one transaction, since others may write."""
    revision, counts, sums = schema(connection), {}, {}
    names = tables(connection)
    money = [name for name in names if any(_is_money(one) for one in inspect(connection).get_columns(name))]
    for name in names:
        counts[name] = int(connection.execute(text(f"SELECT count(*) FROM {_quoted(name)}")).scalar_one())  # noqa: S608 - a table's name
    for name in money:
        sums[f"{name}.amount"] = int(connection.execute(text(f"SELECT sum(amount) FROM {_quoted(name)}")).scalar_one() or 0)  # noqa: S608
    heads = {home: (int(height), str(digest)) for home, height, digest in connection.execute(text(_HEADS))}
    return Facts(revision, counts, sums, heads)


def _is_money(column: object) -> bool:
    return isinstance(column, dict) and column["name"] == "amount" and isinstance(column["type"], BigInteger)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def filled(connection: Connection) -> str:
    """Return in words why a database is not empty; "" where nobody has used it yet, or a restore into it was cut short."""
    names = inspect(connection).get_table_names()
    if UNFINISHED in names:
        loaded = connection.execute(text(f"SELECT entries FROM {UNFINISHED}")).scalar_one()  # noqa: S608 - our own constant
        entries = connection.execute(text("SELECT count(*) FROM ledger")).scalar_one() if "ledger" in names else 0
        return "somebody worked in it after a restore that was cut short" if entries > loaded else ""
    ours = {*db.metadata.tables, REVISION}
    foreign = [name for name in names if name not in ours and search_index.ours(name, "table")]
    if foreign:
        return f"it has a table that is not of this program: {foreign[0]}"
    for name in sorted(set(names) - set(BEFORE_USE)):
        if search_index.ours(name, "table") and connection.execute(text(f"SELECT 1 FROM {_quoted(name)} LIMIT 1")).first():  # noqa: S608
            return f"there are rows in {name}"
    return ""
