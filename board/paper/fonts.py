"""The one typeface of everything printed: Noto Sans CJK, from a wheel, so that paper looks the same on every machine."""

from __future__ import annotations

import struct
import unicodedata
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from pathlib import Path

FAMILY = "Noto Sans CJK SC"  # the mainland forms; the collection's first face draws 直 and 骨 as in Japan
FACE = 2  # SC's place in the collection: JP, KR, SC, TC, HK
GETA = "〓"  # what Chinese printers have always set for a character that they lack


@cache
def path() -> Path:
    """Where the font file lies; it comes with the pinned package ``manimgx-fonts-cjk`` (variable weight, OFL)."""
    return Path(str(files("manimgx_fonts_cjk").joinpath("NotoSansCJK-VF.otf.ttc")))


def missing(text: str) -> str:
    """The characters of ``text`` that the font cannot draw, each once, in order; "" when all can be printed.

    Personal names hold characters of Unicode's newest blocks and of private areas of old registers; a printed box is nobody's name.
    """
    return "".join(dict.fromkeys(char for char in _plain(text) if char != "\n" and not _drawn(ord(char))))


def printable(text: str) -> str:
    """``text`` as it can be printed: characters that the font lacks stand as 〓, to be filled in by pen."""
    gaps = missing(text)
    return _plain(text).translate(dict.fromkeys(map(ord, gaps), GETA))


def _plain(text: str) -> str:
    """``text`` with plain blanks, and without what has no shape of its own: controls, direction marks, zero widths, selectors."""
    return "".join(" " if char.isspace() and char not in "\n\u3000" else char for char in text if char in "\n\t" or not _shapeless(char))


def _shapeless(char: str) -> bool:
    # U+202E would print a figure backwards; a selector only asks for another drawing of the character before it.
    return unicodedata.category(char) in ("Cc", "Cf", "Cs") or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _drawn(code: int) -> bool:
    starts, ends = _coverage()
    place = bisect_right(starts, code) - 1
    return place >= 0 and code <= ends[place]


@cache
def _coverage() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """First and last code of each run of characters in the font: its cmap in format 12 (OpenType 1.9, "cmap")."""
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
