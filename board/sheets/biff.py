"""The records of an old workbook's stream: what calamine leaves out of an .xls or .et (BIFF5 and BIFF8).

Source: [MS-XLS]. Tells whether it is locked, which lines and columns are hidden, and the texts that stand in no cell.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

_BOF, _EOF, _FILEPASS, _CONTINUE, _CODEPAGE = 0x809, 0x0A, 0x2F, 0x3C, 0x42
_DATEMODE, _FAULT, _FORMULA = 0x22, 0x205, 0x06
_FAULTS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_SHEET, _ROW, _COLUMNS, _FILTERED = 0x85, 0x208, 0x7D, 0x9B
UNSEEN = "不再显示的内容"  # strings that programs keep though no cell shows them, beside those that cells do show
_PLACES = {0x14: "页眉页脚", 0x15: "页眉页脚", 0x1C: "批注", 0x1B6: "批注", 0x18: "名称管理器", 0x5C: "文件属性"}
_CELLS = {0x204, 0xD6, 0x203, 0x27E, 0xBD, 0x06, 0x207, 0x208, 0x201, 0xBE, 0xE0, 0xE5}  # calamine reads these; the rest are numbers
# Digits and what stands between them, ASCII or full-width: as UTF-16, and as the 8-bit text of a Chinese system.
_WIDE = re.compile(rb"(?:[0-9Xx\t ./_-]\x00|[\x10-\x19\x0d\x38\x58]\xff|\x00\x30){11,}")
_NARROW = re.compile(rb"(?:[0-9Xx\t ./_-]|\xa3[\xad\xb0-\xb9\xd8\xf8]|\xa1\xa1){11,}")


@dataclass
class Sheet:
    """What the records of one sheet say beside its cells: lines from 1, columns from 0."""

    name: str
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    errors: dict[tuple[int, int], str] = field(default_factory=dict)  # (row, column) from 0: #REF!, of which calamine makes nothing


def records(stream: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    """Number and content of each record from a position on."""
    end = len(stream) - 4
    while at <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def is_locked(stream: bytes) -> bool:
    """Whether the workbook is encrypted: FILEPASS stands among the first records."""
    for count, (kind, _) in enumerate(records(stream)):
        if kind == _FILEPASS:
            return True
        if count > 20 or kind == _EOF:
            break
    return False


def is_since_1904(stream: bytes) -> bool:
    """Whether numbers for days count from 1904, as in workbooks of an old Excel for Macintosh."""
    of_book = takewhile(lambda record: record[0] != _EOF, records(stream))
    return any(kind == _DATEMODE and content[:1] == b"\x01" for kind, content in of_book)


# calamine cuts the two bytes of a Chinese character of BIFF5 apart. Told that the text is of a western system it hands all bytes over.
_WESTERN = (1252).to_bytes(2, "little")
_BYTES = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(256)}


def western(data: bytes, stream: bytes) -> tuple[bytes, str]:
    """A file whose workbook says its text is western where it is Chinese BIFF5, and the encoding that its text really has, else ""."""
    at = 0
    if stream[4:6] != b"\x00\x05":
        return data, ""
    for kind, content in records(stream):
        if kind == _CODEPAGE:
            encoding = {936: "gb18030", 950: "cp950"}.get(int.from_bytes(content[:2], "little"), "")
            place = data.find(stream[:512]) + at
            if not encoding or data[place : place + 4 + len(content)] != stream[at : at + 4 + len(content)]:
                break
            return data[: place + 4] + _WESTERN + data[place + 6 :], encoding
        at += 4 + len(content)
        if kind == _EOF or at > 4096:
            break
    return data, ""


def original(text: str, encoding: str) -> str:
    """A text that was read as western, in the encoding that it really has."""
    return bytes(_BYTES.get(letter, 0x3F) for letter in text).decode(encoding, "replace") if encoding else text


def sheets(stream: bytes) -> list[Sheet]:
    """The sheets in the workbook's order with their hidden lines and columns; those whose name cannot be read have none."""
    found = []
    for kind, content in records(stream):
        if kind == _EOF:
            break
        if kind == _SHEET and len(content) > 8:
            found.append(_sheet(stream, struct.unpack_from("<I", content)[0], _name(content)))
    return found


def _name(content: bytes) -> str:
    """A sheet's name; BIFF8 has one byte more, which says whether its letters take one byte or two."""
    length, kind, rest = content[6], content[7], content[8:]
    if kind == 1 and len(rest) >= length * 2:
        return rest[: length * 2].decode("utf-16-le", "replace")
    if kind == 0 and len(rest) == length:
        return rest.decode("latin-1")
    return content[7 : 7 + length].decode("gb18030", "replace")


def _sheet(stream: bytes, at: int, name: str) -> Sheet:
    found, depth = Sheet(name), 0
    for kind, content in records(stream, at):
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            break
        if depth > 1:
            continue  # a chart inside the sheet has lines of its own
        if kind == _ROW and len(content) >= 14 and content[12] & 0x20:
            found.hidden_rows.add(struct.unpack_from("<H", content)[0] + 1)
        elif kind == _COLUMNS and len(content) >= 10 and content[8] & 1:
            first, last = struct.unpack_from("<HH", content)
            found.hidden_columns.update(range(first, min(last, 255) + 1))
        elif kind == _FILTERED:
            found.filtered = True
        elif kind in (_FAULT, _FORMULA) and (code := _fault(kind, content)) in _FAULTS:
            row, column = struct.unpack_from("<HH", content)
            found.errors[row, column] = _FAULTS[code]
    return found


def _fault(kind: int, content: bytes) -> int:
    """The code of the error that a cell shows, or -1: a cell of its own, or what came of a formula."""
    if kind == _FAULT:
        return content[6] if content[7:8] == b"\x01" else -1
    return content[8] if content[6:7] == b"\x02" and content[12:14] == b"\xff\xff" else -1


def texts(stream: bytes) -> Iterator[tuple[str, str]]:
    """Where and what: the numerals of a workbook's stream outside its cells, and those in strings that no cell may be using."""
    last = 0
    for kind, content in records(stream):
        last = last if kind == _CONTINUE else kind
        if last not in _CELLS:
            where = _PLACES.get(last, UNSEEN)
            yield from ((where, text) for text in numerals(content))


def numerals(data: bytes) -> Iterator[str]:
    """The runs of eleven digits or more in bytes of which nothing is known, with what stands between the digits."""
    for run in _WIDE.finditer(data):
        yield run[0].decode("utf-16-le", "replace")
    for run in _NARROW.finditer(data):
        yield run[0].decode("gb18030", "replace")
