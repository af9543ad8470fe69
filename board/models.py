"""Tables, columns and constraints; no rules.

In every table of notices, rows, cases and ledgers ``home`` (the owning area's code) is the first column of the key, so that the table
can be partitioned by it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

from board.rules.kind import Level


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


class Area(db.Model):
    """A 区划: city, county, township or village. Closed areas stay, so that addresses printed under them still open."""

    code: Mapped[Code] = mapped_column(primary_key=True)
    name: Mapped[Words]
    level: Mapped[Level] = mapped_column(String(8))
    parent: Mapped[Code | None] = mapped_column(ForeignKey("area.code"), index=True)  # NULL: a city
    aliases: Mapped[JsonList] = mapped_column(default=list)  # earlier names and other spellings
    closed: Mapped[bool] = mapped_column(default=False)
    merged_into: Mapped[Code | None] = mapped_column(ForeignKey("area.code"))  # NULL: not merged


class PlaceAlias(db.Model):
    """A spelling of a place that a clerk of this home confirmed to mean ``area``."""

    home: Mapped[Home]
    written: Mapped[Words] = mapped_column(primary_key=True)
    area: Mapped[Code] = mapped_column(ForeignKey("area.code"))


class ColumnChoice(db.Model):
    """The field that a clerk of this home chose for a header of a kind's sheets; an empty ``field`` leaves the column out."""

    home: Mapped[Home]
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    header: Mapped[Words] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(String(40))


class User(db.Model):
    """A person who signs in. Never deleted: drafts, versions and ledger entries refer to the user."""

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Words]
    role: Mapped[str] = mapped_column(String(12))
    area: Mapped[Code] = mapped_column(ForeignKey("area.code"), index=True)
    password: Mapped[Words]  # argon2
    must_change: Mapped[bool] = mapped_column(default=False)
    disabled: Mapped[bool] = mapped_column(default=False)


class Login(db.Model):
    """One signed-in browser; deleting the row signs it out."""

    token: Mapped[Digest] = mapped_column(primary_key=True)  # SHA-256 of the token in the cookie
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    shared: Mapped[bool]  # a tablet that several people use: shorter idle time-out
    started: Mapped[At]
    seen: Mapped[At]


class SignInFailure(db.Model):
    """The number of consecutive failed sign-ins of one username from unknown devices, or from one known device."""

    bucket: Mapped[str] = mapped_column(String(120), primary_key=True)
    count: Mapped[int]
    last: Mapped[At]


class Holiday(db.Model):
    """One day of the holiday calendar: a day off, or a Saturday or Sunday that is worked (docs/sources.md: holidays)."""

    day: Mapped[date] = mapped_column(primary_key=True)
    off: Mapped[bool]
    name: Mapped[Words]


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
    __table_args__ = (
        ForeignKeyConstraint(["home", "number", "version"], ["version.home", "version.number", "version.no"]),
        Index("ix_part_place", "place", "number"),
    )


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


class RosterRow:
    """The content of a row of a roster, staged or posted. ``no`` counts within its place and is never reused."""

    place: Mapped[Code] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    group: Mapped[LongText] = mapped_column(default="")
    shown_name: Mapped[LongText] = mapped_column(default="")  # as the web policy shows it
    sealed_name: Mapped[Sealed | None]  # NULL: the kind has no names, or the person was erased
    name_key: Mapped[Key | None]  # NULL: as above
    person_key: Mapped[Key | None]  # NULL: the sheet had no whole ID number
    account_key: Mapped[Key | None]  # NULL: the sheet had no account number; shown to county staff only
    minor: Mapped[bool]
    amount: Mapped[Fen | None]  # NULL: the kind has no single amount (income and spending)
    measures: Mapped[Json]  # field -> exact decimal as text (yuan, mu), date or text
    texts: Mapped[Json]  # field -> text of the sheet, where it differs
    person_salt: Mapped[Key | None]  # NULL: erased
    money_salt: Mapped[Key]
    person_digest: Mapped[Digest]
    money_digest: Mapped[Digest]


class StagedRow(RosterRow, db.Model):
    """One checked and numbered row of a draft's roster: shown to the reviewer, and copied to ``row`` by posting."""

    # No foreign keys: PostgreSQL would check the same draft once for each of 100,000 rows, and drafts are never deleted.
    home: Mapped[Code] = mapped_column(primary_key=True)
    draft: Mapped[Id]
    line: Mapped[int | None]  # of the draft's table; NULL: staged before migration 0007
    __table_args__ = (PrimaryKeyConstraint("home", "draft", "place", "no"),)


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


class Case(db.Model):
    """A 来件: what a villager asked, objected to, applied for or wrote. Reports against people are not stored here."""

    home: Mapped[Home]  # the office asked first, whose ledger has it; it stays when another office has the case
    id: Mapped[Id]
    publisher: Mapped[Code | None]  # home of the notice; NULL, as ``number`` and ``version``: about no notice
    number: Mapped[str | None] = mapped_column(String(12))
    version: Mapped[int | None]
    place: Mapped[Code] = mapped_column(ForeignKey("area.code"))
    row: Mapped[int | None]  # NULL: about the notice, not about one row
    wall: Mapped[str | None] = mapped_column(String(12))  # NULL: not asked from a wall's code
    source: Mapped[str] = mapped_column(String(8))  # web; by mouth: call, visit, box
    category: Mapped[str] = mapped_column(String(20))
    consent: Mapped[bool | None]  # to publish it; NULL: not asked
    contact: Mapped[Sealed | None]  # NULL: none given
    state: Mapped[str] = mapped_column(String(12))  # rules.cases.machine.STATES
    desk: Mapped[Code] = mapped_column(ForeignKey("area.code"))  # the office that has to answer: the home, or one above it
    made: Mapped[At]
    since: Mapped[date]  # when the clock of the present answer began; of an application not yet confirmed, the latest day for that
    due: Mapped[date]
    asked: Mapped[date | None]  # since when the clock stands still: the villager, or a third party, was asked
    held: Mapped[date | None]  # what ``due`` was before the clock stood still
    answered: Mapped[At | None]  # NULL: not yet
    outcome: Mapped[str | None] = mapped_column(String(20))  # of the newest answer, where the category has a closed list
    rating: Mapped[int | None]  # of the newest answer: 5 very satisfied … 1 not at all
    __table_args__ = (
        ForeignKeyConstraint(["publisher", "number"], ["notice.home", "notice.number"]),
        Index("ix_case_desk", "desk", "state", "due"),
        Index("ix_case_due", "home", "state", "due"),
        Index("ix_case_notice", "publisher", "number"),
    )


class Message(db.Model):
    """One act in a case, by the villager or by an office, with its words if it has some."""

    home: Mapped[Home]
    case: Mapped[Id]
    no: Mapped[int] = mapped_column(primary_key=True)
    side: Mapped[str] = mapped_column(String(8))  # villager, office
    act: Mapped[str] = mapped_column(String(12))  # "ask", the first; then rules.cases.machine.TABLE
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # NULL: the villager
    text: Mapped[LongText]
    at: Mapped[At]
    __table_args__ = (ForeignKeyConstraint(["home", "case"], ["case.home", "case.id"]),)


class Receipt(db.Model):
    """Receipt -> case. Only a keyed hash of the receipt is stored, so that the table opens no case."""

    key: Mapped[Key] = mapped_column(primary_key=True)
    home: Mapped[Code] = mapped_column(ForeignKey("area.code"))
    case: Mapped[str] = mapped_column(String(16))


class CasePhoto(db.Model):
    """A photo that a villager added to a case; what is left of a deleted one proves that it was there, and shows nothing."""

    home: Mapped[Home]
    case: Mapped[Id]
    no: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … within its case; never reused
    at: Mapped[At]
    size: Mapped[int]
    sha256: Mapped[Digest]
    photo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # rewritten by board.attachments, sealed; NULL: deleted
    deleted_at: Mapped[At | None]  # NULL: not deleted
    deleted_by: Mapped[str | None] = mapped_column(String(8))  # villager, office, expired (its days were over); NULL: not deleted
    __table_args__ = (ForeignKeyConstraint(["home", "case"], ["case.home", "case.id"]),)


class PublicAnswer(db.Model):
    """A question about a notice with the office's answer, published for everyone (大家问过的)."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … within its notice
    place: Mapped[Code | None] = mapped_column(ForeignKey("area.code"))  # NULL: about the whole notice
    case: Mapped[str | None] = mapped_column(String(16))  # the 来件 that it came from; NULL: none
    question: Mapped[LongText]  # empty, as ``answer``: withdrawn
    answer: Mapped[LongText]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[At]
    __table_args__ = (ForeignKeyConstraint(["home", "number"], ["notice.home", "notice.number"]),)


class PublicLetter(db.Model):
    """A letter to an office's leader with the answer, in the office's words, for everyone once a second person approved it (领导信箱)."""

    home: Mapped[Home]  # the office that answered
    no: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … within its home
    asked: Mapped[Code]  # with ``case``: the case that it came from, whose writer agreed
    case: Mapped[str] = mapped_column(String(16))
    title: Mapped[Words]  # empty, as ``question`` and ``answer``: withdrawn
    question: Mapped[LongText]
    answer: Mapped[LongText]
    drafted_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    drafted_at: Mapped[At]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[At | None]  # NULL: it waits, was sent back, or was withdrawn before anybody approved it
    returned: Mapped[LongText | None]  # the reason for which it was sent back; NULL: it was not, or was rewritten since
    withdrawn_at: Mapped[At | None]  # NULL: not withdrawn
    withdrawn_because: Mapped[LongText] = mapped_column(default="")
    __table_args__ = (ForeignKeyConstraint(["asked", "case"], ["case.home", "case.id"]),)


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
