"""Floods of cases, and what is counted while one lasts: of texts and network addresses only hashes whose key dies after ten minutes."""

from __future__ import annotations

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import At, Home, Key, db


class AskingFlood(db.Model):
    """The newest flood of cases that came to an office."""

    home: Mapped[Home]
    begun: Mapped[At]
    until: Mapped[At]  # it lasts until then, unless more comes
    fold: Mapped[str] = mapped_column(String(16))  # the line of its cases that said nothing right to the question
    texts: Mapped[int]  # lines that its texts have made
    placed: Mapped[int]  # cases that came while it lasted


class AskingKey(db.Model):
    """The key of a slot of five minutes, by which what came in it is hashed; without its row no hash can be made again."""

    slot: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    key: Mapped[Key]


class AskingCount(db.Model):
    """How often something of a flood came in a slot: a network address, a shingle of a text, or (all of them) a text."""

    home: Mapped[Home]
    slot: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[Key] = mapped_column(primary_key=True)
    count: Mapped[int]
    fold: Mapped[str | None] = mapped_column(String(16))  # the line of the texts with this shingle; NULL: none yet
