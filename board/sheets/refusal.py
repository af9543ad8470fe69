"""Why a file is not read: inside the child process a code without any content of the file, outside it words for the clerk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from board.rules.bilingual import Words


class Refusal(Exception):
    """A file cannot be read; ``code`` is a key of ``reasons.REASONS``."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Untaken(Exception):
    """A file is refused; ``message`` says in both languages what is wrong and what to do.

    ``code`` is a key of ``reasons``. It holds nothing of the file's content, so it may be logged.
    """

    reasons: ClassVar[Mapping[str, Words]] = {}

    def __init__(self, code: str) -> None:
        self.code, self.message = code, self.reasons[code]
        super().__init__(code)
