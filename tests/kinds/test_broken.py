"""Files of kinds that do not fit together are refused; a new file is a new kind, and each key is documented."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from board.kinds import read
from board.rules.kind import Check, Column, Fact, Kind, Period
from board.rules.kind_file import KindError, parse

ROOT = Path(__file__).parents[2]


def test_files_that_do_not_fit_together_are_refused(tmp_path: Path):
    for path in (ROOT / "board" / "kinds").glob("land-*.toml"):
        (tmp_path / path.name).write_text(path.read_text("utf-8").replace("position = 60", "position = 50"), "utf-8")
    (tmp_path / "land-pre-notice.toml").unlink()

    with pytest.raises(KindError) as refused:
        read(tmp_path)

    assert refused.value.faults == [
        "land-resettlement: follows names a kind that does not exist: 'land-pre-notice'",
        "land-resettlement: position 50 is already that of land-compensation",
    ]


def test_a_file_that_is_not_toml_is_named_with_the_line(tmp_path: Path):
    (tmp_path / "odd.toml").write_text("name = \n", "utf-8")

    with pytest.raises(KindError, match=r"odd: is not TOML: .*line 1"):
        read(tmp_path)


def test_adding_a_kind_is_adding_a_file(tmp_path: Path):
    folder = ROOT / "board" / "kinds"
    text = (folder / "grain-subsidy.toml").read_text("utf-8").replace("position = 20", "position = 5")
    (tmp_path / "rape-subsidy.toml").write_text(text, "utf-8")
    (tmp_path / "cropland-subsidy.toml").write_text((folder / "cropland-subsidy.toml").read_text("utf-8"), "utf-8")

    assert list(read(tmp_path)) == ["rape-subsidy", "cropland-subsidy"]


def test_the_example_of_the_documentation_is_a_kind():
    text = (ROOT / "docs" / "kinds.md").read_text("utf-8")
    example = text.split("```toml\n")[1].split("```")[0]

    assert parse("rapeseed-subsidy", tomllib.loads(example)).position == 25


@pytest.mark.parametrize("part", [Kind, Fact, Column, Check, Period])
def test_every_key_of_a_file_is_documented(part: type):
    text = (ROOT / "docs" / "kinds.md").read_text("utf-8")

    assert [field.name for field in fields(part) if field.name != "source" and f"`{field.name}`" not in text] == []
