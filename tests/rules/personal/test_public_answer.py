"""What may be answered before everybody: general words, that neither name a household nor cite its row."""

from __future__ import annotations

import pytest

from board.rules.personal.public_answer import fault

FINE = "新开的荒地算不算面积？"


@pytest.mark.parametrize(
    ("answer", "wrong"),
    [
        ("不算。按确权证上的面积算，依据是川农发〔2026〕12号。", ""),
        ("打 12345 或到 3 组活动室问，12月5日以前答复。", ""),
        ("按财政部第 5 号令办。", ""),
        ("5 月 8 号文件里写了，8号楼一楼办理。", ""),
        ("好", "short"),
        ("多" * 2001, "long"),
        ("17 号这一户是算少了。", "somebody"),
        ("3组17号已经改了。", "somebody"),
        ("张*三家的已经补了。", "somebody"),
        ("请打 13800138000 问小王。", "personal"),
    ],
)
def test_an_answer_for_everybody_is_about_nobody(answer, wrong):
    assert fault(FINE, answer) == wrong


def test_a_question_is_looked_at_as_an_answer_is():
    assert fault("李*家为什么比我家多？", "按各家的面积算，面积多的就多。") == "somebody"
    assert fault("啥", "按各家的面积算，面积多的就多。") == "short"
