"""All checks in their order, and how they are asked: one that fails to ask keeps no other from being asked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from board.doctor import address, database, installed, machine, upkeep
from board.doctor.check import Check, Depth, Finding
from board.rules.bilingual import Words
from board.store import engine
from board.vault import KeyFileError

_FOUND = {check.id: check for room in (database, machine, upkeep, address) for check in room.CHECKS}
_ORDER = (
    "schema", "permissions", "keys", "clock", "zone", "disk", "examples", "address", "fonts", "backup", "drill", "worker", "jobs",
    "holidays", "rosters", "orphans", "ledger",
)  # fmt: skip
ALL: tuple[Check, ...] = tuple(_FOUND[id] for id in _ORDER)
DEPTHS: tuple[Depth, ...] = ("start", "quick", "whole")


@dataclass(frozen=True)
class Result:
    """A check, what it found, and how many seconds it took."""

    check: Check
    finding: Finding
    seconds: float


def asked(depth: Depth) -> list[Check]:
    """Return the checks that are asked at a depth."""
    return [check for check in ALL if DEPTHS.index(check.depth) <= DEPTHS.index(depth)]


def ask(app: Flask, depth: Depth) -> Iterator[Result]:
    """Yield what each check finds, within an app context; tables are asked only if they are this program's."""
    tables = True
    for check in asked(depth):
        begun = time.monotonic()
        found = _found(app, check) if tables or not check.of_tables else _WAITS
        if check.id == "schema":
            tables = found.state == "good"
        yield Result(check, found, time.monotonic() - begun)


_WAITS = Finding("unasked", Words("先把数据库的表弄好", "The tables come first"))


_FAILED = Words(
    "再问一次；还是这样，就看磁盘和数据库文件：文件坏了，先改名留着，再恢复最近的备份",
    "Ask again; if it stays so, look at the disk and the database file: if that is damaged, move it away and restore the newest backup",
)


def _found(app: Flask, check: Check) -> Finding:
    try:
        found = installed.typed_here(check.judge(check.gather(app)))
    except KeyFileError:
        return Finding("unasked", Words("先把密钥放回去", "The keys come first"))
    except (SQLAlchemyError, OSError) as error:
        engine.let_go()
        name = type(error).__name__
        return Finding("bad", Words(f"问不到（{name}）", f"It could not be asked ({name})"), "", _FAILED)
    if app.config["DEMO"] and check.in_demo and found.state in ("look", "bad"):
        why = Words(f"{check.in_demo.zh}（{found.said.zh}）", f"{check.in_demo.en} ({found.said.en})")
        return replace(found, state="unasked", said=why, command="", advice=None)
    return found
