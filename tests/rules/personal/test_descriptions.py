"""Birth dates, illnesses and home addresses in words, by position."""

from __future__ import annotations

import pytest

from board.rules.personal.descriptions import descriptions


@pytest.mark.parametrize(
    ("text", "what", "words"),
    [
        ("张三,1958年3月生,在册", "birth", "1958年3月"),
        ("出生日期:1958-03-12", "birth", "1958-03-12"),
        ("生于一九五八年三月", "birth", "一九五八年三月"),
        ("张三患糖尿病", "health", "糖尿病"),
        ("肢体残疾二级", "health", "肢体残疾二级"),
        ("患有癌症补助", "health", "患有癌症"),
        ("住东林村3组17号", "address", "住东林村3组17号"),
        ("人民路12号3栋2单元501室", "address", "人民路12号3栋2单元501室"),
        ("家庭地址:人民路5号", "address", "人民路5号"),
    ],
)
def test_a_description_is_found_with_its_position(text, what, words):
    assert [(found, text[start:end]) for found, start, end in descriptions(text)] == [(what, words)]


@pytest.mark.parametrize(
    "text",
    [
        "1966年12月31日以前出生的村民",
        "2026年3月出生的儿童",
        "高血压等慢性病健康管理",
        "大病医疗救助",
        "联系地址:人民路12号",
        "人民路12号(乡政府)",
        "白河村1号地块",
        "川府发〔2026〕12号",
        "",
    ],
)
def test_a_rule_a_scheme_and_an_office_are_none(text):
    assert list(descriptions(text)) == []


def test_two_descriptions_in_a_text_are_both_found():
    assert [what for what, _, _ in descriptions("1958年3月生,患糖尿病,住东林村3组17号")] == ["birth", "health", "address"]
