"""An upload with several tables: the clerk sees the first lines of each and takes one, or several below each other."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
import pytest

from board.models import Draft, db
from board.rules.sheet import selection
from board.store import sealing
from board.store.drafting import staging
from tests.actors import Page
from tests.sheets.making import made_card, made_id, made_phone, zipped
from tests.web.drafting import draft_of, facts_of, pastes, states, uploads

TOWN, GAODONG = "510521116000", "510521116004"
HEAD = ["组", "户主姓名", "身份证号", "补贴面积(亩)", "补贴金额(元)"]
PLACED = ["村", *HEAD]
VILLAGES = ("高洞社区", "朱巷村")


def household(no: int, name: str, area: str = "2", amount: str = "100") -> list[str]:
    return ["1组", name, made_id(396 + 17 * no), area, amount]


def book(sheets: dict[str, Sequence[Sequence[str]]], hidden: tuple[str, ...] = (), name: str = "花名册.xlsx") -> tuple[bytes, str]:
    """An .xlsx of several sheets, as a clerk picks it."""
    made, held = openpyxl.Workbook(), io.BytesIO()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if title in hidden:
            sheet.sheet_state = "hidden"
    made.save(held)
    return held.getvalue(), name


def a_sheet_a_village() -> tuple[bytes, str]:
    return book({
        VILLAGES[0]: [["2026年补贴花名册"], HEAD, household(1, "张小三"), household(2, "李四", "3", "150"), ["合计", "", "", "5", "250"]],
        VILLAGES[1]: [["2026年补贴花名册"], HEAD, household(3, "王老五", "1", "50"), ["合计", "", "", "1", "50"]],
    })  # fmt: skip


def brings(clerk, file: tuple[bytes, str], kind: str = "cropland-subsidy", home: str = TOWN) -> Page:
    return uploads(clerk, file, kind, home)


def stored(page: Page) -> Draft:
    db.session.rollback()
    return db.session.get_one(Draft, tuple(draft_of(page).split("/")[2:4]), populate_existing=True)


# ---- what is offered


def test_every_table_is_shown_with_its_lines_and_nothing_is_chosen_for_the_clerk(clerk):
    page = brings(clerk, a_sheet_a_village())

    assert page.path.endswith("/choose")
    assert page.heading == "这个文件里有 2 张表，用哪张？"
    assert all(
        words in page.text for words in ("高洞社区，5 行", "朱巷村，4 行", "张小三", "王老五", "要的列都有", "已经去掉：身份证号 2 个")
    )
    assert stored(page).chosen == []
    assert clerk.sees(f"{draft_of(page)}/rows").path.endswith("/sheet")


def test_no_personal_number_is_on_the_page_nor_in_what_is_kept(clerk):
    loose = ["1组", f"赵六 {made_phone()}", "", "2", "100"]
    page = brings(clerk, book({"甲": [HEAD, household(1, "张小三"), loose], "乙": [[f"制表 {made_card()}"], HEAD, household(2, "李四")]}))

    kept = repr([one.to_json() for one in staging.uploaded(stored(page))])
    for number in (made_id(413), made_id(430), made_phone(), made_card()):
        assert number not in page.html
        assert number not in kept
    assert "●" in page.text


def test_the_table_that_fits_alone_is_taken_and_the_others_are_a_tap_away(clerk):
    page = brings(clerk, book({"电话": [["村", "联系人"], ["高洞社区", "张三"]], "花名册": [PLACED, ["高洞社区", *household(1, "李四")]]}))
    assert "用的是“花名册”这张表。没有用：电话。" in page.text
    assert page.heading == "数都对上了"

    page = clerk.sees(page.link("换另一张表（这个文件里还有 1 张）"))
    assert page.form("用选中的这张").fields["table"] == ["1"]
    assert "现在用的" in page.text
    assert "缺户主姓名、补贴面积、补贴金额" in page.text
    assert "合在一起用" not in page.text


def test_no_table_that_fits_is_told_as_such(clerk):
    page = brings(clerk, book({"甲": [["品名", "数量"], ["锄头", "3"]], "乙": [["品名", "数量"], ["锄头", "4"]]}))

    assert "没有一张表有“耕地地力保护补贴”要的各列" in page.text


def test_covers_and_notes_are_not_offered_but_named_and_hidden_sheets_as_well(clerk):
    sheets = {
        "封面": [["补贴公示"]],
        **{name: [HEAD, household(at, "张小三")] for at, name in enumerate(VILLAGES)},
        "旧表": [HEAD, household(3, "李四")],
    }
    page = brings(clerk, book(sheets, hidden=("旧表",)))

    assert "没有用：封面（不像表格）。" in page.text
    assert "没有读：旧表（在原文件里是隐藏的）。" in page.text
    assert page.form("用选中的这张").names >= {"table"}
    assert len(staging.uploaded(stored(page))) == 2


def test_of_a_cover_and_one_table_the_table_is_taken_at_once(clerk):
    page = brings(clerk, book({"封面": [["补贴公示"]], "花名册": [PLACED, ["高洞社区", *household(1, "李四")]]}))

    assert page.heading == "数都对上了"
    assert "没有用：封面（不像表格）。" in page.text
    assert "换另一张表" not in page.text


def test_tables_below_each_other_on_one_page_are_a_choice_by_their_lines(clerk):
    rows = [["一、高洞社区"], PLACED, ["高洞社区", *household(1, "张小三")], [], ["二、朱巷村"], PLACED, ["朱巷村", *household(2, "李四")]]
    page = brings(clerk, book({"花名册": rows}))

    assert "花名册 / 第 1–3 行" in page.text
    assert "花名册 / 第 5–7 行" in page.text


def test_files_of_a_zip_are_a_choice_by_their_names(clerk):
    files = {f"{name}.xlsx": book({"Sheet1": [HEAD, household(at, f"户主{at}")]})[0] for at, name in enumerate(VILLAGES)}
    page = brings(clerk, (zipped(files), "各村.zip"))
    page = clerk.submits(page, "全部合在一起用")

    assert page.heading.startswith("表格没有错")
    assert [row.place for row in staging.rows(stored(page))] == [GAODONG, "510521116228"]


@pytest.mark.parametrize(("limit", "value"), [("MOST_TABLES", 1), ("MOST_LINES", 8)])
def test_more_than_anybody_can_choose_from_is_refused_with_what_to_do(clerk, monkeypatch, limit, value):
    monkeypatch.setattr(selection, limit, value)
    page = brings(clerk, a_sheet_a_village())

    assert page.status == 422
    assert "请把要公开的几张另存成一个文件，再上传" in page.text
    assert staging.tables(stored(page)) == []


def test_what_stood_in_a_comment_of_the_file_is_told_once(clerk):
    made, held = openpyxl.load_workbook(io.BytesIO(a_sheet_a_village()[0])), io.BytesIO()
    made.worksheets[0]["A1"].comment = openpyxl.comments.Comment(made_id(464), "镇")
    made.save(held)
    page = brings(clerk, (held.getvalue(), "花名册.xlsx"))
    before = page.text.count("批注")
    page = clerk.submits(page, "全部合在一起用")

    assert before == page.text.count("批注") == 1


# ---- one of them


def test_the_clerk_takes_one_and_may_take_another_later(clerk):
    sheets = {name: [PLACED, [name, *household(at, f"户主{at}", "2", f"10{at}")]] for at, name in enumerate(VILLAGES)}
    page = clerk.submits(brings(clerk, book(sheets)), "用选中的这张", table="1")
    assert "101.00" in page.text
    assert page.link("换另一张表（这个文件里还有 1 张）").endswith("/choose")
    again = clerk.sees(f"{draft_of(page)}/choose")
    assert again.form("用选中的这张").fields["table"] == ["1"]

    page = clerk.submits(again, "用选中的这张", table="0")

    assert "100.00" in page.text
    assert stored(page).chosen == [0]
    assert clerk.sees(f"{draft_of(page)}/sheet").link("换另一张表（这个文件里还有 1 张）")


def test_what_was_typed_into_one_table_is_no_part_of_another(clerk):
    sheets = {name: [PLACED, [name, *household(at, "张小三", "两亩" if at else "2")]] for at, name in enumerate(VILLAGES)}
    page = clerk.submits(brings(clerk, book(sheets)), "用选中的这张", table="1")
    page = clerk.submits(page, "改好了", **{"cell-2-4": "7"})
    assert stored(page).edits is not None

    page = clerk.submits(f"{draft_of(page)}/choose", "用选中的这张", table="0")

    assert (stored(page).edits, stored(page).answers) == (None, {})
    assert "补贴面积7" not in page.text


def test_taking_the_same_again_keeps_what_was_typed(clerk):
    sheets = {name: [PLACED, [name, *household(at, "张小三", "两亩")]] for at, name in enumerate(VILLAGES)}
    page = clerk.submits(brings(clerk, book(sheets)), "用选中的这张")
    page = clerk.submits(page, "改好了", **{"cell-2-4": "7"})

    clerk.submits(f"{draft_of(page)}/choose", "用选中的这张")

    assert stored(page).edits is not None


@pytest.mark.parametrize("table", [[], ["7"], ["x"]])
def test_no_choice_is_told_so(clerk, table):
    page = clerk.submits(brings(clerk, a_sheet_a_village()), "用选中的这张", table=table)

    assert page.status == 422
    assert "还没有选。请先选一张表，再点按钮。" in page.text


def test_with_one_table_there_is_nothing_to_choose(clerk):
    page = pastes(clerk, "户主姓名\t补贴面积(亩)\t补贴金额(元)\n张小三\t2\t100\n")

    assert clerk.sees(f"{draft_of(page)}/choose").path.endswith("/ready")


def test_another_towns_clerk_sees_nothing_of_it(clerk, person):
    page = brings(clerk, a_sheet_a_village())

    assert person("xianshi-clerk").sees(f"{draft_of(page)}/choose").status == 404


# ---- several together


def test_a_sheet_a_village_becomes_one_roster_with_each_row_at_its_village(clerk):
    page = clerk.submits(brings(clerk, a_sheet_a_village()), "全部合在一起用")

    assert "名单行数3" in page.text
    assert "300.00" in page.text
    assert "已按各张表的名字算：高洞社区、朱巷村。请核对。" in page.text
    assert "不一样" not in page.text
    assert [(row.place, sealing.name_of(row)) for row in staging.rows(stored(page))] == [
        (GAODONG, "张小三"),
        (GAODONG, "李四"),
        ("510521116228", "王老五"),
    ]
    assert page.link("重新选表（用了 2 张，这个文件里一共 2 张）")


def test_a_wrong_cell_is_told_by_sheet_and_line_and_mended_in_its_place(clerk, reviewer):
    sheets = {name: [PLACED, [name, *household(at, f"户主{at}", "2" if at == 0 else "两亩")]] for at, name in enumerate(VILLAGES)}
    page = clerk.submits(brings(clerk, book(sheets)), "全部合在一起用")
    assert "“朱巷村”第 2 行“补贴面积(亩)”不是一个能认出的数" in page.text

    assert "\n朱巷村 2\n" in page.text

    page = clerk.submits(page, "改好了", **{"cell-4-4": "2"})

    assert page.path.endswith("/ready")
    assert "补贴面积4亩" in page.text
    facts = facts_of("baihe-cropland-roster.xlsx") | {"standard": "50"}
    clerk.submits(states(clerk, page, **facts), "送审")
    assert "经办把“朱巷村”第 2 行“补贴面积(亩)”的“两亩”改成了“2”" in reviewer.sees(f"{draft_of(page)}/review").text


def test_tables_that_are_not_alike_are_named_with_the_reason_and_refused_together(clerk):
    sheets = {name: [PLACED, [name, *household(at, f"户主{at}")]] for at, name in enumerate(VILLAGES)}
    sheets["万元表"] = [[*PLACED[:5], "补贴金额(万元)"], ["高洞社区", *household(5, "李四", "2", "0.01")]]
    page = brings(clerk, book(sheets))
    assert "万元表：“补贴金额”的单位是“万元”，不是“元”" in page.text
    assert page.form("把勾上的合在一起用").fields["table"] == ["0", "1"]

    page = clerk.submits(page, "把勾上的合在一起用", table=["0", "2"])

    assert page.status == 422
    assert "“万元表”不能和“高洞社区”合在一起" in page.text
    assert stored(page).chosen == []


def test_the_reviewer_reads_that_the_places_come_from_the_names_of_the_sheets(clerk, reviewer):
    page = clerk.submits(brings(clerk, a_sheet_a_village()), "全部合在一起用")
    facts = facts_of("baihe-cropland-roster.xlsx") | {"standard": "50"}
    clerk.submits(states(clerk, page, **facts), "送审")

    said = reviewer.sees(f"{draft_of(page)}/review").text
    assert "已按各张表的名字算：高洞社区、朱巷村。请核对。" in said
    assert "300.00" in said


def test_a_number_changed_in_joined_sheets_leaves_their_totals_to_the_clerk(clerk):
    page = clerk.submits(brings(clerk, a_sheet_a_village()), "全部合在一起用")
    page = clerk.sees(f"{draft_of(page)}/table")
    fields = page.form("存好，再核一遍").fields
    line = next(name.split("-")[1] for name, values in fields.items() if values == ["王老五"])
    area, amount = (
        next(name for name, values in fields.items() if name.startswith(f"cell-{line}-") and values == [said]) for said in ("1", "50")
    )
    clerk.submits(page, "存好，再核一遍", **{area: "2", amount: "100"})

    after = clerk.sees(page.path).form("存好，再核一遍").fields
    assert ["300"] not in after.values(), "the sum of both sheets is in neither"
    assert "写的是 50" in clerk.sees(f"{draft_of(page)}/ready").text
