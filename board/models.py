"""Tables, columns and constraints; no rules.

Every table of notices, rows, cases and ledgers carries ``home`` (the owning area's code) first in its key, so that it partitions by it.
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
    """A point in time, UTC, aware on the way out on both engines (SQLite forgets the zone)."""

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
    """All tables; constraints have names so that Alembic can change them on both engines."""

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
    """A 区划: city, county, township or village. Closed ones stay, so that what was printed under them still opens."""

    code: Mapped[Code] = mapped_column(primary_key=True)
    name: Mapped[Words]
    level: Mapped[Level] = mapped_column(String(8))
    parent: Mapped[Code | None] = mapped_column(ForeignKey("area.code"), index=True)  # NULL: a city
    aliases: Mapped[JsonList] = mapped_column(default=list)  # earlier names and other spellings
    closed: Mapped[bool] = mapped_column(default=False)
    merged_into: Mapped[Code | None] = mapped_column(ForeignKey("area.code"))  # NULL: not merged


class PlaceAlias(db.Model):
    """A spelling that a clerk of this home once said means that area."""

    home: Mapped[Home]
    written: Mapped[Words] = mapped_column(primary_key=True)
    area: Mapped[Code] = mapped_column(ForeignKey("area.code"))


class ColumnChoice(db.Model):
    """What a clerk of this home once said a header of a kind's sheet means; empty: leave the column out."""

    home: Mapped[Home]
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    header: Mapped[Words] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(String(40))


class User(db.Model):
    """A person who signs in. Never deleted: what he did stays under his name."""

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

    token: Mapped[Digest] = mapped_column(primary_key=True)  # digest of what the cookie holds
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    shared: Mapped[bool]  # a tablet that several people use: a shorter idle time
    started: Mapped[At]
    seen: Mapped[At]


class SignInFailure(db.Model):
    """Wrong passwords in a row for one name from unknown devices, or from one known device."""

    bucket: Mapped[str] = mapped_column(String(120), primary_key=True)
    count: Mapped[int]
    last: Mapped[At]


class Holiday(db.Model):
    """One day on which the calendar departs from the week: a day off, or a make-up working day."""

    day: Mapped[date] = mapped_column(primary_key=True)
    off: Mapped[bool]
    name: Mapped[Words]


class Draft(db.Model):
    """A notice in the making (草稿, 等审核, 已退回). What the public may see is never read from here.

    ``revision`` grows with every save, so that two clerks never overwrite each other silently.
    """

    home: Mapped[Home]
    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(12), default="draft")  # draft, submitted, returned, posted, dropped
    owner: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    revision: Mapped[int] = mapped_column(default=1)
    title: Mapped[Words] = mapped_column(default="")
    facts: Mapped[Json] = mapped_column(default=dict)  # fact id -> text, with formed_on and display_start among them
    sheet_digest: Mapped[Digest | None]  # SHA-256 of the file as uploaded: all that stays of it; NULL: no table yet
    chosen: Mapped[JsonList] = mapped_column(default=list)  # Sheet.no of the upload's tables that make the roster; empty: none yet
    result: Mapped[Sealed | None] = mapped_column(deferred=True)  # what the check found (JSON, sealed); NULL: not checked as it stands now
    edits: Mapped[Sealed | None]  # what the clerk corrected in place (JSON, sealed); NULL: nothing
    columns: Mapped[Json] = mapped_column(default=dict)  # column index -> field id, as the clerk chose
    answers: Mapped[Json] = mapped_column(default=dict)  # warning code -> the clerk's reason
    proposal: Mapped[Sealed | None]  # what was submitted, exactly (JSON, sealed; its rows are StagedRow); NULL: not submitted
    proposal_digest: Mapped[Digest | None]
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # NULL: not submitted
    returned_because: Mapped[LongText] = mapped_column(default="")
    started_from: Mapped[str | None] = mapped_column(String(12))  # printed number of the notice it was begun from; NULL: begun afresh
    corrects: Mapped[str | None] = mapped_column(
        String(12)
    )  # printed number of the notice whose next version it will be; NULL: a new notice
    correction: Mapped[LongText] = mapped_column(default="", server_default="")  # why it is corrected, as villagers read it
    made: Mapped[At]
    changed: Mapped[At]


class Hand(db.Model):
    """Who had a hand in a draft, and how: none of them may review it."""

    home: Mapped[Home]
    draft: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    did: Mapped[str] = mapped_column(String(20), primary_key=True)
    __table_args__ = (ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"]),)


class Printed(db.Model):
    """The small table through which a printed number finds its notice or its wall for ever."""

    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    home: Mapped[Code] = mapped_column(ForeignKey("area.code"))
    what: Mapped[str] = mapped_column(String(8), default="notice", server_default="notice")  # notice, wall


class Notice(db.Model):
    """A 公示, under the number printed on its sheets. ``current`` is the version that is in force."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    current: Mapped[int]
    withdrawn_at: Mapped[At | None]  # NULL: not withdrawn
    withdrawn_because: Mapped[LongText] = mapped_column(default="")


class Version(db.Model):
    """One posted state of a notice; never changed after posting."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[Words]
    facts: Mapped[Json]
    frozen: Mapped[Json]  # kind, name policy and area names as they were
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
    posted_on: Mapped[date]  # the same moment's day in China: what is late is told by days
    formed_on: Mapped[date]
    publish_by: Mapped[date]
    digest: Mapped[Digest]
    __table_args__ = (
        ForeignKeyConstraint(["home", "number"], ["notice.home", "notice.number"]),
        Index("ix_version_posted", "home", "posted_at"),
    )


class Part(db.Model):
    """One place's part of a version: what hangs on that wall."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[Code] = mapped_column(ForeignKey("area.code"), primary_key=True)
    row_count: Mapped[int]
    totals: Mapped[Json]
    changed_in: Mapped[int]  # the version in which this place last changed: older sheets of it are still right
    digest: Mapped[Digest]
    __table_args__ = (
        ForeignKeyConstraint(["home", "number", "version"], ["version.home", "version.number", "version.no"]),
        Index("ix_part_place", "place", "number"),
    )


class Sheet(db.Model):
    """One table of an upload, cleaned, as long as its draft is worked on."""

    home: Mapped[Home]
    draft: Mapped[Id]
    no: Mapped[int] = mapped_column(primary_key=True)  # from 0, in the order of the upload
    label: Mapped[LongText]
    row_count: Mapped[int]  # lines that are not empty
    preview: Mapped[Sealed]  # the first lines (JSON, sealed)
    cells: Mapped[Sealed] = mapped_column(deferred=True)  # the cleaned table (JSON, sealed)
    __table_args__ = (ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"]),)


class Job(db.Model):
    """Work on a draft that goes on after the request: whoever holds the lease does it, and when a lease ran out, anybody.

    The row goes when the work is done or cancelled.
    """

    home: Mapped[Home]
    draft: Mapped[Id]
    state: Mapped[str] = mapped_column(String(12))  # reading (within the upload's request), waiting, working, failed
    step: Mapped[str] = mapped_column(String(12), default="")  # check, store
    done: Mapped[int] = mapped_column(default=0)  # rows of this step
    total: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    holder: Mapped[str] = mapped_column(String(32))  # changes with whoever works on it, and with every new order
    asked: Mapped[At]
    leased: Mapped[At]  # until when the holder is believed to be alive
    __table_args__ = (ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"]), Index("ix_job_asked", "state", "asked"))


class RosterRow:
    """What a row of a roster says, staged or posted. Its number is per place and never reused."""

    place: Mapped[Code] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    group: Mapped[LongText] = mapped_column(default="")
    shown_name: Mapped[LongText] = mapped_column(default="")  # as the web policy shows it
    sealed_name: Mapped[Sealed | None]  # NULL: the kind has no names, or the person was erased
    name_key: Mapped[Key | None]  # NULL: as above
    person_key: Mapped[Key | None]  # NULL: the sheet had no whole ID number
    account_key: Mapped[Key | None]  # NULL: the sheet had no account number; for county eyes only
    minor: Mapped[bool]
    amount: Mapped[Fen | None]  # NULL: the kind has no single amount (income and spending)
    measures: Mapped[Json]  # field -> exact decimal as text, or date or words; yuan and mu
    texts: Mapped[Json]  # field -> what the sheet said, where that differs
    person_salt: Mapped[Key | None]  # NULL: erased
    money_salt: Mapped[Key]
    person_digest: Mapped[Digest]
    money_digest: Mapped[Digest]


class StagedRow(RosterRow, db.Model):
    """One row of a draft's roster as it was checked and numbered: what the reviewer is shown, and what posting copies."""

    # No foreign keys: PostgreSQL would look for the same draft a hundred thousand times, and drafts are never deleted.
    home: Mapped[Code] = mapped_column(primary_key=True)
    draft: Mapped[Id]
    __table_args__ = (PrimaryKeyConstraint("home", "draft", "place", "no"),)


class Row(RosterRow, db.Model):
    """One row of a posted roster, in force from version ``since`` until before version ``until``."""

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
    """A 来件 about a notice. (Reports against people are never here: they have their own tables.)"""

    home: Mapped[Home]
    id: Mapped[Id]
    number: Mapped[str] = mapped_column(String(12))
    place: Mapped[Code] = mapped_column(ForeignKey("area.code"))
    row: Mapped[int | None]  # NULL: about the notice, not about one row
    version: Mapped[int]
    category: Mapped[str] = mapped_column(String(20))
    contact: Mapped[Sealed | None]  # NULL: the villager left none
    state: Mapped[str] = mapped_column(String(12))  # received, working, answered, closed
    made: Mapped[At]
    due: Mapped[date]
    answered: Mapped[At | None]  # NULL: not yet
    __table_args__ = (
        ForeignKeyConstraint(["home", "number"], ["notice.home", "notice.number"]),
        Index("ix_case_due", "home", "state", "due"),
    )


class Message(db.Model):
    """One thing said in a case, by the villager or by the office."""

    home: Mapped[Home]
    case: Mapped[Id]
    no: Mapped[int] = mapped_column(primary_key=True)
    side: Mapped[str] = mapped_column(String(8))  # villager, office
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # NULL: the villager
    text: Mapped[LongText]
    at: Mapped[At]
    __table_args__ = (ForeignKeyConstraint(["home", "case"], ["case.home", "case.id"]),)


class Receipt(db.Model):
    """The small table through which a receipt finds its case; it holds a key of the receipt, not the receipt."""

    key: Mapped[Key] = mapped_column(primary_key=True)
    home: Mapped[Code] = mapped_column(ForeignKey("area.code"))
    case: Mapped[str] = mapped_column(String(16))


class PublicAnswer(db.Model):
    """A question about a notice with the office's answer, in words for everybody (大家问过的)."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 … within its notice
    place: Mapped[Code | None] = mapped_column(ForeignKey("area.code"))  # NULL: about all of it
    case: Mapped[str | None] = mapped_column(String(16))  # the 来件 that it came from; NULL: none
    question: Mapped[LongText]  # empty, as the answer: it was taken back
    answer: Mapped[LongText]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[At]
    __table_args__ = (ForeignKeyConstraint(["home", "number"], ["notice.home", "notice.number"]),)


class Wall(db.Model):
    """A 公示墙 of one place (its ``home``), behind a plate whose number never changes; one that was taken away stays, closed."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    spot: Mapped[Words]  # where it is: 村委会门口
    photo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # written anew (board.attachments); NULL: none
    made: Mapped[At]
    made_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[At | None]  # NULL: it stands


class WallCheck(db.Model):
    """What staff found when they scanned a code that hangs on a wall."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)  # the wall's
    no: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[At]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    way: Mapped[str] = mapped_column(String(8))  # how it was read: camera, photo, typed (what stands below the code)
    finding: Mapped[str] = mapped_column(String(16))  # as rules.wallcheck names it
    read: Mapped[Words]  # what the code says, as far as it may be kept
    __table_args__ = (ForeignKeyConstraint(["home", "number"], ["wall.home", "wall.number"]),)


class ScanCount(db.Model):
    """How often a printed code was scanned on a day: a number, and nothing about anybody."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)  # a notice's or a wall's
    place: Mapped[Code] = mapped_column(ForeignKey("area.code"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]


class Hanging(db.Model):
    """How one place's sheet of a version was printed and hung, and who said so."""

    home: Mapped[Home]
    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[Code] = mapped_column(ForeignKey("area.code"), primary_key=True)
    printed_at: Mapped[At | None]  # NULL: not printed here yet
    printed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    hung_on: Mapped[date | None]  # NULL: nobody said so yet
    hung_by: Mapped[Words] = mapped_column(default="")  # as he gave his name or post; he needs no account
    spot: Mapped[Words] = mapped_column(default="")
    photo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # written anew (board.attachments); NULL: none
    told_at: Mapped[At | None]
    down_on: Mapped[date | None]  # NULL: nobody said that it came down
    __table_args__ = (ForeignKeyConstraint(["home", "number", "version"], ["version.home", "version.number", "version.no"]),)


class Slip(db.Model):
    """A 明白卡 of one household of one place (its ``home``): the key of the random token in its QR code.

    It goes when that place's slips are printed anew.
    """

    key: Mapped[Key] = mapped_column(primary_key=True)
    home: Mapped[Code] = mapped_column(ForeignKey("area.code"))
    year: Mapped[int]
    group: Mapped[LongText] = mapped_column(default="")
    person_key: Mapped[Key | None]  # NULL: the sheets had no whole ID number, so it is found by place, group and name
    name_key: Mapped[Key | None]
    made: Mapped[At]
    __table_args__ = (Index("ix_slip_place", "home", "year"),)


class Switch(db.Model):
    """Something that a county turned on (its ``home``), such as slips; no row: it is off."""

    home: Mapped[Home]
    name: Mapped[str] = mapped_column(String(20), primary_key=True)


class Stamp(db.Model):
    """How often what a home shows has changed: a cached page made at another stamp is out of date."""

    home: Mapped[Home]
    value: Mapped[int] = mapped_column(BigInteger)


class Ledger(db.Model):
    """The 公开日志 of one home: it only grows (triggers refuse anything else)."""

    home: Mapped[Home]
    height: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str] = mapped_column(String(32))  # UTC, ISO: the very text that the digest covers
    actor: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[Words]
    body: Mapped[Json]
    previous: Mapped[Digest]
    digest: Mapped[Digest]


class Attachment(db.Model):
    """A file beside a notice, written anew on its way in (``board.attachments``): these are the bytes that are served."""

    home: Mapped[Home]
    id: Mapped[Id]
    draft: Mapped[str | None] = mapped_column(String(16))  # NULL: posted
    number: Mapped[str | None] = mapped_column(String(12))  # NULL: its notice is still in the making
    no: Mapped[int]  # 1, 2, 3 … within its draft, and so within its notice
    title: Mapped[Words]
    type: Mapped[str] = mapped_column(String(8))  # pdf, jpeg, png, docx
    pages: Mapped[int]  # 0: only a word processor could tell
    size: Mapped[int]
    sha256: Mapped[Digest]
    unread: Mapped[JsonList]  # pages or pictures that no machine can read
    found: Mapped[JsonList]  # words that may tell of somebody, counted by where they stand
    looked_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # NULL: nobody yet has looked at what no machine can read
    added_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[At]
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # a list of files does not read them
    __table_args__ = (
        ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"]),
        ForeignKeyConstraint(["home", "number"], ["notice.home", "notice.number"]),
        Index("ix_attachment_draft", "home", "draft", "no"),
        Index("ix_attachment_notice", "home", "number", "no"),
    )
