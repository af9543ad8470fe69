"""What was answered for everybody: in the order of its numbers, gone when it is taken back, and proved by the ledger."""

from __future__ import annotations

from datetime import date

import pytest

from board.models import PublicAnswer, db
from board.store import answers, cases, ledger
from board.store.answers import QuestionAnswer
from board.store.proof import notices as proof
from board.store.proof.subjects import SUBJECTS, altered
from tests.store.posted import AT, GAODONG, NEXT, TOWN

WHOLE = QuestionAnswer("新开的荒地算不算面积？", "不算。按确权证上的面积算。")
HERE = QuestionAnswer("高洞社区哪天发钱？", "下月十号前。", GAODONG)


def words(found):
    return [(one.no, one.answer) for one in found]


def test_an_answer_about_one_place_concerns_that_place_and_the_whole(posted, clerk):
    for said in (WHOLE, HERE):
        answers.publish(posted, said, None, clerk, AT)

    assert words(answers.published(posted)) == words(answers.published(posted, GAODONG)) == [(1, WHOLE.answer), (2, HERE.answer)]
    assert words(answers.published(posted, NEXT)) == [(1, WHOLE.answer)]


def test_what_was_taken_back_leaves_no_word_and_its_number_is_not_given_again(posted, clerk):
    answers.publish(posted, WHOLE, None, clerk, AT)
    answers.withdraw(posted, 1, clerk, AT)
    answers.withdraw(posted, 1, clerk, AT)  # pressed twice
    answers.withdraw(posted, 7, clerk, AT)  # never given

    assert answers.publish(posted, HERE, None, clerk, AT) == 2
    assert [(one.question, one.answer) for one in db.session.query(PublicAnswer).order_by(PublicAnswer.no)][0] == ("", "")
    assert [entry.action for entry in ledger.entries(TOWN)][-3:] == ["answer.published", "answer.withdrawn", "answer.published"]
    assert proof.first_fault() is None


def test_the_ledger_keeps_a_keyed_digest_and_names_no_case(posted, clerk):
    case = cases.file(posted, "c" * 32, cases.Asked(GAODONG, 2, "unclear", "看不懂这个数。", "", date(2026, 11, 27)), AT)
    assert not answers.of_case(TOWN, case.id)
    answers.publish(posted, WHOLE, case.id, clerk, AT)
    *_, entry = ledger.entries(TOWN)

    assert answers.of_case(TOWN, case.id)
    assert entry.body == {"no": 1, "place": "", "words": answers.digest(TOWN, posted.number, 1, WHOLE)}
    assert answers.digest(TOWN, posted.number, 2, WHOLE) != entry.body["words"]
    answers.withdraw(posted, 1, clerk, AT)
    assert not answers.of_case(TOWN, case.id)


@pytest.mark.parametrize("change", [{"answer": "都对。"}, {"answer": "", "question": ""}, {"place": GAODONG}], ids=str)
def test_an_answer_changed_behind_the_programs_back_is_found(posted, clerk, change):
    answers.publish(posted, WHOLE, None, clerk, AT)
    assert altered(SUBJECTS["answer"], TOWN) == {}
    db.session.query(PublicAnswer).update(change)
    db.session.commit()

    assert list(altered(SUBJECTS["answer"], TOWN)) == [(posted.number, 1)]


def test_an_answer_that_a_hand_put_in_is_found(posted, clerk):
    answers.publish(posted, WHOLE, None, clerk, AT)
    assert proof.first_fault() is None
    db.session.query(PublicAnswer).update({"answer": "都对。"})
    db.session.commit()

    fault = proof.first_fault()
    assert fault
    assert fault.where.en == f"notice {posted.number} answer 1"
