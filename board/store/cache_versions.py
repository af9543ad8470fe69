"""Cache versions: a counter (stamp) for each home that every ledger entry raises, so that cached pages made before it are stale."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from board.models import Printed, SeriesStep, Stamp, db

_INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def move(home: str) -> None:
    """Raise a home's stamp, so that all cached pages of it are stale; call it inside ``writing()``."""
    put = _INSERT[db.session.get_bind().dialect.name](Stamp).values(home=home, value=1)
    db.session.execute(put.on_conflict_do_update(index_elements=[Stamp.home], set_={"value": Stamp.value + 1}))


def move_series(number: str) -> None:
    """Raise the stamps of the homes whose notices are of one matter with this one, since each page shows the others."""
    root = select(SeriesStep.root).where(SeriesStep.number == number).scalar_subquery()
    for home in set(db.session.scalars(select(SeriesStep.home).where(SeriesStep.root == root))):
        move(home)


def under(prefix: str) -> int:
    """Return the sum of the stamps under a code prefix; it grows with every change in any of these homes."""
    return db.session.scalar(select(func.coalesce(func.sum(Stamp.value), 0)).where(Stamp.home.startswith(prefix))) or 0


_PRINTED = (
    select(Printed.what, Printed.home, func.coalesce(Stamp.value, 0))
    .outerjoin(Stamp, Stamp.home == Printed.home)
    .where(Printed.number == bindparam("number"))
)
_SUM = select(func.coalesce(func.sum(Stamp.value), 0))
_AROUND = _SUM.where(
    or_(Stamp.home.between(bindparam("first"), bindparam("last")), Stamp.home.in_([bindparam("city"), bindparam("province")]))
)


class Unknown(Exception):
    """The stamp could not be read from the database."""


class Stamps:
    """Reads present stamps without a request or a session, with one indexed query each.

    The page cache answers before Flask does, so that this query is most of the cost of a cached page; therefore the statements are
    compiled once and passed to the driver directly. Methods raise Unknown when the database does not answer.
    """

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self.engine = db.engine
        self.texts = {query: query.compile(dialect=self.engine.dialect) for query in (_PRINTED, _AROUND, _SUM)}

    def of_number(self, number: str) -> int | None:
        """Return the stamp of the page under a printed number, or None for an unknown number.

        For a notice, the stamp of its home; for a wall, that of ``around`` its place, since notices of other homes hang on it.
        """
        found = self._first(_PRINTED, number=number)
        if found is None:
            return None
        what, home, stamp = found
        return self.around(home) if what == "wall" else int(stamp)

    def around(self, code: str) -> int:
        """Return the stamp of all homes that may concern an area: those of its county, its city and its province.

        For a city's or a province's code, all homes below it. Decided by the digits of the code, which may include a home too many.
        """
        prefix = code[:6] if code[4:6] != "00" else code[:4] if code[2:4] != "00" else code[:2]
        above = {"city": code[:4].ljust(12, "0"), "province": code[:2].ljust(12, "0")}
        return int(self._first(_AROUND, first=prefix.ljust(12, "0"), last=prefix.ljust(12, "9"), **above)[0])

    def all(self) -> int:
        """Return the sum of all stamps."""
        return int(self._first(_SUM)[0])

    def _first(self, query: Any, **given: Any) -> Any:
        text = self.texts[query]
        values = text.construct_params(given)
        try:
            connection = self.engine.raw_connection()
        except (SQLAlchemyError, self.engine.dialect.loaded_dbapi.Error) as error:  # raw: the driver's own errors too
            raise Unknown from error
        try:
            cursor = connection.cursor()
            cursor.execute(str(text), tuple(values[name] for name in text.positiontup or ()) if text.positional else values)
            return cursor.fetchone()
        except self.engine.dialect.loaded_dbapi.Error as error:
            raise Unknown from error
        finally:
            connection.close()
