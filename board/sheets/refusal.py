"""Why a file is not read, as the child process tells it: a code, and nothing of the file."""

from __future__ import annotations


class Refusal(Exception):
    """Nothing can be read of a file; ``code`` is a key of ``reasons.REASONS``."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)
