"""Bytes of an uploaded spreadsheet -> cells. The type is detected from the content, because files often have a wrong extension.

Every file is opened in a child process (``child``) with limits; nothing is written to disk, and no cell or file name is ever logged.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from signal import SIGXCPU
from threading import Timer
from typing import Any

from board.rules.bilingual import Words
from board.rules.personal.detection import mask
from board.rules.sheet.hidden_numbers import scan
from board.rules.sheet.splitting import split
from board.rules.sheet.table import Book, Cell, Table
from board.sheets import delimited
from board.sheets.limits import MOST_BYTES
from board.sheets.reasons import REASONS, note, too_large
from board.sheets.refusal import Refusal, Untaken

SECONDS = 30  # wall time; the child itself stops after 20 s of CPU
CHILD = Path(__file__).with_name("child.py")


class UnreadableSheet(Untaken):
    """A file from which no table could be read."""

    reasons = REASONS

    def __init__(self, code: str, most: int = MOST_BYTES) -> None:
        super().__init__(code)
        if code == "too_large":
            self.message = too_large(most >> 20)


def read(data: bytes, filename: str, most: int = MOST_BYTES) -> Book:
    """Return all tables of an uploaded file; ``filename`` only names the table of a text file, and is scanned.

    Takes .xlsx .xlsm .xls (BIFF5, BIFF8) .et .ods, web pages and SpreadsheetML 2003 under any name, text tables (.csv .tsv .txt; UTF-8,
    UTF-16, GB18030, Big5) and a .zip of such files, each of at most ``most`` bytes. Raises UnreadableSheet.
    """
    if not data.strip():
        raise UnreadableSheet("empty")
    if len(data) > most:
        raise UnreadableSheet("too_large", most)
    with closing(_asked_child(data, filename, most)) as lines:
        tables, reply = _answer(lines)
    if "error" in reply:
        raise UnreadableSheet(reply["error"], most)
    refusals = ((code, file, UnreadableSheet(reason, most).message if reason else Words("", "")) for code, file, reason in reply["notes"])
    notes = [note(code, mask(file), why) for code, file, why in refusals]
    return _book(tables, notes, [*scan([("文件名", filename)], ()), *reply["swept"]])


def pasted(text: str, most: int = MOST_BYTES) -> Book:
    """Return the table that a clerk copied in WPS or Excel and pasted: tab-separated lines, cells of several lines in quotes.

    Raises UnreadableSheet.
    """
    if not text.strip():
        raise UnreadableSheet("empty")
    if len(text) > most:
        raise UnreadableSheet("too_large", most)
    try:
        cells = delimited.table(text, "\t" if "\t" in text else "")
    except Refusal as refusal:
        raise UnreadableSheet(refusal.code, most) from None
    return _book([Table("粘贴的表格", cells)])


def _book(tables: Sequence[Table], notes: Sequence[Words] = (), swept: Sequence[Any] = ()) -> Book:
    """Return the tables of an upload, tables below each other on one sheet split, under names without personal numbers."""
    if not any(any(table.lines()) for table in tables):
        raise UnreadableSheet("no_cells")
    named = (replace(table, name=mask(table.name), file=mask(table.file)) for table in tables)
    return Book([part for table in named for part in ([table] if table.hidden else split(table))], notes, swept)


def _answer(lines: Iterable[bytes]) -> tuple[list[Table], dict[str, Any]]:
    """Return the tables that the child sends line by line, and its last reply; cells are parsed while the child is still working."""
    tables, rows, reply = list[Table](), list[list[Cell]](), dict[str, Any]()
    number = _Numbers().__getitem__
    cells = json.JSONDecoder(object_hook=_cell, parse_float=number, parse_int=number, parse_constant=lambda _: "")
    try:
        for line in lines:
            if line.startswith(b"["):
                rows += cells.decode(line.decode())
            elif "name" in (reply := json.loads(line)):
                tables.append(replace(Table.from_json(reply), cells=rows))
                rows = []
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):  # a file may have exploited the child
        raise UnreadableSheet("crashed") from None
    if not reply.keys() & {"notes", "error"}:
        raise UnreadableSheet("crashed")
    return tables, reply


class _Numbers(dict[str, Decimal]):
    """The exact number for each text of digits, a whole one without ``.0``.

    Each is created once: in a roster the same amounts repeat.
    """

    def __missing__(self, digits: str) -> Decimal:
        self[digits] = number = Decimal(digits.removesuffix(".0"))
        return number


def _cell(said: Mapping[str, str]) -> Cell:
    """Return a cell that is neither a text nor a JSON number: a date, or a number with the digits of the file."""
    return date.fromisoformat(said["d"]) if "d" in said else Decimal(said["n"])


def _asked_child(data: bytes, filename: str, most: int) -> Generator[bytes, None, None]:
    """Yield the child's answer line by line; its standard error is dropped, because a parser's message may quote a cell."""
    command = [sys.executable, "-I", "-X", "utf8", str(CHILD)]
    head = json.dumps({"name": filename, "most": most}).encode()  # as an argument the name would be visible to all users
    told = head + b"\n" + data
    with subprocess.Popen(  # noqa: S603 - our own program; the file goes in as bytes, never as an argument
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/"
    ) as child:
        assert child.stdin
        assert child.stdout
        clock = Timer(SECONDS, child.kill)
        clock.start()
        try:
            with suppress(BrokenPipeError), child.stdin as given:
                given.write(told)
            yield from (line for line in child.stdout if line.endswith(b"\n"))  # the last line is incomplete if the child was killed
            if child.wait() == -SIGXCPU or not clock.is_alive():
                raise UnreadableSheet("timeout")
        finally:
            clock.cancel()
            child.kill()
