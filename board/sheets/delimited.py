"""Text in the encodings that Chinese programs write, and delimited tables in it (commas, tabs, semicolons, bars)."""

from __future__ import annotations

import csv
import io
import re
from math import isclose

from board.sheets.limits import CELLS, ROWS
from board.sheets.refusal import Refusal

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.I)
_LONG_FRACTION = re.compile(r"-?\d{1,9}\.\d{7,18}", re.ASCII)
_GUARDS = 0.6  # the share of tabs beside a comma from which on they are no delimiter; those at a line's end have none
_HAN = re.compile("[\u4e00-\u9fff]")


def decoded(data: bytes) -> str:
    """Return a text file's text. Without a byte order mark: UTF-16 if every second byte is 0, UTF-8 if valid, else GB18030 or Big5.

    Raises Refusal.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _tried(data, encoding)
    if b"\x00" in data:
        return _utf16(data)
    declared = _DECLARED.search(data[:2000])
    text = _declared(data, declared[1].decode("ascii", "replace").lower()) if declared else None
    if text is not None:
        return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _chinese(data)


def _tried(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Refusal("encoding") from None


def _utf16(data: bytes) -> str:
    """Decode UTF-16 without a byte order mark: ASCII characters have a 0 before or after them. Raises Refusal for binary data."""
    head = data[:20_000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd) or len(data) % 2:
        raise Refusal("not_a_sheet")
    text = _tried(data, "utf-16-le" if odd > even else "utf-16-be")
    if sum(not (letter.isprintable() or letter in "\t\r\n") for letter in text[:2000]) * 50 > len(text[:2000]):
        raise Refusal("not_a_sheet")
    return text


def _declared(data: bytes, name: str) -> str | None:
    """Return the text in the encoding that a web page or XML declares; None if the declaration is wrong or unknown."""
    encoding = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950", "unicode": "utf-8"}.get(name, name)
    if encoding not in ("gb18030", "cp950", "utf-8"):
        return None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _chinese(data: bytes) -> str:
    """Return GB18030 or Big5, which both decode most bytes: the one with more everyday characters.

    Both keep everyday characters together: GB 2312's first level at B0 to D7, Big5's at A4 to C6.
    """
    found = []
    for encoding, plain, first, last in (("gb18030", "gb2312", 0xB0, 0xD7), ("cp950", "cp950", 0xA4, 0xC6)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        letters = _HAN.findall(text[:5000])
        common = sum(first <= one.encode(plain, "replace")[0] <= last for one in letters)
        strange = sum(0xE000 <= ord(one) <= 0xF8FF for one in text[:5000])  # private use: a wrong decoding
        found.append((common / (len(letters) + strange + 1), encoding == "gb18030", text))
    if not found:
        raise Refusal("encoding")
    return max(found)[2]


def table(text: str, delimiter: str = "") -> list[list[str]]:
    """Return the cells of delimited text; a line break inside a quoted cell starts no line. Raises Refusal."""
    if max(text.count("\n"), text.count("\r")) > ROWS:  # counted before any cell takes memory
        raise Refusal("too_long")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text))
    rows, count = [], 0
    try:
        for row in reader:
            count += len(row)
            if count > CELLS:
                raise Refusal("too_large")
            rows.append([without_noise(_unwrapped(cell.strip("\t"))) for cell in row])
    except csv.Error:
        raise Refusal("quotes") from None
    return rows


def _unwrapped(cell: str) -> str:
    """Return a cell without the ``="..."`` that some systems put around long digits to keep them from being rounded."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') else cell


def without_noise(cell: str) -> str:
    """Return a cell without binary rounding noise, as programs export a sum with all digits: 1234.5600000000001.

    Only where the intended number has at most ten digits beyond doubt; all other cells are unchanged.
    """
    if len(cell) < 17 or not _LONG_FRACTION.fullmatch(cell):
        return cell
    short = f"{float(cell):.10g}"
    return short if "e" not in short and isclose(float(cell), float(short), rel_tol=4e-15) else cell


def _delimiter(text: str) -> str:
    """Return the delimiter that splits most of the first lines into most cells.

    Some systems write a tab before or behind each value, so that Excel keeps long digits: there the tab is none.
    """
    head = text[:20_000]
    for mark in (",", ";", "|"):
        if head.count("\t") and head.count(f"\t{mark}") + head.count(f"{mark}\t") >= head.count("\t") * _GUARDS:
            head = head.replace("\t", "")

    def cells(delimiter: str) -> int:
        rows = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        try:
            widths = sorted(len(row) for row in rows)
        except csv.Error:
            return 0
        return widths[len(widths) // 2] if widths else 0

    return max(("\t", ",", ";", "|"), key=cells)
