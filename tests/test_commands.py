"""Each command says in one sentence what is wrong and what to do, and exits with 1."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import click
import openpyxl
import pytest
from sqlalchemy import text

from board import create_app, logs
from board.doctor import start
from board.models import db
from board.store.engine import writing
from board.vault import KeyFileError, Vault
from tests.databases import SETTINGS
from tests.house.tree import ROOT
from tests.store.posted import GAODONG, TOWN, post

SHEET = str(ROOT / "board" / "demo" / "baihe-cropland-roster.xlsx")
KIND = "cropland-subsidy"
ADD = ["people", "add", "--name", "某人", "--role"]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ([*ADD, "clerk", "--area", TOWN, "baihe-clerk"], "Not added: the user name baihe-clerk is taken; choose another one."),
        ([*ADD, "clerk", "--area", "999999999999", "x-clerk"], "Not added: there is no open area 999999999999; load it first"),
        ([*ADD, "auditor", "--area", TOWN, "x-auditor"], "Not added: a auditor works for a county"),
        (["sheet", "check", "no-such", SHEET, "--area", TOWN], "There is no kind 'no-such'; take one of"),
        (["sheet", "check", KIND, SHEET, "--area", "999999999999"], "There is no area 999999999999; load it first"),
        (["sheet", "check", KIND, "missing.xlsx", "--area", TOWN], "missing.xlsx: No such file or directory"),
        (["sheet", "check", KIND, SHEET, "--area", TOWN, "--sheet", "9"], "There is no sheet 9; the file has"),
        (["areas", "load", "missing.csv"], "missing.csv: No such file or directory"),
    ],
)
def test_a_wrong_word_is_told_in_one_sentence(app, args, says):
    done = app.test_cli_runner().invoke(args=args)

    assert done.exit_code == 1
    assert done.output.startswith(f"Error: {says}")
    assert done.output.count("\n") == 1


@pytest.mark.parametrize(
    "args",
    [
        ["ledger", "verify"],
        ["holidays", "load"],
        ["search", "rebuild"],
        ["cases", "tidy"],
        ["cases", "recount"],
        ["sheet", "check", KIND, SHEET, "--area", TOWN],
        ["demo"],
    ],
)
def test_a_database_without_tables_names_the_command_that_makes_them(empty_app, args):
    done = empty_app.test_cli_runner().invoke(args=args)

    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert "run `flask --app wsgi db upgrade`" in done.output


def test_on_an_installed_machine_it_is_named_as_it_is_typed_there(empty_app, monkeypatch):
    monkeypatch.setenv("MINGBAI_INSTALLED", "1")
    assert "run `mingbai db upgrade`" in empty_app.test_cli_runner().invoke(args=["ledger", "verify"]).output


def flask(*args: str, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *args]
    return subprocess.run(command, cwd=ROOT, env={"PATH": os.environ["PATH"], **environ}, capture_output=True, text=True, check=False)


def test_what_stops_the_start_is_one_sentence_too():
    done = flask("ledger", "verify", BOARD_UPLAOD_MB="20")

    assert done.returncode == 1
    assert "Error: unknown setting: UPLAOD_MB. Did you mean UPLOAD_MB?" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("setting", "value", "says"),
    [
        ("UPLOAD_MB", "41", "UPLOAD_MB: 41 is more than 40"),
        ("PUBLIC_ADDRESS", "gk", "PUBLIC_ADDRESS: "),
        ("DATABASE_URL", "foo", "DATABASE_URL: not a database address; write postgresql://"),
        ("DATABASE_URL", "mysql://user@host/x", "DATABASE_URL: mysql is not supported; write postgresql://"),
        ("KEY_FILE", "{folder}", "The key file {folder} cannot be used (IsADirectoryError): let this user read it"),
    ],
)
def test_each_such_fault_is_told_in_one_sentence(tmp_path: Path, monkeypatch, setting, value, says):
    for name in [name for name in os.environ if name.startswith("BOARD_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv(f"BOARD_{setting}", value.format(folder=tmp_path))
    monkeypatch.setattr(logs, "start", lambda: None)  # it would turn this process's log to the terminal
    with pytest.raises(click.ClickException) as told:
        runpy.run_path(str(ROOT / "wsgi.py"))

    assert told.value.message.startswith(says.format(folder=tmp_path))
    assert "\n" not in told.value.message


@pytest.mark.parametrize(
    ("content", "says"), [(b'"code,name\n' + b"x" * 200_000, "The file is not a table"), (b"\xff\xfe\x00", "The file is not UTF-8")]
)
def test_a_list_of_areas_that_is_no_table_is_refused_in_one_sentence(app, tmp_path: Path, content, says):
    (tmp_path / "areas.csv").write_bytes(content)
    done = app.test_cli_runner().invoke(args=["areas", "load", str(tmp_path / "areas.csv")])

    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert done.output.startswith(f"Error: {says}")


def test_a_database_file_that_is_none_is_one_sentence(tmp_path: Path):
    (tmp_path / "x.sqlite").write_bytes(b"no database" * 100)
    Vault.make(tmp_path / "keys.toml")
    done = flask("ledger", "verify", BOARD_DATABASE_URL=f"sqlite:///{tmp_path}/x.sqlite", BOARD_KEY_FILE=str(tmp_path / "keys.toml"))

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "The database file is damaged or is none" in done.stderr


def test_without_the_key_file_of_a_used_database_nothing_goes_on_but_what_mends_it(app, tmp_path: Path):
    post()
    instance = Path(app.instance_path)
    kept = instance / "safe.toml"
    (instance / "keys.toml").rename(kept)
    db.session.rollback()
    lost = create_app(instance, **SETTINGS | {"DEMO": False}, DATABASE_URL=app.config["DATABASE_URL"])
    lost.clock = app.clock  # type: ignore[attr-defined]

    def run(*args: str) -> tuple[int, str]:
        with lost.app_context():
            done = lost.test_cli_runner().invoke(args=args)
            db.session.rollback()
        return done.exit_code, done.output

    for args in (["ledger", "verify"], ["people", "add", "x-clerk"], ["demo"]):
        code, said = run(*args)
        assert (code, said.count("\n")) == (1, 1), said
        assert said.startswith(f"Error: 密钥文件 {instance}/keys.toml 没了，")
        assert said.endswith("put the copy back, see docs/keys.md.\n")
    with pytest.raises(KeyFileError, match="put the copy back"):
        start.ready(lost)
    code, said = run("backup", str(tmp_path / "made"))
    assert (code, "If it is lost for good, --keys-lost makes a backup" in said, said.count("\n")) == (1, True, 1)
    assert run("db", "upgrade")[0] == 0
    code, said = run("doctor")
    assert code == 1
    assert f"{instance}/keys.toml 没了" in said
    assert f"怎么办 mend: install -m 600 COPY {instance}/keys.toml\n" in said
    assert "没问  公开日志 ledger: 先把密钥放回去。The keys come first." in said
    assert not (instance / "keys.toml").exists()

    assert run("backup", "--keys-lost", str(tmp_path / "made"), "--drill")[0] == 0
    assert "is another than that of the backup" in app.test_cli_runner().invoke(args=["restore", "--drill", str(tmp_path / "made")]).output
    code, said = run("restore", "--drill", str(tmp_path / "made"))
    assert (code, said.startswith("Error: There is no key file here: put the copy")) == (1, True)
    kept.rename(instance / "keys.toml")
    back = create_app(instance, **SETTINGS, DATABASE_URL=app.config["DATABASE_URL"])
    assert back.secret_key == app.secret_key


def test_keys_that_are_lost_for_ever_are_made_anew_by_hand_and_never_over_others(tmp_path: Path):
    page = (ROOT / "docs" / "keys.md").read_text()
    written, installed = (line for line in page.splitlines() if line.startswith("( ") and "/dev/urandom" in line)
    on_a_machine = installed.replace("/var/lib/mingbai", str(tmp_path)).replace("chown mingbai:mingbai", "true")
    subprocess.run(["/bin/sh", "-c", on_a_machine], check=True)
    assert Vault.load(tmp_path / "keys.toml").lost
    (tmp_path / "instance").mkdir()

    subprocess.run(["/bin/sh", "-c", written], cwd=tmp_path, check=True)
    file = tmp_path / "instance" / "keys.toml"
    made = Vault.load(file)
    assert made.lost
    assert (file.stat().st_mode & 0o777, len(made.web), made.open(made.seal("张小三"))) == (0o600, 32, "张小三")
    assert subprocess.run(["/bin/sh", "-c", written], cwd=tmp_path, capture_output=True, check=False).returncode != 0
    assert Vault.load(file).web == made.web


def test_the_report_tells_what_stands_around_the_table(app):
    args = ["sheet", "check", KIND, SHEET, "--area", TOWN, "--json", "--cells"]
    told = json.loads(app.test_cli_runner().invoke(args=args).output)

    assert {"notes", "hidden", "others"} <= told.keys()
    assert told["hidden"] == [one for one in told["private"] if one in told["hidden"]]
    assert len(told["cells"]) == told["rows"] == 1194
    assert all(isinstance(cell, str) for row in told["cleaned"] for cell in row)


def test_of_several_sheets_the_one_that_fits_is_checked_and_the_others_are_named(app, tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.title = "标准"
    rows = {"花名册": [["组", "户主姓名", "补贴面积(亩)", "补贴标准(元/亩)", "补贴金额(元)"], ["1组", "张小三", 2, 50, 100]]}
    for row in [["作物", "标准"], ["水稻", 50]]:
        book.active.append(row)
    for name, lines in rows.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(tmp_path / "两张.xlsx")
    args = ["sheet", "check", KIND, str(tmp_path / "两张.xlsx"), "--area", GAODONG]

    words = app.test_cli_runner().invoke(args=args).output
    assert words.startswith("用的是“花名册”这张表。没有用：标准。\n耕地地力保护补贴")
    told = json.loads(app.test_cli_runner().invoke(args=[*args, "--json"]).output)
    assert (told["rows"], told["others"], told["notes"]) == (1, ["标准"], ["用的是“花名册”这张表。没有用：标准。"])
    assert json.loads(app.test_cli_runner().invoke(args=[*args, "--json", "--sheet", "0"]).output)["others"] == ["花名册"]


def test_the_figures_are_counted_anew_by_hand(app):
    done = app.test_cli_runner().invoke(args=["cases", "recount"])
    assert (done.exit_code, done.output) == (0, "The figures agree with the cases and the ledger.\n")

    with writing() as session:
        session.execute(text("INSERT INTO case_tally VALUES ('510521116000', '', '', 'solved', '0001-01-01', 20264, 3)"))
    done = app.test_cli_runner().invoke(args=["cases", "recount"])
    assert (done.exit_code, done.output) == (1, "1 figures were wrong, and were counted anew.\n")


def test_what_is_done_once_a_day_can_be_done_by_hand(app):
    done = app.test_cli_runner().invoke(args=["cases", "tidy"])

    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "0 photos deleted, whose days were over.",
        "0 half-written answers deleted, with which nobody went on.",
        "0 shares of closed quarters counted.",
        "0 late cases led to the office one level up.",
        "0 appraisals of villages published, whose days were over.",
        "0 receipts and contacts deleted, whose time was over.",
        "0 keys of floods deleted, whose ten minutes were over.",
    ]
