"""Which tables of an upload may be the roster, what is said of those left out, and the only one that fits a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from board.rules.bilingual import Words
from board.rules.kind import Kind, Level
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.joining import offers
from board.rules.sheet.table import Book, Table

MOST_TABLES, MOST_LINES = 50, 100_000
_MOST_NAMED = 8  # table names in a message, which is held in a cookie: browsers limit that to 4 KB


class TooManyTables(Exception):
    """An upload has more than 50 tables, or more than 100,000 lines in several tables; ``message`` says what to do."""

    code = "too_large"
    message = Words(
        "这个文件里的表太多（最多 50 张，合起来最多 10 万行）。请把要公开的几张另存成一个文件，再上传",
        "This file has too many tables (at most 50, with 100,000 lines in all). Please save those to be posted as a file of their own",
    )


class Selection(NamedTuple):
    """The tables of an upload that may be the roster, all that the clerk is told of the file, and the tables that are left out."""

    tables: list[Table]
    notes: list[Words]
    others: list[Table]


def select(book: Book) -> Selection:
    """Return the tables of an upload that may be the roster: shown, and with two lines of two cells. Raises TooManyTables.

    Where no table looks like one, the first shown table is taken, for its errors to be told.
    """
    shown = [table for table in book.tables if not table.hidden and any(table.lines())]
    tables = [table for table in shown if table.looks_like_table()] or [book.table()]
    if len(tables) > MOST_TABLES or (len(tables) > 1 and sum(1 for table in tables for _line in table.lines()) > MOST_LINES):
        raise TooManyTables
    unlike = [table for table in shown if table not in tables]
    hidden = [table for table in book.tables if table.hidden]
    return Selection(tables, [*book.notes, *_left_out(unlike, hidden)], [*unlike, *hidden])


def _left_out(unlike: Sequence[Table], hidden: Sequence[Table]) -> Iterator[Words]:
    if unlike:
        names = named(unlike)
        yield Words(f"没有用：{names.zh}（不像表格）。", f"Not used: {names.en} (no tables).")
    if hidden:
        names = named(hidden)
        yield Words(
            f"没有读：{names.zh}（在原文件里是隐藏的）。要用的话，请在原文件里取消隐藏再上传。",
            f"Not read: {names.en} (hidden in the file). To use them, unhide them in the file and upload it again.",
        )


def cleaned(book: Book, tables: Sequence[Table], clean: Callable[[Table], Cleaned]) -> list[Cleaned]:
    """Return tables without personal numbers, each with the findings of the file outside its tables, marked ``around``."""
    around = [{**found, "around": True} for found in book.swept]
    return [replace(one, findings=[*one.findings, *around]) for one in map(clean, tables)]


class Choice(NamedTuple):
    """The position of the table to use, and what is said of the tables beside it; ``sure``: it is the only one that fits its kind."""

    at: int
    sure: bool
    note: Words | None


def choice(tables: Sequence[Cleaned], kind: Kind, level: Level, headers: Mapping[str, str]) -> Choice:
    """Return the table of several to use: the only one with all columns that the kind needs, otherwise the likeliest.

    ``headers`` is {header: field} as remembered.
    """
    if len(tables) == 1:
        return Choice(0, True, None)
    best, offered = offers(tables, kind, level, headers)
    fitting = [number for number, offer in enumerate(offered) if not offer.lacking]
    used = fitting[0] if len(fitting) == 1 else best
    others = named([one.table for number, one in enumerate(tables) if number != used])
    label = tables[used].table.label
    note = Words(
        f"用的是“{label}”这张表。没有用：{others.zh}。",
        f"The table used is “{label}”. Not used: {others.en}.",
    )
    return Choice(used, len(fitting) == 1, note)


def named(tables: Sequence[Table]) -> Words:
    """Return the labels of tables for a message: the first eight, and how many more there are."""
    names = [table.label[:40] for table in tables[:_MOST_NAMED]]
    more = len(tables) - _MOST_NAMED
    return Words(
        "、".join(names) + (f"，还有 {more} 张" if more > 0 else ""),
        ", ".join(names) + (f" and {more} more" if more > 0 else ""),
    )
