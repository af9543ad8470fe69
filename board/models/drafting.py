"""Drafts and what belongs to them; public pages never read these tables."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, PrimaryKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import At, Code, Digest, Home, Id, Json, JsonList, LongText, Sealed, Words, db
from board.models.rosters import RosterRow


class ColumnChoice(db.Model):
    """The field that a clerk of this home chose for a header of a kind's sheets; an empty ``field`` leaves the column out."""

    home: Mapped[Home]
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    header: Mapped[Words] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(String(40))


class Draft(db.Model):
    """A notice in preparation (草稿, 等审核, 已退回). Public pages never read this table.

    ``revision`` grows with every save; a save with an older revision is refused (optimistic locking).
    """

    home: Mapped[Home]
    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(40))  # "" while a sheet that has come first waits for its clerk to confirm one
    state: Mapped[str] = mapped_column(String(12), default="draft")  # draft, submitted, returned, posted, dropped
    owner: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    revision: Mapped[int] = mapped_column(default=1)
    title: Mapped[Words] = mapped_column(default="")
    facts: Mapped[Json] = mapped_column(default=dict)  # fact id -> text, including formed_on and display_start
    sheet_digest: Mapped[Digest | None]  # SHA-256 of the uploaded file, which is not stored; NULL: no table yet
    chosen: Mapped[JsonList] = mapped_column(default=list)  # Sheet.no of the tables that the roster is made of; empty: none yet
    result: Mapped[Sealed | None] = mapped_column(deferred=True)  # check result (JSON, sealed); NULL: the present table is not checked
    edits: Mapped[Sealed | None]  # cells that the clerk corrected in place (JSON, sealed); NULL: none
    columns: Mapped[Json] = mapped_column(default=dict)  # column index -> field id, as the clerk chose
    answers: Mapped[Json] = mapped_column(default=dict)  # warning code -> the clerk's reason
    proposal: Mapped[Sealed | None]  # the submitted proposal (JSON, sealed; its rows are StagedRow); NULL: not submitted
    proposal_digest: Mapped[Digest | None]
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # NULL: not submitted
    returned_because: Mapped[LongText] = mapped_column(default="")
    returned_at: Mapped[int | None]  # the revision that came back: its numbers are those that the reason names
    started_from: Mapped[str | None] = mapped_column(String(12))  # printed number of the notice it was carried over from; NULL: none
    corrects: Mapped[str | None] = mapped_column(String(12))  # printed number of the notice that it corrects; NULL: a new notice
    correction: Mapped[LongText] = mapped_column(default="", server_default="")  # reason of the correction, shown to villagers
    correction_leak: Mapped[bool | None]  # because something was shown that must not be; NULL: a new notice, or nobody was asked
    made: Mapped[At]
    changed: Mapped[At]


class SecrecyReview(db.Model):
    """The signed secrecy review (保密审查) of a draft; it stays when the draft is posted, and no public page reads it."""

    home: Mapped[Home]
    draft: Mapped[Id]
    signed_on: Mapped[date]
    photo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # rewritten by board.attachments, sealed; NULL: none
    number: Mapped[str | None] = mapped_column(String(12))  # printed number of the notice that was made of the draft; NULL: not posted
    noted_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    noted_at: Mapped[At]
    __table_args__ = (ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"]),)


class Hand(db.Model):
    """A person who worked on a draft, and in which way; none of them may review it."""

    home: Mapped[Home]
    draft: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    did: Mapped[str] = mapped_column(String(20), primary_key=True)
    __table_args__ = (ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"]),)


class Sheet(db.Model):
    """One cleaned table of an upload; deleted when its draft is posted or dropped."""

    home: Mapped[Home]
    draft: Mapped[Id]
    no: Mapped[int] = mapped_column(primary_key=True)  # from 0, in the order of the upload
    label: Mapped[LongText]
    row_count: Mapped[int]  # non-empty lines
    preview: Mapped[Sealed]  # the first lines (JSON, sealed)
    cells: Mapped[Sealed] = mapped_column(deferred=True)  # the cleaned table (JSON, sealed)
    __table_args__ = (ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"]),)


class StoppedLeak(db.Model):
    """How much personal data was stopped before posting, and never what: taken out of a draft's sheet or file, or refused in it."""

    home: Mapped[Home]
    draft: Mapped[Id]
    source: Mapped[str] = mapped_column(String(8), primary_key=True)  # sheet, file, text
    what: Mapped[str] = mapped_column(String(12), primary_key=True)  # id_number, bank_card, phone; birth, health: whole columns
    day: Mapped[date]  # on which it was stopped first
    count: Mapped[int]  # cells, places in a file, or fields; of birth and health columns; of several uploads the largest
    __table_args__ = (
        ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"]),
        Index("ix_stopped_leak_day", "home", "day"),
    )


class Job(db.Model):
    """Background work on a draft, leased by one worker at a time; any worker may take it over after the lease expired.

    The row is deleted when the work is done or cancelled.
    """

    home: Mapped[Home]
    draft: Mapped[Id]
    state: Mapped[str] = mapped_column(String(12))  # reading (within the upload's request), waiting, working, failed
    step: Mapped[str] = mapped_column(String(12), default="")  # check, store
    done: Mapped[int] = mapped_column(default=0)  # rows of this step
    total: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    holder: Mapped[str] = mapped_column(String(32))  # random; renewed with every lease and every new order
    asked: Mapped[At]
    leased: Mapped[At]  # when the lease expires
    __table_args__ = (ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"]), Index("ix_job_asked", "state", "asked"))


class StagedRow(RosterRow, db.Model):
    """One checked and numbered row of a draft's roster: shown to the reviewer, and copied to ``row`` by posting."""

    # No foreign keys: PostgreSQL would check the same draft once for each of 100,000 rows, and drafts are never deleted.
    home: Mapped[Code] = mapped_column(primary_key=True)
    draft: Mapped[Id]
    line: Mapped[int | None]  # of the draft's table; NULL: staged before migration 0007
    __table_args__ = (PrimaryKeyConstraint("home", "draft", "place", "no"),)
