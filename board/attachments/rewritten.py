"""The result of each rewriter: the bytes to serve, and every text that was in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from board.rules.notice.attachment import Type


@dataclass(frozen=True)
class Rewritten:
    """A rewritten file. Texts are (where, text), with ``where`` as a clerk names it.

    ``seen`` is the visible text of ``data``, ``left`` text that may remain in it invisibly, ``unseen`` what was removed; ``said`` is
    ``seen`` with the lines of a paragraph joined (empty: the same). ``unread`` and ``pages`` are those of ``Attachment``.
    """

    data: bytes
    type: Type
    pages: int
    seen: Sequence[tuple[str, str]] = ()
    unseen: Sequence[tuple[str, str]] = ()
    said: Sequence[tuple[str, str]] = ()
    left: Sequence[tuple[str, str]] = ()
    unread: Sequence[int] = ()
