"""The columns of the national standard, with ■ before what is chosen and □ before the rest."""

from __future__ import annotations

import csv
import io

from board import policies
from board.rules.duties.catalogue import Edit
from board.rules.rendering import catalogue_table as table
from tests.rules.duties.test_catalogue import line, made

CHANNELS, USED = policies.channels().values(), {"website", "village_board"}


def cells(kind, language="zh", **given):
    row = table.cells(line(made(**given), kind), CHANNELS, USED, language)
    return dict(zip(table.COLUMNS, row, strict=True))


def test_every_column_of_the_standard_is_filled():
    row = cells("cropland-subsidy")
    assert row["group"] == "涉农补贴"
    assert row["office"] == "乡镇人民政府（牵头：县农业农村局、县财政局）"
    assert "■政府网站" in row["channels"]
    assert "■社区、企事业单位、村公示栏（电子屏）" in row["channels"]
    assert "□政府公报" in row["channels"]
    assert row["audience"].split("\n")[0] == "■全社会"
    assert row["way"] == "■主动公开\n□依申请公开"
    assert row["level"] == "□县级\n■乡级\n□村级"
    assert all(row.values())


def test_levels_that_differ_are_named_and_equal_ones_stand_once():
    several = cells("cropland-subsidy", duties=())
    assert "乡级：乡镇人民政府、街道办事处\n村级：村民委员会、居民委员会" in several["office"]
    assert several["within"].startswith("县级、乡级：形成或变更之日起20个工作日以内\n村级：")
    plain = table.within(line(made(duties=()), "cropland-subsidy"), "zh")
    assert plain[0] == "县级、乡级：办好或者改了以后20个工作日以内", "the law's words stand in the standard's table alone"
    noted = cells("cropland-subsidy", duties=(), edits={("cropland-subsidy", "village"): Edit(note="秋收前")})
    assert "村级：形成或变更之日起10天以内（秋收前）" in noted["within"]


def test_the_english_is_english():
    row = cells("village-finance", "en")
    assert row["level"] == "□County\n□Township\n■Village"
    assert row["within"] == "Every quarter, within 10 days of its end"


def test_the_csv_has_a_line_for_each_matter_and_no_line_breaks_in_it():
    found = made()
    lines = list(csv.reader(io.StringIO(table.csv(found, CHANNELS, USED, "zh").removeprefix("\ufeff"))))
    assert lines[0] == table.headers("zh")
    assert len(lines) == len(found.lines) + 1
    assert all("\n" not in text for row in lines for text in row)


def test_the_json_says_how_many_are_taken_out_and_not_why():
    said = table.document(made(edits={("village-finance", "village"): Edit(off_because="另有目录")}), CHANNELS, USED, "zh")
    assert said["left_out"] == 1
    assert "另有目录" not in str(said)
    assert said["lines"][0]["channels"] == [
        {"id": "website", "name": "政府网站"}, {"id": "village_board", "name": "社区、企事业单位、村公示栏（电子屏）"},
    ]  # fmt: skip
