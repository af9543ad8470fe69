"""Files beside a draft, until its posting makes them the notice's."""

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
    """Put a file, as it may be served, beside a draft. Raises Overtaken."""
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
    """Note that somebody has looked himself at what no machine can read in a file. Raises Overtaken."""
    with drafts.saving(draft.home, draft.id, revision, user, "looked_at_file", at) as (session, found):
        session.execute(update(Attachment).where(*_beside(found), Attachment.no == no).values(looked_by=user))
    return found


def remove(draft: Draft, revision: int, user: int, at: datetime, no: int) -> Draft:
    """Throw a draft's file away; those behind it move up, for a gap would tell the public of it. Raises Overtaken."""
    with drafts.saving(draft.home, draft.id, revision, user, "removed_file", at) as (session, found):
        session.execute(delete(Attachment).where(*_beside(found), Attachment.no == no))
        session.execute(update(Attachment).where(*_beside(found), Attachment.no > no).values(no=Attachment.no - 1))
    return found


def take_over(session: Session, number: str, files: Iterable[Mapping[str, Any]], draft: Draft) -> None:
    """Put a notice's files (as ``frozen`` gave them) beside the draft that corrects it, within a running transaction."""
    columns = [column.name for column in Attachment.__table__.columns if column.name not in ("id", "draft", "number", "no", "title")]
    for file in files:
        own = [literal(secrets.token_hex(6)), literal(draft.id), null(), literal(file["no"]), literal(file["title"])]
        kept = (Attachment.home == draft.home, Attachment.number == number, Attachment.sha256 == file["sha256"])
        one = select(*own, *(getattr(Attachment, name) for name in columns)).where(*kept).order_by(Attachment.id).limit(1)
        session.execute(insert(Attachment).from_select(["id", "draft", "number", "no", "title", *columns], one))


def post(session: Session, draft: Draft, number: str) -> None:
    """Give a draft's files to the notice that it becomes, inside the transaction that posts it; those that a correction took over are
    there already."""
    there = select(Attachment.sha256).where(Attachment.home == draft.home, Attachment.number == number)
    session.execute(delete(Attachment).where(*_beside(draft), Attachment.sha256.in_(there)).execution_options(synchronize_session=False))
    session.execute(update(Attachment).where(*_beside(draft)).values(draft=None, number=number))


def of_draft(draft: Draft) -> list[Attachment]:
    """Return the files beside a draft, in order, without their bytes."""
    return list(db.session.scalars(select(Attachment).where(*_beside(draft)).order_by(Attachment.no)))


def frozen(draft: Draft) -> list[dict[str, Any]]:
    """Return what a proposal says of its files: the digest that the reviewer approves covers every byte of them."""
    return [{name: getattr(file, name) for name in ("no", "title", "type", "pages", "size", "sha256")} for file in of_draft(draft)]


def warnings(draft: Draft) -> list[dict[str, Any]]:
    """Return what the reviewer has to look at in a draft's files, as ``Proposal.warnings`` holds it."""
    return rules.warnings(of_draft(draft))


def unlooked(draft: Draft) -> list[Attachment]:
    """Return the files that no machine can read whole and nobody has looked at yet: with these a draft goes to no reviewer."""
    return [file for file in of_draft(draft) if file.unread and file.looked_by is None]


def beside(draft: Draft, no: int) -> Attachment | None:
    """Return one file of a draft, or None."""
    return db.session.scalars(select(Attachment).where(*_beside(draft), Attachment.no == no)).first()


def whole(draft: Draft) -> bool:
    """Return whether the bytes of a draft's files are those of which its proposal speaks."""
    query = select(Attachment.sha256, Attachment.data).where(*_beside(draft)).execution_options(yield_per=1)  # 20 may be 200 MB
    return not [digest for digest, data in db.session.execute(query) if hashlib.sha256(data).hexdigest() != digest]


def _beside(draft: Draft) -> tuple[Any, Any]:
    return Attachment.home == draft.home, Attachment.draft == draft.id
