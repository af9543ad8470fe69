"""Somebody else was quicker: what the second has typed stands under its names beside what is stored now, and goes out with one press."""

from __future__ import annotations

import pytest

from tests.web.desk.test_table import FACTS, HEAD, ROWS, cell, line_of
from tests.web.desk.test_typed_rows import household, names, opens, typed
from tests.web.drafting import ROSTER, draft_of, facts_of, pastes, states

PHONE = "13800138000"  # made up, as the checks of the house see


@pytest.fixture
def page(once, clerk):
    return clerk.sees(once("pasted", lambda: pastes(clerk, ROSTER).path))


@pytest.fixture
def colleague(person):
    return person("baihe-clerk")


def facts(page) -> str:
    return f"{draft_of(page)}/facts"


def test_facts_of_both_stand_side_by_side_and_each_chooses(clerk, colleague, page):
    mine, his = clerk.sees(facts(page)), colleague.sees(facts(page))
    clerk.submits(mine, "存好", **FACTS)
    told = colleague.submits(his, "存好", **FACTS | {"fund_source": "省级财政", "formed_on": "2026年11月13日"})

    assert told.status == 409
    assert f"您填的\n省级财政\n现在存着的\n{FACTS['fund_source']}" in told.text
    assert "依据文件" not in told.text, "what both filled in alike is not asked"
    assert "标题" not in told.text, "nor what the second did not touch"
    assert "您填的\n2026-11-13\n现在存着的" in told.text
    kept = colleague.submits(told, "选好了，存", fund_source="省级财政", formed_on=FACTS["formed_on"])
    assert kept.status == 200
    stored = clerk.sees(facts(page)).form("存好").fields
    assert (stored["fund_source"], stored["formed_on"]) == (["省级财政"], [FACTS["formed_on"]])


def test_an_empty_field_is_shown_in_words(clerk, colleague, page):
    mine, his = clerk.sees(facts(page)), colleague.sees(facts(page))
    clerk.submits(mine, "存好", **FACTS)
    told = colleague.submits(his, "存好", **FACTS | {"fund_source": ""})

    assert f"您填的\n（空着）\n现在存着的\n{FACTS['fund_source']}" in told.text


def test_cells_of_both_stand_side_by_side(clerk, person):
    colleague = person("baihe-clerk")
    draft = draft_of(pastes(colleague, "\n".join([HEAD, *ROWS]), home="510521116000"))
    mine = colleague.sees(f"{draft}/table")
    other = person("baihe-clerk")
    second = other.sees(f"{draft}/table")
    colleague.submits(mine, "存好，再核一遍", **{cell(mine, "王五", 3): "4", cell(mine, "王五", 5): "374.4"})
    typed_anew = {cell(second, "王五", 3): "5", cell(second, "王五", 5): "468", cell(second, "李四", 2): "李四海"}
    told = other.submits(second, "存好，再核一遍", **typed_anew)

    assert told.status == 409
    assert "第 4 行 补贴面积(亩)（王五）\n您填的\n5\n现在存着的\n4" in told.text
    assert "第 3 行 户主姓名（李四）\n您填的\n李四海\n现在存着的\n李四" in told.text
    assert told.text.count("您填的\n") == 3, "what he did not touch is not his"
    chosen = {cell(second, "王五", 3): "4", cell(second, "王五", 5): "374.4", cell(second, "李四", 2): "李四海"}
    other.submits(told, "选好了，存", **chosen)
    after = colleague.sees(f"{draft}/table").form("存好，再核一遍").fields
    assert [after[name] for name in chosen] == [["4"], ["374.4"], ["李四海"]]


def test_rows_typed_by_hand_are_kept_too(clerk):
    first = opens(clerk)
    clerk.submits(first, "先存着", **typed(household("张小三")))
    told = clerk.submits(first, "先存着", **typed(household("李四", "3", "280.8"), household("王五")))

    assert "第 2 行 户主姓名\n您填的\n李四\n现在存着的\n张小三" in told.text
    chosen = {f"row-0-{field}": value for field, value in household("张小三").items()}
    kept = clerk.submits(told, "选好了，存", **chosen | typed(household("王五"), first=1))
    assert kept.status == 200
    assert names(clerk.sees(f"{draft_of(first)}/by-hand")) == ["张小三", "王五"]


def test_rows_that_a_colleague_has_moved_are_given_back_and_never_put_on_another_household(clerk, colleague):
    first = clerk.submits(
        opens(clerk), "先存着", **typed(household("赵小满"), household("钱小满"), household("孙小满"), household("李小满"))
    )
    mine = clerk.sees(f"{draft_of(first)}/by-hand")
    colleague.submits(f"{draft_of(first)}/by-hand", "先存着", gone="0")
    told = clerk.submits(mine, "先存着", gone="1", **{"row-3-amount": "999"})

    assert told.status == 409
    assert "第 5 行 补贴金额（李小满）\n999" in told.text
    assert "去掉或留下的行\n第 3 行（钱小满）" in told.text
    assert not [one for one in told.forms if "row-3-amount" in one.names], "line 5 is somebody else's now"
    assert names(clerk.sees(f"{draft_of(first)}/by-hand")) == ["钱小满", "孙小满", "李小满"]


def test_rows_of_a_kind_without_names_are_told_apart_by_their_words(clerk, colleague):
    def entries(*items):
        return {f"row-{no}-{id}": said for no, item in enumerate(items) for id, said in {"item": item, "spending": "100"}.items()}

    first = clerk.submits(opens(clerk, "village-finance"), "先存着", **entries("买沙", "电费", "误工"))
    mine = clerk.sees(f"{draft_of(first)}/by-hand")
    colleague.submits(f"{draft_of(first)}/by-hand", "先存着", gone="0")
    told = clerk.submits(mine, "先存着", **{"row-1-spending": "999"})

    assert told.status == 409
    assert not [one for one in told.forms if "row-1-spending" in one.names], "line 3 is about something else now"


def test_wrong_cells_of_typed_rows_stand_side_by_side_too(clerk, colleague):
    first = clerk.submits(opens(clerk), "核对", **typed(household("赵小满", amount="不知道")))
    rows = clerk.sees(f"{draft_of(first)}/rows")
    colleague.submits(f"{draft_of(first)}/facts", "存好", title="换了标题")
    told = clerk.submits(rows, "改好了", **{"cell-2-5": "187.2"})

    assert told.status == 409
    assert "您填的\n187.2\n现在存着的\n不知道" in told.text


def test_typed_rows_never_take_the_place_of_a_table_that_a_colleague_has_uploaded(clerk, colleague):
    mine = clerk.submits(opens(clerk), "先存着", **typed(household("赵小满")))
    mine = clerk.sees(f"{draft_of(mine)}/by-hand")
    colleague.submits(f"{draft_of(mine)}/sheet", "用粘贴的表格", table=ROSTER)
    told = clerk.submits(mine, "先存着", **{"row-0-amount": "999"})

    assert told.status == 409
    assert "（赵小满）\n999" in told.text
    assert not [one for one in told.forms if "row-0-amount" in one.names]


def test_first_rows_never_take_the_place_of_a_table_that_a_colleague_has_uploaded_meanwhile(clerk, colleague):
    mine = opens(clerk)
    colleague.submits(f"{draft_of(mine)}/sheet", "用粘贴的表格", table=ROSTER)
    told = clerk.submits(mine, "先存着", **typed(household("赵小满")))

    assert told.status == 409
    assert "第 2 行 户主姓名\n赵小满" in told.text
    assert not [one for one in told.forms if "row-0-name" in one.names]


def test_cells_of_an_upload_that_a_colleague_has_replaced_by_typed_rows_are_given_back(clerk, colleague):
    draft = draft_of(pastes(clerk, "\n".join([HEAD, *ROWS]), home="510521116000"))
    mine = clerk.sees(f"{draft}/table")
    colleague.submits(f"{draft}/by-hand", "先存着", **typed(household("赵小满", village="高洞社区")))
    told = clerk.submits(mine, "存好，再核一遍", **{cell(mine, "王五", 3): "4"})

    assert told.status == 409
    assert "\n4\n" in told.text


def test_a_row_that_a_colleague_took_out_stays_out(clerk, colleague):
    draft = draft_of(pastes(clerk, "\n".join([HEAD, *ROWS]), home="510521116000"))
    mine = clerk.sees(f"{draft}/table")
    colleague.submits(f"{draft}/table", "存好，再核一遍", gone=str(line_of(mine, "李四")))
    told = clerk.submits(mine, "存好，再核一遍", **{cell(mine, "王五", 5): "281"})
    clerk.submits(told, "选好了，存", **{cell(mine, "王五", 5): "281"})

    after = clerk.sees(f"{draft}/table")
    assert after.form("存好，再核一遍").fields["gone"] == [str(line_of(mine, "李四"))]
    assert after.form("存好，再核一遍").fields[cell(mine, "王五", 5)] == ["281"]


def test_what_is_sent_to_a_deleted_draft_is_given_back_by_its_names(clerk, colleague, page):
    his = colleague.sees(facts(page))
    clerk.submits(clerk.submits(f"{draft_of(page)}/finish", "删掉"), "删掉")
    told = colleague.submits(his, "存好", eligibility=f"种地的户，问 {PHONE}")

    assert told.status == 409
    assert "这份草稿已经删掉了" in told.text
    assert "哪些人能领\n种地的户" in told.text
    assert PHONE not in told.html
    assert not [form for form in told.forms if "eligibility" in form.names]
    assert colleague.sees(facts(page)).status == 404, "there is nothing to look at"


def test_a_reason_typed_while_a_colleague_saved_is_given_back_beside_its_question(person, clerk):
    page = pastes(clerk, ROSTER.replace("187.2", "190"))
    ready = clerk.sees(f"{draft_of(page)}/ready")
    (reason,) = [name for name in ready.form("下一步").names if name.startswith("reason-")][:1]
    states(clerk, page, title="换了标题")
    told = clerk.submits(ready, "下一步", **{reason: "按原表，零头不要"})

    assert told.status == 409
    assert "按原表，零头不要" in told.text
    assert reason not in told.text


def test_a_title_is_never_asked_where_nothing_differs(clerk, colleague, page):
    mine, his = clerk.sees(facts(page)), colleague.sees(facts(page))
    same = facts_of("baihe-cropland-roster.xlsx")
    clerk.submits(mine, "存好", **same)
    told = colleague.submits(his, "存好", **same)

    assert told.status == 409
    assert "标题" not in told.text


def test_what_the_second_did_not_touch_keeps_what_the_first_has_mended(clerk, person):
    draft = draft_of(pastes(clerk, "\n".join([HEAD, *ROWS]), home="510521116000"))
    other = person("baihe-clerk")
    mine, his = clerk.sees(f"{draft}/table"), other.sees(f"{draft}/table")
    clerk.submits(mine, "存好，再核一遍", **{cell(mine, "王五", 3): "4", cell(mine, "王五", 5): "374.4"})
    told = other.submits(his, "存好，再核一遍", **{cell(his, "李四", 2): "李四海"})
    assert told.text.count("您填的\n") == 1
    other.submits(told, "选好了，存", **{cell(his, "李四", 2): "李四海"})
    after = clerk.sees(f"{draft}/table").form("存好，再核一遍").fields
    assert [after[name] for name in (cell(his, "王五", 3), cell(his, "王五", 5), cell(his, "李四", 2))] == [["4"], ["374.4"], ["李四海"]]


def test_facts_of_the_kind_that_a_colleague_has_changed_are_given_back(clerk, colleague, page):
    his = colleague.sees(facts(page))
    form = his.form("存好")
    states(clerk, page, title="换了标题")
    told = colleague.client.post(
        his.path, data={name: values[0] for name, values in form.fields.items()} | {"sharing_rule": "按人口平均分，张家不分"}
    )

    assert told.status_code == 409
    assert "按人口平均分，张家不分" in told.text
