"""Words for everybody are the office's: what a villager wrote is found in them, whatever marks stand between, and common words are not."""

from __future__ import annotations

import pytest

from board.rules.personal.own_words import copied

ASKED = "街上到卫生院的路灯坏了两个月，晚上老人看病走路不安全，请镇里修一修。"
TITLE = "百和镇2026年耕地地力保护补贴发放公示"


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        (ASKED, "街上到卫生院的路灯坏了两个月晚上老人看病走路不安全请镇里修一修"),
        ("有人问：晚上 老人看病，走路不安全？", "晚上老人看病走路不安全"),
        ("街上到医院的路灯坏了两个月，夜里老人看病走路不安全，请镇上修一修。", "老人看病走路不安全请镇"),
        ("晚上老人看病不安全，街上到卫生院的灯坏了两个月。", "晚上老人看病不安全街上到卫生院的灯坏了两个月"),
    ],
)
def test_what_somebody_wrote_is_found(text, passage):
    assert copied(text, ["别的事", ASKED]) == passage


def test_a_short_question_is_refused_only_where_it_is_the_whole_of_what_was_asked():
    assert copied("什么时候发钱？", ["什么时候发钱"])
    assert not copied("什么时候发钱？", ["我家的钱去年就说要发，今年也没看到，到底什么时候发钱？"])


@pytest.mark.parametrize("text", ["街上的路灯什么时候修好？", "路灯坏了找谁？", "", "好"])
def test_the_offices_own_words_pass(text):
    assert copied(text, [ASKED]) == ""


def test_words_that_everybody_has_from_the_notice_are_nobodys():
    asked = f"{TITLE}上我家少了三分地。"
    assert copied(f"{TITLE}上的面积是哪天量的？", [asked])
    assert copied(f"{TITLE}上的面积是哪天量的？", [asked], [TITLE]) == ""


def test_nobody_asked_nothing_is_copied():
    assert copied(ASKED, []) == ""
