"""The desk's first page: the drafts told apart, what waits for whom, and which are corrections."""

from __future__ import annotations

from tests.actors import Page, Person
from tests.web.drafting import ROSTER, pastes, uploads

REASON = "高洞社区两户的面积量错了，一户不该有"

BAIHE = "baihe-cropland-roster.xlsx"


def begin(clerk: Person, number: str, press: str = "在名单上改几行", reason: str = REASON) -> Page:
    """Press 更正 on the posted page, and say why."""
    page = clerk.follows(clerk.sees(f"/desk/notices/{number}"), "更正这份公示")
    return clerk.submits(page, press, reason=reason, leak="0")


def test_the_desk_tells_drafts_of_one_kind_apart_by_their_tables(clerk):
    pastes(clerk, ROSTER)
    uploads(clerk, BAIHE)

    assert [line in clerk.sees("/desk").text for line in ("表 3 行", "表 1,194 行")] == [True, True]


def test_a_draft_that_was_sent_waits_on_the_desk(clerk, draft):
    assert "等审核" in clerk.sees("/desk").text


def test_the_desk_says_which_draft_is_a_correction(clerk, number):
    begin(clerk, number)
    spaced = f"{number[:3]} {number[3:6]} {number[6:]}"

    assert f"更正 {spaced}" in clerk.sees("/desk").text


def test_the_desk_leads_to_what_waits(reviewer, draft):
    page = reviewer.follows(reviewer.sees("/desk"), "高洞社区")

    assert page.path == f"{draft}/review"
    assert "753.48" in page.text
    assert "高洞社区：耕地补贴 3 户" in page.text.replace(":", "：")
    assert "经手的人：陶立秋" in page.text
    assert "您点通过，就是对名单、金额、依据负责。" in page.text


def test_his_desk_says_first_how_many_wait_for_him(clerk, reviewer, draft):
    page = reviewer.sees("/desk")
    assert "有 1 份等您审核" in page.text
    assert "审核：" in reviewer.follows(page, "去审核").heading
    assert "等您审核" not in clerk.sees("/desk").text
