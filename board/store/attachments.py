"""Attachments of posted notices; those of drafts are in ``store.drafting.attachments``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from board.models import Attachment, db


def posted(home: str, number: str, files: Iterable[Mapping[str, Any]], no: int) -> Attachment | None:
    """Return file ``no`` of a notice, or None; ``files`` is the list in the version's ``frozen["files"]``.

    Found by its SHA-256, since number and title belong to the version: several versions may list the same bytes.
    """
    digests = [file["sha256"] for file in files if file["no"] == no]
    query = select(Attachment).where(Attachment.home == home, Attachment.number == number, Attachment.sha256.in_(digests))
    return db.session.scalars(query.order_by(Attachment.id)).first()


def data(file: Attachment) -> bytes:
    """Return the bytes of a file."""
    return bytes(file.data)
