"""Looking for what must be nowhere: the samples' ID numbers, cards and phones, whichever way their digits are written down."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import python_calamine
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import text

from board.models import db
from tests.databases import DEMO, Cluster

# Whatever may stand between two digits: spaces and line breaks, dashes, dots, and the zero of every other byte in UTF-16. (What is
# left runs on from cell to cell, so a number is looked for at each place of a run.)
BETWEEN = b" \t\r\n\x0b\x0c\x00-_.,/"
WIDE_BETWEEN = [one.encode() for one in "\u00a0\u2009\u200b\u2010\u2011\u2012\u2013\u2014\u3000\uff0d"]
RUNS = re.compile(rb"[0-9Xx]{11,}")
LENGTHS = (11, 18, 19)  # phones, IDs, the samples' cards


@cache
def sheet(name: str) -> list[list[Any]]:
    """Return the cells of a sample's first sheet."""
    book = python_calamine.CalamineWorkbook.from_path(DEMO / name)
    return book.get_sheet_by_name(book.sheet_names[0]).to_python()


@cache
def numbers() -> frozenset[bytes]:
    """Return every ID number, card and phone of the samples, exactly as it stands there."""
    cells = (str(cell) for name in ("baihe-cropland-roster.xlsx", "gulin-winter-relief.xls") for row in sheet(name) for cell in row)
    found = frozenset(cell.encode() for cell in cells if re.fullmatch(r"\d{17}[\dX]|\d{19}|1[3-9]\d{9}", cell))
    assert len(found) > 3_700  # 1,194 households with three each and 140 with two; a few share a phone
    return found


@cache
def names() -> frozenset[str]:
    """Return the full names of the roster of 百和镇."""
    return frozenset(row[3] for row in sheet("baihe-cropland-roster.xlsx")[3:-2])


def found(data: bytes, known: frozenset[bytes] | None = None) -> set[str]:
    """Return which of the samples' numbers, or of those that are ``known``, are in these bytes: bare, with separators, in UTF-8, in UTF-16,
    or in hexadecimal."""
    known = numbers() if known is None else known
    hexadecimal = b"".join(bytes.fromhex(run[: len(run) // 2 * 2].decode()) + b"|" for run in re.findall(rb"(?:3[0-9]){11,}", data))
    return {one.decode() for text in (data, hexadecimal) for one in _in(text, known)}


def _in(data: bytes, known: frozenset[bytes]) -> Iterator[bytes]:
    for one in WIDE_BETWEEN:
        data = data.replace(one, b"")
    for run in RUNS.finditer(data.translate(None, BETWEEN).upper()):
        digits = run[0]
        for length in LENGTHS:
            for at in range(len(digits) - length + 1):
                if digits[at : at + length] in known:
                    yield digits[at : at + length]


def names_in(data: bytes, known: Iterable[str]) -> set[str]:
    """Return which of these names are in the bytes, in UTF-8, escaped as JSON does, or (from three letters on) in UTF-16.

    A name of two letters is four bytes in UTF-16: among a megabyte of sealed ones some name stands by chance.
    """
    text, long = data.decode("utf-8", "ignore"), {name for name in known if len(name) > 2}
    escaped = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)
    wide = [data[start:].decode("utf-16-le", "ignore") for start in (0, 1)]
    return _of(known, text) | _of(known, escaped) | {name for one in wide for name in _of(long, one)}


def _of(names: Iterable[str], text: str) -> set[str]:
    pattern = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return set(re.findall(pattern, text)) if pattern else set()


def pdf_text(data: bytes) -> bytes:
    """Return what can be selected in a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).encode()


def database(app: Flask, cluster: Cluster | None) -> dict[str, bytes]:
    """Return all that the database keeps, by where: the files themselves, and every table's cells as the app would read them."""
    held = {}
    db.session.rollback()
    for table in db.metadata.sorted_tables:
        rows = db.session.execute(text(f'SELECT * FROM "{table.name}"'))  # noqa: S608 - our own tables
        held[f"table {table.name}"] = b"\n".join(_bytes(cell) for row in rows for cell in row)
    if cluster:
        held |= _postgresql_files(cluster)
    db.session.rollback()
    return held | {str(file): file.read_bytes() for file in Path(app.instance_path).rglob("*") if file.is_file()}


def _bytes(cell: Any) -> bytes:
    return bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def wal_end(cluster: Cluster | None) -> str:
    """Return up to where PostgreSQL has written its log of changes; "" on SQLite, whose log is a file of its own."""
    return str(db.session.execute(text("SELECT pg_current_wal_insert_lsn()")).scalar_one()) if cluster else ""


def wal(cluster: Cluster | None, since: str) -> dict[str, bytes]:
    """Return what PostgreSQL's log of changes holds since ``wal_end`` said so: what it kept for a moment is still in there."""
    if cluster is None:
        return {}
    known = text("SELECT pg_walfile_name(CAST(:lsn AS pg_lsn)), file_offset FROM pg_walfile_name_offset(CAST(:lsn AS pg_lsn))")
    (first, start), (last, end) = (db.session.execute(known, {"lsn": lsn}).one() for lsn in (since, wal_end(cluster)))
    files = [file for file in sorted((cluster.folder / "data" / "pg_wal").iterdir()) if first <= file.name <= last and file.is_file()]
    assert files[0].name == first, "the log's beginning is gone"
    whole = b"".join(file.read_bytes() for file in files)
    size = files[0].stat().st_size
    return {"the log of changes": whole[start : (len(files) - 1) * size + end]}


def _postgresql_files(cluster: Cluster) -> dict[str, bytes]:
    db.session.execute(text("CHECKPOINT"))
    first = db.session.execute(text("SELECT pg_relation_filepath('pg_class')")).scalar_one()
    files = [file for file in (cluster.folder / "data" / first).parent.iterdir() if file.is_file()]
    copied = {f"{table.name} as COPY gives it": _copied(table.name) for table in db.metadata.sorted_tables}
    return copied | {str(file): file.read_bytes() for file in files}


def _copied(table: str) -> bytes:
    connection = db.session.connection().connection.driver_connection
    assert connection is not None
    with connection.cursor().copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(bytes(part) for part in copy)


class Opened:
    """The files that the app opens for writing while it is watched; an unlinked temporary file shows only here.

    What the test's own browser does (it spools large bodies) is not counted: only what happens below ``wsgi_app``.
    """

    def __init__(self) -> None:
        self.files: list[str] = []
        self.on = False
        sys.addaudithook(self._hook)

    def _hook(self, event: str, given: tuple[Any, ...]) -> None:
        if not self.on or event != "open" or isinstance(given[0], int) or not given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return
        file, frame = os.fsdecode(given[0]), sys._getframe()
        while frame and frame.f_code.co_name != "wsgi_app":
            frame = frame.f_back  # type: ignore[assignment]
        if frame and file != os.devnull:
            self.files.append(file)


@cache
def opened() -> Opened:
    """Return the one watcher: a hook can never be taken off again."""
    return Opened()


@contextmanager
def watched(folder: Path, monkeypatch: Any) -> Iterator[list[str]]:
    """Give the program a folder of its own for temporary files, and list what it opens for writing."""
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    watcher = opened()
    watcher.files.clear()
    watcher.on = True
    try:
        yield watcher.files
    finally:
        watcher.on = False
