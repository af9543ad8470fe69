"""A notice corrected from a case: case and version name each other, and nobody learns more of the case than he may."""

from __future__ import annotations

import pytest

from board.models import Case, db
from tests.store.asked import COUNTY, files
from tests.store.corrected import TWO_AND_ONE, approves, begins, sends, types
from tests.web.asking import asks, looks_up, receipt_on
from tests.web.desk.test_correction import edits
from tests.web.desk.test_correction import sends as sends_on

REASON = "高洞社区两户的面积量错了"


@pytest.fixture(autouse=True)
def today(at):
    """The day on which all of this happens: everybody signs in on it."""
    at("2026-11-24")


def address(case):
    return f"/desk/cases/{case.home}/{case.id}"


def test_from_the_case_to_the_phone(clerk, reviewer, villager, form, number):
    receipt = receipt_on(asks(villager, form, text="我家是两亩三分，只算了两亩。"))
    case = db.session.query(Case).one()
    page = clerk.follows(clerk.sees(address(case)), "更正这份公示")
    assert "因为一件来件：我家的数不对" in page.text
    draft = sends_on(clerk, edits(clerk, clerk.submits(page, "在名单上改几行", reason=REASON, leak="0")))
    assert "正在更正这份公示，还没有公布。" in clerk.sees(address(case)).text
    assert "已在第" not in looks_up(villager, receipt).text

    page = reviewer.sees(f"{draft}/review")
    assert "公布以后，群众看得到“因群众来件更正”" in page.text
    assert case.id in page.link("因为这件来件")
    reviewer.submits(page, "通过并公布")
    assert "第 2 版是因为这件来件更正的（2026年11月24日）" in reviewer.sees(f"/desk/notices/{number}").text
    assert "已在第 2 版更正" in clerk.sees(address(case)).text

    page = looks_up(villager, receipt)
    assert "已在第 2 版更正" in page.text
    assert page.link("看这份公示") == f"/n/{number}"
    everybody = villager.sees(f"/n/{number}")
    assert f"更正的原因：{REASON} · 因群众来件更正" in everybody.text
    assert case.id not in everybody.html
    assert "两亩三分" not in everybody.html


@pytest.mark.parametrize("category", ["household", "correction"])
def test_of_what_is_never_published_nobody_reads_that_somebody_asked(clerk, reviewer, villager, posted, category):
    case = files(posted, category)
    page = clerk.follows(clerk.sees(address(case)), "更正这份公示")
    draft = sends_on(clerk, edits(clerk, clerk.submits(page, "在名单上改几行", reason=REASON, leak="0")))
    assert "公布以后，群众看不到有人来件。" in reviewer.sees(f"{draft}/review").text
    reviewer.submits(f"{draft}/review", "通过并公布")

    assert "已在第 2 版更正" in clerk.sees(address(case)).text
    for path in (f"/n/{posted.number}", f"/n/{posted.number}/510521116004", f"/n/{posted.number}.json"):
        assert "来件" not in villager.sees(path).text


def test_the_township_cannot_correct_because_of_what_only_the_county_has(person, posted):
    case = files(posted, "amount_wrong", home=COUNTY)
    clerk = person("baihe-clerk")
    assert clerk.sees(f"/desk/notices/{posted.number}/correct?case={case.home}-{case.id}").status == 404
    assert "更正这份公示" not in person("luxian-clerk").sees(address(case)).text, "nor the county in its name"


def test_a_case_of_another_notice_is_not_taken(clerk, posted):
    case = files(None, "suggestion", row=None)
    assert clerk.sees(f"/desk/notices/{posted.number}/correct?case={case.home}-{case.id}").status == 404
    assert clerk.sees(f"/desk/notices/{posted.number}/correct?case=x").status == 404


def test_what_is_being_corrected_already_is_tied_to_the_case(clerk, posted):
    case = files(posted, "amount_wrong")
    draft = begins(posted)
    page = clerk.follows(clerk.sees(address(case)), "更正这份公示")
    assert "一次只能有一份更正" in page.text
    page = clerk.submits(page, "那一份更正也是为了这件来件")
    assert "正在更正这份公示，还没有公布。" in page.text
    approves(sends(types(draft, TWO_AND_ONE)))
    assert "已在第 2 版更正" in clerk.sees(address(case)).text


def test_a_withdrawn_notice_is_not_corrected_from_a_case(clerk, reviewer, posted):
    case = files(posted, "amount_wrong")
    reviewer.submits(f"/desk/notices/{posted.number}", "马上撤下", reason="有一户金额录错。", leak="0", sure=True)
    assert "更正这份公示" not in clerk.sees(address(case)).text
