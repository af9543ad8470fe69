"""Small old workbooks (BIFF5, BIFF8) in an OLE container, written by hand: no library writes all the faults we need."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SECTOR, END, FREE, TABLE = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
Value = str | float


@dataclass
class Page:
    """One sheet: rows of texts and numbers, and what is around them."""

    name: str
    rows: Sequence[Sequence[Value]]
    hidden: bool = False
    hidden_rows: Sequence[int] = ()  # from 0
    hidden_columns: Sequence[int] = ()
    header: str = ""
    comment: str = ""
    merged: Sequence[tuple[int, int, int, int]] = ()
    more: bytes = b""  # further records


def compound(streams: Mapping[str, bytes], storages: Sequence[str] = ()) -> bytes:
    """An OLE file with these streams, each large enough to lie in sectors of its own."""
    padded = {name: content.ljust(-(-max(len(content), 4096) // SECTOR) * SECTOR, b"\0") for name, content in streams.items()}
    body, table, firsts = b"", list[int](), dict[str, int]()
    for name, content in padded.items():
        firsts[name] = len(table)
        count = len(content) // SECTOR
        table += [len(table) + index + 1 for index in range(count - 1)] + [END]
        body += content
    names = [*padded, *storages]
    entries = _entry("Root Entry", 5, child=1 if names else FREE)
    for index, name in enumerate(names, start=1):
        after = index + 1 if index < len(names) else FREE
        entries += _entry(name, 2, firsts[name], max(len(streams[name]), 4096), after) if name in padded else _entry(name, 1, after=after)
    entries = entries.ljust(-(-len(entries) // SECTOR) * SECTOR, b"\0")
    directory, count = len(table), len(entries) // SECTOR
    table += [len(table) + index + 1 for index in range(count - 1)] + [END]
    pages = -(-(len(table) + 1) // 127)
    places = [len(table) + index for index in range(pages)]
    table += [TABLE] * pages
    table += [FREE] * (pages * 128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, pages, directory, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", *(places + [FREE] * (109 - pages)))
    return head + body + entries + struct.pack(f"<{len(table)}I", *table)


def _entry(name: str, kind: int, first: int = 0, size: int = 0, after: int = FREE, child: int = FREE) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    first = END if kind == 5 else first
    return raw.ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", len(raw), kind, 1, FREE, after, child, first, size)


def record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def workbook(
    pages: Sequence[Page], *, version: int = 8, locked: bool = False, unused: str = "", drawn: bool = False, more: bytes = b""
) -> bytes:
    """The workbook's stream; ``version`` is 5 or 8, ``unused`` a string in the table of strings that no cell uses, ``more`` are records."""
    start = _begin(version, 5) + record(0x42, struct.pack("<H", 1200 if version == 8 else 936)) + more
    start += record(0x2F, bytes(54)) if locked else b""
    start += record(0xEB, bytes(16)) if drawn else b""
    if unused:
        start += record(0xFC, struct.pack("<II", 1, 1) + _text(unused, 8, "<H"))
    bodies = [_page(page, version) for page in pages]
    heads = [_text(page.name, version, "<B") for page in pages]
    at = len(start) + sum(10 + len(head) for head in heads) + 4
    for page, head, body in zip(pages, heads, bodies, strict=True):
        start += record(0x85, struct.pack("<IBB", at, int(page.hidden), 0) + head)
        at += len(body)
    return start + record(0x0A, b"") + b"".join(bodies)


def _begin(version: int, kind: int) -> bytes:
    old = struct.pack("<HHHH", 0x500, kind, 0xDBB, 0x7CC)
    return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0xDBB, 0x7CC, 0, 6) if version == 8 else old)


def _text(text: str, version: int, count: str) -> bytes:
    if version == 8:
        return struct.pack(count, len(text)) + b"\x01" + text.encode("utf-16-le")
    raw = text.encode("gbk")
    return struct.pack(count, len(raw)) + raw


def _page(page: Page, version: int) -> bytes:
    out = _begin(version, 0x10)
    out += record(0x14, _text(page.header, version, "<H" if version == 8 else "<B")) if page.header else b""
    for column in page.hidden_columns:
        out += record(0x7D, struct.pack("<HHHHHH", column, column, 2048, 0, 1, 0))
    width = max((len(row) for row in page.rows), default=0)
    sizes = (0, len(page.rows), 0, width, 0)
    out += record(0x200, struct.pack("<IIHHH" if version == 8 else "<HHHHH", *sizes))
    for line, row in enumerate(page.rows):
        out += record(0x208, struct.pack("<HHHHHHHH", line, 0, len(row), 255, 0, 0, 0x20 * (line in page.hidden_rows), 0))
        for column, value in enumerate(row):
            if isinstance(value, str) and value:
                out += record(0x204, struct.pack("<HHH", line, column, 0) + _text(value, version, "<H"))
            elif value != "":
                out += record(0x203, struct.pack("<HHHd", line, column, 0, value))
    if page.merged:
        out += record(0xE5, struct.pack("<H", len(page.merged)) + b"".join(struct.pack("<HHHH", a, c, b, d) for a, b, c, d in page.merged))
    if page.comment:
        out += record(0x1B6, bytes(18)) + record(0x3C, b"\x01" + page.comment.encode("utf-16-le")) + record(0x1C, bytes(12))
    return out + page.more + record(0x0A, b"")


def shapes(*formats: str) -> bytes:
    """Records for the workbook: number formats, cells of which number 1, 2, … are shown in; those of number 0 are General."""
    out = b"".join(record(0x41E, struct.pack("<H", 164 + no) + _text(shape, 8, "<H")) for no, shape in enumerate(formats))
    return out + b"".join(record(0xE0, struct.pack("<HHH14x", 0, no, 0)) for no in (0, *range(164, 164 + len(formats))))


def formula(line: int, column: int, text: str, version: int = 8) -> bytes:
    """Records of a cell whose formula gives a text."""
    head = struct.pack("<HHH6xHHIH", line, column, 0, 0xFFFF, 0, 0, 3) + b"\x1e\x01\x00"
    return record(0x06, head) + record(0x207, _text(text, version, "<H"))


def xls(
    *pages: Page,
    version: int = 8,
    more: Mapping[str, bytes] | None = None,
    storages: Sequence[str] = (),
    records: bytes = b"",
    **said: bool | str,
) -> bytes:
    """A whole .xls file; ``more`` are streams beside the workbook's, ``records`` further ones of the workbook."""
    stream = workbook(pages, version=version, more=records, **said)  # type: ignore[arg-type]
    return compound({"Workbook" if version == 8 else "Book": stream, **(more or {})}, storages)
