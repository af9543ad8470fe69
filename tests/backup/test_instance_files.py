"""Settings and files of the county's own are in a backup and come back to where they are read from; keys and passwords never are."""

from __future__ import annotations

import pytest

from board import settings
from board.backup import instance_files
from board.backup.archive import Archive, Stream

SECRET = "postgresql://board:geheim@db/board"


@pytest.fixture
def archive(tmp_path):
    """A backup of a county with kinds and reasons of its own."""
    here = tmp_path / "here"
    (here / "own").mkdir(parents=True)
    for name in ("own/local-kind.toml", "own/keys.toml", "own/master.toml", "own/notes.txt", "banks.toml"):
        (here / name).write_text(f"# {name}\n")
    given = {
        "DATABASE_URL": SECRET, "KEY_FILE": str(here / "own" / "master.toml"), "KINDS_FOLDER": str(here / "own"),
        "RETURNS_FILE": str(here / "banks.toml"), "PUBLIC_ADDRESS": "https://gk.example.cn", "HTTPS": False,
        "ORGANISER": '泸县"甲"\\政府\n',
    }  # fmt: skip
    config = {one.name: given.get(one.name, one.default) for one in settings.SETTINGS}
    path = tmp_path / "made.backup"
    path.write_bytes(Stream(b"{}", instance_files.gathered(config), 0).read())
    with Archive(path) as opened:
        yield opened


def test_neither_a_key_nor_a_password_is_inside(archive):
    assert archive.names[1:] == ["instance/config.toml", "instance/returns.toml", "instance/kinds/local-kind.toml"]
    assert b"geheim" not in archive.member("instance/config.toml").read()


def test_a_new_instance_has_the_same_settings_and_files(archive, tmp_path):
    there = tmp_path / "there"
    there.mkdir()
    done = instance_files.placed(archive, there)

    assert [line.partition(" ")[2] for line in done] == ["was written."] * 3
    found = settings.read(there, {})
    assert (found["PUBLIC_ADDRESS"], found["ORGANISER"], found["HTTPS"]) == ("https://gk.example.cn", '泸县"甲"\\政府\n', False)
    assert found["KINDS_FOLDER"] == str(there / "kinds")
    assert (there / "kinds" / "local-kind.toml").read_text() == "# own/local-kind.toml\n"
    assert found["RETURNS_FILE"] == str(there / "returns.toml")
    assert found["DATABASE_URL"] == found["KEY_FILE"] == ""


def test_what_the_new_instance_has_already_is_kept(archive, tmp_path):
    there = tmp_path / "there"
    (there / "kinds").mkdir(parents=True)
    (there / "config.toml").write_text('site_phone = "0830-0000001"\n')
    (there / "returns.toml").write_text("# another\n")
    done = instance_files.placed(archive, there)

    assert done[0].endswith("config.from-backup.toml was written: compare it with config.toml, which was there already.")
    assert done[1].endswith("returns.toml was there already and was kept.")
    assert settings.read(there, {})["SITE_PHONE"] == "0830-0000001"
    assert (there / "returns.toml").read_text() == "# another\n"


def test_a_member_that_would_leave_the_folder_is_passed_over(tmp_path):
    path = tmp_path / "made.backup"
    path.write_bytes(Stream(b"{}", [("instance/../outside", b"x"), ("instance/a/b/c", b"x"), ("etc/passwd", b"x")], 0).read())
    there = tmp_path / "there"
    there.mkdir()
    with Archive(path) as archive:
        assert instance_files.placed(archive, there) == []
    assert list(there.iterdir()) == []
    assert not (tmp_path / "outside").exists()
