"""What is surely a body; everything else is masked as a person."""

from __future__ import annotations

import pytest

from board.rules.personal.bodies import is_body


@pytest.mark.parametrize(
    "text",
    [
        "泸县百和商会", "禾丰水稻专业合作社", "百和镇股份经济合作社", "泸县青果家庭农场", "泸州市红十字会",
        "高洞社区居民委员会", "泸县农业农村局", "兴旺公司（百和分公司）", "兴旺公司和禾丰合作社",
        "泸县百和商会（演示）", "四川兴旺（泸县）有限公司", "泸州兴旺管理公司（有限合伙）",
    ],
)  # fmt: skip
def test_a_body_is_known_by_how_its_name_ends(text):
    assert is_body(text)


@pytest.mark.parametrize(
    "text",
    [
        "张建国", "张建国（养殖场）", "张建国（村委会委员）", "张建国(四社加油站旁)", "王厂生", "兴旺公司和张建国",
        "张建国与兴旺公司", "兴旺公司（法人张建国）", "泸县海潮小学（王小明）", "泸县兴旺公司(张建国)",
        "王大明 泸县农业农村局", "张建国代表泸县兴旺公司", "张建国家庭农场", "张建国加油站", "公司", "李小学", "王中学",
        "张学会", "欧阳协会", "柏秋生", "王公司", "", "负责人张建国合作社",
        "张建国（演示）", "泸县兴旺(张建国)公司", "张建国家庭农场（个人独资）",
    ],
)  # fmt: skip
def test_whoever_may_be_a_person_is_none(text):
    assert not is_body(text)
