"""Decoding the QR codes of a photo, in the child process."""

from __future__ import annotations

from typing import Any

import zxingcpp

from board.attachments import picture
from board.sheets.refusal import Refusal

_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
LONGEST = 2_000  # characters: a QR code holds some four thousand, and an address of ours has sixty


def answer(photo: bytes) -> dict[str, Any]:
    """Return the text of each QR code, each once, or the code of the reason why the photo is refused."""
    try:
        found = zxingcpp.read_barcodes(picture.grey(photo), formats=_QR)
    except Refusal as refusal:
        return {"error": refusal.code}
    except MemoryError:
        return {"error": "crashed"}
    return {"codes": list(dict.fromkeys(code.text[:LONGEST] for code in found))}
