"""From the spreadsheet as it is to rows that are right: its columns, its places and its cells, with every slip told where it was made."""

from __future__ import annotations

import re

import pytest

from board.models import ColumnChoice, Draft, PlaceAlias, db
from board.store.drafting import drafts, staging
from tests.databases import DEMO
from tests.web.drafting import POSTS, ROSTER, begins, draft_of, pastes, uploads

BAIHE, BEITA, GAODONG = "baihe-cropland-roster.xlsx", "beita-2020-relief-projects.xlsx", "510521116004"
ID, CARD, PHONE = "510521197001010010", "6217003810012" + "345677", "13800138000"  # made up, as the checks of the house see


def roster(*rows: tuple[str, ...], header: tuple[str, ...] = ("组", "户主姓名", "补贴面积(亩)", "补贴金额(元)", "备注")) -> str:
    return "\n".join("\t".join(row) for row in (header, *rows))


def stored(page) -> Draft:
    db.session.rollback()
    return db.session.get_one(Draft, tuple(draft_of(page).split("/")[2:4]), populate_existing=True)


# ---- every sample


@pytest.mark.parametrize(
    ("clerk_of", "sheet", "rows", "figures"),
    [
        ("baihe-clerk", BAIHE, 1194, ["5,903.61", "552,578.07"]),
        ("xianshi-clerk", "hejiang-land-compensation.xlsx", 86, ["103.946", "4,105,867.00"]),
        ("dacun-clerk", "gulin-winter-relief.xls", 140, ["76,800.00"]),
        ("hushi-clerk", "village-finance-q3.csv", 139, ["43,637.27", "246,036.29"]),
    ],
)
def test_a_right_sheet_is_ready_at_once_with_the_readmes_figures(person, clerk_of, sheet, rows, figures):
    page = uploads(person(clerk_of), sheet)

    assert page.heading == "数都对上了"
    assert f"名单行数{rows:,}" in page.text
    assert all(figure in page.text for figure in figures)
    assert "不一样" not in page.text


def test_zhaoyuans_units_are_assumed_and_said(person):
    page = uploads(person("zhaoyuan-clerk"), "zhaoyuan-2023-cropland-subsidy.xls")

    assert "有 2 类提醒" in page.heading
    assert all(figure in page.text for figure in ("63,003", "317,442.74", "38,093,128.80", "没有写单位", "表里写的是 2023 年"))


def test_what_personal_columns_were_dropped_is_said_by_header_and_count(clerk):
    page = uploads(clerk, BAIHE)

    for line in ("身份证号码: 身份证号 1194 个", "一卡通账号: 银行卡号 1194 个", "联系电话: 电话号码 1194 个"):
        assert line in page.text.replace("：", ":").replace(":", ": ").replace(":  ", ": ")


def test_of_the_file_only_its_digest_stays(clerk):
    page = uploads(clerk, BAIHE)

    assert re.fullmatch("[0-9a-f]{64}", stored(page).sheet_digest)
    (table,) = staging.tables(stored(page))
    assert b"PK\x03\x04" not in table.cells


def test_a_table_pasted_from_wps_is_a_table(clerk):
    page = pastes(clerk, ROSTER)

    assert page.heading == "数都对上了"
    assert "753.48" in page.text


@pytest.mark.parametrize("file", [(b"", "a.xlsx"), (b"PK\x03\x04 no sheet", "a.xlsx"), (b"\x00" * 500, "a.xls"), (b"%PDF-1.7", "a.et")])
def test_a_file_that_is_no_table_is_said_to_be_none_and_nothing_is_kept(clerk, file):
    page = uploads(clerk, file, "cropland-subsidy", GAODONG)

    assert page.status == 422
    assert page.heading
    assert staging.tables(stored(page)) == []


def test_pressing_upload_without_a_file_is_told_so(clerk):
    page = clerk.submits(begins(clerk, "cropland-subsidy", GAODONG), "上传")

    assert page.status == 422
    assert "还没有选文件。请先点“选择文件”。" in page.text
    assert "还没有粘贴表格" in clerk.submits(page, "用粘贴的表格", table=" \n").text


@pytest.mark.parametrize("words", ["# Mingbai\n\nA board for villages, towns and counties.\n", "说明\n这是一封信\n没有表\n"])
def test_a_letter_is_no_table_and_the_way_on_is_another_file(clerk, words):
    page = uploads(clerk, (words.encode(), "README.txt"), "cropland-subsidy", GAODONG)

    assert page.status == 422
    assert "不像是表格。请把表格放到电子表格里" in page.text
    assert staging.tables(stored(page)) == []


def test_a_right_sheet_of_another_kind_is_asked_about_though_nothing_is_missing(clerk):
    page = uploads(clerk, BAIHE, "social-assistance", "510521116000")
    assert "这张表像是“耕地地力保护补贴”" in page.text

    page = clerk.submits(page, "改成“耕地地力保护补贴”")
    assert "这张表像是" not in page.text
    assert "552,578.07" in page.text


def test_a_village_like_no_other_is_chosen_among_all_of_the_township(clerk):
    page = pastes(clerk, "村\t户主姓名\t补贴面积(亩)\t补贴金额(元)\n桃花源\t张小三\t4.95\t463.32", home="510521116000")
    choices = re.search(r'<select id="place-1".*?</select>', page.html, re.DOTALL)[0]

    assert "高洞社区" in choices
    assert choices.count("<option") > 10


def test_a_sheet_without_a_header_leads_to_another_file(clerk):
    page = uploads(clerk, (b"1,2\n3,4\n5,6\n", "a.csv"), "cropland-subsidy", GAODONG)

    assert page.heading == "这不像表格"
    assert "请看看是不是选错了文件" in page.text
    assert "改好了" not in page.text
    assert page.link("换一张表").endswith("/sheet")


# ---- what does not agree


def test_figures_that_disagree_are_faults_and_want_a_reason(clerk):
    page = pastes(clerk, ROSTER.replace("187.2", "200").replace("753.48", "766.28"))
    assert page.heading == "有 1 处对不上，请核对"
    refused = clerk.submits(page, "下一步")
    assert refused.status == 422
    assert 'id="reason-product_differs-error"' in refused.html
    assert "还没写原因" in clerk.sees(f"{draft_of(page)}/finish").text

    assert clerk.submits(refused, "下一步", **{"reason-product_differs": "多补了一季"}).path.endswith("/facts")
    assert "还没写原因" not in clerk.sees(f"{draft_of(page)}/finish").text


def test_a_household_twice_is_a_fault_before_any_reminder(clerk):
    page = pastes(clerk, ROSTER.replace("王老五", "李四").replace("2组", "1组").replace("4.95\t", "4.95(含林地)\t"))

    assert page.heading == "有 1 处对不上，请核对"
    assert page.text.index("村组、姓名都相同") < page.text.index("数字后面有说明文字")
    assert clerk.submits(page, "下一步").status == 422


def test_the_cell_says_in_a_word_what_the_list_says_in_a_sentence(clerk):
    rows = [("1组", "", "4.95", "463.32", ID), ("1组", "李四", "两亩", "187.2", ID[:-1] + "1")]
    page = pastes(clerk, roster(*rows, header=("组", "户主姓名", "补贴面积(亩)", "补贴金额(元)", "身份证号")))
    table = page.html.split("<table", 1)[1].split("</table>")[0]

    assert "缺户主姓名</label>" in table
    assert "不是数</label>" in table
    assert "请只写数字" in page.text
    assert "请只写数字" not in table
    assert "身份证号" not in table


def test_a_new_table_takes_the_place_of_the_old_with_all_its_answers(clerk):
    page = pastes(clerk, ROSTER.replace("4.95", "4.9亩多"))
    page = clerk.submits(f"{draft_of(page)}/sheet", "用粘贴的表格", table=ROSTER)

    assert page.heading == "数都对上了"
    assert (stored(page).edits, stored(page).answers) == (None, {})


@pytest.mark.parametrize("kind", ["land-pre-notice", "land-resettlement"])
def test_a_kind_without_a_roster_goes_straight_to_its_facts(person, kind):
    page = begins(person("luxian-clerk"), kind)

    assert page.path.endswith("/facts")
    assert person("luxian-clerk").sees(f"{draft_of(page)}/sheet").status == 404


# ---- places


@pytest.fixture
def beita(person):
    return person("beita-clerk")


def choose(clerk, page):
    return clerk.submits(page, "改好了", **{"place-邓家村": "430511003002", "place-陈家桥村": "430511101004"})


def test_places_that_have_another_name_now_are_offered_and_never_guessed(beita):
    page = uploads(beita, BEITA)

    assert page.heading == "有 2 处要改"
    offered = re.findall(r'<option value="(\d{12})">([^<]+)</option>', page.html)
    assert offered[0] == ("430511003002", "邓家社区（田江街道）")
    assert ("430511101004", "陈家桥社区（陈家桥镇）") in offered


def test_a_place_chosen_once_is_remembered_for_the_next_sheet_of_that_home(beita):
    page = choose(beita, uploads(beita, BEITA))
    assert "4,080,000.00" in page.text
    assert page.path.endswith("/ready")

    assert uploads(beita, BEITA).path.endswith("/ready")
    assert {alias.home for alias in db.session.query(PlaceAlias)} == {"430511000000"}


def test_a_choice_that_is_remembered_is_said_each_time_and_can_be_taken_back(beita):
    choose(beita, uploads(beita, BEITA))
    page = uploads(beita, BEITA)
    assert "表里写“邓家村”" in page.text

    assert beita.submits(page, "不对").heading == "有 1 处要改"


def test_a_place_of_another_county_cannot_be_chosen(beita):
    page = beita.submits(uploads(beita, BEITA), "改好了", **{"place-邓家村": GAODONG})

    assert page.heading == "有 2 处要改"
    assert db.session.query(PlaceAlias).count() == 0


NO_PLACE = roster(("张小三", "4.95", "463.32"), ("李四", "2", "187.2"), header=("户主姓名", "补贴面积(亩)", "补贴金额(元)"))


def test_a_townships_sheet_without_villages_may_all_be_one_villages(clerk):
    page = pastes(clerk, NO_PLACE, home="510521116000")
    assert "整张表都是一个村的？" in page.text

    page = clerk.submits(page, "改好了", whole=GAODONG)
    assert page.heading == "数都对上了"
    assert "整张表都算高洞社区的。" in page.text
    assert {row.place for row in staging.rows(stored(page))} == {GAODONG}

    clerk.submits(f"{draft_of(page)}/facts", "存好", fund_source="中央财政")
    assert clerk.sees(f"{draft_of(page)}/rows").path.endswith("/ready")  # what was said of the place is no fact that the form could lose
    assert "整张表都是一个村的？" in clerk.submits(clerk.sees(f"{draft_of(page)}/ready"), "换一个村").text


@pytest.mark.parametrize("code", ["", "510521116000", "510522104001", "x"])
def test_a_place_that_is_no_village_of_the_township_is_no_choice(clerk, code):
    page = clerk.submits(pastes(clerk, NO_PLACE, home="510521116000"), "改好了", whole=code)

    assert "整张表都是一个村的？" in page.text
    assert not stored(page).facts.get("whole_place")


def test_another_table_forgets_whose_the_first_one_was(clerk):
    page = clerk.submits(pastes(clerk, NO_PLACE, home="510521116000"), "改好了", whole=GAODONG)
    page = clerk.submits(f"{draft_of(page)}/sheet", "用粘贴的表格", table=NO_PLACE)

    assert "整张表都是一个村的？" in page.text


def test_a_sheet_of_another_kind_is_recognised_and_taken_over(person):
    clerk = person("dacun-clerk")
    page = uploads(clerk, DEMO / "gulin-winter-relief.xls", "cropland-subsidy", POSTS["gulin-winter-relief.xls"]["home"])
    assert "这张表像是“冬春救助、救灾款物”" in page.text

    page = clerk.submits(page, "改成")
    assert stored(page).kind == "disaster-relief"
    assert "冬春救助" in stored(page).title
    assert "76,800.00" in page.text


# ---- cells


def test_a_wrong_cell_is_marked_and_mended_in_place(clerk):
    page = pastes(clerk, ROSTER.replace("4.95", "四亩多"))
    assert page.heading == "有 1 处要改"
    name = re.search(r'<input type="text" id="(cell-2-\d)"', page.html)
    assert name
    assert page.form("改好了").fields[name[1]] == ["四亩多"]

    page = clerk.submits(page, "改好了", **{name[1]: "4.95"})
    assert page.heading == "数都对上了"
    assert "753.48" in page.text


def test_a_cell_left_wrong_is_asked_about_again_with_what_was_typed(clerk):
    page = pastes(clerk, ROSTER.replace("4.95", "四亩多"))
    page = clerk.submits(page, "改好了", **{"cell-2-2": "五亩不到"})

    assert page.heading == "有 1 处要改"
    assert page.form("改好了").fields["cell-2-2"] == ["五亩不到"]


def test_several_faults_are_told_at_once(clerk):
    page = pastes(clerk, ROSTER.replace("4.95", "四亩多").replace("187.2", "").replace("王老五", ""))

    assert page.heading == "有 3 处要改"


@pytest.mark.parametrize("secret", [ID, PHONE])
def test_a_personal_number_inside_a_cell_is_covered_blocks_and_is_nowhere_stored(clerk, secret):
    page = pastes(clerk, roster(("1组", "张小三", "4.95", "463.32", "好"), ("1组", f"李四 {secret}", "2", "187.2", "")))

    assert page.heading == "有 1 处要改"
    assert "已用 ● 盖住" in page.text
    assert secret not in page.html
    assert secret not in str(staging.cleaned(stored(page)))


def test_a_personal_number_typed_into_a_cell_is_covered_too(clerk):
    page = pastes(clerk, ROSTER.replace("4.95", "四亩多"))
    page = clerk.submits(page, "改好了", **{"cell-2-2": f"4.95 {PHONE}"})

    assert page.heading.startswith("有 ")
    assert PHONE not in page.html
    assert PHONE not in str(drafts.unseal(stored(page).edits))


# ---- columns

ODD = ROSTER.replace("补贴面积(亩)", "丘块大小")


def test_a_header_the_program_does_not_know_is_asked_about_with_figures_but_no_name(clerk):
    page = pastes(clerk, ODD)

    assert page.heading == "这一列是什么？"
    assert "丘块大小" in page.text
    assert "4.95" in page.text
    assert "张小三" not in page.html


@pytest.mark.parametrize("cell", ["20260000001", "19700101", "1970-01-01", "李四"])
def test_what_may_be_somebodys_is_no_example(clerk, cell):
    page = pastes(clerk, ODD.replace("4.95", cell))

    assert "丘块大小" in page.text
    assert f"例如：{cell}" not in page.text
    assert cell not in re.sub("<table.*</table>", "", page.html, flags=re.DOTALL)


def test_no_personal_column_is_shown_in_the_chooser_and_none_can_be_chosen(clerk):
    rows = [("1组", "张小三", "4.95", "463.32", ID, CARD), ("1组", "李四", "2", "187.2", ID[:-1] + "1", CARD)]
    page = pastes(clerk, roster(*rows, header=("组", "户主姓名", "丘块大小", "补贴金额(元)", "身份证号", "一卡通卡号")))

    assert page.heading == "这一列是什么？"
    assert {name for name in page.form("下一步").names if name.startswith("column-")} == {f"column-{index}" for index in range(4)}
    for secret in (ID, CARD, "张小三"):
        assert secret not in page.html


def test_what_a_column_is_is_remembered_for_that_home_and_kind_alone(clerk):
    page = clerk.submits(pastes(clerk, ODD), "下一步", **{"column-2": "area"})
    assert "丘块大小 → 补贴面积" in page.text

    assert pastes(clerk, ODD).path.endswith("/ready")
    assert pastes(clerk, ODD, home="510521116005").heading == "这一列是什么？"
    assert pastes(clerk, ODD, kind="grain-subsidy").heading == "这一列是什么？"


def test_a_column_may_be_left_out_for_good_and_taken_in_again(clerk):
    table = ROSTER.replace("补贴标准(元/亩)", "说不清的一列")
    page = clerk.submits(pastes(clerk, table), "下一步", **{"column-3": ""})
    assert page.path.endswith("/ready")
    assert pastes(clerk, table).path.endswith("/ready")

    page = clerk.submits(clerk.follows(page, "看看每一列"), "下一步", **{"column-3": "rate"})
    assert "说不清的一列 → 补贴标准" in page.text


def test_every_column_can_be_changed_and_dropped(clerk):
    page = pastes(clerk, ROSTER.replace("补贴标准(元/亩)", "实发金额(元)"))
    chosen = {name: values for name, values in page.form("下一步").fields.items() if name.startswith("column-")}
    assert chosen == {"column-0": ["group"], "column-1": ["name"], "column-2": ["area"], "column-3": [""], "column-4": ["amount"]}

    page = clerk.submits(page, "下一步", **{"column-3": "amount", "column-4": ""})
    assert "实发金额(元) → 补贴金额" in page.text


def test_a_remembered_choice_is_shown_and_can_be_taken_back(clerk):
    clerk.submits(pastes(clerk, ODD), "下一步", **{"column-2": "area"})
    page = clerk.follows(pastes(clerk, ODD), "看看每一列")
    assert "这一列是按以前选的算的。" in page.text

    page = clerk.submits(page, "不再记住")
    assert page.heading == "这一列是什么？"
    assert db.session.query(ColumnChoice).count() == 0


def test_a_field_that_the_kind_does_not_have_is_no_choice(clerk):
    page = clerk.submits(pastes(clerk, ODD), "下一步", **{"column-2": "x" * 300})

    assert page.status == 200
    assert {choice.field for choice in db.session.query(ColumnChoice)} == {""}
