"""A community publishes in its own words and by its own law; a village as the file of the kind says."""

from __future__ import annotations

import json
import re

import pytest

from board import kinds, policies
from board.rules.community import in_its_words
from board.rules.kind import Kind

WORDS = policies.community_words()
OF_VILLAGES = [kind for kind in kinds.load().values() if "village" in kind.levels]
# Titles of laws stay what they are, 村（社区） is both, and what only a village has (选举条例, 集体经济) is left to who applies it.
STAYS = re.compile(r"《[^》]*》|村（[社居][^）]*）|农村|乡村|村级|村务公开|村里|村文书")


def of_community(id: str) -> Kind:
    """Return a kind as a community publishes it."""
    return in_its_words(kinds.load()[id], "高洞社区居民委员会", WORDS)


def test_a_village_publishes_as_the_file_says():
    kind = kinds.load()["village-rules"]
    assert in_its_words(kind, "军大丘村民委员会", WORDS) is kind


def test_a_community_has_its_own_words_and_its_own_law():
    rules, appraisal = of_community("village-rules"), of_community("appraisal")

    assert (rules.name.zh, rules.name.en) == ("居民公约", "Residents' rules")
    assert rules.sentence.zh == "{place}居民公约，{adopted}定的，大家照着做。"
    assert rules.basis.zh == "《中华人民共和国城市居民委员会组织法》"
    assert rules.display.basis.zh == "《中华人民共和国城市居民委员会组织法》第三十四条：公布的期限不得少于十五日"
    assert appraisal.basis.zh == "《中华人民共和国城市居民委员会组织法》第三十七条：每年评议"
    assert of_community("term-audit").basis.zh == "《中华人民共和国城市居民委员会组织法》第三十八条"
    assert of_community("elections").basis.zh == "比照《四川省村民委员会选举条例》"
    assert of_community("elections").publish_within.basis.en.startswith("As in villages, Sichuan Regulations on the Election of Villagers")
    assert of_community("village-resolutions").fact("meeting_kind").choices[1].label.zh == "居民代表会议"


def test_a_kind_speaks_of_the_committee_as_its_publisher_does():
    fact = of_community("cropland-subsidy").fact("committee_opinion")

    assert (fact.label.zh, fact.label.en) == ("居务监督委员会意见", "Residents' supervision committee's opinion")


def test_the_headers_of_sheets_stay_as_they_are():
    kind, village = of_community("elections"), kinds.load()["elections"]

    assert kind.column("group").synonyms == village.column("group").synonyms


@pytest.mark.parametrize("id", kinds.load())
def test_several_villages_are_several_communities(id: str):
    assert "communitys" not in json.dumps(of_community(id).source, ensure_ascii=False).lower()


@pytest.mark.parametrize("kind", OF_VILLAGES, ids=[kind.id for kind in OF_VILLAGES])
def test_no_law_of_villages_stands_in_what_a_community_publishes(kind: Kind):
    said = json.dumps(in_its_words(kind, "高洞社区", WORDS).source, ensure_ascii=False)

    assert "村民委员会组织法" not in said
    assert "Organic Law of Villagers" not in said
    assert not re.search("村务监督|村民(会议|代表|小组会议)|村规民约", STAYS.sub("", said))
