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
from typing import Any

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
    reply, served = _answered(data, {"name": filename})
    try:
        return Attachment(data=served, **reply)
    except TypeError:
        raise UnreadableAttachment("crashed") from None


def photo(data: bytes, most: int) -> bytes:
    """Return an uploaded photo (JPEG or PNG) written anew as a JPEG of at most ``most`` bytes, without place, camera and remarks.

    The same photo gives the same bytes. Raises UnreadableAttachment.
    """
    _reply, served = _answered(data, {"most": most})
    if not served.startswith(b"\xff\xd8\xff") or len(served) > most:
        raise UnreadableAttachment("crashed")
    return served


def _answered(data: bytes, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return the child's answer to a file: the reply, and the bytes to keep. Raises UnreadableAttachment."""
    if not data.strip():
        raise UnreadableAttachment("empty")
    if len(data) > MOST_BYTES:
        raise UnreadableAttachment("too_large")
    head, _, served = _asked_child(data, request).partition(b"\n")
    try:
        reply = json.loads(head)
        if "error" in reply:
            raise UnreadableAttachment(reply["error"])
    except (LookupError, RecursionError, TypeError, ValueError):  # a file may have exploited the child
        raise UnreadableAttachment("crashed") from None
    return reply, served


def _asked_child(data: bytes, request: dict[str, Any]) -> bytes:
    """Return what the child writes; its standard error is dropped, because a parser's message may quote a line."""
    command = [sys.executable, "-I", "-X", "utf8", str(CHILD)]
    sent = json.dumps(request).encode() + b"\n" + data  # as an argument a file's name would be visible to all users
    try:
        child = subprocess.run(  # noqa: S603 - our own program; the file goes in as bytes, never as an argument
            command, input=sent, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS, env={}, cwd="/"
        )
    except subprocess.TimeoutExpired:
        raise UnreadableAttachment("timeout") from None
    if child.returncode == -SIGXCPU:
        raise UnreadableAttachment("timeout")
    if child.returncode:
        raise UnreadableAttachment("crashed")
    return child.stdout
