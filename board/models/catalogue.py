"""What a county changed in the catalogue of what is published (公开目录)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import At, Home, LongText, Words, db


class CatalogueLine(db.Model):
    """A county's edit of one line at one level; a line without a row stands as the kinds and duties say."""

    home: Mapped[Home]  # the county
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    level: Mapped[str] = mapped_column(String(10), primary_key=True)  # of who publishes
    off_because: Mapped[LongText]  # why it is not published (不公开必须备案); "": it is listed
    office: Mapped[Words]  # 公开主体 in the county's words; "": in ours
    note: Mapped[Words]  # beside 公开时限; "": none
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[At]
