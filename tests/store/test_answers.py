"""What was answered for everybody: public once a second person approved it as shown, gone when withdrawn, and proved by the ledger."""

from __future__ import annotations

from datetime import date

import pytest

from board.models import PublicAnswer, db
from board.store import answers, approval, cases, ledger, notices
from board.store.answers import QuestionAnswer
from board.store.engine import writing
from board.store.proof import notices as proof
from board.store.proof.subject import altered
from board.store.proof.subjects import SUBJECTS
from tests.store.by_hand import by_hand
from tests.store.posted import AT, GAODONG, NEXT, TOWN

WHOLE = QuestionAnswer("新开的荒地算不算面积？", "不算。按确权证上的面积算。")
HERE = QuestionAnswer("高洞社区哪天发钱？", "下月十号前。", GAODONG)


def words(found):
    return [(one.no, one.answer) for one in found]


@pytest.fixture
def approves(posted, reviewer):
    """百和镇's reviewer approves what he is shown."""

    def approves(one):
        answers.approve(TOWN, posted.number, one.no, answers.shown(one), reviewer, AT)

    return approves


def test_an_answer_is_public_once_a_second_person_approved_it(posted, clerk, approves):
    one = answers.draft(posted, WHOLE, None, clerk, AT)
    assert words(approval.unpublished(answers.SORT, TOWN)) == [(1, WHOLE.answer)]
    assert answers.published(posted) == answers.published_of([posted.number])[posted.number] == answers.examples(GAODONG, "") == []

    approves(one)
    assert words(answers.published(posted)) == words(answers.published_of([posted.number])[posted.number]) == [(1, WHOLE.answer)]
    assert [found.answer for found in answers.examples(TOWN, "")] == [WHOLE.answer]
    assert approval.unpublished(answers.SORT, TOWN) == []
    assert proof.first_fault() is None


def test_an_answer_about_one_place_concerns_that_place_and_the_whole(posted, clerk, approves):
    for said in (WHOLE, HERE):
        approves(answers.draft(posted, said, None, clerk, AT))

    assert words(answers.published(posted)) == words(answers.published(posted, GAODONG)) == [(1, WHOLE.answer), (2, HERE.answer)]
    assert words(answers.published(posted, NEXT)) == [(1, WHOLE.answer)]


def test_the_same_form_sent_twice_waits_once(posted, clerk, approves):
    first = answers.draft(posted, WHOLE, None, clerk, AT)
    assert answers.draft(posted, WHOLE, None, clerk, AT).no == first.no
    assert answers.draft(posted, HERE, None, clerk, AT).no != first.no
    approves(first)
    assert answers.draft(posted, WHOLE, None, clerk, AT).no not in (first.no, first.no + 1), "what is public may be asked for anew"


def test_nobody_approves_what_he_wrote(posted, clerk):
    one = answers.draft(posted, WHOLE, None, clerk, AT)

    with pytest.raises(approval.OwnHand):
        answers.approve(TOWN, posted.number, 1, answers.shown(one), clerk, AT)
    assert answers.published(posted) == []


@pytest.mark.parametrize("anew", [QuestionAnswer(WHOLE.question, "不算。"), QuestionAnswer(WHOLE.question, WHOLE.answer, GAODONG)], ids=str)
def test_what_was_rewritten_since_it_was_shown_is_not_approved(posted, clerk, reviewer, approves, anew):
    shown = answers.shown(answers.draft(posted, WHOLE, None, clerk, AT))
    answers.send_back(TOWN, posted.number, 1, shown, reviewer, AT, "请写明依据。")
    assert words(approval.unpublished(answers.SORT, TOWN, returned=True)) == [(1, WHOLE.answer)]
    again = answers.draft(posted, anew, None, clerk, AT, no=1)
    assert (again.no, again.returned) == (1, None)

    with pytest.raises(approval.NotShown):
        answers.approve(TOWN, posted.number, 1, shown, reviewer, AT)
    with pytest.raises(approval.NotShown):
        answers.draft(posted, WHOLE, None, clerk, AT, no=1)  # nothing was sent back
    approves(again)
    with pytest.raises(approval.NotShown):
        approves(again)
    assert proof.first_fault() is None


def test_an_answer_about_a_notice_that_was_taken_down_does_not_go_out(posted, clerk, reviewer, approves):
    one = answers.draft(posted, WHOLE, None, clerk, AT)
    notices.take_down(posted, reviewer, "数算错了", AT)

    with pytest.raises(approval.NotPublishable):
        approves(one)
    with pytest.raises(approval.NotPublishable):
        answers.draft(posted, HERE, None, clerk, AT)


def test_what_was_withdrawn_leaves_no_word_and_its_number_is_not_given_again(posted, clerk, approves):
    approves(answers.draft(posted, WHOLE, None, clerk, AT))
    assert answers.withdraw(TOWN, posted.number, 1, clerk, AT, "依据写错了。")
    assert not answers.withdraw(TOWN, posted.number, 1, clerk, AT, "又点了一次。")
    assert not answers.withdraw(TOWN, posted.number, 7, clerk, AT, "没有这一条。")

    gone = answers.find(posted.number, 1)
    assert (gone.question, gone.answer, gone.withdrawn_because, approval.state(gone)) == ("", "", "依据写错了。", "withdrawn")
    assert answers.published_of([posted.number]) == {posted.number: []}
    assert answers.examples(TOWN, "cropland-subsidy") == []
    assert answers.draft(posted, HERE, None, clerk, AT).no == 2
    assert [entry.action for entry in ledger.entries(TOWN)][-4:] == [
        "answer.drafted", "answer.published", "answer.withdrawn", "answer.drafted",
    ]  # fmt: skip
    assert proof.first_fault() is None


def test_the_ledger_keeps_a_keyed_digest_and_names_no_case(posted, clerk):
    case = cases.file(posted, "c" * 32, cases.Asked(GAODONG, 2, "unclear", "看不懂这个数。", "", date(2026, 11, 27)), AT)
    assert answers.of_case(TOWN, case.id) is None
    assert answers.asked_about(posted) == ["看不懂这个数。"]
    answers.draft(posted, WHOLE, case.id, clerk, AT)
    *_, entry = ledger.entries(TOWN)

    assert answers.of_case(TOWN, case.id).no == 1
    assert entry.body == {"no": 1, "place": "", "words": answers.digest(TOWN, posted.number, 1, WHOLE)}
    assert answers.digest(TOWN, posted.number, 2, WHOLE) != entry.body["words"]
    answers.withdraw(TOWN, posted.number, 1, clerk, AT, "不用了。")
    assert answers.of_case(TOWN, case.id) is None


def test_an_answer_that_one_person_published_before_waits_and_is_proved(posted, clerk, approves):
    one = PublicAnswer(home=TOWN, number=posted.number, no=1, question=WHOLE.question, answer=WHOLE.answer, drafted_by=clerk, drafted_at=AT)
    with writing() as session:
        session.add(one)
        said = {"no": 1, "place": "", "words": answers.digest(TOWN, posted.number, 1, WHOLE)}
        ledger.append(TOWN, AT, "baihe-clerk", "answer.published", posted.number, **said)
    assert words(approval.unpublished(answers.SORT, TOWN)) == [(1, WHOLE.answer)]
    assert answers.published(posted) == []
    assert proof.first_fault() is None

    approves(answers.find(posted.number, 1))
    assert words(answers.published(posted)) == [(1, WHOLE.answer)]
    assert proof.first_fault() is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("answer", "都对。"), ("place", GAODONG), ("approved_at", "2026-11-01 00:00:00"), ("approved_at", None), ("returned", "退回"),
        ("withdrawn_because", "没有了"), ("drafted_by", 9),
    ],
)  # fmt: skip
def test_an_answer_changed_behind_the_programs_back_is_found(posted, clerk, approves, column, value):
    approves(answers.draft(posted, WHOLE, None, clerk, AT))
    assert altered(SUBJECTS["answer"], TOWN) == {}
    by_hand(f'UPDATE public_answer SET "{column}" = :value', value=value)  # noqa: S608

    assert list(altered(SUBJECTS["answer"], TOWN)) == [(posted.number, 1)]
    assert proof.first_fault().where.en == f"notice {posted.number} answer 1"


def test_an_answer_emptied_by_hand_is_found(posted, clerk):
    answers.draft(posted, WHOLE, None, clerk, AT)
    db.session.query(PublicAnswer).update({"answer": "", "question": ""})
    db.session.commit()

    assert list(altered(SUBJECTS["answer"], TOWN)) == [(posted.number, 1)]
