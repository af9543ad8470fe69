"""Each thing is broken here in earnest: the doctor finds it, and once its command was run, all is well again."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import delete, text

from board import work
from board.backup import files
from board.doctor.check import Finding
from board.models import Holiday, Printed, db
from board.store import address_check, engine, people
from board.store.drafting import drafts, jobs
from board.store.engine import writing
from board.vault import Vault
from tests.databases import NOW
from tests.doctor.conftest import asks
from tests.store.posted import TOWN
from tests.web.proving import REAL, Network


class Board(NamedTuple):
    """The board, its network, and its folder."""

    app: Flask
    network: Network
    folder: Path


@pytest.fixture
def here(board: Flask, network: Network) -> Board:
    """The board that is broken."""
    return Board(board, network, Path(board.instance_path))


def states(here: Board, **told: datetime | str) -> None:
    text = json.dumps({what: when if isinstance(when, str) else when.isoformat() for what, when in told.items()})
    (here.folder / "backup-state.json").write_text(text)


def gone(here: Board) -> None:
    files.note(here.folder, backup=NOW, file=here.folder / "lost.backup")


def older_tables(here: Board) -> None:
    db.session.rollback()
    downgrade(revision="0027")


def open_files(here: Board) -> None:
    for file in (engine.database_file(), here.folder / "keys.toml"):
        if file:
            file.chmod(0o644)


def later(days: float) -> Callable[[Board], None]:
    def turn(here: Board) -> None:
        here.app.clock = lambda: NOW + timedelta(days=days)  # type: ignore[attr-defined]

    return turn


def other_keys(here: Board) -> None:
    here.app.extensions["vault"] = Vault.make(here.folder / "other.toml")


def no_keys(here: Board) -> None:
    (here.folder / "keys.toml").rename(here.folder / "safe.toml")


def old_beat(here: Board) -> None:
    here.app.clock = lambda: NOW - timedelta(hours=1)  # type: ignore[attr-defined]
    work.daily(here.app, {})
    here.app.clock = lambda: NOW  # type: ignore[attr-defined]


def left_waiting(here: Board) -> None:
    draft = drafts.start(TOWN, "cropland-subsidy", "公示", people.named("baihe-clerk").id, NOW)
    with writing() as session:
        jobs.order(session, TOWN, draft.id, NOW - timedelta(hours=1))


def no_holidays(here: Board) -> None:
    with writing() as session:
        session.execute(delete(Holiday))
        session.add(Holiday(day=datetime(2025, 10, 1, tzinfo=UTC).date(), off=True, name="国庆节"))
    later(-30)(here)


def lost_number(here: Board) -> None:
    with writing() as session:
        session.execute(delete(Printed))


def changed_figure(here: Board) -> None:
    with writing() as session:
        session.execute(text("UPDATE row SET amount = amount + 100 WHERE no = 2"))


def led(where: str, *, proven: bool = False, days: float = 0) -> Callable[[Board], None]:
    def lead(here: Board) -> None:
        if proven:
            address_check.note(TOWN, REAL, "phone", "luxian-admin", NOW)
        here.network.leads = where
        later(days)(here)

    return lead


def example(here: Board) -> None:
    here.app.config["PUBLIC_ADDRESS"] = "https://gk.example.cn"


def runs(here: Board, command: str) -> None:
    """Run the command as it was told: one of the program's by its own runner, another in a shell."""
    db.session.rollback()
    if command.startswith("flask --app wsgi "):
        done = here.app.test_cli_runner().invoke(args=command.split()[3:])
        assert done.exit_code == 0, done.output
    else:
        subprocess.run(command, shell=True, check=True, cwd=here.folder)  # noqa: S602


def puts_keys_back(here: Board, command: str) -> None:
    runs(here, command.replace("COPY", str(here.folder / "safe.toml")))


def works(here: Board, command: str) -> None:
    """Do what the worker does until nothing is left, and not for ever."""
    work.daily(here.app, {})
    while work.once(here.app):
        pass


def as_it_was(here: Board, command: str) -> None:
    here.network.leads = "here"
    here.app.config["PUBLIC_ADDRESS"] = REAL


Mend = Callable[[Board, str], None] | None
BROKEN: list[tuple[str, Callable[[Board], Any], str, str, str, Mend]] = [
    ("schema", older_tables, "bad", "数据库是 0027，程序要 0030", "flask --app wsgi db upgrade", runs),
    ("permissions", open_files, "bad", "keys.toml 644", "chmod 600", runs),
    ("keys", no_keys, "bad", "keys.toml 没了", "install -m 600 COPY", puts_keys_back),
    ("keys", other_keys, "bad", "不是这个数据库的密钥", "install -m 600 COPY", None),
    ("clock", later(-30), "bad", "现在是 2026-10-23 10:00，日志最后一条却是 2026-11-20 10:00", "timedatectl set-ntp true", None),
    ("worker", old_beat, "bad", "后台停了 60 分钟", "flask --app wsgi work", works),
    ("jobs", left_waiting, "bad", "1 张表在等核数，最早的等了 60 分钟", "flask --app wsgi work", works),
    ("holidays", no_holidays, "bad", "没有 2026 年的节假日", "flask --app wsgi holidays load", runs),
    ("backup", lambda here: None, "bad", "从来没有备份过", "flask --app wsgi backup FILE", lambda here, _: states(here, backup=NOW)),
    ("backup", lambda here: states(here, backup="昨天"), "bad", "从来没有备份过", "flask --app wsgi backup FILE", None),
    ("backup", gone, "look", "lost.backup 不在了", "flask --app wsgi backup FILE", lambda here, _: (here.folder / "lost.backup").touch()),
    ("drill", lambda here: states(here, drill=NOW - timedelta(days=200)), "look", "200 天前", "flask --app wsgi backup --drill", None),
    ("orphans", lost_number, "bad", "notice.number+home → printed: 1", "flask --app wsgi ledger verify", None),
    ("ledger", changed_figure, "bad", "数字和审核通过的不一样", "flask --app wsgi ledger verify", None),
    ("examples", example, "bad", "PUBLIC_ADDRESS", "instance/config.toml", as_it_was),
    ("address", led("to a stranger"), "bad", f"{REAL} 答的不是这个网站", "instance/config.toml", as_it_was),
    ("address", led("nowhere"), "bad", "打不开，也从没证实过", f"curl -sS -o /dev/null -w '%{{http_code}}\\n' {REAL}/", as_it_was),
    ("address", led("nowhere", proven=True), "look", "以前证实过", "curl -sS", as_it_was),
    ("rosters", led("to an old cache", days=400), "bad", "1 份名单到期了还打得开：/n/", "flask --app wsgi export site DIR", as_it_was),
    ("rosters", led("to a busy server", days=400), "look", ".csv 503", "", as_it_was),
]


@pytest.mark.parametrize(("id", "breaks", "state", "words", "command", "mends"), BROKEN)
def test_what_is_broken_is_found_with_its_command_which_mends_it(here: Board, id, breaks, state, words, command, mends):
    breaks(here)
    found: Finding = asks(here.app, id)
    assert (found.state, words in found.said.zh, command in found.command) == (state, True, True), found

    if mends:
        mends(here, found.command)
        assert asks(here.app, id).state == "good", asks(here.app, id)


def test_rosters_are_asked_of_the_program_where_the_address_leads_nowhere(here: Board):
    led("nowhere", days=400)(here)

    assert asks(here.app, "rosters").said.zh == "最近到期的 1 份名单都收起来了（直接问程序）"


def test_a_password_for_the_database_is_kept_from_others_too(here: Board):
    (here.folder / "config.toml").write_text('database_url = "postgresql://board:secret@db/mingbai"')
    (here.folder / "config.toml").chmod(0o644)
    here.app.config["DATABASE_URL"] = ""
    asked = asks(here.app, "permissions").state
    here.app.config["DATABASE_URL"] = "postgresql://board:secret@db/mingbai"

    assert asked == "good"
    assert "config.toml 644" in asks(here.app, "permissions").said.zh


def test_the_typeface_of_the_posters_is_there(here: Board):
    assert asks(here.app, "fonts").state == "good"
