"""The typeface of all printed documents: Noto Sans CJK from a pinned wheel, so that they look the same on every machine."""

from __future__ import annotations

import struct
import unicodedata
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from pathlib import Path

FAMILY = "Noto Sans CJK SC"  # mainland forms; the collection's first face has the Japanese forms of 直 and 骨
FACE = 2  # SC's place in the collection: JP, KR, SC, TC, HK
GETA = "〓"  # geta mark, the printers' sign for a missing character


@cache
def path() -> Path:
    """Return the path of the font file, from the pinned package ``manimgx-fonts-cjk`` (variable weight, OFL)."""
    return Path(str(files("manimgx_fonts_cjk").joinpath("NotoSansCJK-VF.otf.ttc")))


def missing(text: str) -> str:
    """Return the characters of ``text`` that the font lacks, each once, in order; "" when all can be printed.

    Personal names contain characters of Unicode's newest blocks and of private-use areas of old registers, which would print as boxes.
    """
    return "".join(dict.fromkeys(char for char in _plain(text) if char != "\n" and not _drawn(ord(char))))


def printable(text: str) -> str:
    """Return ``text`` with 〓 in place of characters that the font lacks, to be filled in by pen."""
    gaps = missing(text)
    return _plain(text).translate(dict.fromkeys(map(ord, gaps), GETA))


def _plain(text: str) -> str:
    """Return ``text`` with plain spaces and without invisible characters: controls, direction marks, zero widths, variation selectors."""
    return "".join(" " if char.isspace() and char not in "\n\u3000" else char for char in text if char in "\n\t" or not _shapeless(char))


def _shapeless(char: str) -> bool:
    # U+202E would print a figure backwards; a selector only chooses a variant of the character before it.
    return unicodedata.category(char) in ("Cc", "Cf", "Cs") or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _drawn(code: int) -> bool:
    starts, ends = _coverage()
    place = bisect_right(starts, code) - 1
    return place >= 0 and code <= ends[place]


@cache
def _coverage() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return first and last code of each run of characters in the font: its cmap in format 12 (OpenType 1.9, "cmap")."""
    data = path().read_bytes()
    (face,) = struct.unpack_from(">I", data, 12 + 4 * FACE)
    (tables,) = struct.unpack_from(">H", data, face + 4)
    entries = (struct.unpack_from(">4s4xI", data, face + 12 + 16 * n) for n in range(tables))
    cmap = next(offset for tag, offset in entries if tag == b"cmap")
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    subtables = (struct.unpack_from(">HHI", data, cmap + 4 + 8 * n) for n in range(count))
    full = cmap + next(offset for platform, encoding, offset in subtables if (platform, encoding) == (3, 10))
    (runs,) = struct.unpack_from(">I", data, full + 12)
    pairs = [struct.unpack_from(">II", data, full + 16 + 12 * n) for n in range(runs)]
    return tuple(first for first, _ in pairs), tuple(last for _, last in pairs)
