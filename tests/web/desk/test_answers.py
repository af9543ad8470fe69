"""大家问过的: one answer for everybody, in the office's words, once a second person approved it; never whose question it was."""

from __future__ import annotations

import pytest

from board.models import Ledger, PublicAnswer, db
from board.store import answers, notices, people
from board.store.proof import notices as proof
from tests.store.posted import AT, GAODONG, NEXT
from tests.web.asking import TEXT, asks
from tests.web.asking import answers as replies

QUESTION, ANSWER = "新开的荒地算不算面积？", "不算。按确权证上的面积算，\n依据是川农发〔2026〕12号。"


@pytest.fixture
def at_desk(posted):
    """Where 百和镇's clerk tells everybody."""
    return f"/desk/notices/{posted.number}/answers"


def tells(clerk, at_desk, question: str = QUESTION, answer: str = ANSWER, **more):
    return clerk.submits(at_desk, "送审", question=question, answer=answer, **more)


@pytest.fixture
def publishes(clerk, reviewer, at_desk):
    """百和镇's clerk writes an answer for everybody, and its reviewer approves it on his list."""

    def publishes(question: str = QUESTION, answer: str = ANSWER, **more):
        tells(clerk, at_desk, question, answer, **more)
        return reviewer.submits("/desk/approvals", "通过")

    return publishes


def test_what_was_asked_by_phone_is_answered_for_everybody_by_two_people(villager, clerk, reviewer, posted, at_desk):
    assert "大家问过的" not in villager.sees(f"/n/{posted.number}").text  # and that page is kept from here on
    assert "审核的人同意以后，大家才看得到" in tells(clerk, at_desk).text
    assert "大家问过的" not in villager.sees(f"/n/{posted.number}").text
    assert "已通过，大家看得到了" in reviewer.submits("/desk", "通过").text

    for address in (f"/n/{posted.number}", f"/n/{posted.number}/{GAODONG}", f"/n/{posted.number}/{NEXT}"):
        page = villager.sees(address)
        assert "大家问过的\n新开的荒地算不算面积？\n不算。按确权证上的面积算，\n依据是川农发〔2026〕12号。\n2026年11月22日" in page.text


def test_an_answer_about_one_place_stands_with_that_place_and_with_the_whole(villager, posted, publishes):
    publishes(place=GAODONG)

    assert "2026年11月22日 · 高洞社区" in villager.sees(f"/n/{posted.number}").text
    assert QUESTION in villager.sees(f"/n/{posted.number}/{GAODONG}").text
    assert QUESTION not in villager.sees(f"/n/{posted.number}/{NEXT}").text


def test_a_case_leads_to_an_empty_form_says_where_it_stands_and_nothing_tells_whose_it_was(villager, clerk, reviewer, posted, form):
    asks(villager, form)
    case = clerk.follows(clerk.sees("/desk/cases"), "我家的数不对")
    assert "写一条给大家看" not in case.text  # first the villager is answered
    page = clerk.follows(replies(clerk, "查过了，会更正。"), "写一条给大家看")
    assert page.form("送审").fields["question"] == [""]
    assert TEXT not in page.text

    clerk.submits(page, "送审", question=QUESTION, answer=ANSWER)
    assert "给大家看的这一条在等审核" in clerk.sees(case.path).text
    reviewer.submits("/desk/approvals", "退回修改", reason="请写明依据。")
    page = clerk.follows(clerk.sees(case.path), "给大家看的这一条退回了")
    assert "退回的理由：请写明依据。" in page.text
    assert page.form("送审").fields["question"] == [QUESTION]
    clerk.submits(page, "送审", answer="不算，按确权证上的面积算。")
    reviewer.submits("/desk/approvals", "通过")
    assert "给大家看的这一条已公开" in clerk.sees(case.path).text

    db.session.rollback()
    told = db.session.query(PublicAnswer).one()
    assert told.case
    assert told.case not in villager.sees(f"/n/{posted.number}").html
    assert not [entry for entry in db.session.query(Ledger) if entry.action.startswith("answer.") and told.case in str(entry.body)]
    assert proof.first_fault() is None


@pytest.mark.parametrize("copied", [TEXT, f"有人说{TEXT}怎么回事？"])
def test_what_a_villager_wrote_is_not_published_as_he_wrote_it(villager, clerk, posted, form, at_desk, copied):
    asks(villager, form)
    page = tells(clerk, at_desk, question=copied)

    assert page.status == 422
    assert "和来件的原话一样：“我家是两亩三分只算了两亩”" in page.text
    assert page.form("送审").fields["question"] == [copied]
    assert db.session.query(PublicAnswer).count() == 0


def test_what_waits_is_on_the_reviewers_first_page_in_full_and_one_tap_approves_what_is_shown(villager, clerk, reviewer, posted, at_desk):
    tells(clerk, at_desk, place=GAODONG)
    page = tells(clerk, at_desk, QUESTION, "张小三家的不算。")
    clerk.submits(page, "送审", looked="张小三")
    page = reviewer.sees("/desk")
    assert f"{posted.version.title}\n大家问过的 · 高洞社区 · 2026年11月22日送审 · 打开看看\n大家问什么\n{QUESTION}" in page.text
    assert "里面像是说到了某个人：“张小三”。写的人说可以这样写" in page.text

    stale = reviewer.sees("/desk/approvals")
    reviewer.submits(stale, "退回修改", reason="请写短一点。")  # the first, and what was shown of it is over
    page = reviewer.submits(stale, "通过")
    assert page.status == 409
    assert "刚才有了变化，没有办" in page.text
    assert "已退回" in page.text
    assert villager.sees(f"/n/{posted.number}").text.count(QUESTION) == 0


def test_whoever_wrote_an_answer_does_not_approve_it(villager, clerk, posted, at_desk, app):
    tells(clerk, at_desk)
    people.move(people.named("baihe-clerk").id, "reviewer", posted.home, "luxian-admin", app.clock())
    himself = clerk.is_signed_in("baihe-clerk")

    page = himself.sees("/desk/approvals")
    assert "这一份是您写的，不能由您审核" in page.text
    assert "通过" not in [words for form in page.forms for words, *_ in form.buttons]
    digest = himself.sees(f"{at_desk}/1").form("退回修改").fields["digest"][0]
    token = himself.sees(f"{at_desk}/1").form("退回修改").fields["csrf_token"][0]
    assert himself.client.post(f"{at_desk}/1/approve", data={"csrf_token": token, "digest": digest}).status_code == 403
    assert answers.published(posted) == []


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        (QUESTION, "好", "每一样至少 4 个字"),
        (QUESTION, "17 号这一户算少了。", "不要写是哪一户"),
        ("张*三家为什么多？", ANSWER, "不要写是哪一户"),
        (QUESTION, "请打 13800138000。", "有手机号"),
        (QUESTION, "多" * 2001, "2000 个字以内"),
    ],
)
def test_what_is_about_somebody_is_not_put_before_everybody(villager, clerk, posted, at_desk, question, answer, said):
    page = tells(clerk, at_desk, question, answer)

    assert page.status == 422
    assert said in page.text
    assert "13800138000" not in page.html
    assert "大家问过的" not in villager.sees(f"/n/{posted.number}").text


def test_an_illness_is_looked_at_twice(villager, clerk, reviewer, posted, at_desk):
    page = tells(clerk, at_desk, QUESTION, "他得了胃癌，所以多给了一些。")
    assert page.status == 422
    assert "像是说到了某个人的" in page.text
    clerk.submits(page, "送审", looked="胃癌")
    reviewer.submits("/desk/approvals", "通过")

    assert "胃癌" in villager.sees(f"/n/{posted.number}").text


def test_a_name_becomes_somebody_with_one_tap_and_is_read_before_it_goes(villager, clerk, reviewer, posted, at_desk):
    page = tells(clerk, at_desk, "郝秀云(低保户)为什么没领到？", "张小三家的卡号错了，下月补发。找王主任。")
    assert page.status == 422
    assert "像是说到了某个人的全名：“郝秀云、张小三”" in page.text

    page = clerk.submits(page, "把名字换成 某某")
    assert "名字盖住了。请看一看您写的话，再点一次。" in page.text
    assert page.form("送审").fields["question"] == ["某某(低保户)为什么没领到？"]
    assert db.session.query(PublicAnswer).count() == 0

    clerk.submits(page, "送审")
    reviewer.submits("/desk/approvals", "通过")
    shown = villager.sees(f"/n/{posted.number}").text
    assert "某某(低保户)为什么没领到？\n某某家的卡号错了，下月补发。找王主任。" in shown


def test_a_name_that_stands_is_counted_in_the_log(clerk, posted, at_desk):
    page = tells(clerk, at_desk, QUESTION, "张小三家的不算。")
    clerk.submits(page, "送审", looked="张小三")

    (entry,) = [one for one in db.session.query(Ledger) if one.action == "answer.drafted"]
    assert entry.body["looked_at"] == 1
    assert "张小三" not in str(entry.body)
    assert proof.first_fault() is None


def test_an_answer_that_was_withdrawn_is_gone_at_once_says_why_and_keeps_its_number(villager, clerk, posted, at_desk, publishes):
    publishes()
    assert QUESTION in villager.sees(f"/n/{posted.number}").text
    page = clerk.follows(clerk.sees(at_desk), "打开看看")
    assert "请写明为什么撤下" in clerk.submits(page, "马上撤下").text
    assert "已撤下" in clerk.submits(page, "马上撤下", reason="依据写错了，改好再公开。").text

    text = villager.sees(f"/n/{posted.number}").text
    assert QUESTION not in text
    assert "第 1 条在2026年11月22日撤下了，原因：依据写错了，改好再公开。" in text
    assert QUESTION not in str([(one.question, one.answer) for one in db.session.query(PublicAnswer)])
    publishes("怎么补发？要带什么？", "带身份证和一卡通到镇里核对。")
    assert [one.no for one in answers.published(posted) if not one.withdrawn_at] == [2]
    assert proof.first_fault() is None


def test_one_that_waits_is_given_up_without_a_word_to_anybody(villager, clerk, reviewer, posted, at_desk):
    page = tells(clerk, at_desk)
    clerk.submits(page, "不公开了", reason="还要再商量。")

    assert "商量" not in villager.sees(f"/n/{posted.number}").text
    assert "现在没有等您批的" in reviewer.sees("/desk/approvals").text


def test_several_answers_stand_in_the_order_in_which_they_were_given(villager, posted, publishes):
    for question in ("第一个问题是什么？", "第二个问题是什么？", "第三个问题是什么？"):
        publishes(question)
    text = villager.sees(f"/n/{posted.number}").text

    assert text.index("第一个问题") < text.index("第二个问题") < text.index("第三个问题")


def test_only_who_answers_the_cases_of_a_notice_answers_it_for_everybody(person, villager, at_desk):
    assert person("zhaoyuan-clerk").sees(at_desk).status == 404
    assert not [form for form in person("baihe-reviewer").sees(at_desk).forms if "answer" in form.names]
    assert villager.sees(at_desk).path == "/sign-in"


def test_a_notice_that_was_taken_down_answers_nothing_any_more(villager, clerk, reviewer, posted, at_desk, publishes):
    publishes()
    tells(clerk, at_desk, "怎么补发？要带什么？")
    waits = reviewer.sees("/desk/approvals")
    notices.take_down(posted, people.named("baihe-reviewer").id, "数算错了", AT)

    assert QUESTION not in villager.sees(f"/n/{posted.number}").text
    assert not [form for form in clerk.sees(at_desk).forms if "answer" in form.names]
    page = reviewer.submits(waits, "通过")
    assert page.status == 409
    assert "这份公示已经撤下，不能再公开它的问答" in page.text


def test_an_answer_typed_while_the_notice_was_taken_down_is_given_back(clerk, posted, at_desk):
    page = clerk.sees(at_desk)
    notices.take_down(posted, people.named("baihe-reviewer").id, "数算错了", AT)
    told = clerk.submits(page, "送审", question=QUESTION, answer=ANSWER)

    assert told.status == 422
    assert "这份公示已经撤下，不能再公开问答" in told.text
    assert "依据是川农发〔2026〕12号。" in told.text
    assert db.session.query(PublicAnswer).count() == 0


def test_a_place_that_is_not_in_the_notice_gets_no_answer(clerk, at_desk):
    assert "这份公示里没有这个地方" in tells(clerk, at_desk, place="510521116237").text


def test_the_auditor_reads_in_the_log_that_it_was_said_and_withdrawn(clerk, auditor, at_desk, publishes):
    publishes()
    clerk.submits(f"{at_desk}/1", "马上撤下", reason="写错了一个字。")
    log = auditor.sees("/audit/ledger").text

    for words in ("问答送审，要公开", "公开问答", "收回问答"):
        assert words in log
    assert "荒地" not in log
    assert "写错了一个字" in auditor.sees(at_desk).text
