"""A file as each of the readers gives it: what may be served, and every text that was in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from board.rules.notice.attachment import Type


@dataclass(frozen=True)
class Rewritten:
    """A file written anew. Texts are (where, text), where as a clerk says it.

    ``seen`` is what stands in ``data``, ``left`` what may stand there though nobody sees it, ``unseen`` what was taken out; ``said``
    are the sentences of ``seen``, where lines of it are parted otherwise (empty: they are the same). ``unread`` and ``pages`` are those
    of ``Attachment``.
    """

    data: bytes
    type: Type
    pages: int
    seen: Sequence[tuple[str, str]] = ()
    unseen: Sequence[tuple[str, str]] = ()
    said: Sequence[tuple[str, str]] = ()
    left: Sequence[tuple[str, str]] = ()
    unread: Sequence[int] = ()
