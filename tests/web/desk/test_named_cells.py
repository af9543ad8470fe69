"""Names in the text columns of a table: masked in a village's accounts, asked about in other kinds."""

from __future__ import annotations

import pytest

from board.models import Row, db
from tests.actors import Page, Person
from tests.web.drafting import CONTACTS, DATES, approves, draft_of, number_of, pastes, states

ACCOUNTS = "\n".join("\t".join(line) for line in [
    ("日期", "摘要", "收入(元)", "支出(元)", "经手人", "余额(元)", "备注"),
    ("2026-07-02", "付张国强家低保慰问金", "", "300", "李文书", "700", "王老五代领"),
    ("2026-07-03", "付白水泥款", "", "100", "李文书", "600", ""),
    ("2026-07-04", "付石坚固材料费", "", "100", "李文书", "500", ""),
])  # fmt: skip
PROJECTS = "\n".join("\t".join(line) for line in [
    ("实施地点", "项目名称", "建设内容", "资金金额(元)", "受益对象"),
    ("高洞社区", "路灯", "安装路灯 20 盏", "50000", "低保户张国强等20户"),
])  # fmt: skip


@pytest.fixture
def page(clerk):
    """The result of a check of a village's accounts."""
    return pastes(clerk, ACCOUNTS, "village-finance")


FACTS = {"covers": "2026 年第三季度"}


PROJECT_FACTS = {"basis_document": "泸县财农〔2026〕8号", "fund_source": "衔接资金", "allocation_rule": "按户数"}


def sends(clerk: Person, page: Page, facts: dict[str, str] = FACTS) -> str:
    clerk.submits(states(clerk, page, **CONTACTS, **DATES, **facts), "送审")
    return draft_of(page)


def test_accounts_mask_names_by_themselves_and_say_so(clerk, reviewer, villager, page):
    assert "第 2 行“摘要”里的人名已盖住：付张*强家低保慰问金。" in page.text
    assert "第 2 行“备注”里的人名已盖住：王*五代领。" in page.text
    assert "付白水泥款" not in page.text

    number = number_of(approves(reviewer, sends(clerk, clerk.submits(page, "下一步"))))
    for address in (f"/n/{number}", f"/n/{number}/510521116004", f"/n/{number}.csv", f"/n/{number}.json"):
        shown = villager.sees(address).html
        assert "张国强" not in shown
        assert "王老五" not in shown
    assert "付张*强家低保慰问金" in villager.sees(f"/n/{number}.csv").html


def restores(clerk: Person, page: Page, cell: str) -> Page:
    """Press the button of one masked cell, as a browser sends it."""
    form = page.form("照原样写")
    assert ("照原样写", "restore", cell, "") in form.buttons
    sent = {name: values[0] for name, values in form.fields.items()} | {"restore": cell}
    return Page(clerk.client.post(page.address, data=sent, follow_redirects=True))


def test_what_is_no_name_is_had_back_with_one_tap_and_a_reason(clerk, reviewer, villager, page):
    assert "第 4 行“摘要”里的人名已盖住：付石*固材料费。" in page.text
    page = restores(clerk, page, "4-1")
    assert "第 4 行“摘要”里写着人名（石*固），公开出去人人都看得到。" in page.text
    page = clerk.submits(page, "下一步")
    assert "还有 1 类没写原因" in page.text

    page = clerk.submits(page, "下一步", **{"reason-name_in_cell": "是材料的牌子"})
    assert "经办说：是材料的牌子" in reviewer.sees(sends(clerk, page) + "/review").text
    number = number_of(approves(reviewer, draft_of(page), **{"reason-name_in_cell": "看过，是牌子"}))
    assert "付石坚固材料费" in villager.sees(f"/n/{number}.csv").html


def test_a_masked_name_needs_no_reason(page):
    assert "reason-name_masked" not in page.html


def test_enter_masks_and_restores_nothing(page):
    assert page.form("照原样写").enter == ("", "")


def test_in_other_kinds_names_are_asked_about_and_masked_with_one_tap(clerk, reviewer, villager):
    page = pastes(clerk, PROJECTS, "relief-projects", "510521116000")
    assert "第 2 行“受益对象”里写着人名（张*强），公开出去人人都看得到。" in page.text

    page = clerk.submits(page, "把这些名字都盖住", **{"reason-name_in_cell": "写到一半的话"})
    assert "里写着人名" not in page.text
    sent = sends(clerk, page, PROJECT_FACTS)
    asked = reviewer.sees(f"{sent}/review").text
    assert "经办把第 2 行“受益对象”的“低保户张国强等20户”改成了“低保户张*强等20户”" in asked


def test_rows_that_were_posted_before_are_listed_and_not_changed(clerk, reviewer, villager, page):
    number = number_of(approves(reviewer, sends(clerk, clerk.submits(page, "下一步"))))
    assert "没有找到。" in clerk.follows(clerk.sees("/desk"), "公开的话里有没有人名").text
    row = db.session.query(Row).filter(Row.number == number, Row.no == 1).one()
    row.measures = row.measures | {"item": "付张国强家低保慰问金"}
    db.session.commit()

    shown = clerk.sees("/desk/names").text
    assert "名单里的“摘要”（1 行）：张国强\n付张国强家低保慰问金" in shown
    assert "更正这份公示" in shown
    assert "付张国强家低保慰问金" in villager.sees(f"/n/{number}.csv").html
