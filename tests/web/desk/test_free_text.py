"""An answer that tells of somebody comes back once, with what it tells; ticked, it goes out as it is."""

from __future__ import annotations

import pytest

from board.models import db
from board.store import ledger
from board.store.proof import notices as proof
from tests.store.posted import TOWN
from tests.web.asking import answers, asks, looks_up, receipt_on

TELLING = "您母亲查出胃癌，所以给了临时救助，2 号已更正。"
PLAIN = "残疾人两项补贴 12 月 10 日发，请到百和镇兴隆街88号财政所领表。"


@pytest.fixture
def receipt(villager, form):
    return receipt_on(asks(villager, form))


def answered() -> list[dict[str, object]]:
    db.session.rollback()
    return [entry.body for entry in ledger.newest(TOWN) if entry.action == "case.answered"]


def test_an_answer_about_a_scheme_and_an_office_goes_out_at_once(villager, clerk, receipt):
    answers(clerk, PLAIN)

    assert PLAIN in looks_up(villager, receipt).text
    assert "looked_at" not in answered()[0]


def test_an_answer_that_tells_of_somebody_comes_back_with_what_it_tells(villager, clerk, receipt):
    page = answers(clerk, TELLING)

    assert "像是说到了某个人的病情或残疾情况：“胃癌”" in page.text
    assert page.form("答复").fields["text"] == [TELLING]
    assert TELLING not in looks_up(villager, receipt).text
    assert answered() == []


def test_ticked_it_goes_out_and_only_how_many_words_is_logged(villager, clerk, receipt):
    clerk.submits(answers(clerk, TELLING), "答复", looked="胃癌")

    assert TELLING in looks_up(villager, receipt).text
    (body,) = answered()
    assert body["looked_at"] == 1
    assert "胃癌" not in str(body)


def test_a_tick_holds_for_the_words_it_was_made_for_and_for_no_others(villager, clerk, receipt):
    page = clerk.submits(answers(clerk, TELLING), "答复", looked="胃癌", text=f"{TELLING}他儿子得了白血病。")

    assert "“胃癌、白血病”" in page.text
    assert answered() == []


def test_taken_out_the_words_need_no_tick(villager, clerk, receipt):
    clerk.submits(answers(clerk, TELLING), "答复", text="查过了，2 号已更正。")

    assert "查过了，2 号已更正。" in looks_up(villager, receipt).text


def test_numbers_are_told_first_and_still_block(clerk, receipt):
    page = answers(clerk, f"{TELLING}电话139" + "00000286")

    assert "答复里有手机号" in page.text
    assert "我看过了" not in page.text


def test_the_log_proves_right_with_the_count_in_it(clerk, receipt):
    clerk.submits(answers(clerk, TELLING), "答复", looked="胃癌")

    assert len(answered()) == 1
    assert proof.first_fault(TOWN) is None


def test_the_name_of_a_neighbour_is_masked_with_one_tap_before_it_goes(villager, clerk, receipt):
    page = answers(clerk, "是张小三家的地量到您家了，2 号更正。")
    assert "像是说到了某个人的全名：“张小三”" in page.text
    assert answered() == []

    page = clerk.submits(page, "把名字换成 张*三")
    assert page.form("答复").fields["text"] == ["是张*三家的地量到您家了，2 号更正。"]
    assert answered() == []
    clerk.submits(page, "答复")

    assert "是张*三家的地量到您家了，2 号更正。" in looks_up(villager, receipt).text
    assert "looked_at" not in answered()[0]
