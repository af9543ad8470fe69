"""What the XML of an .xlsx says of single cells and calamine does not give: errors, formulas never calculated, formats of figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from board.sheets.number_formats import shown

MOST = 50_000  # formats and formulas that are told of one sheet: a column of a roster is one format
_TAG = re.compile(rb"<(?:\w+:)?(row|c)\b([^<>]*)>")
_POSITION = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{0,3})(\d{0,7})["']""")
_TYPE = re.compile(rb"""(?:^|\s)t\s*=\s*["'](\w+)["']""")
_STYLE = re.compile(rb"""(?:^|\s)s\s*=\s*["'](\d{1,6})["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^<>]*>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^<>]*>")
_PICTURE = re.compile(rb"=?(?:_xlfn\.)?((?:DISPIMG|IMAGE)\()", re.IGNORECASE)  # WPS: a picture that lies in a cell
_ERRED = re.compile(rb"""\bt\s*=\s*["']e["']""")
_FAULT = re.compile(rb"#[A-Za-z0-9/!?_]{2,20}")
_GENERATIONS = 20  # of styles that a program lets inherit from each other: real files have three
_ZERO = re.compile(rb"\s*-?0*(?:\.0*)?(?:[eE][-+]?\d+)?\s*")
_FORMATS = re.compile(r"<(?:\w+:)?numFmt\b([^<>]*)>")
_STYLES = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_XF = re.compile(r"<(?:\w+:)?xf\b([^<>]*)>")
_ID = re.compile(r"""\bnumFmtId\s*=\s*["'](\d{1,6})["']""")
_CODE = re.compile(r"""\bformatCode\s*=\s*(?:"([^"]*)"|'([^']*)')""")

Shown = tuple[int, str]


@dataclass
class CellMarkup:
    """Of one sheet, lines and columns from 0: ``errors`` (#REF!), ``formulas`` that no program has calculated, and ``formats`` as
    (column, first, last, power, words behind) with lines from 1."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    formats: list[tuple[int, int, int, int, str]] = field(default_factory=list)

    def format(self, runs: dict[int, int], column: int, line: int, shape: Shown, until: int = 0) -> None:
        """Add a cell to the run of its column, or one that is repeated ``until`` a line: cells of one format on following lines are one.

        ``runs`` has the index of the last format of each column, and is kept by the caller between two cells.
        """
        until = max(until, line)
        last = self.formats[runs[column]] if column in runs else None
        if last and last[3:] == shape and line - last[2] in (0, 1):
            self.formats[runs[column]] = (column, last[1], until, *shape)
        elif len(self.formats) < MOST:
            runs[column] = len(self.formats)
            self.formats.append((column, line, until, *shape))


def styles(text: str) -> dict[int, Shown]:
    """Return the styles of cells whose number format shows another figure than the cell holds, by number."""
    codes = {}
    for match in _FORMATS.finditer(text):
        id, code = _ID.search(match[1]), _CODE.search(match[1])
        if id and code and (one := shown(unescape(code[1] or code[2] or ""))):
            codes[int(id[1])] = one
    found = _STYLES.search(text) if codes else None
    return dict(_styled(found[0], codes)) if found else {}


def _styled(text: str, codes: Mapping[int, Shown]) -> Iterator[tuple[int, Shown]]:
    for number, match in enumerate(_XF.finditer(text)):
        if (id := _ID.search(match[1])) and int(id[1]) in codes:
            yield number, codes[int(id[1])]


def inherited(named: Mapping[str, Shown | None], parents: Mapping[str, str]) -> dict[str, Shown]:
    """Return the format of each style of an .ods or SpreadsheetML 2003 that has or inherits one.

    ``named`` are the styles with a format of their own (None: it shows the cell), ``parents`` all styles with "" or their parent.
    """
    found = {}
    for name in parents:
        at = name
        for _ in range(_GENERATIONS):
            if at in named:
                break
            at = parents.get(at, "")
        if shape := named.get(at):
            found[name] = shape
    return found


def cells(data: bytes, start: int, end: int, shapes: Mapping[int, Shown]) -> CellMarkup:
    """Return what is said of the cells between two positions of a sheet's XML; cells and rows without ``r`` are counted."""
    found, formulas, calculated = CellMarkup(), list[tuple[int, int, bool]](), False
    if not shapes and not _ERRED.search(data, start, end) and not _FORMULA.search(data, start, end):
        return found
    runs: dict[int, int] = {}
    for line, column, tag, at, until in _each(data, start, end):
        if shapes and (style := _STYLE.search(tag)) and (shape := shapes.get(int(style[1]))):
            found.format(runs, column, line + 1, shape)
        type_ = kind[1] if (kind := _TYPE.search(tag)) else b"n"
        value = match[1] if (match := _VALUE.search(data, at, until)) else b""
        if type_ == b"e" and _FAULT.fullmatch(value):
            found.errors[line, column] = value.decode("ascii")
        if (formula := _FORMULA.search(data, at, until)) and (picture := _PICTURE.match(data, formula.end(), until)):
            found.errors[line, column] = picture[1].decode("ascii") + ")"
        elif formula:
            empty, zero = not value.strip() and type_ != b"str", type_ == b"n" and is_zero(value)
            calculated = calculated or not (empty or zero)
            if (empty or zero) and len(formulas) < MOST:
                formulas.append((line, column, empty))
    found.formulas = [(line, column) for line, column, empty in formulas if empty or not calculated]
    return found


def is_zero(digits: bytes) -> bool:
    """Return whether a number as a file has it is a zero, or nothing."""
    return bool(_ZERO.fullmatch(digits))


def _each(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, bytes, int, int]]:
    """Yield each cell as (line, column, its tag, where its content begins and ends)."""
    line, column = -1, -1
    tags = _TAG.finditer(data, start, end)
    following = next(tags, None)
    while (tag := following) is not None:
        following = next(tags, None)
        at = _POSITION.search(tag[2])
        if tag[1] == b"row":
            line, column = (int(at[2]) - 1 if at and at[2] else line + 1), -1
            continue
        column = _index(at[1]) if at and at[1] else column + 1
        until = following.start() if following else end
        yield max(line, 0), column, tag[2], tag.end(), tag.end() if tag[2].endswith(b"/") else until


def _index(letters: bytes) -> int:
    """Return the column number, from 0, of A or XFD."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
