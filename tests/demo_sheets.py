"""The demo's sheets as an upload makes them: cleaned tables, with the kind and the level that they are posted under."""

from __future__ import annotations

import tomllib
from functools import cache

from board import sheets
from board.rules.sheet import cleaning, selection
from board.rules.sheet.cleaning import Cleaned
from tests.databases import DEMO
from tests.sheets.corpus import TODAY

_LEVELS = {"00000000": "city", "000000": "county", "000": "township"}
_POSTS = [post for post in tomllib.loads((DEMO / "posts.toml").read_text("utf-8"))["posts"] if "sheet" in post]


def _level(home: str) -> str:
    return next((level for zeros, level in _LEVELS.items() if home.endswith(zeros)), "village")


SHEETS = sorted({(post["sheet"], post["kind"], _level(post["home"])) for post in _POSTS})


@cache
def cleaned(name: str) -> list[Cleaned]:
    """Return the tables of a sheet of the demo without personal numbers."""
    book = sheets.read((DEMO / name).read_bytes(), name, 40 << 20)
    chosen = selection.select(book)
    return selection.cleaned(book, chosen.tables, lambda table: cleaning.clean(table, lambda what, number: number, TODAY))
