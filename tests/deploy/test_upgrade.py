"""From one release to the next and back, with programs that only note what they were asked."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.databases import ROOT

NOTES = """#!/bin/sh
echo "$(basename "$0") $*" >>"$NOTED"
case "$*" in "db current") [ -z "$REVISION" ] || echo "$REVISION (head)" ;; *"$FAILS"*) exit 1 ;; *"$ENDS"*) kill -TERM "$PPID" ;; esac
"""


class Machine:
    """A machine with the releases ``old``, which serves, and ``new``."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.noted = folder, folder / "noted"
        for release in ("old", "new"):
            self.program(f"opt/releases/{release}/.venv/bin/flask")
            self.program(f"opt/releases/{release}/.venv/bin/python")
            (folder / f"opt/releases/{release}/deploy").mkdir()
            (folder / f"opt/releases/{release}/deploy/systemd").symlink_to(ROOT / "deploy" / "systemd")
        (folder / "opt/current").symlink_to(folder / "opt/releases/old")
        (folder / "units").mkdir()
        self.program("bin/systemctl")
        self.program("bin/mingbai")

    def program(self, name: str) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(NOTES, "utf-8")
        file.chmod(0o755)

    def upgrades(
        self, release: str = "new", *, fails: str = "nothing", ends: str = "nothing", revision: str = "0028"
    ) -> subprocess.CompletedProcess[str]:
        """Run the script; what is asked of a program with these words in it fails, or somebody ends the script meanwhile."""
        given = {"TOP": "opt", "BACKUPS": "backups", "UNITS": "units", "COMMAND": "bin/mingbai"}
        env = {f"MINGBAI_{name}": str(self.folder / value) for name, value in given.items()}
        path = f"{self.folder / 'bin'}:{os.environ['PATH']}"
        acts = {"NOTED": str(self.noted), "FAILS": fails, "ENDS": ends, "REVISION": revision}
        told = {"PATH": path, "MINGBAI_PAUSE": "0", "MINGBAI_PAGE": "the-page", **acts, **env}
        return subprocess.run(["sh", ROOT / "deploy" / "upgrade.sh", release], env=told, capture_output=True, text=True, check=False)

    @property
    def serves(self) -> str:
        return (self.folder / "opt/current").resolve().name

    @property
    def asked(self) -> list[str]:
        """What was asked of the programs, in two words each."""
        return [" ".join(line.split()[:3] if "db" in line else line.split()[:2]) for line in self.noted.read_text("utf-8").splitlines()]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


SWITCHED = ["systemctl daemon-reload", "systemctl start", "systemctl try-restart"]


def test_the_backup_that_counts_is_made_when_nothing_more_can_be_posted(machine: Machine) -> None:
    done = machine.upgrades()

    assert (done.returncode, machine.serves) == (0, "new"), done.stderr
    assert machine.asked[:5] == ["mingbai db current", "mingbai backup", "systemctl stop", "mingbai backup", "mingbai db upgrade"]
    assert machine.asked[5:8] == SWITCHED
    assert "systemctl try-restart mingbai-observe" in machine.noted.read_text("utf-8")
    assert "new serves. The release before it stays" in done.stdout
    assert "by a downgrade to 0028" in done.stdout


def test_without_a_revision_to_go_back_to_nothing_is_touched(machine: Machine) -> None:
    done = machine.upgrades(revision="")

    assert (done.returncode, machine.serves, machine.asked) == (1, "old", ["mingbai db current"])
    assert "names no revision" in done.stderr


def test_without_a_backup_nothing_is_stopped(machine: Machine) -> None:
    done = machine.upgrades(fails="backup ")

    assert (done.returncode, machine.serves) == (1, "old")
    assert machine.asked == ["mingbai db current", "mingbai backup"]
    assert "old serves as before" in done.stderr


@pytest.mark.parametrize("fails", ["db upgrade", "the-page"])
def test_what_fails_later_is_taken_back_with_the_schema(machine: Machine, fails: str) -> None:
    done = machine.upgrades(fails=fails)

    assert (done.returncode, machine.serves) == (1, "old")
    assert machine.asked[-5:] == ["systemctl stop", "mingbai db downgrade", *SWITCHED]
    assert "mingbai db downgrade 0028" in machine.noted.read_text("utf-8")
    assert "old serves as before" in done.stderr


@pytest.mark.parametrize(("ends", "downgrades"), [("stop", 0), ("db upgrade", 1), ("the-page", 1)])
def test_an_upgrade_that_somebody_ends_goes_back(machine: Machine, ends: str, downgrades: int) -> None:
    done = machine.upgrades(ends=ends)

    assert (done.returncode, machine.serves) == (1, "old")
    assert machine.asked[-3:] == SWITCHED
    assert machine.asked.count("mingbai db downgrade") == downgrades
    assert "old serves as before" in done.stderr


def test_where_the_schema_does_not_go_back_it_says_what_a_restore_would_lose(machine: Machine) -> None:
    done = machine.upgrades(fails="db ")

    assert (done.returncode, machine.serves) == (1, "old")
    assert "systemctl start" not in machine.asked
    assert "mingbai db downgrade 0028\nOnly if that cannot be mended restore" in done.stderr
    assert "what was posted and answered since" in done.stderr


def test_a_release_that_is_not_there_or_serves_already_changes_nothing(machine: Machine) -> None:
    assert [(machine.upgrades(one).returncode, machine.serves) for one in ("newest", "old")] == [(2, "old"), (2, "old")]
    assert not machine.noted.exists()
