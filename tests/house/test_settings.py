"""docs/settings.md is the table of board/settings.py, and tells of every setting. ``python -m tests.house.test_settings`` writes it."""

from __future__ import annotations

from board.settings import SETTINGS, Setting
from tests.house.tree import ROOT

PAGE = ROOT / "docs" / "settings.md"
HEAD = """# Settings

Each is read from its default, then from `instance/config.toml` (`name = value`, small letters), then from an environment variable
`BOARD_<NAME>`; the last one wins. An unknown name or a value of the wrong type stops the start and says which.
This page is written from `board/settings.py` by `python -m tests.house.test_settings`.

| Name | Default | What it is for |
| --- | --- | --- |
"""


def default(setting: Setting) -> str:
    """Return a default as it would stand in the file."""
    if isinstance(setting.default, bool):
        return str(setting.default).lower()
    return str(setting.default) if setting.default != "" else '""'


def written() -> str:
    """Return the page as it should be."""
    return HEAD + "".join(f"| `{one.name}` | `{default(one)}` | {one.help} |\n" for one in SETTINGS)


def test_the_page_of_settings_is_the_table_of_settings() -> None:
    assert PAGE.read_text("utf-8") == written()


def test_every_setting_says_in_a_sentence_what_it_is_for() -> None:
    assert [one.name for one in SETTINGS if not one.help.endswith(".") or len(one.help) < 20] == []


if __name__ == "__main__":
    PAGE.write_text(written(), "utf-8")
