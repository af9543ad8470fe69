"""Bytes of an uploaded attachment -> bytes that may be public. The type is detected from the content, never from the name.

Every file is opened and rewritten in a child process (``child``) with limits; nothing is written to disk, and neither content nor name is
ever logged.
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

SECONDS = 30  # wall time; the child itself stops after 20 s of CPU
CHILD = Path(__file__).with_name("child.py")


class UnreadableAttachment(Untaken):
    """A file that is refused as an attachment."""

    reasons = REASONS


def read(data: bytes, filename: str) -> Attachment:
    """Return an uploaded file rewritten without anything that its reader does not see, and counts of what was found in it.

    Takes PDF, Word (.docx) and pictures (JPEG, PNG). ``filename`` is scanned and not kept. Raises UnreadableAttachment.
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
    except (LookupError, RecursionError, TypeError, ValueError):  # a file may have exploited the child
        raise UnreadableAttachment("crashed") from None


def _asked_child(data: bytes, filename: str) -> bytes:
    """Return the child's answer; its standard error is dropped, because a parser's message may quote a line."""
    command = [sys.executable, "-I", "-X", "utf8", str(CHILD)]
    request = json.dumps({"name": filename}).encode() + b"\n" + data  # as an argument the name would be visible to all users
    try:
        child = subprocess.run(  # noqa: S603 - our own program; the file goes in as bytes, never as an argument
            command, input=request, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS, env={}, cwd="/"
        )
    except subprocess.TimeoutExpired:
        raise UnreadableAttachment("timeout") from None
    if child.returncode == -SIGXCPU:
        raise UnreadableAttachment("timeout")
    if child.returncode:
        raise UnreadableAttachment("crashed")
    return child.stdout
