"""Which kinds are about people in need, so that places with few of them stay off the web."""

from __future__ import annotations

from board import kinds, policies


def test_relief_to_people_needs_three_rows_a_place_and_nothing_else_does():
    needed = {id: policies.least_rows(kind) for id, kind in kinds.load().items()}

    assert {id for id, least in needed.items() if least} == {
        "social-assistance", "disaster-relief", "disability-allowance", "age-allowance", "school-aid", "resettled-support",
        "housing-renovation", "veterans-support", "public-post",
    }  # fmt: skip
    assert set(needed.values()) == {0, 3}
