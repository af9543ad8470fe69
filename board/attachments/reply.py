"""The child process's answer: a rewritten file, and counts of what was found in it."""

from __future__ import annotations

import re
from typing import Any

from board.attachments import docx, pdf, picture, text_scan
from board.attachments.rewritten import Rewritten
from board.rules.notice.attachment import OWN_NAME
from board.rules.personal.detection import NUMBERS
from board.sheets import ole
from board.sheets.refusal import Refusal

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_OTHER_PICTURES = re.compile(rb"GIF8|II\*\x00|MM\x00\*|....ftyp(?:hei|hev|mif|msf|avi)|RIFF....WEBP|BM....\x00\x00\x00\x00", re.S)


def answer(data: bytes, name: str) -> tuple[dict[str, Any], bytes]:
    """Return the reply and the bytes to serve; no bytes for a file with a personal number in it."""
    try:
        opened = _opened(data)
    except Refusal as refusal:
        return {"error": refusal.code}, b""
    except (MemoryError, RecursionError):
        return {"error": "crashed"}, b""
    found = text_scan.numbers(opened.seen, opened.left) + text_scan.words(opened.said or opened.seen)
    removed = text_scan.numbers([(OWN_NAME, name), *opened.unseen])
    blocked = any(one["what"] in NUMBERS for one in found)
    reply: dict[str, Any] = {"type": opened.type, "pages": opened.pages, "found": found, "removed": removed, "unread": opened.unread}
    if not blocked:
        reply["said"] = [list(one) for one in opened.said or opened.seen]
    return reply, b"" if blocked else opened.data


def photo(data: bytes, most: int) -> tuple[dict[str, Any], bytes]:
    """Return an empty reply and a photo as a JPEG of at most ``most`` bytes, or the reason why there is none."""
    if not data.startswith(_PICTURES):
        return {"error": "picture_kind" if _OTHER_PICTURES.match(data) else "not_taken"}, b""
    try:
        return {}, picture.shrunk(data, most)
    except Refusal as refusal:
        return {"error": refusal.code}, b""
    except (MemoryError, RecursionError):
        return {"error": "crashed"}, b""


def _opened(data: bytes) -> Rewritten:
    """Rewrite the file by its first bytes."""
    head = data.lstrip()[:1024]
    if b"%PDF-" in head:
        return pdf.rewritten(data)
    if data.startswith(_PICTURES):
        return picture.redrawn(data)
    if data.startswith(b"PK"):
        return docx.rewritten(data)
    if data.startswith(ole.MARK):
        raise Refusal(_ole(data))
    if data.startswith(rb"{\rtf"):
        raise Refusal("letter")
    raise Refusal("picture_kind" if _OTHER_PICTURES.match(data) else "not_taken")


def _ole(data: bytes) -> str:
    """Return the refusal code for a compound file: an old Word document, an encrypted new one, an old spreadsheet, or another."""
    try:
        names = set(ole.streams(data))
    except ole.NotOle:
        return "damaged"
    if "EncryptedPackage" in names:
        return "password"
    if "WordDocument" in names:
        return "doc"
    return "sheet" if names & {"Workbook", "Book"} else "not_taken"
