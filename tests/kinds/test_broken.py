"""Files of kinds that do not fit together are refused; a new file is a new kind, and each key is documented."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from board.kinds import beside, load, read, use
from board.rules.kind import Check, Column, Fact, Kind, Period
from board.rules.kind_file import KindError

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


def test_the_example_of_the_documentation_is_a_kind(tmp_path: Path):
    text = (ROOT / "docs" / "kinds.md").read_text("utf-8").split("## An example")[1]
    (tmp_path / "rapeseed-subsidy.toml").write_text(text.split("```toml\n")[1].split("```")[0], "utf-8")

    assert beside(tmp_path / "rapeseed-subsidy.toml").position == 25


def test_what_a_kind_takes_by_name_is_written_out_and_what_stands_beside_it_replaces_it(tmp_path: Path):
    kind = beside(rape(tmp_path, more='[[facts]]\ntake = "fund_source"\nrequired = false\n'))
    fund, name = kind.fact("fund_source"), kind.column("name")

    assert fund
    assert (fund.label.zh, fund.required) == ("资金来源", False)
    assert [fact.id for fact in kind.facts][:3] == ["basis_document", "fund_source", "grant_number"], "it stands where the list has it"
    assert name
    assert {"姓名", "种植主体"} <= set(name.synonyms)


def test_faults_are_told_by_their_place_in_the_file(tmp_path: Path):
    wrong = '[[facts]]\ntake = "money"\n\n[[facts]]\nid = "own"\nlabel = { zh = "自己的", en = "Own" }\nblock = "nowhere"\n'

    with pytest.raises(KindError) as refused:
        beside(rape(tmp_path, more=wrong, take='take = ["contact", '))

    second, first, third = refused.value.faults
    assert first.startswith("rape-subsidy: facts[1].take is unknown: 'money'; known: basis_document, ")
    assert second.startswith("rape-subsidy: take[0] is unknown: 'contact'; known: fund, committee, contacts, ")
    assert third.startswith("rape-subsidy: facts[2].block is unknown: 'nowhere'")


def test_a_fault_of_what_is_taken_names_the_fact(tmp_path: Path):
    with pytest.raises(KindError, match="rape-subsidy: take, the fact committee_opinion,.levels names 'village', which does not publish"):
        beside(rape(tmp_path, levels='["township"]'))


def test_a_county_has_kinds_of_its_own_beside_those_of_the_program(tmp_path: Path, app):
    rape(tmp_path)
    try:
        use(str(tmp_path))
        assert list(load())[:3] == ["rape-subsidy", "cropland-subsidy", "cropland-payout"]
    finally:
        use("")
    assert "rape-subsidy" not in load()


@pytest.mark.parametrize(
    ("name", "position", "fault"),
    [
        ("cropland-payout", "5", "cropland-payout: is there twice: the program has a kind of this id"),
        ("rape-subsidy", "10", "position 10 is already that of"),
    ],
)
def test_a_county_s_kind_may_not_stand_where_another_does(tmp_path: Path, name: str, position: str, fault: str):
    rape(tmp_path, name, position)

    with pytest.raises(KindError, match=fault):
        use(str(tmp_path))
    assert "rape-subsidy" not in load()


def test_a_new_kind_is_checked_and_its_empty_page_printed(tmp_path: Path, app):
    done = app.test_cli_runner().invoke(args=["kinds", "check", str(rape(tmp_path))])

    assert done.exit_code == 0
    for said in (
        "依据文件：______（必填）  写文件名称和文号",
        "村务监督委员会意见：看过，同意公开／看过，有不同意见／没有确认（程序自己填）",
        "户主姓名（遮名）（必有）",
        "备注（只给工作人员看）",
        "每一行要对得上：补贴金额 = 补贴面积 × 补贴标准",
        "最晚哪天公开：20 个工作日（《中华人民共和国政府信息公开条例》第二十六条",
    ):
        assert said in done.output
    assert "None" not in done.output


def test_a_new_kind_with_faults_is_told_them(tmp_path: Path, app):
    done = app.test_cli_runner().invoke(args=["kinds", "check", str(rape(tmp_path, position="10"))])

    assert (done.exit_code, done.output) == (1, "Error: rape-subsidy: position 10 is already that of cropland-subsidy\n")


def rape(
    folder: Path, name: str = "rape-subsidy", position: str = "5", *, levels: str = "", take: str = "take = [", more: str = ""
) -> Path:
    """Write the file of a new kind, like that of the grain subsidy, with what is wanted to differ."""
    text = (ROOT / "board" / "kinds" / "grain-subsidy.toml").read_text("utf-8").replace("position = 20", f"position = {position}")
    text = text.replace("\ntake = [", f"\n{take}", 1).replace("[[columns]]", f"{more}\n[[columns]]", 1)
    path = folder / f"{name}.toml"
    path.write_text(text.replace('["county", "township", "village"]', levels) if levels else text, "utf-8")
    return path


def test_a_clock_is_counted_from_a_date_that_every_notice_has(tmp_path: Path):
    clocks = """
[local_within]
hours = 24
from = "ended_at"
basis = { zh = "市里", en = "City" }

[[schedule]]
label = { zh = "开会", en = "Meeting" }
days = 3

[[schedule]]
label = { zh = "名单", en = "List" }
from = "polling_day"
before = 20

[[facts]]
id = "polling_day"
label = { zh = "选举日", en = "Polling day" }
block = "plan"
type = "date"
"""
    until = 'display_until = "polling_day"\ntake = ['
    with pytest.raises(KindError) as refused:
        beside(rape(tmp_path, more=clocks, take=until))

    assert refused.value.faults == [
        "rape-subsidy: display_until names no fact of type date that is required at every level: 'polling_day'",
        "rape-subsidy: local_within.from names no fact of type moment that is required at every level: 'ended_at'",
        "rape-subsidy: schedule[0].from is missing: the fact from whose date it is counted",
        "rape-subsidy: schedule[1].from names no fact of type date that is required at every level: 'polling_day'",
    ]


@pytest.mark.parametrize("part", [Kind, Fact, Column, Check, Period])
def test_every_key_of_a_file_is_documented(part: type):
    text = (ROOT / "docs" / "kinds.md").read_text("utf-8")

    assert [field.name for field in fields(part) if field.name != "source" and f"`{field.name}`" not in text] == []
