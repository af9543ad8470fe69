"""领导信箱: what a leader writes for everybody, and the second person without whom nobody reads it."""

from __future__ import annotations

import re

import pytest

from board.models import Case, Ledger, PublicLetter, db
from board.store import approval, letters, people
from board.store.proof import notices as proof
from tests.store.posted import AT, TOWN
from tests.web.asking import looks_up, receipt_on
from tests.web.writing import ANSWER, COUNTY, LETTER, QUESTION, TITLE, answers, drafts, opens, publishes, writes

LIST = f"/a/{TOWN}/letters"


@pytest.fixture
def county_leader(person):
    """泸县's leader."""
    return person("luxian-leader")


def test_a_letter_goes_from_its_writer_to_everybody_by_two_people(villager, leader, reviewer):
    writes(villager)
    page = answers(leader)
    assert "可以公开吗\n可以，不写名字" in page.text
    page = leader.follows(page, "写一份给大家看")
    assert LETTER in page.text  # to look at, not to copy
    assert page.form("送审").fields["question"] == [""]
    page = leader.submits(page, "送审", title=TITLE, question=QUESTION, answer=ANSWER)
    assert "已送审" in page.text
    assert TITLE not in villager.sees(LIST).text

    page = reviewer.sees("/desk")
    assert f"{TITLE}\n领导信箱 · 百和镇 · 2026年11月22日送审 · 打开看看\n来信\n{QUESTION}\n答复\n{ANSWER}" in page.text
    assert "已通过" in reviewer.submits(page, "通过").text
    assert "待批的公开话" not in reviewer.sees("/desk").text
    page = villager.follows(villager.sees(LIST), TITLE)
    assert f"{TITLE}\n来信\n{QUESTION}\n答复\n{ANSWER}\n2026年11月22日公开 · 百和镇" in page.text
    assert "已公开" in opens(leader).text
    assert proof.first_fault() is None


def test_what_was_sent_back_is_rewritten_with_the_reason_before_it(villager, leader, reviewer):
    writes(villager)
    answers(leader)
    drafts(leader)
    page = reviewer.sees("/desk/approvals")
    assert "请写明为什么退回" in reviewer.submits(page, "退回修改").text
    assert "已退回" in reviewer.submits(page, "退回修改", reason="请写明修几盏灯。").text

    page = leader.follows(leader.sees("/desk/letters"), TITLE)
    assert "退回的理由：请写明修几盏灯。" in page.text
    page = leader.follows(page, "去改")
    assert page.form("送审").fields["answer"] == [ANSWER]
    leader.submits(page, "送审", answer="三盏灯本月二十五日前换好。")
    reviewer.submits("/desk/approvals", "通过")
    assert "三盏灯本月" in villager.follows(villager.sees(LIST), TITLE).text


def test_what_changed_since_it_was_shown_is_shown_again_first(villager, leader, reviewer):
    writes(villager)
    answers(leader)
    drafts(leader)
    stale = reviewer.sees("/desk/approvals")
    reviewer.submits(stale, "退回修改", reason="请写明修几盏灯。")
    again = leader.follows(leader.follows(leader.sees("/desk/letters"), TITLE), "去改")
    leader.submits(again, "送审", answer="三盏灯本月二十五日前换好。")

    page = reviewer.submits(stale, "通过")
    assert page.status == 409
    assert "刚才有了变化，没有办" in page.text
    assert "三盏灯本月" in page.text
    assert TITLE not in villager.sees(LIST).text
    reviewer.submits(page, "通过")
    assert TITLE in villager.sees(LIST).text


def forged(client, page: str, address: str, **fields: str) -> int:
    """Send a form that no page offers, with the token of one that is open; return the status."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    return client.post(address, data={"csrf_token": token[1], **fields}).status_code


@pytest.mark.parametrize("consent", ["no", None])
def test_without_the_writers_consent_no_form_puts_a_letter_before_anybody(villager, leader, consent):
    writes(villager, consent=consent or "yes")
    answers(leader)
    case = db.session.query(Case).one()
    if consent is None:
        case.consent = None
        db.session.commit()
    address = f"/desk/cases/{case.home}/{case.id}/letter"
    page = opens(leader)
    assert "写一份给大家看" not in page.text
    assert leader.sees(address).status == 404

    sent = {"title": TITLE, "question": QUESTION, "answer": ANSWER, "consent": "yes"}
    assert forged(leader.client, page.html, address, **sent) == 404
    assert db.session.query(PublicLetter).count() == 0


def test_a_forged_approval_publishes_nothing(villager, leader, reviewer, clerk, person):
    writes(villager)
    answers(leader)
    assert forged(leader.client, opens(leader).html, f"/desk/letters/{TOWN}/1/approve", digest="") == 403
    drafts(leader)
    digest = letters.digest(db.session.query(PublicLetter).one())
    approve = f"/desk/letters/{TOWN}/1/approve"

    assert forged(leader.client, opens(leader).html, approve, digest=digest) == 403
    assert forged(clerk.client, clerk.sees("/desk").html, approve, digest=digest) == 403
    elsewhere = person("luxian-reviewer")
    assert forged(elsewhere.client, elsewhere.sees("/desk").html, approve, digest=digest) == 404
    assert forged(reviewer.client, reviewer.sees("/desk").html, approve, digest="") == 409
    db.session.query(Case).update({"consent": False})
    db.session.commit()
    assert forged(reviewer.client, reviewer.sees("/desk").html, approve, digest=digest) == 409
    assert letters.published(TOWN) == []


def test_a_leader_who_becomes_reviewer_does_not_approve_what_he_wrote(villager, leader, app):
    writes(villager)
    answers(leader)
    drafts(leader)
    people.move(people.named("baihe-leader").id, "reviewer", TOWN, "luxian-admin", app.clock())
    himself = leader.is_signed_in("baihe-leader")
    page = himself.sees(f"/desk/letters/{TOWN}/1")

    assert "这一份是您写的，不能由您审核" in page.text
    forms = (*page.forms, *himself.sees("/desk/approvals").forms)
    assert "通过" not in [words for form in forms for words, *_ in form.buttons]
    digest = page.form("退回修改").fields["digest"][0]
    assert forged(himself.client, page.html, f"/desk/letters/{TOWN}/1/approve", digest=digest) == 403
    assert letters.published(TOWN) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": "灯"}, "每一样至少 4 个字"),
        ({"title": "灯" * 61}, "请写在 60 个字以内"),
        ({"answer": "请打 13800138000。"}, "有手机号"),
        ({"title": "张*三家的路灯"}, "不要写是哪一户"),
        ({"question": "17 号这一户的路灯坏了。"}, "不要写是哪一户"),
        ({"answer": "他得了胃癌，先给他装。"}, "像是说到了某个人的"),
        ({"answer": "多" * 2001}, "2000 个字以内"),
    ],
)
def test_what_is_about_somebody_does_not_reach_the_reviewer(villager, leader, reviewer, typed, said):
    writes(villager)
    answers(leader)
    page = drafts(leader, **typed)

    assert page.status == 422
    assert said in page.text
    assert "13800138000" not in page.html
    assert db.session.query(PublicLetter).count() == 0


def test_a_name_of_a_roster_is_covered_with_one_tap_and_counted_where_it_stands(villager, leader, posted):
    writes(villager)
    answers(leader)
    warned = drafts(leader, answer="张小三家门口先装一盏。")
    assert "像是说到了某个人的全名：“张小三”" in warned.text
    page = leader.submits(warned, "把名字换成 某某")
    assert page.form("送审").fields["answer"] == ["某某家门口先装一盏。"]

    leader.submits(warned, "送审", looked="张小三")
    (entry,) = db.session.query(Ledger).filter_by(action="letter.drafted")
    assert entry.body["looked_at"] == 1
    assert "张小三" not in str(entry.body)


def test_a_published_letter_is_withdrawn_with_a_reason_that_everybody_reads(villager, leader, reviewer, auditor):
    publishes(villager, leader, reviewer)
    address = f"{LIST}/1"
    assert villager.sees(address).status == 200
    page = leader.sees(f"/desk/letters/{TOWN}/1")
    assert "请写明为什么撤下" in leader.submits(page, "马上撤下").text
    assert "已撤下" in leader.submits(page, "马上撤下", reason="日子写错了，改好再公开。").text

    page = villager.sees(address)
    assert page.status == 410
    assert "这封来信已撤下\n撤下时间：2026年11月22日\n原因：日子写错了，改好再公开。" in page.text
    assert "路灯" not in page.html + villager.sees(LIST).html
    page = auditor.sees("/audit/ledger")
    assert "原因：日子写错了" in auditor.follows(page, "公开的来信 1").text
    log = page.text
    for words in ("来信送审，要公开", "公开来信", "撤下公开的来信"):
        assert words in log
    assert "路灯" not in log
    assert "写一份给大家看" in opens(leader).text
    assert proof.first_fault() is None


def test_a_letter_is_not_published_as_its_writer_wrote_it(villager, leader):
    writes(villager)
    answers(leader)
    page = drafts(leader, question=LETTER)

    assert page.status == 422
    assert "和来件的原话一样：“街上到卫生院的路灯坏了两个月" in page.text
    assert db.session.query(PublicLetter).count() == 0


def test_its_writer_takes_back_that_it_is_public_and_staff_see_why(villager, leader, reviewer):
    receipt = writes(villager)
    answers(leader)
    drafts(leader)
    reviewer.submits("/desk/approvals", "通过")
    page = looks_up(villager, receipt)
    assert "您同意不写名字公开这封信。 看大家看到的" in page.text
    page = villager.submits(page, "不同意公开了", text="还有一句话")
    assert "记下了，不公开。" in page.text
    assert page.form("再反映" if "再反映" in page.text else "还想问").fields["text"] == ["还有一句话"]
    assert "您同意不写名字公开这封信" not in looks_up(villager, receipt).text

    page = villager.sees(f"{LIST}/1")
    assert page.status == 410
    assert "这一封不再公开了" in page.text
    assert "路灯" not in page.html + villager.sees(LIST).html
    assert "不同意公开了。" in opens(leader).text
    assert "写一份给大家看" not in opens(leader).text
    assert "写信的人不同意公开了，程序就撤下了" in leader.sees(f"/desk/letters/{TOWN}/1").text
    assert proof.first_fault() is None


def test_one_that_was_not_published_is_given_up_and_was_never_there_for_anybody(villager, leader, reviewer):
    writes(villager)
    answers(leader)
    page = drafts(leader)
    leader.submits(page, "不公开了", reason="还要再商量。")

    assert villager.sees(f"{LIST}/1").status == 404
    assert "待批的公开话" not in reviewer.sees("/desk").text


def test_the_inbox_of_a_leader_speaks_of_letters_and_not_of_notices(villager, leader):
    writes(villager)
    writes(villager, "希望赶场天划个地方停车。", consent="no")
    page = leader.sees("/desk/cases")

    assert page.heading == "来信"
    assert "公示" not in page.text.replace("公示墙", "")
    assert "街上到卫生院的路灯坏了两个月，请镇里修一修。\n已收到\n百和镇 · 可以公开吗 可以，不写名字" in page.text
    assert "希望赶场天划个地方停车。\n已收到\n百和镇 · 可以公开吗 不公开" in page.text
    page = opens(leader)
    assert page.heading == "来信"
    assert "回到来信" in page.text
    assert "哪份公示" not in page.text


def test_the_clerk_sees_no_letter_the_reviewer_and_the_auditor_do(villager, leader, clerk, reviewer, auditor):
    writes(villager)
    case = db.session.query(Case).one()
    address = f"/desk/cases/{case.home}/{case.id}"

    assert "给领导写信" not in clerk.sees("/desk/cases").text
    assert clerk.sees(address).status == 404
    assert clerk.sees("/desk/letters").status == 403
    for who in (reviewer, auditor):
        assert LETTER in who.follows(who.sees("/desk/cases"), "给领导写信").text
        assert who.sees("/desk/letters").status == 200


def test_a_letter_to_the_county_is_the_county_leaders(villager, leader, county_leader, reviewer, person):
    writes(villager, home=COUNTY)
    assert "没有等答复的信" in leader.sees("/desk/cases").text
    answers(county_leader)
    drafts(county_leader)
    assert "待批的公开话" not in reviewer.sees("/desk").text
    person("luxian-reviewer").submits("/desk/approvals", "通过")

    assert TITLE in villager.sees(f"/a/{COUNTY}/letters").text
    assert TITLE not in villager.sees(LIST).text
    assert "路灯" in person("luxian-auditor").sees("/desk/letters").text


def test_a_letter_that_solved_nothing_is_answered_and_published_by_the_county(villager, leader, county_leader):
    receipt = writes(villager)
    answers(leader)
    villager.submits(looks_up(villager, receipt), "没解决，请泸县来查")

    assert "写一份给大家看" not in opens(county_leader).text
    answers(county_leader, "县里已经拨钱，本月修好。")
    assert "已送审" in drafts(county_leader).text
    assert [one.home for one in approval.unpublished(letters.SORT, "")] == [COUNTY]


def test_a_petition_has_the_official_number_and_the_day_by_which_its_writer_is_told(villager, leader):
    receipt = writes(villager, "村里的山林权属争了三年，请县里查处。")
    page = opens(leader, "村里的山林权属")
    assert "是信访：上面写信访系统的编号，2026年12月7日前告知受不受理" in page.text
    assert "上面只写信访系统给的编号" in leader.submits(page, "是信访", text="请到信访局去").text
    page = leader.submits(page, "是信访", text="XF-20261122-0017")
    assert "信访编号\nXF-20261122-0017" in page.text
    assert "最晚2026年12月7日告知受不受理" in page.text
    assert "最晚2026年12月7日答复" not in page.text
    assert "是信访：上面写" not in page.text  # once

    page = looks_up(villager, receipt)
    assert "按信访办理，信访系统里的编号是 XF-20261122-0017，请抄下来。\n最晚2026年12月7日告诉您受不受理" in page.text
    assert "信访工作条例" in page.text
    page = leader.submits(opens(leader, "村里的山林权属"), "答复", text="受理了，由林业局办。")
    assert "信访编号\nXF-20261122-0017" in page.text
    page = looks_up(villager, receipt)
    assert "编号是 XF-20261122-0017" in page.text
    assert "最晚2026年12月7日" not in page.text


def test_a_petition_that_is_late_says_so_to_its_writer(villager, leader, at):
    receipt = writes(villager)
    leader.submits(opens(leader), "是信访", text="XF-20261122-0017")
    at("2026-12-08")

    assert "说好最晚2026年12月7日告诉您受不受理，已经过了" in looks_up(villager, receipt).text


def test_where_no_leader_is_above_nobody_promises_that_one_looks_into_it(villager, clerk, person):
    people.disable(people.named("luxian-leader").id, "luxian-admin", AT)
    page = villager.submits(f"/a/{TOWN}/ask?category=letter", "下一步", text="路灯坏了两个月。", consent="no")
    receipt = receipt_on(villager.submits(page, "交上去"))
    leader = person("baihe-leader")
    leader.submits(leader.follows(leader.sees("/desk/cases"), "路灯坏了"), "答复", text="已经派人去修了。")

    page = looks_up(villager, receipt)
    assert "请泸县来查" not in page.text
    page = villager.submits(page, "没解决")
    assert "您的事：没解决" in page.text
