"""Tables put below each other are checked as one, and what is said of them names the table and its own line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board import kinds
from board.rules.areas import Area
from board.rules.place_names import Places
from board.rules.sheet.check import Checked, check
from board.rules.sheet.cleaning import Cleaned, Person, clean
from board.rules.sheet.joining import apart, join, line_words, located, place_named
from board.rules.sheet.problems import ERRORS, WARNINGS, problem
from board.rules.sheet.table import Cell, Origin, Range, Table
from tests.rules.sheet.test_check import AREAS, HEAD, TODAY, TOWN, row
from tests.sheets.making import made_card, made_id

KIND = kinds.load()["cropland-subsidy"]
BARE: list[Cell] = ["组", "户主姓名", "补贴面积(亩)", "补贴金额(元)"]  # which village is for the sheet's name to say


def cleaned(name: str, *rows: Sequence[Cell], **more: Any) -> Cleaned:
    return clean(Table(name, list(rows), **more), lambda what, number: f"{what} {number[-4:]}", TODAY)


def checked(*tables: Cleaned, area: str = TOWN, areas: Sequence[Area] = AREAS) -> Checked:
    return check(join(tables, KIND), KIND, Places(areas, area), area=area)


def said(found: Checked) -> list[tuple[str, str]]:
    return [(one.code, one.message.zh) for one in (*found.errors, *found.warnings)]


def total(area: str, amount: str, words: str = "合计") -> list[Cell]:
    return [words, "", "", "", area, "", amount, ""]


def household(name: str, area: str = "2", amount: str = "100") -> list[Cell]:
    return ["1组", name, area, amount]


# ---- the rows and the figures


@st.composite
def rosters(draw: st.DrawFn) -> tuple[list[list[Cell]], list[int]]:
    """The rows of a roster, and how many of them go into each of its parts."""
    parts = draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))
    village = st.sampled_from(["东林村", "西林村", "高洞居委会"])
    halves = st.integers(21, 40).map(lambda number: Decimal(number) / 2)  # two of them are more than any other, so that none is a sum
    rows = []
    for number in range(sum(parts)):
        area = draw(halves)
        rows.append(row(number, draw(village), f"{number % 4 + 1}组", "", str(area), "50", str(area * 50 + draw(st.integers(0, 1)))))
    return rows, parts


@given(rosters(), st.permutations(range(len(HEAD))))
def test_the_parts_of_a_table_give_the_same_rows_and_totals_as_the_table(
    roster: tuple[list[list[Cell]], list[int]], order: list[int]
) -> None:
    rows, parts = roster
    tables, begin = [], 0
    for number, count in enumerate(parts):
        turn = order if number else range(len(HEAD))
        tables.append(cleaned(f"第{number}张", *([one[at] for at in turn] for one in (HEAD, *rows[begin : begin + count]))))
        begin += count

    whole, joined = checked(cleaned("表", HEAD, *rows)), checked(*tables)

    assert [(one.place, one.group, one.name, one.values, one.texts) for one in joined.rows] == [
        (one.place, one.group, one.name, one.values, one.texts) for one in whole.rows
    ]
    assert joined.totals == whole.totals
    assert sorted(one.code for one in joined.warnings) == sorted(one.code for one in whole.warnings)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5)), min_size=2, max_size=4))
def test_every_line_is_found_again_in_the_table_that_it_came_from(tables: list[tuple[int, int]]) -> None:
    parts = [
        cleaned(f"表{number}", *([[]] * empty), HEAD, *[row(at) for at in range(count)]) for number, (empty, count) in enumerate(tables)
    ]
    joined = join(parts, KIND).table
    by_label = {one.table.label: one.table for one in parts}

    for line, cells in joined.lines():
        label, own = joined.origin(line)
        assert list(by_label[label].cells[own - 1]) == list(cells)


CELLS = st.sampled_from(["", "合计", "东林村", "12", "张三"])


@given(st.lists(st.tuples(st.permutations(HEAD), st.lists(st.lists(CELLS, max_size=7), max_size=6)), min_size=1, max_size=3))
def test_nothing_below_a_header_is_lost_or_told_twice(tables: list[tuple[list[Cell], list[list[str]]]]) -> None:
    parts = [cleaned(f"表{number}", ["花名册"], head, *rows) for number, (head, rows) in enumerate(tables)]
    below = Counter(cell for _, rows in tables for row in rows for cell in row if cell)

    joined = join(parts, KIND).table

    assert Counter(cell for line, row in joined.lines() if line > 2 for cell in row if cell not in ("", "花名册")) == below


def test_a_joined_table_comes_back_from_json_as_it_was() -> None:
    joined = join([cleaned(name, [name], BARE, household(name)) for name in ("东林村", "西林村")], KIND).table
    again = Table.from_json(joined.to_json())

    assert again.origins == joined.origins == (Origin(1, "东林村", 0, "东林村"), Origin(4, "西林村", 3, "西林村"))
    assert [again.origin(line) for line, _ in again.lines()] == [joined.origin(line) for line, _ in joined.lines()]


def test_totals_are_those_of_their_own_table() -> None:
    one = cleaned("东林村", HEAD, row(1), row(2), total("4", "200"))
    other = cleaned(
        "西林村",
        HEAD,
        row(3, "西林村"),
        total("2", "100", "西林村合计"),
        row(4, "西林村", area="3", amount="150"),
        total("3", "150", "小计"),
        total("5", "250"),
    )
    found = checked(one, other)

    assert said(found) == []
    assert found.stated == found.totals == {"area": Decimal(9), "amount": Decimal(450)}


def test_a_total_that_differs_is_told_by_table_and_line_with_the_sum_of_its_own_rows() -> None:
    found = checked(cleaned("东林村", HEAD, row(1), total("2", "100")), cleaned("西林村", HEAD, row(2, "西林村"), total("2", "101")))

    assert said(found) == [
        ("total_differs", "“西林村”第 3 行合计的“补贴金额（元）”写的是 101，各行相加是 100，差 1。请核对是哪一行多了或少了。")
    ]


def test_a_last_table_with_nothing_but_the_total_of_all_agrees() -> None:
    found = checked(cleaned("甲", HEAD, row(1)), cleaned("乙", HEAD, row(2)), cleaned("汇总", HEAD, total("4", "200")))

    assert said(found) == []
    assert found.stated == {}


def test_what_a_title_says_of_how_many_is_said_of_its_own_table() -> None:
    one, other = (cleaned(f"{name}", ["花名册（共1户）"], HEAD, row(at)) for at, name in ((1, "甲"), (2, "乙")))

    assert said(checked(one, other)) == []
    assert said(checked(one, cleaned("丙", ["花名册（共3户）"], HEAD, row(2)))) == [
        ("count_differs", "“丙”第 1 行写的是 3 户，表里实有 1 行。请核对有没有漏行或重行。")
    ]


@pytest.mark.parametrize(
    "title", ["高洞村", "东林村", "合计", "户主姓名", "2026年补贴花名册", "填报单位：百和镇", "1", "单位：亩、元/亩、元"]
)
def test_a_title_of_a_later_table_is_never_a_row(title: str) -> None:
    found = checked(cleaned("甲", HEAD, row(1)), cleaned("乙", ["", title], [title], HEAD, row(2)))

    assert [one.line for one in found.rows] == [2, 6]
    assert said(found) == []


def test_a_header_printed_again_on_a_later_page_of_a_later_table_is_none_of_its_rows() -> None:
    turned = [list(reversed(line)) for line in (HEAD, row(2), HEAD, row(3))]

    assert len(checked(cleaned("甲", HEAD, row(1)), cleaned("乙", *turned)).rows) == 3


def test_columns_go_by_what_they_are_where_their_headers_differ() -> None:
    other: list[list[Cell]] = [
        ["村民小组", "承包户姓名", "村名", "补贴面积（亩）", "补贴金额(元)", "说明", "银行网点"],
        ["3组", "王五", "东林村", "3", "150", "新开", "百和"],
    ]
    found = checked(cleaned("甲", HEAD, row(1)), cleaned("乙", *other))

    assert said(found) == []
    assert (found.rows[1].group, found.rows[1].name, found.rows[1].place) == ("3组", "王五", "510521116201")
    assert found.totals["amount"] == 250
    assert found.rows[1].texts["note"] == "新开"
    assert (8, "银行网点", False) in found.unmapped


@pytest.mark.parametrize("merged", [[], [(0, 2, 0, 3)]])
def test_a_header_of_two_lines_stays_one(merged: list[Range]) -> None:
    head: list[list[Cell]] = [["村", "户主姓名", "补贴", ""], ["", "", "面积(亩)", "金额(元)"]]
    tables = [cleaned(name, *head, [name, "户主甲", Decimal(2), Decimal(100)], merged=merged) for name in ("东林村", "西林村")]

    assert [(one.place, one.values["amount"]) for one in checked(*tables).rows] == [
        ("510521116201", Decimal(100)),
        ("510521116202", Decimal(100)),
    ]


# ---- units


@pytest.mark.parametrize("foot", [True, False])
def test_a_unit_that_the_first_table_states_below_holds_for_all(foot: bool) -> None:
    head: list[Cell] = ["村", "户主姓名", "补贴面积(亩)", "补贴金额"]
    rows = [["东林村", f"户主{at}", "2", "0.01"] for at in range(15)]
    unit: list[Cell] = ["单位：万元"]
    one = cleaned("甲", head, *rows, unit) if foot else cleaned("甲", unit, head, *rows)
    other = cleaned("乙", unit, head, *rows, *([["", "", "", ""]] * 3))

    assert apart(one, other, KIND) is None
    assert checked(one, other).totals["amount"] == 3000


def test_figures_of_another_unit_never_get_into_the_same_column() -> None:
    one, other = cleaned("甲", HEAD, row(1)), cleaned("乙", [*HEAD[:6], "补贴金额(万元)", "备注"], row(2, amount="0.01"))
    found = checked(one, other)

    assert apart(one, other, KIND) is not None
    assert [(one.code, one.field) for one in found.errors] == [("no_column", "amount")]
    assert "amount" not in found.totals


# ---- which tables go together


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ([HEAD, row(2)], ""),
        ([["2026年花名册"], list(reversed(HEAD)), list(reversed(row(2)))], ""),
        ([HEAD[:7], row(2)[:7]], ""),
        ([["序号", *BARE], [Decimal(1), *household("甲")]], "没有“村（社区）”这一列"),
        ([[*HEAD[:6], "补贴金额(万元)"], row(2)[:7]], "“补贴金额”的单位是“万元”，不是“元”"),
        ([["村", "户主姓名", "联系电话"], ["东林村", "甲", ""]], "没有“补贴面积”这一列"),
        ([["说明"], ["这是一封信"]], "认不出它的列名"),
        (
            [["户主姓名", "补贴面积", "补贴金额", "户主姓名", "补贴面积", "补贴金额"], ["甲", "1", "2", "乙", "1", "2"]],
            "一页左右并排放着几栏",
        ),
    ],
)
def test_tables_go_together_where_their_headers_are_alike(other: list[list[Cell]], why: str) -> None:
    words = apart(cleaned("甲", HEAD, row(1)), cleaned("乙", *other), KIND)

    assert (words.zh if words else "") == why


# ---- a sheet a village


def test_a_sheet_a_village_gives_its_name_to_its_rows_and_that_is_said() -> None:
    tables = [
        cleaned(name, ["花名册"], BARE, household("甲"), household("乙", "3", "150"), ["制表人：王五"])
        for name in ("1.东林村", "西林村花名册")
    ]
    found = checked(*tables)

    assert [one.place for one in found.rows] == ["510521116201"] * 2 + ["510521116202"] * 2
    assert [code for code, _ in said(found)] == ["place_from_sheet"]
    assert found.warnings[0].message.zh == "表里没有写每一行是哪里的，已按各张表的名字算：东林村、西林村。请核对。"


def test_a_sheet_named_after_no_village_of_the_town_blocks_as_such_a_cell_does() -> None:
    found = checked(*(cleaned(name, BARE, household(name)) for name in ("东林村", "南林村")))

    assert [(one.code, one.written) for one in found.errors] == [("unknown_place", "南林村")]
    assert "“南林村”第 2 行" in found.errors[0].message.zh


def test_a_name_that_two_villages_of_the_county_have_is_asked_about() -> None:
    found = checked(*(cleaned(name, BARE, household(name)) for name in ("东林村", "西林村")), area="510521000000")

    assert [(one.code, one.written, len(one.offers)) for one in found.errors] == [("many_places", "东林村", 2)]


def test_sheets_that_are_not_named_after_places_are_asked_about_as_one_table() -> None:
    found = checked(*(cleaned(name, BARE, household(name)) for name in ("东林村", "Sheet2")))

    assert [one.code for one in found.errors] == ["no_place"]


@pytest.mark.parametrize(
    ("name", "file", "place"),
    [
        ("高洞村", "", "高洞村"),
        ("03 高洞社区（12户）", "", "高洞社区"),
        ("Sheet1", "西林村花名册.xlsx", "西林村"),
        ("东林村村民委员会", "", "东林村村民委员会"),
        ("百和镇", "", "百和镇"),
        ("Sheet1", "名单.xlsx", ""),
        ("乡村振兴资金", "", ""),
        ("村", "", ""),
    ],
)
def test_which_place_a_table_is_named_after(name: str, file: str, place: str) -> None:
    assert place_named(Table(name, [], file=file)) == place


# ---- what is known by line and column


def test_people_masked_lost_private_and_findings_move_with_their_cells() -> None:
    ids = [made_id(no) for no in (396, 396, 413)]
    head: list[Cell] = ["村", "户主姓名", "身份证号", "补贴面积(亩)", "补贴金额(元)", "备注"]
    one = cleaned("甲", head, ["东林村", "甲", ids[0], "2", "100", ""], ["东林村", "乙", ids[2], "2", "100", ""])
    other = cleaned(
        "乙", ["", f"经手 {made_id(421)}"], [head[2], *head[:2], *head[3:]], [ids[1], "东林村", "丙", "3", "150", f"卡 {made_card()}"]
    )
    lost = cleaned("丙", head, ["东林村", "丁", Decimal("5105211900" + "01011000"), "3", "150", ""])
    whole = join([one, other, lost], KIND)

    assert list(whole.people) == [2, 3, 6]
    assert whole.people[6] == whole.people[2] == Person(f"person {ids[0][-4:]}", "", False)
    assert whole.private == {2: "id_number"}
    assert list(whole.masked) == [(6, 5)]
    assert list(whole.lost) == [(8, 2)]
    assert [(found["where"], found["count"]) for found in whole.findings] == [("身份证号", 4), ("乙 第1行", 1), ("备注", 1)]
    assert [(one.code, one.message.zh.split("。")[0]) for one in checked(one, other).warnings if one.code == "same_person"] == [
        ("same_person", "“乙”第 3 行和“甲”第 2 行的证件号码相同")
    ]


def test_what_was_swept_from_the_whole_file_is_counted_once() -> None:
    swept = {"where": "批注", "what": "phone", "count": 2, "around": True}
    tables = [Cleaned(Table(name, [HEAD, row(1)]), findings=[swept]) for name in "甲乙"]

    assert join(tables, KIND).findings == [swept]


def test_hidden_lines_and_merged_cells_move_with_their_cells() -> None:
    merged = [(0, 0, 0, 7), (2, 1, 3, 1)]
    table = cleaned("乙", ["花名册"], HEAD, row(2), row(3, ""), hidden_rows=frozenset({4}), hidden_columns=frozenset({4}), merged=merged)
    whole = join([cleaned("甲", HEAD, row(1)), table], KIND).table

    assert whole.hidden_rows == {6}
    assert whole.hidden_columns == {4}
    assert whole.merged == [(4, 1, 5, 1)]


# ---- the words


@pytest.mark.parametrize("code", [*ERRORS, *WARNINGS])
def test_every_sentence_about_a_line_names_the_table_and_its_own_line(code: str) -> None:
    table = Table("", [], origins=[Origin(1, "甲", 0), Origin(5, "乙", 3)])
    sentence = (ERRORS | WARNINGS)[code].zh
    names = set(re.findall(r"{(\w+)}", sentence)) - {"line", "column", "written", "more"}
    values: dict[str, Any] = dict.fromkeys(names, "第 9 行 row 9")
    two = "第 {other} 行" in sentence
    values |= {"other": 2} if two else {}
    values |= {name: 3 for name in ("times", "rows") if name in names}  # counts, which no cell says
    found = located([problem(code, 7, "第 9 行 row 9", written="第 9 行", lines=(7, 8), **values)], table)[0]

    told = found.message.zh, found.message.en.lower()
    assert ("“乙”第 4 行" in told[0]) == ("row 4 of “乙”" in told[1]) == ("{line}" in sentence) or "{where}" in sentence
    assert ("“甲”第 2 行" in told[0]) == ("row 2 of “甲”" in told[1]) == two
    assert found.line == 7


def test_a_line_of_a_table_that_was_not_joined_keeps_its_plain_name() -> None:
    one = problem("zero_amount", 7, "金额")

    assert located([one], Table("甲", [])) == [one]
    assert line_words(Table("甲", []), 7).zh == "第 7 行"
    assert line_words(Table("", [], origins=[Origin(1, "甲", 0), Origin(5, "乙", 3)]), 7).en == "row 4 of “乙”"


# ---- an account book


def test_the_balance_goes_on_from_month_to_month_and_closes_with_the_last() -> None:
    finance = kinds.load()["village-finance"]
    head: list[Cell] = ["日期", "摘要", "收入", "支出", "余额"]
    months = [
        cleaned("7月", head, ["2026-07-01", "上月结转", "", "0", "100"], ["2026-07-09", "卖菜", "50", "", "150"]),
        cleaned("8月", head, ["2026-08-01", "修路", "", "30", "120"], ["合计", "", "0", "30", "120"]),
    ]
    found = check(join(months, finance), finance, Places(AREAS, "510521116201"), area="510521116201")

    assert [one.code for one in (*found.errors, *found.warnings) if one.code != "units_assumed"] == []
    assert found.totals["balance"] == 120
