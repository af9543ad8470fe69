"""Cases that read alike are proposed, never tied by the program; on both engines."""

from __future__ import annotations

from datetime import timedelta

from board.store import cases
from board.store.cases import alike, causes
from tests.store.asked import AT, COUNTY, does, files
from tests.store.posted import TOWN

ALL = ["unclear", "household", "suggestion"]
SAID = "每亩的钱是怎么定的？"


def key(n: int) -> str:
    return f"{n:032}"


def three(posted, **more):
    return [files(posted, "unclear", key=key(n), row=n, text=SAID.replace("？", "?" * n), **more) for n in (1, 2, 3)]


def proposed(at=AT):
    return [({one.id for one in found.cases}, found.cause) for found in alike.proposals("510521116", ALL, at)]


def test_the_same_words_on_one_notice_are_proposed_and_nothing_is_tied(posted):
    made = three(posted)
    assert proposed() == [({one.id for one in made}, None)]
    assert {one.tie for one in made} == {None}
    assert proposed(AT + timedelta(days=31)) == []
    assert alike.proposals("510521117", ALL, AT) == alike.proposals("510521116", ["suggestion"], AT) == []


def test_what_is_told_apart_or_untied_is_not_proposed_again(posted, clerk):
    made = three(posted)
    assert causes.tell_apart(TOWN, [one.id for one in made], clerk, AT) == 3
    assert causes.tell_apart(TOWN, [one.id for one in made], clerk, AT) == 0
    assert proposed() == []

    tied = causes.tie(TOWN, [one.id for one in made], clerk, AT, title="标准")
    causes.untie(TOWN, made[0].id, clerk, AT)
    assert proposed() == []
    fresh = files(posted, "unclear", key=key(4), text=SAID)
    assert proposed() == [({fresh.id}, tied)], "one more that says the same is shown the way to the others"


def test_at_the_office_above_they_are_proposed_anew(posted, clerk):
    made = three(posted)
    causes.tie(TOWN, [one.id for one in made], clerk, AT, title="标准")
    for one in made:
        does(one, "forward", clerk, "不归我们管。")
    (found,) = alike.proposals(COUNTY, ALL, AT)
    assert ({one.id for one in found.cases}, found.cause) == ({one.id for one in made}, None)


def test_a_case_of_the_county_alone_is_proposed_with_no_others(posted):
    files(posted, "unclear", home=COUNTY, key=key(1), text=SAID)
    files(posted, "unclear", home=TOWN, key=key(2), text=SAID)
    assert alike.proposals("510521", ALL, AT) == []


def test_to_tie_by_hand_those_that_may_go_together_stand_in_order(posted, clerk):
    first, second, third = three(posted)
    other = files(posted, "suggestion", key=key(5), row=None, text="公示单贴低一点。")
    area = files(None, "unclear", key=key(6), row=None, text="水费怎么算？", at=AT - timedelta(days=2))
    files(posted, "household", key=key(7), row=2)
    files(posted, "unclear", home=COUNTY, key=key(8))
    answered = files(posted, "unclear", key=key(9))
    cases.act(TOWN, answered.id, "answer", clerk, "查过了。", 1, AT)

    found = alike.to_tie(first)
    assert {one.id for one, _, like in found if like} == {second.id, third.id}
    assert [one.id for one, _, like in found if not like] == [other.id, area.id]
    assert alike.causes_to_join(first) == []

    made = causes.tie(TOWN, [other.id, area.id], clerk, AT, title="别的")
    assert alike.causes_to_join(first) == [made]
    assert {one.id for one, _, _ in alike.to_tie(first)} == {second.id, third.id}
