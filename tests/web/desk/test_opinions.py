"""A village's notice is posted once its supervision committee has said something: on paper, on a phone, or that there is nobody."""

from __future__ import annotations

import pytest

from board.models import CommitteeOpinion, db
from board.store import ledger
from board.store.proof import notices as proof
from tests.web.displaying import photo
from tests.web.drafting import approves, forces, number_of, sends_roster

GAODONG = "510521116004"
REFUSED = "还没有看过这份公示，不能公布"


@pytest.fixture
def draft(once, clerk):
    """A roster of 高洞社区, whose supervisor has no account, before the reviewer: the committee has not signed."""
    clerk.committee_signs = False
    return once("unsigned roster", lambda: sends_roster(clerk))


def test_nothing_is_posted_before_the_committee_has_said_something(reviewer, draft):
    page = forces(reviewer, draft)
    assert page.status == 422
    assert REFUSED in page.text


def test_a_signed_paper_is_entered_kept_sealed_and_stated_on_every_page(clerk, reviewer, villager, draft):
    page = clerk.submits(f"{draft}/opinion", "看过，同意公开", name="某主任", signed_on="2026-11-22", photo=photo())
    assert "监督委员会看过，同意公开" in page.text
    review = reviewer.sees(f"{draft}/review")
    assert "某主任" in review.text
    assert reviewer.sees(review.link("看签字的纸")).data[:3] == b"\xff\xd8\xff"
    number = number_of(approves(reviewer, draft))

    public = villager.sees(f"/n/{number}")
    assert "居务监督委员会意见" in public.text
    assert "看过，同意公开" in public.text
    assert "2026年11月22日在纸上签字确认。" in public.text
    assert "某主任" not in public.html + villager.sees(f"/n/{number}.json").text
    assert "在纸上签字确认" in villager.sees(f"/n/{number}.json").text
    assert b"JFIF" not in db.session.query(CommitteeOpinion).one().photo
    (entry,) = [one for one in ledger.entries(GAODONG) if one.action == "draft.confirmed"]
    assert entry.body.keys() == {"digest", "way", "objections", "photo", "said"}
    assert list(proof.faults()) == []


def test_where_nobody_can_be_found_the_notice_says_why(clerk, reviewer, villager, draft):
    assert clerk.submits(f"{draft}/opinion", "写明没有人确认", reason="").status == 422
    clerk.submits(f"{draft}/opinion", "写明没有人确认", reason="委员会还没有成立，下月选举。")
    number = number_of(approves(reviewer, draft))
    assert "没有确认：委员会还没有成立，下月选举。" in villager.sees(f"/n/{number}").text


def test_an_objection_cannot_be_overlooked_and_stands_with_the_reply(clerk, reviewer, villager, draft):
    on_paper = {"name": "某主任", "signed_on": "2026-11-22", "about": "row", "words": "面积比丈量的多半亩。"}
    page = clerk.sees(f"{draft}/opinion")
    assert "表上没有这个号" in clerk.submits(page, "记下这条不同意见", row="77", **on_paper).text
    clerk.submits(page, "记下这条不同意见", row="2", **on_paper)
    assert "还没有答复，不能公布" in forces(reviewer, draft).text
    clerk.submits(f"{draft}/opinion", "记下答复", **{"reply-0": "按原来的。"})
    seen = reviewer.sees(f"{draft}/review")
    clerk.submits(f"{draft}/opinion", "记下答复", **{"reply-0": "重新量过，是两亩，没有多。"})
    told = reviewer.submits(seen, "通过并公布")
    assert told.status == 409, "the reviewer had not seen the reply"
    assert "重新量过" in told.text
    number = number_of(approves(reviewer, draft))
    words = "对第 2 号有不同意见：面积比丈量的多半亩。答复：重新量过，是两亩，没有多。"
    assert words in villager.sees(f"/n/{number}").text
    assert words in villager.sees(f"/n/{number}.json").text


def test_an_objection_on_paper_is_not_made_into_agreement(clerk, reviewer, draft):
    opened = clerk.sees(f"{draft}/opinion")
    on_paper = {"name": "某主任", "signed_on": "2026-11-22"}
    told = clerk.submits(opened, "记下这条不同意见", about="whole", words="面积比丈量的多半亩。", **on_paper)
    assert "看过，同意公开" not in told.text
    assert "写明没有人确认" not in told.text
    for button, typed in (("纸上写的是：看过，同意公开", on_paper), ("写明没有人确认", {"reason": "委员会的人都在外地。"})):
        refused = clerk.submits(opened, button, **typed)
        assert refused.status == 409
        assert "纸上的不同意见已经记下了" in refused.text
    assert "还没有答复" in forces(reviewer, draft).text


def test_what_was_said_of_one_proposal_holds_for_no_other(clerk, reviewer, draft):
    clerk.submits(f"{draft}/opinion", "看过，同意公开", name="某主任", signed_on="2026-11-22")
    clerk.submits(f"{draft}/facts", "存好", standard="93.60")
    clerk.submits(f"{draft}/finish", "送审")
    assert REFUSED in forces(reviewer, draft).text


@pytest.mark.parametrize("words", ["张小三家多算了半亩。", "打 13800138000 问。"])
def test_neither_a_name_that_the_list_masks_nor_a_number_goes_out_unseen(clerk, draft, words):
    told = clerk.submits(f"{draft}/opinion", "记下这条不同意见", name="主任", signed_on="2026-11-22", about="whole", words=words)
    assert told.status == 422
    assert db.session.query(CommitteeOpinion).count() == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [({"name": ""}, "谁签的字"), ({"signed_on": "2026-11-30"}, "哪天签的"), ({"signed_on": "2026-11-21"}, "不能早于送审")],
)
def test_a_paper_needs_a_name_and_a_day(clerk, draft, given, told):
    page = clerk.submits(f"{draft}/opinion", "看过，同意公开", **{"name": "某主任", "signed_on": "2026-11-22"} | given)
    assert page.status == 422
    assert told in page.text


def test_a_township_asks_no_committee(clerk, reviewer, once):
    assert clerk.sees("/desk/510521116000/000000000000/opinion").status == 404
