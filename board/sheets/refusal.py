"""Why a file is not read: as the child process tells it, by a code and nothing of the file, and as a clerk is told, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from board.rules.bilingual import Words


class Refusal(Exception):
    """Nothing can be read of a file; ``code`` is a key of ``reasons.REASONS``."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Untaken(Exception):
    """A file that is not taken; ``message`` says in both languages what is wrong and what to do.

    ``code`` is a key of ``reasons``. Holds nothing of the file's content, so it may be logged.
    """

    reasons: ClassVar[Mapping[str, Words]] = {}

    def __init__(self, code: str) -> None:
        self.code, self.message = code, self.reasons[code]
        super().__init__(code)
