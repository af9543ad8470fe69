"""Free text before it goes out: nobody's number belongs into it, and what it tells of a person is looked at twice."""

from __future__ import annotations

import pytest

from board.store import notices, people
from board.web import text_checks
from tests.sheets.making import made_card, made_id, made_phone
from tests.store.posted import AT, post


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


def test_names_are_covered_where_the_button_was_pressed():
    assert text_checks.covered({}, "张小三家") == "张小三家"
    assert text_checks.covered({"cover": "张小三、李四"}, "张小三家和李四家") == "张*三家和李*家"
    assert text_checks.covered({"cover": "张小三"}, "张小三家", text_checks.somebody) == "某某家"


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ({}, "李四的低保", ("李四", "全名", ("李四",), "李*", False)),
        ({"looked": "李四"}, "李四的低保", None),
        ({"cover": "李四"}, "李*的低保", ("", "", (), "", True)),
        ({"cover": "李四"}, "李*查出胃癌", ("胃癌", "病情或残疾情况", (), "", True)),
        ({}, "王主任说的低保", None),
    ],
)
def test_names_are_asked_about_where_a_home_is_given(form, text, expected):
    found = text_checks.free_text_warning(form, text, "answer", "510521116000")

    assert (found and (found.words, found.what, found.names, found.shown, found.covered)) == expected
    assert text_checks.told(text, "answer", "510521116000", "") == (1 if "李四" in text or "胃癌" in text else 0)


def test_names_of_several_notices_are_asked_about_where_one_text_goes_to_askers_of_each(app):
    posted = post()
    assert notices.take_down(posted, people.named("baihe-reviewer").id, "面积登记错了。", AT)
    text, home = "赵六家的面积改过了。", posted.home
    assert text_checks.free_text_warning({}, text, "reply", home) is None, "no standing roster has him"

    found = text_checks.free_text_warning({}, text, "reply", home, also=["100000007", posted.number])
    assert found
    assert (found.words, found.names) == ("赵六", ("赵六",))
    assert text_checks.told(text, "reply", home, "", also=[posted.number]) == 1
