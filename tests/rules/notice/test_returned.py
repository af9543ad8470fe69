"""Money that came back, as the readers of a notice see it: of which rows, why, and what to do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from board import kinds, policies
from board.rules.notice.page import Page
from board.rules.notice.page_sources import of_proposal
from board.rules.notice.proposal import Proposal
from board.rules.notice.returned import any_back, came_back, sum_returned, what_to_do

TODO = "带身份证和一卡通到镇财政所核对，一个月以内补发。"


def payout(id: str = "cropland-payout", **changes: Any) -> Page:
    frozen = {"kind": kinds.load()[id].source, "areas": {}, "publisher": "百和镇人民政府", "returns": policies.returns()} | changes
    made = Proposal(
        home="510521116000", kind=id, title="公示", facts={"if_returned": TODO}, frozen=frozen, starts="2026-11-20", ends="2026-11-27",
        formed_on="2026-11-16", publish_by="2026-12-11", totals={"amount": "30", "paid": "10", "returned": "20.5"}, stated={}, parts=[],
        content="",
    )  # fmt: skip
    return of_proposal(made)


def row(no: int, returned: str, **measures: str) -> SimpleNamespace:
    return SimpleNamespace(no=no, measures={"returned": returned, **measures})


def test_rows_are_told_by_why_their_money_came_back():
    closed = {"return_reason": "收钱的卡（存折）注销了"}
    rows = [row(1, "0"), row(3, "5", **closed), row(4, "6", outcome="退回"), row(9, "7", **closed), row(10, "1", outcome="退回(户名不符)")]

    found = came_back(payout(), rows)

    assert [([one.no for one in own.rows], own.why.zh) for own in found] == [
        ([3, 9], "收钱的卡（存折）注销了"),
        ([4], "银行把钱退回来了，没写原因"),
        ([10], "名单上的名字和卡（存折）上的对不上"),
    ]
    assert found[0].bring.zh == "带身份证和现在用的卡（存折），到镇财政所换账号"


def test_how_much_came_back_and_what_the_notice_says_about_it():
    assert [sum_returned(payout(), row(1, text)) for text in ("1262.08", "0.00", "")] == ["1,262.08", "", ""]
    assert any_back(payout()) == "20.50"
    assert what_to_do(payout()) == TODO


def test_a_version_from_before_there_were_reasons_tells_the_rows_and_what_to_do_and_no_reason():
    old = dict(kinds.load()["cropland-payout"].source)
    old["chain"] = {name: old["chain"][name] for name in ("granted", "due", "paid", "returned")}
    before = payout(kind=old, returns={})

    (found,) = came_back(before, [row(3, "5", outcome="退回")])
    assert ([one.no for one in found.rows], found.why.zh, what_to_do(before)) == ([3], "", TODO)


def test_a_kind_without_a_payment_chain_has_nothing_that_came_back():
    one = payout("cropland-subsidy")
    assert (came_back(one, [row(1, "5")]), sum_returned(one, row(1, "5")), any_back(one), what_to_do(one)) == ([], "", "", "")
