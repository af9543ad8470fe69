"""The ledger, cache stamps and feature flags of each home."""

from __future__ import annotations

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import Algorithm, Digest, Home, Json, Words, db


class Switch(db.Model):
    """A feature flag that a county (its ``home``) turned on, such as slips; without a row it is off."""

    home: Mapped[Home]
    name: Mapped[str] = mapped_column(String(20), primary_key=True)


class Stamp(db.Model):
    """The cache version of a home: the number of changes so far. Cached pages made at another value are stale."""

    home: Mapped[Home]
    value: Mapped[int] = mapped_column(BigInteger)


class Ledger(db.Model):
    """The 公开日志 of one home: append-only (triggers refuse UPDATE and DELETE)."""

    home: Mapped[Home]
    height: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str] = mapped_column(String(32))  # UTC, ISO 8601; text, because the digest covers it as written
    actor: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[Words]
    body: Mapped[Json]
    previous: Mapped[Digest]
    digest: Mapped[Digest]
    algorithm: Mapped[Algorithm]
