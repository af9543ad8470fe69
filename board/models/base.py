"""The base of all tables, and the types of their columns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    DateTime,
    ForeignKey,
    LargeBinary,
    MetaData,
    String,
    Text,
)
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import JSON, TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A point in time in UTC; read as an aware datetime on both engines (SQLite does not store the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


Code = Annotated[str, mapped_column(String(12))]
Home = Annotated[str, mapped_column(String(12), ForeignKey("area.code"), primary_key=True)]
Id = Annotated[str, mapped_column(String(16), primary_key=True)]
Digest = Annotated[str, mapped_column(String(64))]
Algorithm = Annotated[str, mapped_column(String(16))]  # of the digests beside it (rules/digest.py ALGORITHMS)
Key = Annotated[str, mapped_column(String(32))]
Sealed = Annotated[bytes, mapped_column(LargeBinary)]
Words = Annotated[str, mapped_column(String(200))]
LongText = Annotated[str, mapped_column(Text)]
Json = Annotated[dict[str, Any], mapped_column(JSON)]
JsonList = Annotated[list[Any], mapped_column(JSON)]
At = Annotated[datetime, mapped_column(Moment)]
Fen = Annotated[int, mapped_column(BigInteger)]


class Base(DeclarativeBase):
    """The base of all tables; constraints have names so that Alembic can change them on both engines."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, session_options={"autoflush": False})
