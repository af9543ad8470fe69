"""``python -m tests.sheets.describe`` writes ``docs/sheets.md`` from the clerk's help in ``board/policies``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from board.policies.sheet_help import HelpEntry, load
from board.rules.sheet.problems import ERRORS
from board.sheets import reasons

FILE = Path(__file__).parents[2] / "docs" / "sheets.md"

_INTRO = """# 表格：收什么，会说什么 · Spreadsheets: what is taken, and what is said

这一页也是经办上传表格时的帮助。每一条先是中文，后是英文。This is also the clerk's help page: each point in Chinese, then in English.

`flask --app wsgi sheet check KIND FILE --area CODE --json` gives for each problem its `row` (from 1, as the spreadsheet program
shows it; 0: the whole sheet), `column` (the header), `code` and `message`. These are all codes: a test produces
every example again.

Written by `python -m tests.sheets.describe`. The texts are in `board/policies/sheet_help.toml`, `sheet_errors.toml`,
`sheet_warnings.toml`, `sheet_differences.toml` and `sheet_review.toml`.
"""


def markdown() -> str:
    """The whole page."""
    return "\n".join(_lines()).rstrip() + "\n"


def _lines() -> Iterator[str]:
    page = load(reasons.REASONS)
    yield _INTRO
    for part in page.parts:
        yield f"## {part.title.zh} · {part.title.en}\n"
        yield from (f"- {line.zh}<br>{line.en}" for line in part.lines)
        yield ""
    yield "## 要改好才能送审的 · What has to be mended\n"
    yield from (_told(one) for one in page.codes if one.code in ERRORS)
    yield "## 请核对、写明原因的 · What to look at and give a reason for\n"
    yield from (_told(one) for one in page.codes if one.code not in ERRORS)
    yield "## 审核的人还会看到的 · What the reviewer sees beside\n"
    yield from map(_told, page.review)
    yield "## 读不了的文件 · Files that cannot be read\n"
    yield from map(_told, page.files)


def _told(one: HelpEntry) -> str:
    drawn = f"{_drawn(one)}\n\n" if one.example else ""
    return f"### `{one.code}`\n\n{one.when.zh}<br>{one.when.en}\n\n{drawn}> {one.message.zh}<br>\n> {one.message.en}\n"


def _drawn(one: HelpEntry) -> str:
    """The example as a table with line numbers, and letters for its columns, as the spreadsheet program shows it."""
    width = max(map(len, one.example))
    letters = " | ".join(chr(ord("A") + column) for column in range(width))
    head = f"|  | {letters} |\n|{' --- |' * (width + 1)}"
    rows = (" | ".join(cell for cell, _ in zip_longest(line, range(width), fillvalue="")) for line in one.example)
    return "\n".join([head, *(f"| {number} | {row} |" for number, row in enumerate(rows, 1))]).replace("⏎", " ")


if __name__ == "__main__":
    FILE.write_text(markdown(), "utf-8")
