"""People who sign in, and their sessions."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from board.models.base import At, Code, Digest, Words, db


class User(db.Model):
    """A person who signs in. Never deleted: drafts, versions and ledger entries refer to the user."""

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Words]
    role: Mapped[str] = mapped_column(String(12))
    area: Mapped[Code] = mapped_column(ForeignKey("area.code"), index=True)
    group: Mapped[str | None] = mapped_column(String(12))  # of a department: rules.kind.GROUPS; NULL: others
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
