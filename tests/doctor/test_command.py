"""What the administrator reads: a line for each check in both languages, what mends what is not well, and an exit code for a timer."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy.exc import DatabaseError

from board import work
from board.doctor.checks import ALL
from tests.databases import NOW


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # PostgreSQL's clock does not stand still with the test's
def test_in_a_demo_all_is_well_or_there_is_a_reason(app: Flask, network, once):
    app.config["DEMO"] = True
    told = app.test_cli_runner().invoke(args=["doctor"])
    lines = told.output.splitlines()

    assert told.exit_code == 0, told.output
    assert {line.split()[0] for line in lines[:-2]} == {"好", "没问"}, told.output
    assert "没问  备份 backup: 演示不备份（从来没有备份过）。A demo takes no backups (There was never a backup)." in lines
    assert lines[-1].startswith("好 ")
    assert "坏 0" in lines[-1]


def test_what_is_not_well_says_why_it_matters_and_what_to_type(board: Flask):
    told = board.test_cli_runner().invoke(args=["doctor", "--quick"])

    assert told.exit_code == 1
    assert (
        "坏    备份 backup: 从来没有备份过。There was never a backup.\n"
        "      为什么 why: 磁盘坏了，没有备份就什么都没了。When the disk dies, everything is lost that was not backed up.\n"
        "      怎么办 mend: flask --app wsgi backup FILE\n"
    ) in told.output
    assert "没问 公开网址、字体、到期的名单、没有归属的行、公开日志：去掉 --quick 就问。" in told.output


def test_on_a_machine_of_the_bundle_what_it_says_is_typed_as_it_stands(board: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MINGBAI_INSTALLED", "1")
    told = board.test_cli_runner().invoke(args=["doctor", "--quick"])

    assert "怎么办 mend: systemctl start mingbai-backup\n" in told.output
    assert "怎么办 mend: systemctl restart mingbai-work\n      另外 also: 让它一直开着" in told.output
    assert "网站开着就有" not in told.output
    assert "flask" not in told.output


def test_programs_read_the_same_as_json(board: Flask):
    with board.app_context():
        work.beat(NOW)
    told = board.test_cli_runner().invoke(args=["doctor", "--quick", "--json"])
    report = json.loads(told.output)
    found = {one["id"]: one for one in report["checks"]}

    assert (told.exit_code, report["ok"], report["demonstration"]) == (1, False, False)
    assert list(found) == [check.id for check in ALL if check.depth != "whole"]
    assert (found["worker"]["state"], found["worker"]["command"], found["worker"]["advice"]) == ("good", "", None)
    assert found["backup"]["command"] == "flask --app wsgi backup FILE"
    assert found["backup"]["why"]["zh"] == "磁盘坏了，没有备份就什么都没了"


def test_without_tables_the_rest_waits_and_the_command_still_tells_it(empty_app: Flask):
    told = empty_app.test_cli_runner().invoke(args=["doctor", "--quick"])

    assert told.exit_code == 1
    assert "坏    数据库的表 tables: 数据库里还没有表。The database has no tables yet.\n" in told.output
    assert "怎么办 mend: flask --app wsgi db upgrade\n" in told.output
    assert "没问  密钥 keys: 先把数据库的表弄好。The tables come first." in told.output


def test_a_question_that_the_database_does_not_answer_is_bad(board: Flask, monkeypatch):
    def damaged() -> None:
        raise DatabaseError("SELECT", None, Exception("database disk image is malformed"))

    monkeypatch.setattr("board.store.doctor.opens", damaged)
    told = board.test_cli_runner().invoke(args=["doctor", "--quick", "--json"])
    keys = next(one for one in json.loads(told.output)["checks"] if one["id"] == "keys")

    assert (told.exit_code, keys["state"], keys["said"]["zh"]) == (1, "bad", "问不到（DatabaseError）")
