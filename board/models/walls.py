"""Walls and what hangs on them, slips, and how often codes were scanned."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import At, Code, Home, Key, LongText, Words, db


class Wall(db.Model):
    """A 公示墙 of one place (its ``home``), with the number printed on its plate. A wall that was taken away stays, closed."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    spot: Mapped[Words]  # where it is: 村委会门口
    photo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # rewritten by board.attachments; NULL: none
    made: Mapped[At]
    made_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[At | None]  # NULL: open


class WallCheck(db.Model):
    """The result of scanning one code on a wall during a wall check by staff."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)  # the wall's
    no: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[At]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    way: Mapped[str] = mapped_column(String(8))  # how it was read: camera, photo, typed (the text below the code)
    finding: Mapped[str] = mapped_column(String(16))  # a finding of rules.wall_check
    read: Mapped[Words]  # the text of the code, as far as it may be stored
    __table_args__ = (ForeignKeyConstraint(["home", "number"], ["wall.home", "wall.number"]),)


class ScanCount(db.Model):
    """How often a printed code was scanned on a day; nothing about who scanned it."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)  # a notice's or a wall's
    place: Mapped[Code] = mapped_column(ForeignKey("area.code"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]


class UnderstoodCount(db.Model):
    """How many readers of a day said that they understood a notice (看懂了), and how many that they did not; nothing about who they are."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    place: Mapped[Code] = mapped_column(ForeignKey("area.code"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    yes: Mapped[int]
    no: Mapped[int]


class Hanging(db.Model):
    """The display of one place's poster of a version: when it was printed, hung and taken down, as reported, and by whom."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[Code] = mapped_column(ForeignKey("area.code"), primary_key=True)
    printed_at: Mapped[At | None]  # NULL: not printed here yet
    printed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    hung_on: Mapped[date | None]  # NULL: not reported
    hung_by: Mapped[Words] = mapped_column(default="")  # name or post as typed in the report, which needs no account
    spot: Mapped[Words] = mapped_column(default="")
    photo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # rewritten by board.attachments, sealed; NULL: none
    told_at: Mapped[At | None]  # when it was last reported; NULL: never
    down_on: Mapped[date | None]  # NULL: not reported as taken down
    __table_args__ = (ForeignKeyConstraint(["home", "number", "version"], ["version.home", "version.number", "version.no"]),)


class Slip(db.Model):
    """A 明白卡 of one household of one place (its ``home``), found by the keyed hash of the random token in its QR code.

    Deleted when that place's slips are printed again.
    """

    key: Mapped[Key] = mapped_column(primary_key=True)
    home: Mapped[Code] = mapped_column(ForeignKey("area.code"))
    year: Mapped[int]
    group: Mapped[LongText] = mapped_column(default="")
    person_key: Mapped[Key | None]  # NULL: the sheets had no whole ID number; matched by place, group and name
    name_key: Mapped[Key | None]
    made: Mapped[At]
    __table_args__ = (Index("ix_slip_place", "home", "year"),)
