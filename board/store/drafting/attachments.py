"""Attachments of a draft; posting moves them to the notice."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, literal, null, select, update
from sqlalchemy.orm import Session

from board.models import Attachment, Draft, db
from board.rules.notice import attachment as rules
from board.store.drafting import drafts


def add(draft: Draft, revision: int, user: int, at: datetime, title: str, file: rules.Attachment) -> Draft:
    """Add a rewritten file without personal numbers to a draft, and return the draft. Raises Overtaken."""
    assert not file.blocked, "somebody's number is never stored"
    with drafts.saving(draft.home, draft.id, revision, user, "added_file", at) as (session, found):
        row = Attachment(
            home=found.home,
            id=secrets.token_hex(6),
            draft=found.id,
            no=len(of_draft(found)) + 1,
            title=title,
            type=file.type,
            pages=file.pages,
            size=len(file.data),
            sha256=hashlib.sha256(file.data).hexdigest(),
            unread=list(file.unread),
            found=[dict(one) for one in file.found],
            added_by=user,
            added_at=at,
            data=file.data,
        )
        session.add(row)
    return found


def look(draft: Draft, revision: int, user: int, at: datetime, no: int) -> Draft:
    """Note that a user has looked at the pages of a file that have no readable text, and return the draft. Raises Overtaken."""
    with drafts.saving(draft.home, draft.id, revision, user, "looked_at_file", at) as (session, found):
        session.execute(update(Attachment).where(*_beside(found), Attachment.no == no).values(looked_by=user))
    return found


def remove(draft: Draft, revision: int, user: int, at: datetime, no: int) -> Draft:
    """Delete a draft's file and return the draft; later files are renumbered, since a gap would reveal it. Raises Overtaken."""
    with drafts.saving(draft.home, draft.id, revision, user, "removed_file", at) as (session, found):
        session.execute(delete(Attachment).where(*_beside(found), Attachment.no == no))
        session.execute(update(Attachment).where(*_beside(found), Attachment.no > no).values(no=Attachment.no - 1))
    return found


def take_over(session: Session, number: str, files: Iterable[Mapping[str, Any]], draft: Draft) -> None:
    """Copy a notice's files (listed as by ``frozen``) to the draft that corrects it, within a running transaction."""
    columns = [column.name for column in Attachment.__table__.columns if column.name not in ("id", "draft", "number", "no", "title")]
    for file in files:
        own = [literal(secrets.token_hex(6)), literal(draft.id), null(), literal(file["no"]), literal(file["title"])]
        kept = (Attachment.home == draft.home, Attachment.number == number, Attachment.sha256 == file["sha256"])
        one = select(*own, *(getattr(Attachment, name) for name in columns)).where(*kept).order_by(Attachment.id).limit(1)
        session.execute(insert(Attachment).from_select(["id", "draft", "number", "no", "title", *columns], one))


def post(session: Session, draft: Draft, number: str) -> None:
    """Move a draft's files to its notice within the posting transaction; files that the notice has already are not duplicated."""
    there = select(Attachment.sha256).where(Attachment.home == draft.home, Attachment.number == number)
    session.execute(delete(Attachment).where(*_beside(draft), Attachment.sha256.in_(there)).execution_options(synchronize_session=False))
    session.execute(update(Attachment).where(*_beside(draft)).values(draft=None, number=number))


def of_draft(draft: Draft) -> list[Attachment]:
    """Return a draft's files by number, without their bytes."""
    return list(db.session.scalars(select(Attachment).where(*_beside(draft)).order_by(Attachment.no)))


def frozen(files: Iterable[Attachment]) -> list[dict[str, Any]]:
    """Return the list of a draft's files for its proposal; the SHA-256 of each makes the proposal's digest cover their bytes."""
    return [{name: getattr(file, name) for name in ("no", "title", "type", "pages", "size", "sha256")} for file in files]


def unlooked(files: Iterable[Attachment]) -> list[Attachment]:
    """Return those of a draft's files with unreadable pages that no user has looked at yet; they block submission."""
    return [file for file in files if file.unread and file.looked_by is None]


def beside(draft: Draft, no: int) -> Attachment | None:
    """Return one file of a draft, or None."""
    return db.session.scalars(select(Attachment).where(*_beside(draft), Attachment.no == no)).first()


def whole(draft: Draft) -> bool:
    """Return whether the bytes of every file of a draft still match its SHA-256."""
    query = select(Attachment.sha256, Attachment.data).where(*_beside(draft)).execution_options(yield_per=1)  # 20 may be 200 MB
    return not [digest for digest, data in db.session.execute(query) if hashlib.sha256(data).hexdigest() != digest]


def _beside(draft: Draft) -> tuple[Any, Any]:
    return Attachment.home == draft.home, Attachment.draft == draft.id
