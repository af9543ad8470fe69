"""The parts of an .xlsx or .ods that calamine does not give: hidden lines and columns, and every text outside cells."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from posixpath import normpath

from board.sheets import ods_markup, ods_styles
from board.sheets.biff import UNSEEN, numerals
from board.sheets.cell_markup import CellMarkup, Shown, cells, styles
from board.sheets.ods_markup import attribute
from board.sheets.refusal import Refusal

# A text long enough for eleven digits, between two tags or in quotes.
_BETWEEN = re.compile(r">([^<>]{11,})<")
_VALUE = re.compile(r"""=\s*(?:"([^"<]*\d[^"<]{9,})"|'([^'<]*\d[^'<]{9,})')""")
_MEASURE = re.compile(r"\s*-?\d*\.\d+(?:[eE][-+]?\d+)?\s*|.*[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}.*", re.S)
_RUNS = re.compile(r"<((?:\w+:)?rPr)\b.*?</\1>|</?(?:\w+:)?(?:r|t|span|rPr|s)\b[^<>]*>", re.S)  # rich text may split one number
_ANCHOR = re.compile(r"<x:Anchor>.*?</x:Anchor>", re.S)
_NOTES = re.compile(r"<office:annotation\b.*?</office:annotation>", re.S)
_CHANGES = re.compile(r"<table:tracked-changes\b.*?</table:tracked-changes>", re.S)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]*\d[^<]{9,})<")
_CELLS = re.compile(rb"<(?:\w+:)?sheetData\b")
_CELLS_END = re.compile(rb"</(?:\w+:)?sheetData>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_FILTERED = re.compile(rb"""<(?:\w+:)?filterColumn\b|\bfilterMode=["'](?:1|true)""")
_SINCE_1904 = re.compile(rb"""\bdate1904\s*=\s*["'](?:1|true)""")
# Parts without texts of people: styles, themes, pictures, settings.
_DUMB = re.compile(
    r"xl/styles\.xml$|/theme/|\[Content_Types\]|calcChain|printerSettings|settings\.xml$|\.(?:png|jpe?g|gif|[ew]mf|bmp|tiff?)$", re.I
)
_BINARY = re.compile(r"\.(?:bin|xls|doc|ole)$", re.I)
_PLACES = (
    (re.compile(r"comment|persons/", re.I), "批注"),
    (re.compile(r"docProps/|meta\.xml"), "文件属性"),
    (re.compile(r"pivot"), "透视表缓存"),
    (re.compile(r"externalLinks?/"), "外部链接"),
    (re.compile(r"vmlDrawing"), "批注"),
    (re.compile(r"drawings?/|charts?/|diagrams/|Object "), "图形和文本框"),
    (re.compile(r"sharedStrings|content\.xml"), UNSEEN),
    (re.compile(r"workbook\.xml$"), "名称管理器"),
    (re.compile(r"styles\.xml$"), "页眉页脚"),
    (re.compile(r"queryTables|connections|customXml|model/"), "数据连接"),
    (re.compile(r"vbaProject"), "宏"),
)
_WIDEST = 16_384


def directory(data: bytes, most_entries: int, most_unpacked: int) -> zipfile.ZipFile:
    """Return a zip after checking the number of entries and unpacked bytes in its directory. Raises Refusal (damaged, bomb)."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Refusal("damaged") from None
    entries = archive.infolist()
    if len(entries) > most_entries or sum(entry.file_size for entry in entries) > most_unpacked:
        raise Refusal("bomb")
    return archive


@dataclass
class SheetMarkup:
    """What the XML of one sheet holds beside its cells: lines from 1, columns from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    cells: CellMarkup = field(default_factory=CellMarkup)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # of an .ods; calamine gives those of an .xlsx


@dataclass
class Parts:
    """All that is in the zip beside cells: ``sheets`` by name; ``texts`` as (where, text), including those of deleted cells."""

    sheets: dict[str, SheetMarkup] = field(default_factory=dict)
    texts: list[tuple[str, str]] = field(default_factory=list)
    macros: bool = False
    since_1904: bool = False


def parts(archive: zipfile.ZipFile) -> Parts:
    """Read the parts of a workbook one after the other; a broken part is skipped, because calamine reports it."""
    found, names = Parts(), _sheet_names(archive)
    shapes = styles(_text(_member(archive, "xl/styles.xml")))
    for entry in archive.infolist():
        name = entry.filename
        found.macros = found.macros or "vbaProject" in name or name.startswith("Basic/Standard/")
        if not name or entry.is_dir() or _DUMB.search(name):
            continue
        data, where = _member(archive, name), place(name)
        found.since_1904 = found.since_1904 or (name == "xl/workbook.xml" and bool(_SINCE_1904.search(data)))
        if name in names or "/worksheets/sheet" in name:
            found.sheets[names.get(name, "")] = _sheet(data, shapes)
            found.texts += _around_cells(data)
        elif name == "content.xml":
            text = data.decode("utf-8", "replace")
            shown = ods_styles.styles(text, _text(_member(archive, "styles.xml")))
            found.sheets |= {name: _ods_sheet(one) for name, one in ods_markup.sheets(text, shown).items()}
            found.texts += _ods_texts(text)
        elif _BINARY.search(name):
            found.texts += ((where, text) for text in numerals(data))
        else:
            found.texts += ((where, text) for text in pieces(_text(data), values="vmlDrawing" not in name))
    return found


def place(name: str) -> str:
    """Return the name of a part of the zip for a clerk."""
    return next((word for pattern, word in _PLACES if pattern.search(name)), "文件的其他部分")


def pieces(text: str, *, values: bool = True) -> Iterator[str]:
    """Yield every text of XML, and unless ``values`` is False every attribute value, that may hold a personal number; measures are left
    out.
    """
    if values:
        yield from (unescape(one) for match in _VALUE.finditer(text) if not _is_measure(one := match[1] or match[2]))
    else:
        text = _ANCHOR.sub("", text)
    if "<r>" in text or "r>" in text or "span>" in text:
        text = _RUNS.sub("", text)
        text = f">{text}<"
    # A roster has hundreds of thousands of texts, nearly all without an entity: calling unescape for each would dominate.
    yield from (unescape(one) if "&" in one else one for one in _BETWEEN.findall(text) if not _is_measure(one))


def _is_measure(text: str) -> bool:
    return ("." in text or "-" in text) and bool(_MEASURE.fullmatch(text))


def _text(data: bytes) -> str:
    return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8", "replace")


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return b""


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the sheet name of each part of an .xlsx, by the relationships of its workbook."""
    rels = _text(_member(archive, "xl/_rels/workbook.xml.rels"))
    targets = {}
    for match in re.finditer(r"<(?:\w+:)?Relationship\b([^>]*)>", rels):
        target = attribute(match[1], "Target")
        path = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
        targets[attribute(match[1], "Id")] = path
    book = _text(_member(archive, "xl/workbook.xml"))
    tags = (match[1] for match in re.finditer(r"<(?:\w+:)?sheet\b([^>]*)>", book))
    return {targets.get(attribute(tag, r"\w+:id"), ""): unescape(attribute(tag, "name")) for tag in tags}


def _count(tag: str, name: str) -> int:
    digits = attribute(tag, name)
    return int(digits) if digits.isdecimal() and len(digits) < 9 else 0


def _is_hidden(tag: str) -> bool:
    return attribute(tag, "hidden") in ("1", "true") or attribute(tag, "width") == "0"


def _sheet(data: bytes, shapes: Mapping[int, Shown]) -> SheetMarkup:
    start, end = _bounds(data)
    found = SheetMarkup(filtered=bool(_FILTERED.search(data, 0, start) or _FILTERED.search(data, end)))
    for match in _COLUMN.finditer(data, 0, start):
        tag = match[1].decode("latin-1")
        if _is_hidden(tag):
            found.hidden_columns.update(range(max(_count(tag, "min") - 1, 0), min(_count(tag, "max"), _WIDEST)))
    line = 0
    if data.find(b"hidden=", start, end) >= 0:
        for match in _ROW.finditer(data, start, end):
            tag = match[1].decode("latin-1")
            line = _count(tag, "r") or line + 1
            if _is_hidden(tag):
                found.hidden_rows.add(line)
    found.cells = cells(data, start, end, shapes)
    return found


def _bounds(data: bytes) -> tuple[int, int]:
    """Return the offsets where the cells of a sheet begin and end."""
    start = match.start() if (match := _CELLS.search(data)) else len(data)
    tail = max(data.rfind(b"</sheetData>"), start)
    if tail == start and (late := _CELLS_END.search(data, start)):
        tail = late.start()
    return start, tail


def _around_cells(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the texts before and after the cells of a sheet (headers and footers, validation lists), and its formulas."""
    start, end = _bounds(data)
    for text in (_text(data[:start]), _text(data[end:])):
        yield from (("页眉页脚" if "&" in one else "工作表的设置", one) for one in pieces(text))
    if data.find(b"f>", start, end) >= 0:
        yield from (("公式", unescape(match[1].decode("utf-8", "replace"))) for match in _FORMULA.finditer(data, start, end))


def _ods_sheet(one: ods_markup.OdsMarkup) -> SheetMarkup:
    return SheetMarkup(one.hidden_rows, one.hidden_columns, one.filtered, one, one.merged)


def _ods_texts(text: str) -> Iterator[tuple[str, str]]:
    for pattern, where in ((_NOTES, "批注"), (_CHANGES, "修订记录")):
        for match in pattern.finditer(text):
            yield from ((where, one) for one in pieces(match[0], values=False))
        text = pattern.sub("", text)
    yield from ((place("content.xml"), one) for one in pieces(text))
