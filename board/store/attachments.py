"""Files beside a notice: first a draft's, then, from its posting on, the notice's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from board.models import Attachment, db


def posted(home: str, number: str, files: Iterable[Mapping[str, Any]], no: int) -> Attachment | None:
    """Return one file of a notice as the version in force lists it (``files``, as ``frozen`` gave them), or None.

    What it is called and which number it has stands in ``files``: versions may part its bytes.
    """
    digests = [file["sha256"] for file in files if file["no"] == no]
    query = select(Attachment).where(Attachment.home == home, Attachment.number == number, Attachment.sha256.in_(digests))
    return db.session.scalars(query.order_by(Attachment.id)).first()


def data(file: Attachment) -> bytes:
    """Return the bytes of a file."""
    return bytes(file.data)
