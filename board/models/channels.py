"""Where a notice was published besides this board."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, ForeignKeyConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import At, Home, Words, db


class OtherChannel(db.Model):
    """One publication of a notice through another channel (还在哪里公开), with its day and its proof: an address, a photo, or both."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … within its notice; never reused
    channel: Mapped[str] = mapped_column(String(20))  # an id of board/policies/channels.toml
    published_on: Mapped[date]
    detail: Mapped[Words]  # where exactly, in public words; "": nothing more to say
    address: Mapped[Words]  # of the page, http or https; "": it has none
    photo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # rewritten by board.attachments, sealed; NULL: none
    noted_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    noted_at: Mapped[At]
    removed_at: Mapped[At | None]  # NULL: it stands
    __table_args__ = (ForeignKeyConstraint(["home", "number"], ["notice.home", "notice.number"]),)
