"""Bytes of an uploaded attachment -> bytes that may be public. What a file is is told by its content, never by its name.

Every file is opened in a child process (``child``) with limits and written anew there; nothing is written to disk, and no word of it
nor its name is ever logged.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from signal import SIGXCPU

from board.attachments.limits import MOST_BYTES
from board.attachments.reasons import REASONS
from board.rules.notice.attachment import Attachment
from board.sheets.refusal import Untaken

SECONDS = 30  # by the wall clock; the child itself stops after 20 of CPU
CHILD = Path(__file__).with_name("child.py")


class UnreadableAttachment(Untaken):
    """A file that cannot be put beside a notice."""

    reasons = REASONS


def read(data: bytes, filename: str) -> Attachment:
    """An uploaded file written anew without anything that its reader does not see, and what was found in it.

    Takes PDF, Word (.docx) and pictures (JPEG, PNG). ``filename`` is swept, and forgotten. Raises UnreadableAttachment.
    """
    if not data.strip():
        raise UnreadableAttachment("empty")
    if len(data) > MOST_BYTES:
        raise UnreadableAttachment("too_large")
    head, _, served = _asked_child(data, filename).partition(b"\n")
    try:
        reply = json.loads(head)
        if "error" not in reply:
            return Attachment(data=served, **reply)
        raise UnreadableAttachment(reply["error"])
    except (LookupError, RecursionError, TypeError, ValueError):  # a file may have taken the child over
        raise UnreadableAttachment("crashed") from None


def _asked_child(data: bytes, filename: str) -> bytes:
    """What the child answers; its standard error is dropped, for a parser's message may quote a line."""
    command = [sys.executable, "-I", "-X", "utf8", str(CHILD)]
    told = json.dumps({"name": filename}).encode() + b"\n" + data  # an argument would show the name to everybody on the machine
    try:
        child = subprocess.run(  # noqa: S603 - our own program; the file goes in as bytes, never as an argument
            command, input=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS, env={}, cwd="/"
        )
    except subprocess.TimeoutExpired:
        raise UnreadableAttachment("timeout") from None
    if child.returncode == -SIGXCPU:
        raise UnreadableAttachment("timeout")
    if child.returncode:
        raise UnreadableAttachment("crashed")
    return child.stdout
