"""Words of a text that are names in the rosters of a home: found by their keys, in its own notices and in those about its places."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.store import known_names, notices
from board.store.drafting import staging
from board.store.engine import writing
from tests.store.posted import AT, GAODONG, NEXT, TOWN, line

WORDS = ["张小三", "李四", "王老五", "高洞", "陈旧"]


def names_of(texts, home=TOWN, **more):
    return [[one.name for one in found] for found in known_names.findings(home, texts, **more)]


@pytest.mark.parametrize("home", [TOWN, GAODONG, NEXT])
def test_names_of_a_standing_roster_are_known_where_it_is_about(posted, home):
    assert known_names.known(home, ["张小三", "高洞", "陈旧"]) == ({"张小三"} if home != NEXT else frozenset())


def test_a_name_is_known_until_its_notice_is_taken_down(posted, reviewer):
    notices.take_down(posted, reviewer, "名单贴错了", AT)

    assert known_names.known(TOWN, WORDS) == frozenset()
    assert known_names.known(TOWN, WORDS, number=posted.number) >= {"张小三"}


def test_names_of_a_draft_are_known_to_its_own_texts_only(draft, clerk):
    with writing() as session:
        staging.store(session, TOWN, draft.id, [line(GAODONG, 1, "钭巧珍", "1")])

    assert known_names.known(TOWN, ["钭巧珍"], draft=draft.id) == {"钭巧珍"}
    assert known_names.known(TOWN, ["钭巧珍"]) == frozenset()


def test_whoever_handled_a_payment_is_on_no_list(draft, clerk):
    with writing() as session:
        staging.store(session, TOWN, draft.id, [replace(line(GAODONG, 1, "钭巧珍", "1"), shown_name="")])

    assert known_names.known(TOWN, ["钭巧珍"], draft=draft.id) == frozenset()


def test_texts_are_looked_at_together(posted):
    assert names_of(["张小三家的面积量错了", "高洞社区的公示", "低保户赵六"]) == [["张小三"], [], ["赵六"]]


def test_no_words_are_no_names(posted):
    assert known_names.known(TOWN, []) == frozenset()
    assert names_of([]) == []
