"""大家问过的: one answer for everybody, in general words, on the notice and its places; never whose question it was."""

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
    return clerk.submits(at_desk, "公开给大家看", question=question, answer=answer, **more)


def test_what_was_asked_by_phone_is_answered_for_everybody(villager, clerk, posted, at_desk):
    assert "大家问过的" not in villager.sees(f"/n/{posted.number}").text  # and that page is kept from here on
    tells(clerk, at_desk)

    for address in (f"/n/{posted.number}", f"/n/{posted.number}/{GAODONG}", f"/n/{posted.number}/{NEXT}"):
        page = villager.sees(address)
        assert "大家问过的\n新开的荒地算不算面积？\n不算。按确权证上的面积算，\n依据是川农发〔2026〕12号。\n2026年11月22日" in page.text


def test_an_answer_about_one_place_stands_with_that_place_and_with_the_whole(villager, clerk, posted, at_desk):
    tells(clerk, at_desk, place=GAODONG)

    assert "2026年11月22日 · 高洞社区" in villager.sees(f"/n/{posted.number}").text
    assert QUESTION in villager.sees(f"/n/{posted.number}/{GAODONG}").text
    assert QUESTION not in villager.sees(f"/n/{posted.number}/{NEXT}").text


def test_a_case_leads_to_an_empty_form_and_nothing_tells_whose_it_was(villager, clerk, posted, form):
    asks(villager, form)
    case = clerk.follows(clerk.sees("/desk/cases"), "我家的数不对")
    assert "大家看得到的问答" not in case.text  # first the villager is answered
    page = clerk.follows(replies(clerk, "查过了，会更正。"), "写成大家看得到的问答")
    assert page.form("公开给大家看").fields["question"] == [""]
    assert TEXT not in page.text

    clerk.submits(page, "公开给大家看", question=QUESTION, answer=ANSWER)
    told = db.session.query(PublicAnswer).one()
    assert told.case
    assert told.case not in villager.sees(f"/n/{posted.number}").html
    assert [told.case in str(entry.body) for entry in db.session.query(Ledger).filter_by(action="answer.published")] == [False]
    assert "已经写成大家看得到的问答" in clerk.sees(case.path).text


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


def test_an_illness_is_looked_at_twice(villager, clerk, posted, at_desk):
    page = tells(clerk, at_desk, QUESTION, "他得了胃癌，所以多给了一些。")
    assert page.status == 422
    assert "像是说到了某个人的" in page.text
    clerk.submits(page, "公开给大家看", looked="胃癌")

    assert "胃癌" in villager.sees(f"/n/{posted.number}").text


def test_a_name_becomes_somebody_with_one_tap_and_is_read_before_it_goes(villager, clerk, posted, at_desk):
    page = tells(clerk, at_desk, "郝秀云(低保户)为什么没领到？", "张小三家的卡号错了，下月补发。找王主任。")
    assert page.status == 422
    assert "像是说到了某个人的全名：“郝秀云、张小三”" in page.text

    page = clerk.submits(page, "把名字换成 某某")
    assert "名字盖住了。请看一看您写的话，再点一次。" in page.text
    assert page.form("公开给大家看").fields["question"] == ["某某(低保户)为什么没领到？"]
    assert "某某" not in villager.sees(f"/n/{posted.number}").text

    clerk.submits(page, "公开给大家看")
    shown = villager.sees(f"/n/{posted.number}").text
    assert "某某(低保户)为什么没领到？\n某某家的卡号错了，下月补发。找王主任。" in shown


def test_a_name_that_stands_is_counted_in_the_log(clerk, posted, at_desk):
    page = tells(clerk, at_desk, QUESTION, "张小三家的不算。")
    clerk.submits(page, "公开给大家看", looked="张小三")

    (entry,) = [one for one in db.session.query(Ledger) if one.action == "answer.published"]
    assert entry.body["looked_at"] == 1
    assert "张小三" not in str(entry.body)
    assert proof.first_fault() is None


def test_an_answer_that_was_taken_back_is_gone_at_once_and_its_number_is_not_given_again(villager, clerk, posted, at_desk):
    tells(clerk, at_desk)
    assert QUESTION in villager.sees(f"/n/{posted.number}").text
    assert "已收回" in clerk.submits(clerk.submits(at_desk, "收回这一条"), "收回").text

    assert QUESTION not in villager.sees(f"/n/{posted.number}").text
    assert QUESTION not in str([(one.question, one.answer) for one in db.session.query(PublicAnswer)])
    tells(clerk, at_desk, "怎么补发？要带什么？", "带身份证和一卡通到镇里核对。")
    assert [one.no for one in answers.published(posted)] == [2]
    assert proof.first_fault() is None


def test_several_answers_stand_in_the_order_in_which_they_were_given(villager, clerk, posted, at_desk):
    for question in ("第一个问题是什么？", "第二个问题是什么？", "第三个问题是什么？"):
        tells(clerk, at_desk, question)
    text = villager.sees(f"/n/{posted.number}").text

    assert text.index("第一个问题") < text.index("第二个问题") < text.index("第三个问题")


def test_only_who_answers_the_cases_of_a_notice_answers_it_for_everybody(person, villager, at_desk):
    assert person("zhaoyuan-clerk").sees(at_desk).status == 404
    assert person("baihe-reviewer").sees(at_desk).status == 403
    assert villager.sees(at_desk).path == "/sign-in"


def test_a_notice_that_was_taken_down_answers_nothing_any_more(villager, clerk, posted, at_desk):
    tells(clerk, at_desk)
    notices.take_down(posted, people.named("baihe-reviewer").id, "数算错了", AT)

    assert QUESTION not in villager.sees(f"/n/{posted.number}").text
    assert not [form for form in clerk.sees(at_desk).forms if "answer" in form.names]


def test_an_answer_typed_while_the_notice_was_taken_down_is_given_back(clerk, posted, at_desk):
    page = clerk.sees(at_desk)
    notices.take_down(posted, people.named("baihe-reviewer").id, "数算错了", AT)
    told = clerk.submits(page, "公开给大家看", question=QUESTION, answer=ANSWER)

    assert told.status == 422
    assert "这份公示已经撤下，不能再公开问答" in told.text
    assert "依据是川农发〔2026〕12号。" in told.text
    assert db.session.query(PublicAnswer).count() == 0


def test_a_place_that_is_not_in_the_notice_gets_no_answer(clerk, at_desk):
    assert "这份公示里没有这个地方" in tells(clerk, at_desk, place="510521116237").text


def test_the_auditor_reads_in_the_log_that_it_was_said_and_taken_back(clerk, auditor, at_desk):
    tells(clerk, at_desk)
    clerk.submits(clerk.submits(at_desk, "收回这一条"), "收回")
    log = auditor.sees("/audit/ledger").text

    assert "公开问答" in log
    assert "收回问答" in log
    assert "荒地" not in log
