"""A village without a spreadsheet: its clerk types the rows on a tablet, and everything after that is as with an upload."""

from __future__ import annotations

import re

import pytest

from board.models import Draft, Sheet, db
from board.store.drafting import staging, typed_rows
from board.web.desk.table_form import PAGE
from tests.actors import Page, Person
from tests.sheets.making import made_card, made_id, made_phone
from tests.web.drafting import ROSTER, approves, begins, draft_of, facts_of, number_of, pastes, states
from tests.web.publishing import rows_of

GAODONG, TOWN, BAIHE = "510521116004", "510521116000", "baihe-cropland-roster.xlsx"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫"


def opens(clerk: Person, kind: str = "cropland-subsidy", home: str = GAODONG) -> Page:
    """Begin a draft, and go on without a spreadsheet."""
    return clerk.follows(begins(clerk, kind, home), "手工填写")


def typed(*rows: dict[str, str], first: int = 0) -> dict[str, str]:
    """The fields of the page that hold these rows."""
    return {f"row-{index}-{id}": text for index, row in enumerate(rows, first) for id, text in row.items()}


def household(name: str, area: str = "2", amount: str = "187.2", **more: str) -> dict[str, str]:
    return {"group": "1组", "name": name, "area": area, "rate": "93.6", "amount": amount} | more


def twelve() -> list[dict[str, str]]:
    return [household(f"{surname}小满", str(n), f"{n * 93.6:.1f}") for n, surname in enumerate(SURNAMES, 1)]


def stored(page: Page) -> Draft:
    db.session.rollback()
    return db.session.get_one(Draft, tuple(draft_of(page).split("/")[2:4]), populate_existing=True)


def names(page: Page) -> list[str]:
    """The names in the table, from top to bottom."""
    return [value for value in re.findall(r'name="row-\d+-name" value="([^"]*)"', page.html) if value]


def lines(page: Page) -> int:
    return len(re.findall(r'name="row-\d+-name"', page.html))


# ---- the whole way


def test_a_clerk_types_twelve_households_and_posts_them(clerk, reviewer, villager):
    page = clerk.submits(opens(clerk), "核对", **typed(*twelve()))
    assert page.heading == "数都对上了"
    assert "7,300.80" in page.text

    page = states(clerk, page, **facts_of(BAIHE))
    clerk.submits(page, "送审")
    number = number_of(approves(reviewer, draft_of(page)))
    shown = villager.sees(f"/n/{number}/{GAODONG}")
    assert "赵*满" in shown.text
    assert len(rows_of(shown)) == 12


def test_the_table_has_the_kinds_columns_and_twelve_empty_rows(clerk):
    page = opens(clerk)

    assert lines(page) == 12
    for words in ("户主姓名 必填", "补贴面积（亩） 必填", "补贴标准（元/亩）", "不用填身份证号、银行卡号、电话"):
        assert words in page.text
    assert "村（社区）" not in page.text  # a village need not name itself


def test_a_township_picks_the_village_of_each_row(clerk):
    page = opens(clerk, home=TOWN)
    assert re.search(r'<select name="row-0-village">.*?<option value="高洞社区">高洞社区</option>', page.html, re.DOTALL)

    page = clerk.submits(page, "核对", **typed(household("张小三", village="高洞社区"), household("李四", village="东林观村")))
    assert page.heading == "数都对上了"
    assert {row.place for row in staging.rows(stored(page))} == {GAODONG, "510521116229"}


def test_a_kind_without_a_roster_has_nothing_to_type(person):
    page = begins(person("luxian-clerk"), "land-pre-notice")

    assert person("luxian-clerk").sees(f"{draft_of(page)}/by-hand").status == 404


def test_another_towns_clerk_types_nothing_here(clerk, person):
    assert person("xianshi-clerk").sees(opens(clerk).path).status == 404


# ---- typing


def test_everything_typed_is_kept_right_or_wrong(clerk):
    page = clerk.submits(opens(clerk), "先存着", **typed(household("张小三", amount="一百多"), {"name": "李四"}))

    assert "存好了" in page.text
    assert names(page) == ["张小三", "李四"]
    assert 'value="一百多"' in page.html
    assert page.text.count("不是数") == 1
    assert page.text.count("缺补贴金额") == 1


def test_ten_more_rows_come_without_losing_any(clerk):
    page = clerk.submits(opens(clerk), "再加 10 行", **typed(household("张小三")))
    assert (names(page), lines(page)) == (["张小三"], 22)

    page = clerk.submits(page, "再加 10 行", **typed(household("李四"), first=1))
    assert (names(page), lines(page)) == (["张小三", "李四"], 32)


def test_an_emptied_row_is_taken_out(clerk):
    page = clerk.submits(opens(clerk), "先存着", **typed(*twelve()))
    page = clerk.submits(page, "先存着", **typed(dict.fromkeys(("group", "name", "area", "rate", "amount"), ""), first=3))
    assert names(page) == [f"{surname}小满" for surname in SURNAMES if surname != "李"]

    page = clerk.submits(page, "先存着", **{field: "" for field in page.form("先存着").fields if field.startswith("row-")})
    assert names(page) == []
    assert (stored(page).chosen, stored(page).sheet_digest) == ([], None)


def test_a_table_without_a_row_is_not_checked(clerk):
    page = clerk.submits(opens(clerk), "核对")

    assert "还没有填。请先填一行。" in page.text
    assert lines(page) == 12


def test_wrong_cells_are_mended_where_every_table_is_and_come_back_mended(clerk):
    page = clerk.submits(opens(clerk), "核对", **typed(household("张小三", amount="一百多")))
    assert page.heading == "有 1 处要改"

    page = clerk.submits(page, "改好了", **{"cell-2-5": "187.2"})
    assert page.heading == "数都对上了"
    again = clerk.sees(f"{draft_of(page)}/by-hand")
    assert 'value="187.2"' in again.html
    assert clerk.submits(again, "核对").heading == "数都对上了"


def test_looking_without_changing_keeps_the_corrections_and_the_check(clerk):
    page = clerk.submits(opens(clerk), "核对", **typed(household("张小三")))
    before = stored(page).revision
    page = clerk.submits(f"{draft_of(page)}/by-hand", "先存着")

    assert stored(page).revision == before


def test_a_save_from_an_old_page_is_not_taken_and_given_back(clerk):
    page = opens(clerk)
    clerk.submits(page, "先存着", **typed(household("张小三")))
    page = clerk.submits(page, "先存着", **typed(household("李四")))

    assert page.status == 409
    assert "李四" in page.text
    assert names(clerk.sees(f"{draft_of(page)}/by-hand")) == ["张小三"]


def test_reasons_outlive_another_save(clerk):
    page = clerk.submits(opens(clerk), "核对", **typed(household("张小三", amount="200")))
    page = clerk.submits(page, "填情况", **{"reason-product_differs": "按村里议定的数"})
    page = clerk.submits(f"{draft_of(page)}/by-hand", "核对", **{"row-0-group": "2组"})

    assert 'value="按村里议定的数"' in page.html


def test_typing_takes_the_place_of_an_upload_only_when_it_is_kept(clerk):
    uploaded = pastes(clerk, ROSTER)
    page = clerk.sees(f"{draft_of(uploaded)}/by-hand")
    assert "已经有一张上传的表" in page.text
    assert "看这一行" not in page.text, "what is wrong in the upload is not wrong here"
    assert clerk.submits(page, "先存着").status == 200
    assert [sheet.label for sheet in staging.tables(stored(page))] != ["手工填写"]

    page = clerk.submits(page, "先存着", **typed(household("李四")))
    assert "已经有一张上传的表" not in page.text
    assert names(page) == ["李四"]


def test_a_longer_table_is_typed_page_by_page(clerk):
    many = [household(f"{SURNAMES[n % 12]}{'甲乙丙丁戊己庚辛壬'[n // 12]}", str(n), f"{n * 93.6:.1f}") for n in range(1, 61)]
    page = clerk.submits(f"{opens(clerk).path}?empty=60", "再加 10 行", **typed(*many))
    assert names(page) == [row["name"] for row in many[PAGE:]]
    assert "第 2 页，共 2 页" in page.text

    page = clerk.submits(page, "第一页", **typed({"name": "改过名"}, first=PAGE))
    assert names(page) == [row["name"] for row in many[:PAGE]]
    page = clerk.submits(page, "下一页", **typed({"name": "也改过"}))
    assert names(page) == ["改过名", *[row["name"] for row in many[PAGE + 1 :]]]
    assert [row.texts["name"] for row in typed_rows.opened(stored(page))][:2] == ["也改过", many[1]["name"]]


def test_a_page_that_is_not_there_shows_the_nearest(clerk):
    path = opens(clerk).path

    assert lines(clerk.sees(f"{path}?page=99&empty=-3")) == 12
    assert lines(clerk.sees(f"{path}?page=x&empty=99999")) == 100


# ---- nobody's numbers


@pytest.mark.parametrize("number", [made_id(), made_card(), made_phone()], ids=["id", "card", "phone"])
def test_a_number_typed_in_is_covered_and_blocks(clerk, number):
    page = clerk.submits(opens(clerk), "先存着", **typed(household("张小三", note=f"号 {number}")))
    assert "号 ●" in page.html

    page = clerk.submits(page, "核对")
    assert page.heading == "有 1 处要改"
    assert number not in str([sheet.cells for sheet in staging.tables(stored(page))])


def test_names_are_nowhere_in_clear(clerk):
    page = clerk.submits(opens(clerk), "核对", **typed(household("诸葛明理")))
    db.session.rollback()

    kept = [*db.session.query(Sheet).all(), *staging.rows(stored(page)), stored(page)]
    held = [str(getattr(one, column.key)) for one in kept for column in one.__table__.columns]
    assert not [text for text in held if "诸葛明理" in text or "诸葛明理".encode() in text.encode()]
    assert "诸**理" in held


def test_of_what_was_typed_the_ledger_keeps_a_fingerprint(clerk):
    page = clerk.submits(opens(clerk), "先存着", **typed(household("张小三")))
    first = stored(page).sheet_digest
    page = clerk.submits(page, "先存着", **{"row-0-amount": "200"})
    other = stored(page).sheet_digest
    page = clerk.submits(page, "先存着", **{"row-0-amount": "187.2"})

    assert re.fullmatch("[0-9a-f]{64}", first)
    assert (stored(page).sheet_digest == first, other == first) == (True, False)


@pytest.mark.parametrize(("amount", "heading"), [("不知道", "有 1 处要改"), ("1872", "有 1 处对不上，请核对")])
def test_from_a_wrong_figure_a_clerk_goes_back_to_his_rows_and_not_to_another_sheet(clerk, amount, heading):
    page = clerk.submits(opens(clerk), "核对", **typed(household("赵小满", amount=amount), household("钱小满")))
    assert page.heading == heading

    again = clerk.follows(page, "回到填的表")

    assert names(again) == ["赵小满", "钱小满"]


def test_each_row_that_was_typed_has_one_number(clerk):
    page = clerk.submits(opens(clerk), "核对", **typed(household("赵小满", amount="不知道")))
    assert page.html.count("行</th>") == 1
    assert "行号" not in page.text


# ---- as every other table


def test_a_row_is_taken_out_with_one_tick(clerk):
    page = clerk.submits(opens(clerk), "先存着", **typed(*twelve()))
    page = clerk.submits(page, "先存着", gone="3")
    assert names(page) == [f"{surname}小满" for surname in SURNAMES if surname != "李"]


def test_a_returned_draft_shows_the_reason_and_the_row_that_it_names(clerk, reviewer):
    page = clerk.submits(opens(clerk), "核对", **typed(*twelve()))
    page = states(clerk, page, **facts_of(BAIHE))
    clerk.submits(page, "送审")
    reviewer.submits(f"{draft_of(page)}/review", "退回修改", reason="高洞社区3号的面积和合同不一样")
    seen = clerk.sees(f"{draft_of(page)}/by-hand")
    assert "退回的理由： 高洞社区3号的面积和合同不一样" in seen.text or "退回的理由：高洞社区3号的面积和合同不一样" in seen.text
    assert re.findall(r'<tr id="l(\d+)" class="hit"', seen.html) == ["4"]
