"""The clerk's help on spreadsheets, as data: what is taken, and each message about a sheet, with an example."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from board.rules.bilingual import Words
from board.rules.datafile import DataError, Table

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Part:
    """A section of the page before the codes: a title and its points."""

    title: Words
    lines: tuple[Words, ...]


@dataclass(frozen=True)
class HelpEntry:
    """One message about a sheet: its ``code``, ``when`` it appears, and the ``message`` for the example.

    ``example`` are the lines of a small sheet, each its cells; it is empty where no sheet alone causes the message. ``shows`` names the
    sheet of the corpus from which a test makes the example again.
    """

    code: str
    when: Words
    message: Words
    example: tuple[tuple[str, ...], ...] = ()
    shows: str = ""


@dataclass(frozen=True)
class Help:
    """The whole page: parts, then messages about a table's content (``codes``), to the reviewer only (``review``), and about a file that
    cannot be read (``files``).
    """

    parts: tuple[Part, ...]
    codes: tuple[HelpEntry, ...]
    review: tuple[HelpEntry, ...]
    files: tuple[HelpEntry, ...]


def load(reasons: Mapping[str, Words]) -> Help:
    """Return the help; ``reasons`` are the sentences for files that cannot be read, by code (``sheets.REASONS``).

    Raises KeyError for a code without a sentence.
    """
    parts, codes, review, files = _read()
    return Help(parts, codes, review, tuple(HelpEntry(code, when, reasons[code]) for code, when in files))


@cache
def _read() -> tuple[tuple[Part, ...], tuple[HelpEntry, ...], tuple[HelpEntry, ...], tuple[tuple[str, Words], ...]]:
    faults: list[str] = []
    page, reviewed, *said = (_table(f"sheet_{name}", faults) for name in ("help", "review", "errors", "warnings", "differences"))
    parts = page.each("parts", lambda one: Part(one.words("title"), one.each("lines", _line)))
    reasons = page.table("files")
    files = tuple((code, reasons.words(code)) for code in reasons.data)
    codes = tuple(one for table in said for one in table.each("codes", _said))
    review = reviewed.each("codes", lambda one: HelpEntry(one.id(), one.words("when"), one.words("message")))
    for table in (page, reviewed, *said):
        table.close()
    if faults:
        raise DataError([f"sheet_help: {fault}" for fault in sorted(faults)])
    return parts, codes, review, files


def _table(name: str, faults: list[str]) -> Table:
    return Table(tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8")), "", faults)


def _line(one: Table) -> Words:
    return Words(one.text("zh"), one.text("en"))


def _said(one: Table) -> HelpEntry:
    drawn = one.text("example").removesuffix("\n")
    example = tuple(tuple(cell.strip() for cell in line.split("|")) for line in drawn.split("\n"))
    return HelpEntry(one.id(), one.words("when"), one.words("message"), example, one.text("shows"))
