"""A server and a worker ask before they start: on other tables they stop, and what else is not well stands in the log."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from board import create_app
from board.doctor import machine, start
from board.vault import Vault
from tests.house.tree import ROOT

EMPTY = "坏 数据库的表 tables: 数据库里还没有表。The database has no tables yet. 请运行 run `flask --app wsgi db upgrade`."


def test_a_worker_without_tables_says_what_to_run_and_stops(empty_app: Flask):
    told = empty_app.test_cli_runner().invoke(args=["work"])

    assert (told.exit_code, told.output) == (1, f"Error: {EMPTY}\n")


def test_a_server_without_tables_does_not_start(tmp_path: Path):
    environ = {
        "PATH": os.environ["PATH"],
        "BOARD_KEY_FILE": f"{tmp_path}/keys.toml",
        "BOARD_DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite",
    }
    server = subprocess.run([sys.executable, "-c", "import wsgi"], cwd=ROOT, env=environ, capture_output=True, text=True, check=False)

    assert server.returncode == 1
    assert EMPTY in server.stderr


def test_a_command_starts_without_tables_to_make_them(empty_app: Flask, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(start.NotReady):
        start.server(empty_app)
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")

    start.server(empty_app)


def test_what_is_not_well_stands_in_the_log_and_the_server_starts(board: Flask, caplog: pytest.LogCaptureFixture):
    (Path(board.instance_path) / "keys.toml").chmod(0o644)
    start.ready(board)
    lines = {(one.levelname, one.getMessage().partition("。")[0]) for one in caplog.records if one.name == "board.doctor"}

    assert ("ERROR", "坏 备份 backup: 从来没有备份过") in lines
    assert ("ERROR", "坏 文件权限 permissions: 这台机器上的别人也能读：keys.toml 644") in lines
    assert ("WARNING", "要看 恢复演练 restore drill: 从来没有试着恢复过") in lines
    assert not any("公开网址" in line or "后台 worker" in line for _level, line in lines)


def test_a_database_that_is_away_is_waited_for(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    Vault.make(tmp_path / "keys.toml")
    app = create_app(tmp_path, DATABASE_URL=f"postgresql://board@/mingbai?host={tmp_path}", DEMO=True)
    with caplog.at_level(logging.ERROR):
        start.ready(app)

    assert "坏 数据库的表 tables: 数据库连不上" in caplog.text
    with app.app_context():
        assert [one.free > 0 for one in machine.disk_facts(app).volumes] == [True]  # it may be away because of this disk
