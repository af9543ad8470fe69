"""Units, settings and rotation of logs as ``deploy`` has them, each read by the program that will read it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from granian.cli import cli

from board.doctor.installed import MARK
from board.settings import read
from tests.databases import ROOT

UNITS = ROOT / "deploy" / "systemd"
NAMES = sorted(path.name for path in UNITS.iterdir() if path.is_file())
SETTINGS = ROOT / "deploy" / "settings"
SIX_MONTHS = 27  # weeks


def program(name: str, package: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        message = f"{name} is not installed (Debian: apt-get install {package}): what it reads is not tested"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


def given(file: str) -> dict[str, str]:
    """Return the variables of a file of settings as the shell reads it, which has to be as systemd does."""
    lines = [line for line in (SETTINGS / file).read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[A-Z_0-9]+=('[^']*'|[\w.:/-]+)", line)] == []
    return {name: value.strip("'") for name, _, value in (line.partition("=") for line in lines)}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units in a folder, of a release whose programs are there."""
    folder = tmp_path_factory.mktemp("units")
    programs = folder / "current" / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("granian", "flask"):
        (programs / name).symlink_to("/bin/true")
    shutil.copytree(UNITS, folder, dirs_exist_ok=True)
    for name in NAMES:
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(text.replace("/opt/mingbai/current/.venv", f"{folder}/current/.venv"), "utf-8")
    return folder


def analyzed(installed: Path, *told: str | Path) -> subprocess.CompletedProcess[str]:
    command = [program("systemd-analyze", "systemd"), *told]
    searched = f"{installed}:/usr/lib/systemd/system:/lib/systemd/system"
    return subprocess.run(command, env={**os.environ, "SYSTEMD_UNIT_PATH": searched}, capture_output=True, text=True, check=False)


def test_systemd_takes_every_unit(installed: Path) -> None:
    done = analyzed(installed, "verify", "--man=no", *(installed / name for name in NAMES))

    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_every_program_runs_in_the_sandbox(installed: Path) -> None:
    """systemd counts from 0 (shut in) to 10 (as root without any); 2 is "OK"."""
    for name in (one for one in NAMES if one.endswith(".service")):
        done = analyzed(installed, "security", "--offline=yes", "--threshold=20", "--no-pager", installed / name)
        assert done.returncode == 0, (name, done.stdout[-200:], done.stderr)


def test_what_does_not_start_is_tried_until_it_does() -> None:
    """Walked under systemd 252: with its limit, four restarts by hand within seconds ended the service for good."""
    kept = [name for name in NAMES if "Restart=always" in (UNITS / name).read_text("utf-8")]

    assert kept == ["mingbai-observe.service", "mingbai-serve.service", "mingbai-work.service"]
    assert "[Unit]\n" in (sandbox := (UNITS / "mingbai-.service.d" / "sandbox.conf").read_text("utf-8"))
    assert "\nStartLimitIntervalSec=0\n" in sandbox.partition("[Service]")[0]


def test_a_backup_and_a_drill_that_are_owed_at_once_wait_for_each_other(tmp_path: Path) -> None:
    """Seen when a machine started both: the second one failed, since one backup of an instance runs at a time."""
    told = [
        re.findall(r"^ExecStart=(.+ /var/backups/mingbai) /opt/", (UNITS / f"mingbai-{name}.service").read_text("utf-8"), re.MULTILINE)
        for name in ("backup", "drill")
    ]
    waits = [program("flock", "util-linux"), "--timeout"]

    assert told == [["/usr/bin/flock --timeout 7200 /var/backups/mingbai"]] * 2
    assert subprocess.run([*waits, "9", tmp_path, *waits, "0.1", tmp_path, "true"], check=False).returncode == 1
    assert subprocess.run([*waits, "9", tmp_path, "true"], check=False).returncode == 0


def test_what_systemd_runs_is_a_command_of_the_program(installed: Path) -> None:
    told = {name: re.findall(r"^ExecStart=(.+)$", (UNITS / name).read_text("utf-8"), re.MULTILINE) for name in NAMES if "service" in name}

    assert {name: len(lines) for name, lines in told.items()} == dict.fromkeys(told, 1)
    assert {lines[0].split(".venv/bin/")[1].partition(" --app wsgi ")[0] for lines in told.values()} == {"granian wsgi:app", "flask"}
    assert told["mingbai-backup.service"][0].endswith(" backup $MINGBAI_BACKUP_OPTIONS --keep 30 /var/backups/mingbai")
    assert given("mingbai.env")["MINGBAI_BACKUP_OPTIONS"] == ""
    told_both = ((UNITS / "mingbai-.service.d" / "sandbox.conf").read_text("utf-8"), (ROOT / "deploy" / "mingbai.sh").read_text("utf-8"))
    assert [f"{MARK}=1" in text for text in told_both] == [True, True]
    assert "BOARD_BACKGROUND=false" in (UNITS / "mingbai-serve.service").read_text("utf-8")


def test_logs_are_kept_for_six_months_and_longer(tmp_path: Path) -> None:
    text = (ROOT / "deploy" / "logrotate" / "mingbai").read_text("utf-8")
    folder = tmp_path / "log"
    folder.mkdir()
    written = {file for name in NAMES for file in re.findall(r"append:(\S+)", (UNITS / name).read_text("utf-8"))}
    written |= set(re.findall(r"_log (/\S+)", (ROOT / "deploy" / "nginx" / "mingbai.conf").read_text("utf-8")))
    for file in written:
        (folder / Path(file).name).write_text("a line\n", "utf-8")
    (tmp_path / "mingbai").write_text(text.replace("/var/log/mingbai", str(folder)), "utf-8")
    (tmp_path / "mingbai").chmod(0o644)
    told = [program("logrotate", "logrotate"), "--debug", "--state", tmp_path / "state", tmp_path / "mingbai"]
    done = subprocess.run(told, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "error:" not in done.stderr
    assert {Path(file).parent for file in written} == {Path("/var/log/mingbai")}
    assert {file for file in written if f"considering log {folder}/{Path(file).name}" not in done.stderr} == set()
    assert int(re.findall(r"weekly \((\d+) rotations\)", done.stderr)[0]) > SIX_MONTHS


def test_granian_takes_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given("granian.env")
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    read_by_granian = cli.make_context("granian", ["wsgi:app"], auto_envvar_prefix="GRANIAN").params

    assert set(settings) - {f"GRANIAN_{option.name}".upper() for option in cli.params} == set()
    assert (read_by_granian["log_access_enabled"], read_by_granian["workers"]) == (False, 2)
    assert read_by_granian["blocking_threads"] > read(Path("nowhere"), {})["FORMS_AT_ONCE"]
    assert read_by_granian["backpressure"] > read_by_granian["blocking_threads"] + 16  # what nginx keeps open


def test_the_board_takes_its_settings() -> None:
    assert read(Path("nowhere"), given("mingbai.env"))["PUBLIC_ADDRESS"] == "https://gk.example.gov.cn"
    assert "KEY_FILE" not in given("mingbai.env")


@pytest.mark.parametrize("script", sorted((ROOT / "deploy").glob("*.sh")), ids=lambda path: path.name)
def test_the_shell_reads_every_script(script: Path) -> None:
    assert subprocess.run(["sh", "-n", script], capture_output=True, text=True, check=False).stderr == ""
    assert script.stat().st_mode & 0o100
