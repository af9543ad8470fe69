"""Reading points (能看纸质的地方), and the lists by which offices bring their notices there."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import At, Code, Home, Words, db


class ReadingPoint(db.Model):
    """One place of a county where everybody may read what offices disclose; never deleted, for lists were signed there."""

    home: Mapped[Home]  # the county
    no: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … within its county
    name: Mapped[Words]
    sort: Mapped[str] = mapped_column(String(20))  # an id of board/policies/reading_points.toml
    address: Mapped[Words]
    hours: Mapped[Words]
    phone: Mapped[Words]  # "": none
    serves: Mapped[Code] = mapped_column(ForeignKey("area.code"))  # the county, or one township
    paper: Mapped[bool]
    file: Mapped[bool]
    since: Mapped[date]  # notices posted from this day on are brought there
    closed_on: Mapped[date | None]  # NULL: open
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))  # who said this last
    at: Mapped[At]


class DeliveryList(db.Model):
    """送交清单: what an office brings to a reading point at one time, on the way until it was signed for."""

    home: Mapped[Home]  # the office
    no: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … within its office
    county: Mapped[Code]
    point: Mapped[int]
    made_on: Mapped[date]
    made_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[At]
    signed_by: Mapped[bytes | None] = mapped_column(LargeBinary)  # the name, sealed: somebody of the reading point; NULL: on the way
    signed_on: Mapped[date | None]  # as the paper says
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # who wrote down that it was signed; NULL: nobody yet
    entered_at: Mapped[At | None]
    cancelled_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # NULL: it stands
    cancelled_at: Mapped[At | None]
    __table_args__ = (
        ForeignKeyConstraint(["county", "point"], ["reading_point.home", "reading_point.no"]),
        Index("ix_delivery_list_point", "county", "point"),
    )


class DeliveryItem(db.Model):
    """One notice on a list: a version of it to be laid out, or word that it was withdrawn (``removes``)."""

    home: Mapped[Home]
    no: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    publisher: Mapped[Code]  # the home of the notice: the office's own, or a village of the township
    version: Mapped[int]
    removes: Mapped[bool]
    __table_args__ = (
        ForeignKeyConstraint(["home", "no"], ["delivery_list.home", "delivery_list.no"]),
        ForeignKeyConstraint(["publisher", "number", "version"], ["version.home", "version.number", "version.no"]),
        Index("ix_delivery_item_notice", "publisher", "number"),
    )
