"""Free text before it goes out: nobody's number belongs into it, and what it tells of a person is looked at twice."""

from __future__ import annotations

import pytest

from board.web import text_checks
from tests.sheets.making import made_card, made_id, made_phone


@pytest.fixture(autouse=True)
def within_a_request(app):
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("有疑问请打 0830-8191234。", ""),
        ("", ""),
        (f"请打 {made_phone()}。", "手机号"),
        (f"身份证 {made_id()} 写错了", "身份证号"),
        (f"卡号 {made_card()}", "银行卡号"),
        (f"{made_phone()}，{made_id()}", "手机号、身份证号"),
        (f"{made_phone()}，{made_phone(2)}", "手机号"),  # each sort is named once
    ],
)
def test_numbers_of_somebody_are_named_by_their_sort(text, said):
    assert text_checks.personal_fault(text) == (f"这句话里有{said}，已用 ● 盖住。请改写，再点一次。" if said else "")


@pytest.mark.parametrize(
    ("text", "looked", "words", "what"),
    [
        ("残疾人两项补贴 12 月 10 日发。", "", "", ""),
        ("您母亲查出胃癌，2 号已更正。", "", "胃癌", "病情或残疾情况"),
        ("您母亲查出胃癌，2 号已更正。", "胃癌", "", ""),  # ticked
        ("您母亲查出胃癌，他儿子得了白血病。", "胃癌", "胃癌、白血病", "病情或残疾情况"),  # ticked before more was typed
        ("您母亲查出胃癌，2 号已更正。", "别的词", "胃癌", "病情或残疾情况"),
    ],
)
def test_words_about_somebody_are_looked_at_until_just_these_are_ticked(text, looked, words, what):
    found = text_checks.free_text_warning({"looked": looked}, text, "answer")

    assert (found and (found.words, found.what)) == ((words, what) if words else None)
