"""What the loudspeaker says of a notice: all that a villager must know, short, in words, and nobody's name."""

from __future__ import annotations

import re
from datetime import date

import pytest

from board import kinds
from board.rules.rendering.read_aloud import read_out, taken_down
from tests.rules.notice.test_page import FACTS, GAODONG, page

DURING, LATER = date(2026, 11, 22), date(2026, 12, 1)
NUMBER = "123456789"


def said(kind: str = "cropland-subsidy", place: str | None = GAODONG, today: date = DURING, language="zh", **changes) -> list[str]:
    return read_out(page(kind, number=NUMBER, **changes), place, language, today).splitlines()


def test_the_script_of_a_village_says_all_that_its_sheet_says_first():
    facts = FACTS | {"objection_person": "张老师", "report_phone": "12345"}

    assert said(title="百和镇2026年耕地地力保护补贴公示", facts=facts) == [
        "高洞社区的乡亲们，大家好。",
        "现在念一份公示：百和镇二零二六年耕地地力保护补贴公示。",
        "高洞社区：耕地补贴四户，共一千零三十四元二角八分，每亩九十三元六角。",
        "补贴面积，十一点零五亩。",
        "怎么算的：补贴金额，等于补贴面积乘补贴标准。",
        "补贴标准：每亩九十三元六角。",
        "公示到二零二六年十一月二十七日为止。",
        "公示单贴在公示墙上。用手机扫单子上的码，也能看。",
        "这份公示的编号是，幺二三，四五六，七八九。再说一遍，幺二三，四五六，七八九。",
        "在明白公开栏的首页输入编号，就能找到。",
        "有疑问，请打电话，零八三零，八幺九，幺二三四。再说一遍，零八三零，八幺九，幺二三四。",
        "监督举报，请打幺二三四五。",
        "公示从不要您的银行卡号、密码、验证码。谁来要，都不要给。",
        "念完了，谢谢大家。",
    ]


def test_the_script_is_there_in_english():
    lines = said(language="en")

    assert lines[1] == "This is a public notice: Cropland fertility subsidy, 百和镇人民政府."
    assert lines[2].endswith("one thousand and thirty-four yuan and twenty-eight fen in all, ninety-three yuan and sixty fen per mu.")
    assert "How it was computed: Amount is Area times Rate." in lines
    assert "It is shown until twenty-seventh of November twenty twenty-six." in lines


@pytest.mark.parametrize(
    ("today", "kind", "words"),
    [
        (date(2026, 11, 1), "cropland-subsidy", "公示从二零二六年十一月二十日开始，到二零二六年十一月二十七日为止。"),
        (date(2026, 11, 27), "cropland-subsidy", "公示到二零二六年十一月二十七日为止。"),
        (LATER, "cropland-subsidy", "公示时间到二零二六年十一月二十七日，已经过了。"),
        (LATER, "cropland-subsidy", "名单在网上还能查到二零二七年十一月二十七日。"),
        (LATER, "social-assistance", "名单已经收起，总数在网上还能看。"),
    ],
)
def test_it_says_until_when_and_what_is_left_to_see(today, kind, words):
    assert words in said(kind, today=today)


def test_an_account_below_nothing_says_in_words_that_it_is_in_debt():
    totals = {"income": "100.00", "spending": "1334.50", "balance": "-1234.50"}

    assert "期末余额，账上欠一千二百三十四元五角。" in said("village-finance", None, totals=totals, parts=[])


def test_long_rules_and_whoever_answers_are_not_read_out():
    facts = FACTS | {"objection_person": "张老师", "relief_standard": "按人口。" * 30, "eligibility": "困难户"}

    assert not re.search("张老师|按人口|困难户", "".join(said("disaster-relief", facts=facts)))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", sorted(kinds.load()))
def test_every_kind_can_be_read_out_without_a_figure_or_a_sign(kind, language):
    for place in (None, GAODONG):
        for line in said(kind, place, language=language):
            assert not re.search(r"[0-9%/×=〔〕()（）《》·+]", line)
            assert max(len(part) for part in re.split("[。；.]", line)) < (60 if language == "zh" else 160)


def test_what_was_taken_down_says_why_and_whom_to_ring_but_not_its_title():
    text = taken_down(page(number=NUMBER, title="张三家的补贴公示"), "第 3 号的面积写错了。", "zh")

    assert text.splitlines() == [
        "现在念一份公示：耕地地力保护补贴百和镇人民政府二零二六年十一月二十日。",
        "这份公示已经撤下了。撤下的原因是：第三号的面积写错了。",
        "有疑问，请打电话，零八三零，八幺九，幺二三四。再说一遍，零八三零，八幺九，幺二三四。",
    ]
