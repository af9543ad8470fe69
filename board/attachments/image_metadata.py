"""Metadata of JPEG and JPEG 2000 files, removed without re-encoding the picture."""

from __future__ import annotations

from board.sheets.refusal import Refusal

# Segments that decoding needs: 0xE0 is JFIF, 0xEE the colour transform. The others of 0xE1 to 0xEF are
# Exif, XMP and profiles, and 0xFE is a comment.
_KEPT_APP = {b"\xe0", b"\xee"}
_FIRST, _SCAN, _END = b"\xc0", b"\xda", b"\xd9"
_BOXES = {b"jP  ", b"ftyp", b"jp2h", b"jp2c"}  # boxes of a JPEG 2000 (ISO 15444-1, annex I); the others are XML and private data


def bare_jpeg(data: bytes) -> bytes:
    """Return a JPEG without Exif, profile, comments and trailing bytes. Raises Refusal for a malformed one."""
    kept, at = [data[:2]], 2
    while data[:2] == b"\xff\xd8" and data[at : at + 1] == b"\xff":
        marker, length = data[at + 1 : at + 2], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == b"\xff":  # fill bytes before a marker
            at += 1
            continue
        if marker == _SCAN:
            end = data.rfind(b"\xff" + _END)
            return b"".join([*kept, data[at : end + 2 if end > at else len(data)]])
        if length < 2 or marker < _FIRST:
            break
        if marker in _KEPT_APP or not (b"\xe0" <= marker <= b"\xef" or marker == b"\xfe"):
            kept.append(data[at : at + 2 + length])
        at += 2 + length
    raise Refusal("damaged")


def bare_jpeg2000(data: bytes) -> bytes:
    """Return a JPEG 2000 file without the boxes that decoding does not need; a bare codestream is returned as it is."""
    if data[4:8] != b"jP  ":
        return data
    kept, at = [], 0
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(data[at + 8 : at + 16], "big")
        end = len(data) if length < 8 else at + length
        if kind in _BOXES:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)
