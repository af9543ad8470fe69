"""Settings are read from file and environment; one that cannot be taken says which, and what it may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from board import create_app, settings


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("upload_mb = 30\nidle_minutes = 5\n")
    read = settings.read(tmp_path, {"BOARD_UPLOAD_MB": "40", "PATH": "/bin"})

    assert (read["UPLOAD_MB"], read["IDLE_MINUTES"]) == (40, 5)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("UPLOAD_MB", "0", "UPLOAD_MB: 0 is less than 1, the least that it may be"),
        ("UPLOAD_MB", "41", "UPLOAD_MB: 41 is more than 40, the most that it may be"),
        ("UPLOAD_MB", "many", "UPLOAD_MB: 'many' is not a int"),
        ("HTTPS", "perhaps", "HTTPS: 'perhaps' is not a bool"),
    ],
)
def test_a_value_that_cannot_be_taken_says_what_may_be(tmp_path: Path, name: str, value: str, message: str) -> None:
    with pytest.raises(settings.SettingError, match=message):
        settings.read(tmp_path, {f"BOARD_{name}": value})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "RETURNS_FILE: .*No such file"),
        ('silent = "打回"', "RETURNS_FILE: .*ours.toml: silent is not a list"),
        ("silent", "is not TOML"),
    ],
)
def test_a_county_s_reasons_with_a_fault_stop_the_start_and_say_where(tmp_path: Path, text: str | None, message: str) -> None:
    file = tmp_path / "ours.toml"
    if text is not None:
        file.write_text(text, "utf-8")
    with pytest.raises(settings.SettingError, match=message):
        create_app(tmp_path / "instance", RETURNS_FILE=str(file))


@pytest.mark.parametrize(
    ("text", "message"), [(None, "KINDS_FOLDER: .*No such file"), ("name = 1", "KINDS_FOLDER: ours: .*ours: name is not a table")]
)
def test_a_county_s_kind_with_a_fault_stops_the_start_and_says_where(tmp_path: Path, text: str | None, message: str) -> None:
    folder = tmp_path / "kinds"
    if text is not None:
        folder.mkdir()
        (folder / "ours.toml").write_text(text, "utf-8")
    with pytest.raises(settings.SettingError, match=f"(?s){message}"):
        create_app(tmp_path / "instance", KINDS_FOLDER=str(folder))
