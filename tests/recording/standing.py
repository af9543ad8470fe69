"""The app as ``make demo`` serves it, over a dump, with its clock standing still."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from board import create_app

# Never changed, whatever the Makefile says: bodies are compared letter by letter.
SETTINGS: dict[str, Any] = {
    "DEMO": True, "HTTPS": False, "BACKGROUND": False, "PUBLIC_ADDRESS": "http://127.0.0.1:8000",
    "COUNTY_REPORT_OFFICE": "泸县纪委监委信访室（演示，不是真的）", "COUNTY_REPORT_PHONE": "0830-0000000",
    "COUNTY_REPORT_ADDRESS": "泸县公开街1号（演示）", "ORGANISER": "泸县人民政府（演示）", "OPERATOR": "泸县财政局（演示）",
    "SITE_CODE": "0000000000", "SITE_PHONE": "0830-0000001", "ICP_NUMBER": "蜀ICP备00000000号（演示）",
    "POLICE_NUMBER": "川公网安备 00000000000000号（演示）", "FAULT_ADDRESS": "https://zhaocuo.example.cn",
}  # fmt: skip
DATABASE, KEYS, KNOWN = "mingbai.sqlite", "keys.toml", "known.json"


def app_over(folder: Path) -> Flask:
    """Return the app whose database and keys lie in ``folder``."""
    return create_app(folder, **SETTINGS, DATABASE_URL=f"sqlite:///{folder.resolve() / DATABASE}", KEY_FILE=str(folder.resolve() / KEYS))


def stop_clock(app: Flask, folder: Path) -> datetime:
    """Let the app's clock stand one hour after the last entry of its ledgers; return that moment (UTC)."""
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        last = datetime.fromisoformat(database.execute("SELECT max(at) FROM ledger").fetchone()[0])
    moment = (last + timedelta(hours=1)).astimezone(UTC)
    app.clock = lambda: moment  # type: ignore[attr-defined]
    return moment


@contextmanager
def copied(dump: Path, folder: Path) -> Iterator[tuple[Flask, dict[str, list[str]]]]:
    """Yield the app over a copy of a dump made in ``folder``, with the secrets that the dump's database does not hold."""
    shutil.copytree(dump, folder)
    app = app_over(folder)
    stop_clock(app, folder)
    yield app, json.loads((dump / KNOWN).read_text("utf-8"))
