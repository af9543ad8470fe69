"""When what a home shows last changed: every entry of its ledger moves its stamp, so that a page made before is known to be old."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from board.models import Printed, Stamp, db

_INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def move(home: str) -> None:
    """Make every page of a home that was kept until now out of date; call it inside ``writing()``."""
    put = _INSERT[db.session.get_bind().dialect.name](Stamp).values(home=home, value=1)
    db.session.execute(put.on_conflict_do_update(index_elements=[Stamp.home], set_={"value": Stamp.value + 1}))


def under(prefix: str) -> int:
    """Return the stamp of all homes under a code prefix together; it only grows, with every change of any of them."""
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
    """The database did not say what the stamp is."""


class Stamps:
    """The stamps as they are now, asked for without a request or a session: one look-up by an index each.

    A public page is looked up before the framework is, so that this is most of what its answer costs: the statements are made once, and
    go to the driver as they are. Raises Unknown when it does not answer.
    """

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self.engine = db.engine
        self.texts = {query: query.compile(dialect=self.engine.dialect) for query in (_PRINTED, _AROUND, _SUM)}

    def of_number(self, number: str) -> int | None:
        """Return the stamp of what a page behind a printed number shows, or None when that number was never given.

        A notice's is that of its home; on a wall hangs whatever was posted around its place.
        """
        found = self._first(_PRINTED, number=number)
        if found is None:
            return None
        what, home, stamp = found
        return self.around(home) if what == "wall" else int(stamp)

    def around(self, code: str) -> int:
        """Return the stamp of all that may concern an area: every home of its county (of a city's or a province's code: of all of it),
        the city and the province.

        Told by the digits: rather a home too many than one too few.
        """
        prefix = code[:6] if code[4:6] != "00" else code[:4] if code[2:4] != "00" else code[:2]
        above = {"city": code[:4].ljust(12, "0"), "province": code[:2].ljust(12, "0")}
        return int(self._first(_AROUND, first=prefix.ljust(12, "0"), last=prefix.ljust(12, "9"), **above)[0])

    def all(self) -> int:
        """Return the stamp of all homes together."""
        return int(self._first(_SUM)[0])

    def _first(self, query: Any, **given: Any) -> Any:
        text = self.texts[query]
        values = text.construct_params(given)
        try:
            connection = self.engine.raw_connection()
        except SQLAlchemyError as error:
            raise Unknown from error
        try:
            cursor = connection.cursor()
            cursor.execute(str(text), tuple(values[name] for name in text.positiontup or ()) if text.positional else values)
            return cursor.fetchone()
        except self.engine.dialect.loaded_dbapi.Error as error:
            raise Unknown from error
        finally:
            connection.close()
