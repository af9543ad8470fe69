"""Whether the words around a place in a text are about one person."""

from __future__ import annotations

import pytest

from board.rules.personal import mentions


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        ("named", "村民王五的", True),
        ("named", "欧阳明家", True),
        ("named", "李*", True),
        ("named", "17号", True),
        ("named", "按照方案", False),
        ("named", "川府发〔2026〕12号", False),
        ("named", "第3号公告", False),
        ("named_last", "户主张三(", True),
        ("named_last", "张三的补贴", False),
        ("named_first", "的张三,", True),
        ("named_first", "的村民", False),
        ("household_first", "王五家", True),
        ("household_first", "的户主", True),
        ("household_first", "的群众", False),
        ("spoken_of", "您母亲", True),
        ("spoken_of", "他", True),
        ("spoken_of", "其他", False),
        ("spoken_of", "您家如果", False),
        ("of_a_class", "的群众", True),
        ("of_a_class", "的家庭", True),
        ("of_a_class", "的,", True),
        ("of_a_class", "王五", False),
    ],
)
def test_words_are_about_one_person_or_not(rule, text, found):
    assert getattr(mentions, rule)(text) is found


@pytest.mark.parametrize("place", ["罗汉镇", "徐州市", "高洞村"])
def test_a_place_that_begins_with_a_surname_is_no_name(place):
    assert not mentions.named(place)
