"""Posted notices: their numbers, versions, parts, rows and files."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, PrimaryKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import Algorithm, At, Code, Digest, Home, Id, Json, JsonList, LongText, Words, db
from board.models.rosters import RosterRow


class Printed(db.Model):
    """Printed number -> home of its notice or wall. Rows are never deleted, because printed codes stay in use."""

    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    home: Mapped[Code] = mapped_column(ForeignKey("area.code"))
    what: Mapped[str] = mapped_column(String(8), default="notice", server_default="notice")  # notice, wall


class Notice(db.Model):
    """A 公示 under the number printed on its posters. ``current`` is the version in force."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    current: Mapped[int]
    withdrawn_at: Mapped[At | None]  # NULL: not withdrawn
    withdrawn_because: Mapped[LongText] = mapped_column(default="")
    withdrawn_leak: Mapped[bool | None]  # because it showed what must not be shown; NULL: not withdrawn, or nobody was asked


class SeriesStep(db.Model):
    """A notice that is one of several of one matter: ``root`` is the number of the first, ``follows`` of the one before (NULL: none)."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    root: Mapped[str] = mapped_column(String(12), index=True)
    follows: Mapped[str | None] = mapped_column(String(12))
    __table_args__ = (ForeignKeyConstraint(["home", "number"], ["notice.home", "notice.number"]),)


class Version(db.Model):
    """One posted state of a notice; a correction adds the next. Never changed after posting."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[Words]
    facts: Mapped[Json]
    frozen: Mapped[Json]  # kind, name policy, area names and files as they were at posting
    starts: Mapped[date]
    ends: Mapped[date]
    totals: Mapped[Json]
    stated: Mapped[Json]
    row_count: Mapped[int]
    reason: Mapped[LongText] = mapped_column(default="")  # why it was corrected; empty for the first
    hands: Mapped[JsonList]  # usernames that worked on it
    reviewer: Mapped[int] = mapped_column(ForeignKey("user.id"))
    acknowledged: Mapped[Json]  # warning code -> the reviewer's reason
    posted_at: Mapped[At]
    posted_on: Mapped[date]  # the day of posted_at in China: deadlines are counted in days
    formed_on: Mapped[date]
    publish_by: Mapped[date]
    digest: Mapped[Digest]
    algorithm: Mapped[Algorithm]
    __table_args__ = (
        ForeignKeyConstraint(["home", "number"], ["notice.home", "notice.number"]),
        Index("ix_version_posted", "home", "posted_at"),
    )


class Part(db.Model):
    """One place's part of a version: the content of its poster."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[Code] = mapped_column(ForeignKey("area.code"), primary_key=True)
    row_count: Mapped[int]
    totals: Mapped[Json]
    changed_in: Mapped[int]  # the version in which this part last changed: its posters since then are up to date
    digest: Mapped[Digest]
    algorithm: Mapped[Algorithm]
    __table_args__ = (
        ForeignKeyConstraint(["home", "number", "version"], ["version.home", "version.number", "version.no"]),
        Index("ix_part_place", "place", "number"),
    )


class Row(RosterRow, db.Model):
    """One row of a posted roster, in force from version ``since`` (inclusive) until version ``until`` (exclusive)."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    since: Mapped[int] = mapped_column(primary_key=True)
    until: Mapped[int | None]  # NULL: still in force
    __table_args__ = (
        PrimaryKeyConstraint("home", "number", "place", "no", "since"),
        ForeignKeyConstraint(["home", "number", "since"], ["version.home", "version.number", "version.no"]),
        Index("ix_row_person", "home", "person_key"),
    )


class Attachment(db.Model):
    """A file beside a notice or draft; ``data`` is the file as rewritten by ``board.attachments``, and as it is served."""

    home: Mapped[Home]
    id: Mapped[Id]
    draft: Mapped[str | None] = mapped_column(String(16))  # NULL: posted
    number: Mapped[str | None] = mapped_column(String(12))  # NULL: not posted yet
    no: Mapped[int]  # 1, 2, 3 … within its draft or notice
    title: Mapped[Words]
    type: Mapped[str] = mapped_column(String(8))  # pdf, jpeg, png, docx
    pages: Mapped[int]  # 0: unknown (Word files)
    size: Mapped[int]
    sha256: Mapped[Digest]
    unread: Mapped[JsonList]  # pages or pictures without readable text
    found: Mapped[JsonList]  # words that may describe a person, counted by place in the file
    looked_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # who looked at the pages in ``unread``; NULL: no one yet
    added_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[At]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # deferred: lists of files do not load it
    __table_args__ = (
        ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"]),
        ForeignKeyConstraint(["home", "number"], ["notice.home", "notice.number"]),
        Index("ix_attachment_draft", "home", "draft", "no"),
        Index("ix_attachment_notice", "home", "number", "no"),
    )
