"""Areas (区划), the spellings of their names, and the holiday calendar."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import Code, Home, JsonList, Words, db
from board.rules.kind import Level


class Area(db.Model):
    """A 区划: city, county, township or village. Closed areas stay, so that addresses printed under them still open."""

    code: Mapped[Code] = mapped_column(primary_key=True)
    name: Mapped[Words]
    level: Mapped[Level] = mapped_column(String(8))
    parent: Mapped[Code | None] = mapped_column(ForeignKey("area.code"), index=True)  # NULL: a city
    aliases: Mapped[JsonList] = mapped_column(default=list)  # earlier names and other spellings
    closed: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None]  # NULL: open, or closed before this was kept
    merged_into: Mapped[Code | None] = mapped_column(ForeignKey("area.code"))  # NULL: not merged


class PlaceAlias(db.Model):
    """A spelling of a place that a clerk of this home confirmed to mean ``area``."""

    home: Mapped[Home]
    written: Mapped[Words] = mapped_column(primary_key=True)
    area: Mapped[Code] = mapped_column(ForeignKey("area.code"))


class Holiday(db.Model):
    """One day of the holiday calendar: a day off, or a Saturday or Sunday that is worked (docs/sources.md: holidays)."""

    day: Mapped[date] = mapped_column(primary_key=True)
    off: Mapped[bool]
    name: Mapped[Words]
