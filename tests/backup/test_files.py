"""A file is there whole or not at all, one backup runs at a time, and what succeeded last is written down."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from board.backup import files
from board.backup.refusal import BackupRefused


def test_a_file_takes_its_name_once_it_is_whole_and_is_its_owners(tmp_path):
    with files.whole(tmp_path / "x") as file:
        file.write(b"new")
        assert not (tmp_path / "x").exists()
    assert (tmp_path / "x").read_bytes() == b"new"
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("error", "kind"), [(OSError(28, "No space left"), BackupRefused), (ValueError("else"), ValueError)])
def test_what_fails_leaves_the_file_that_was_there(tmp_path, error, kind):
    (tmp_path / "x").write_bytes(b"old")

    def fails() -> None:
        with files.whole(tmp_path / "x") as file:
            file.write(b"half")
            raise error

    with pytest.raises(kind):
        fails()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"x": b"old"}


def test_one_backup_of_an_instance_runs_at_a_time_and_clears_up_after_one_that_was_killed(tmp_path):
    (tmp_path / ".backup-killed").mkdir()
    (tmp_path / "mingbai.sqlite").write_bytes(b"kept")
    with files.scratch(tmp_path) as folder:
        assert sorted(path.name for path in tmp_path.iterdir()) == [folder.name, "mingbai.sqlite"]
        assert folder.stat().st_mode & 0o777 == 0o700
        with pytest.raises(BackupRefused, match="Another backup or restore of this instance is running"), files.scratch(tmp_path):
            pass
        assert folder.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["mingbai.sqlite"]


def test_the_last_backup_and_the_last_drill_are_written_down_beside_each_other(tmp_path):
    at = datetime(2026, 11, 30, 1, 35, 5, 999, tzinfo=UTC)
    (tmp_path / files.STATE).write_text("[]")  # whatever was there
    files.note(tmp_path, backup=at, file=tmp_path / "made")
    files.note(tmp_path, drill=at.replace(day=29), drilled=at.replace(day=1))
    assert json.loads((tmp_path / files.STATE).read_text()) == {
        "backup": "2026-11-30T01:35:05+00:00",
        "file": str((tmp_path / "made").resolve()),
        "drill": "2026-11-29T01:35:05+00:00",
        "drilled": "2026-11-01T01:35:05+00:00",
    }
