"""The PostgreSQL database that tests share: between two of them, the tables that the first changed are filled again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal

if TYPE_CHECKING:
    from tests.databases import Cluster

OWN = 16384  # PostgreSQL numbers what is its own below this
CATALOG = {
    "pg_attribute": "attrelid", "pg_class": "oid", "pg_constraint": "oid", "pg_index": "indexrelid", "pg_namespace": "oid",
    "pg_proc": "oid", "pg_trigger": "oid", "pg_type": "oid",
}  # fmt: skip
LOOK = SQL("SELECT {0}, count(*), max(xmin::text::bigint) FROM {1} WHERE {2}")
TERMINATE = SQL("""SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'""")

Seen = dict[str, tuple[int, int | None]]


class State(NamedTuple):
    """The rows of tables as COPY writes them, and the statements that set the sequences."""

    rows: dict[str, bytes]
    sequences: list[Composed]


class Kept:
    """A copy of a template, put back between two tests in a fifth of the time that a new copy takes.

    Nothing is asked of the test: each row holds the number of the transaction that wrote it, so a table has changed when the count of its
    rows or the newest transaction in it has. After a change of the schema the database has to be copied again.
    """

    RESTORES = 100  # then it is copied again: nothing vacuums here, and dead rows slow down every scan

    def __init__(self, cluster: Cluster, template: str) -> None:
        self.cluster = cluster
        self.name = f"{template}_kept"
        self.source = cluster.copy(template)
        self.connection: psycopg.Connection[Any] | None = None
        with psycopg.connect(cluster.address(self.source), autocommit=True) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            self.sequences = _sequences(connection)
            self.tables = [name for (name,) in tables]
            connection.execute("CREATE SCHEMA pristine")
            for name in self.tables:
                connection.execute(SQL("CREATE TABLE pristine.{0} AS TABLE public.{0}").format(Identifier(name)))
        looks = [LOOK.format(Literal(name), Identifier("public", name), SQL("true")) for name in self.tables]
        self.look_at_tables = SQL(" UNION ALL ").join(looks)
        looks = [LOOK.format(Literal(name), SQL(name), SQL(f"{number} >= {OWN}")) for name, number in CATALOG.items()]
        self.look_at_catalog = SQL(" UNION ALL ").join(looks)

    def renew(self) -> None:
        """Make the database anew; whoever is connected to it is cut off."""
        if self.connection:
            self.connection.close()
        self.cluster.drop(self.name)
        self.cluster.copy(self.source, self.name)
        self.connection = psycopg.connect(self.cluster.address(self.name), autocommit=True)
        self.connection.execute("SET session_replication_role = replica")  # foreign keys were checked when the template was filled
        self.catalog, self.seen, self.left = self._look(self.look_at_catalog), self._look(self.look_at_tables), self.RESTORES

    def restore(self) -> bool:
        """Put the rows and sequences back; return False where only a new copy will do."""
        if self.connection is None or not self.left:
            return False
        self.left -= 1
        self.connection.execute(TERMINATE)  # a thread that a test left behind may still hold a lock
        if self._look(self.look_at_catalog) != self.catalog:
            return False
        now = self._look(self.look_at_tables)
        changed = [Identifier(name) for name in self.tables if now[name] != self.seen[name]]
        fill = SQL("DELETE FROM public.{0}; INSERT INTO public.{0} TABLE pristine.{0}")
        with self.connection.transaction():
            self.connection.execute(SQL("; ").join([*(fill.format(table) for table in changed), *self.sequences]))
        self.seen = self._look(self.look_at_tables) if changed else now
        return True

    def state(self) -> State:
        """Return the rows of the tables that changed since the template, and where the sequences stand."""
        assert self.connection
        now = self._look(self.look_at_tables)
        rows = dict[str, bytes]()
        for name in self.tables:
            if now[name] != self.seen[name]:
                with self.connection.cursor().copy(SQL("COPY public.{} TO STDOUT").format(Identifier(name))) as copied:
                    rows[name] = b"".join(copied)
        return State(rows, _sequences(self.connection))

    def enter(self, state: State) -> None:
        """Bring a database that is as the template, or was changed in these tables only, to a state."""
        assert self.connection
        with self.connection.transaction(), self.connection.cursor() as cursor:
            for name, rows in state.rows.items():
                cursor.execute(SQL("DELETE FROM public.{}").format(Identifier(name)))
                with cursor.copy(SQL("COPY public.{} FROM STDIN").format(Identifier(name))) as filled:
                    filled.write(rows)
            cursor.execute(SQL("; ").join(state.sequences))

    def _look(self, tables: Composed) -> Seen:
        assert self.connection
        return {name: (count, newest) for name, count, newest in self.connection.execute(tables)}


def _sequences(connection: psycopg.Connection[Any]) -> list[Composed]:
    found = connection.execute("SELECT sequencename, coalesce(last_value, start_value), last_value IS NOT NULL FROM pg_sequences")
    return [SQL("SELECT setval({}, {}, {})").format(*map(Literal, row)) for row in found]
