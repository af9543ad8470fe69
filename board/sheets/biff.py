"""The records of an old workbook's stream (BIFF5 and BIFF8): what xlrd is given to read, and what it leaves out.

Source: [MS-XLS]. Tells whether it is locked, which sheets are filtered, and the texts that stand in no cell.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from board.sheets.refusal import Refusal

_FORMULA = 0x06
_BOF, _EOF, _FILEPASS, _CONTINUE, _CODEPAGE = 0x809, 0x0A, 0x2F, 0x3C, 0x42
_SHEET, _WORKSHEET, _TEXTS, _FILTERED, _NOTHING = 0x85, b"\x00", 0xFC, 0x9B, b"\xff\xff"
# Of the workbook: its sheets, encoding, days' beginning, formats and texts. Of a sheet: cells, merged and hidden ones. The rest (names,
# drawings, links, conditions) is not for parsing, and empty cells that only have a colour fill whole sheets.
_WANTED = {_BOF, _EOF, _CONTINUE, _SHEET, _CODEPAGE, 0x22, 0x41E, 0xE0, _TEXTS} | {
    0x203, 0x204, 0xFD, 0xD6, 0x27E, 0xBD, 0x205, 0x06, 0x207, 0x4BC, 0x221, 0x236, 0x208, 0x7D, 0xE5
}  # fmt: skip
UNSEEN = "不再显示的内容"  # strings that programs keep though no cell shows them, beside those that cells do show
_PLACES = {0x14: "页眉页脚", 0x15: "页眉页脚", 0x1C: "批注", 0x1B6: "批注", 0x18: "名称管理器", 0x5C: "文件属性"}
_CELLS = {0x204, 0xD6, 0x203, 0x27E, 0xBD, 0x06, 0x207, 0x208, 0x201, 0xBE, 0xE0, 0xE5}  # read as cells; the rest are numbers
# Digits and what stands between them, ASCII or full-width: as UTF-16, and as the 8-bit text of a Chinese system.
_WIDE = re.compile(rb"(?:[0-9Xx\t ./_-]\x00|[\x10-\x19\x0d\x38\x58]\xff|\x00\x30){11,}")
_NARROW = re.compile(rb"(?:[0-9Xx\t ./_-]|\xa3[\xad\xb0-\xb9\xd8\xf8]|\xa1\xa1){11,}")


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


class Readable(NamedTuple):
    """The stream with nothing to be read in it but what makes cells; which of its worksheets (from 0) a filter narrows; and of each
    worksheet the cells (row, column from 0) of formulas that no program has calculated: all of them hold 0."""

    stream: bytes
    filtered: set[int]
    formulas: dict[int, list[tuple[int, int]]]


def for_cells(stream: bytes) -> Readable:
    """The records of a workbook that are to be parsed.

    The place of each record stays, for sheets are found by theirs; one that is not wanted has its number taken away. Raises Refusal
    when the table of texts says that it has more of them than there is room for: xlrd would go round in it for as long as it may.
    """
    readable, filtered, parts = bytearray(stream), set[int](), [0]
    formulas: dict[int, list[tuple[int, int]]] = {}
    calculated = set[int]()
    for number, start in enumerate(parts):  # the workbook's own part first, which says where those of its sheets begin
        for at, kind, content in _part(stream, start):
            if kind == _SHEET and number == 0 and content[5:6] == _WORKSHEET:
                parts.append(int.from_bytes(content[:4], "little"))
            elif kind == _FILTERED:
                filtered.add(number - 1)
            elif kind == _FORMULA and len(content) >= 14:
                if content[6:14] == bytes(8):
                    formulas.setdefault(number - 1, []).append(struct.unpack_from("<HH", content))
                else:
                    calculated.add(number - 1)
            elif kind == _TEXTS and int.from_bytes(content[4:8], "little") * 3 > len(stream):
                raise Refusal("damaged")
            if kind not in _WANTED:
                readable[at : at + 2] = _NOTHING
    return Readable(bytes(readable), filtered, {sheet: cells for sheet, cells in formulas.items() if sheet not in calculated})


def _part(stream: bytes, at: int) -> Iterator[tuple[int, int, bytes]]:
    """Place, number and content of each record of the part that begins at a place, with the charts that lie in it."""
    depth = 0
    for kind, content in records(stream, at):
        yield at, kind, content
        at += 4 + len(content)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth < 1:
            break


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
