"""A page speaks of the place it is about: a community and a street have words of their own, figures and titles of laws stay."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from board import policies
from board.rules.place_words import sorts

COMMUNITY, STREET = policies.place_words(("community",)), policies.place_words(("street", "in_street"))
OURS = re.findall(r'^msgid "(.+)"$', Path("translations/messages.pot").read_text("utf-8"), re.MULTILINE)
STAYS = re.compile(r"村（社区）|村（居）|农村|黄桷村|《[^》]*》")


@pytest.mark.parametrize(
    ("level", "name", "above", "found"),
    [
        ("village", "军大丘村民委员会", "百和镇", ()), ("village", "高洞社区居民委员会", "百和镇", ("community",)),
        ("village", "杜家街社区", "小市街道", ("community", "in_street")), ("village", "水井坎村", "罗汉街道", ("in_street",)),
        ("township", "小市街道", "龙马潭区", ("street", "in_street")), ("township", "百和镇", "泸县", ()), ("county", "泸县", "泸州市", ()),
    ],
)  # fmt: skip
def test_a_place_is_known_by_its_name_and_by_that_of_the_one_above(level, name, above, found):
    assert sorts(level, name, above) == found


@pytest.mark.parametrize(
    ("text", "community", "street"),
    [
        ("村民凭查询号看到，村里会看到", "居民凭查询号看到，社区会看到", "居民凭查询号看到，村（社区）会看到"),
        ("村村都有", "各社区都有", "各村（社区）都有"),
        ("本村村民都有", "本社区居民都有", "本村（社区）居民都有"),
        ("不让镇村知道", "不让镇里、社区知道", "不让街道和村（社区）知道"),
        ("有变化的村，村委会门口", "有变化的社区，居委会门口", "有变化的村（社区），村（居）委会门口"),
        ("村（社区）和农业农村局", "村（社区）和农业农村局", "村（社区）和农业农村局"),
        ("依据《村民委员会组织法》，%(village)s", "依据《村民委员会组织法》，%(village)s", "依据《村民委员会组织法》，%(village)s"),
    ],
)
def test_a_sentence_is_said_as_people_there_say_it(text, community, street):
    assert (COMMUNITY.said(text, "zh"), STREET.said(text, "zh")) == (community, street)


def test_english_follows_with_its_capitals():
    assert COMMUNITY.said("Villagers of the village", "en") == "Residents of the community"
    assert STREET.said("The township’s villages", "en") == "The sub-district’s villages and communities"


def test_a_village_in_a_street_keeps_its_own_words_and_has_a_street_above():
    assert policies.place_words(("in_street",)).said("请镇里查，村里会看到", "zh") == "请街道查，村里会看到"


def test_no_word_of_villages_is_left_in_what_a_community_reads():
    assert [text for text in OURS if "村" in STAYS.sub("", COMMUNITY.said(text, "zh"))] == []
