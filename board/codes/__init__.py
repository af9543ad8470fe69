"""QR codes on a photo of a wall -> their texts. They are decoded as text only; no address in them is opened."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from board.attachments.limits import MOST_BYTES
from board.codes.reasons import REASONS
from board.sheets.refusal import Untaken

SECONDS = 30  # wall time; the child itself stops after 20 s of CPU
CHILD = Path(__file__).with_name("child.py")


class UnreadablePhoto(Untaken):
    """A file that is no photo that can be decoded; a photo without a code is not an error."""

    reasons = REASONS


def read(photo: bytes) -> list[str]:
    """Return the text of each QR code on a photo (JPEG or PNG), in no order; empty where none can be read. Raises UnreadablePhoto."""
    if not photo.strip():
        raise UnreadablePhoto("empty")
    if len(photo) > MOST_BYTES:
        raise UnreadablePhoto("too_large")
    command = [sys.executable, "-I", "-X", "utf8", str(CHILD)]
    try:
        child = subprocess.run(  # noqa: S603 - our own program; the photo goes in as bytes, never as an argument
            command, input=photo, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS, env={}, cwd="/"
        )
    except subprocess.TimeoutExpired:
        raise UnreadablePhoto("timeout") from None
    try:
        reply = json.loads(child.stdout)
        if "error" not in reply:
            return [str(text) for text in reply["codes"]]
        raise UnreadablePhoto(reply["error"])
    except (LookupError, TypeError, ValueError):  # the child was killed, or a photo exploited it
        raise UnreadablePhoto("crashed") from None
