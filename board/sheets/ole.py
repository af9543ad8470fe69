"""The streams of an OLE compound file: what .xls, .et, .doc and locked .xlsx files are kept in.

Source: [MS-CFB]. Only reads, follows no chain twice, and gives what can be had of a damaged file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # sector numbers from here on are no sectors but marks: free, end of chain, part of the table itself
_ENTRY = struct.Struct("<64sHBB4x4x4x16x4x8x8xIQ")  # name, its length in bytes, type, colour, first sector, size
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_MOST_ENTRIES = 20_000
KNOWN = (
    *("Workbook", "Book", "EncryptedPackage", "EncryptionInfo", "WordDocument", "PowerPoint Document", "VisioDocument"),
    "_VBA_PROJECT_CUR/",
)


class NotOle(Exception):
    """The bytes are no compound file, or its head does not tell where anything is."""


def streams(data: bytes) -> dict[str, bytes]:
    """The streams by name, in the order of the directory; of two with one name the longer. A storage gives an empty entry ``name/``.

    A name that is to be known (``KNOWN``) is given as it is there, in whatever capitals it is written. Raises NotOle.
    """
    known = {name.upper(): name for name in KNOWN}
    found: dict[str, bytes] = {}
    for name, content in _Compound(data).contents():
        usual = known.get(name.upper(), name)
        if len(content) >= len(found.get(usual, b"")):
            found[usual] = content
    return found


class _Compound:
    """One compound file: its sector tables, then the directory."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(MARK):
            raise NotOle
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise NotOle
        self.data, self.size = data, 1 << shift
        self.directory, self.cutoff, self.mini_start = struct.unpack_from("<I4xII", data, 48)
        self.next = self._table()
        self.mini_next = _numbers(self._chain(self.mini_start))
        self.mini = b""

    def _sector(self, number: int) -> bytes:
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def _table(self) -> list[int]:
        """The sector after each sector; where this table lies stands in the head, and further in a chain of its own."""
        places = [place for place in struct.unpack_from("<109I", self.data, 76) if place < _LAST]
        further, seen = struct.unpack_from("<I", self.data, 68)[0], set[int]()
        while further < _LAST and further not in seen:
            seen.add(further)
            numbers = _numbers(self._sector(further))
            if not numbers:
                break
            places += [place for place in numbers[:-1] if place < _LAST]
            further = numbers[-1]
        return _numbers(b"".join(self._sector(place) for place in dict.fromkeys(places)))

    def _chain(self, first: int) -> bytes:
        found, seen = list[bytes](), set[int]()
        while first < len(self.next) and first not in seen:
            seen.add(first)
            found.append(self._sector(first))
            first = self.next[first]
        return b"".join(found)

    def _small(self, first: int, size: int) -> bytes:
        """A stream below the cutoff (4096 bytes): pieces of 64 bytes inside the root's own stream."""
        found, seen = list[bytes](), set[int]()
        while first < len(self.mini_next) and first not in seen and len(found) * 64 < size:
            seen.add(first)
            found.append(self.mini[first * 64 : first * 64 + 64])
            first = self.mini_next[first]
        return b"".join(found)[:size]

    def contents(self) -> Iterator[tuple[str, bytes]]:
        directory = self._chain(self.directory)
        found: dict[str, bytes] = {}
        for at in range(0, min(len(directory), _MOST_ENTRIES * 128) - 127, 128):
            raw, length, kind, _, first, size = _ENTRY.unpack_from(directory, at)
            name = raw[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            size &= 0xFFFFFFFF if self.size == 512 else size  # older writers leave rubbish in the upper half
            if kind == _ROOT:
                self.mini = self._chain(first)
            elif kind == _STORAGE:
                found.setdefault(f"{name}/", b"")
            elif kind == _STREAM:
                content = self._chain(first)[:size] if size >= self.cutoff else self._small(first, size)
                if len(content) >= len(found.get(name, b"")):
                    found[name] = content
        yield from found.items()


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))
