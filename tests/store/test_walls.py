"""Walls: put up under a number of their own, photographed, checked and taken away, each with its entry in the ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from board.models import db
from board.store import displays, ledger, printed_numbers, walls
from board.store.displays import DisplayReport
from board.store.walls import Found
from tests.store.posted import AT, GAODONG, NEXT, TOWN

LATER = AT + timedelta(days=1)
GOOD, FOREIGN = Found("good", "W"), Found("foreign", "http://x.example/pay")


@pytest.fixture
def wall(clerk):
    return walls.add(GAODONG, "村委会门口", clerk, AT)


def entries(action):
    return [entry.body for entry in ledger.entries(GAODONG) if entry.action == action]


def test_a_wall_is_found_under_its_number_and_a_notice_is_none(wall, posted):
    assert walls.find(wall.number).spot == "村委会门口"
    assert printed_numbers.what(wall.number) == "wall"
    assert walls.find(posted.number) is None
    assert walls.find("123456789") is None
    assert entries("wall.added") == [{"spot": "村委会门口"}]


def test_a_new_photo_takes_the_place_of_the_old_and_the_ledger_keeps_both_digests(wall, clerk):
    for photo in (b"first", b"second"):
        walls.picture(wall, photo, clerk, AT)
    db.session.expire_all()

    assert walls.find(wall.number).photo == b"second"
    assert entries("wall.photo") == [{"sha256": walls.digest(b"first")}, {"sha256": walls.digest(b"second")}]


def test_a_wall_is_closed_once_and_still_leads_to_its_page(wall, clerk):
    walls.close(wall, clerk, LATER)
    walls.close(wall, clerk, LATER + timedelta(days=1))
    db.session.expire_all()

    assert walls.find(wall.number).closed_at == LATER
    assert entries("wall.closed") == [{}]


def test_those_that_stand_come_first_and_only_they_are_listed_by_place(wall, clerk):
    second, other = walls.add(GAODONG, "小学门口", clerk, LATER), walls.add(NEXT, "供销社", clerk, AT)
    walls.close(wall, clerk, LATER)
    numbers = {place: [one.number for one in found] for place, found in walls.of_places(TOWN[:9]).items()}

    assert [one.number for one in walls.of_place(GAODONG)] == [second.number, wall.number]
    assert numbers == {GAODONG: [second.number], NEXT: [other.number]}
    assert [one.number for one in walls.standing(NEXT)] == [other.number]
    assert walls.standing("510522") == []


def test_a_village_is_bare_until_a_wall_stands_in_it_and_again_when_it_is_gone(app, clerk):
    def bare():
        return GAODONG in [area.code for area in walls.bare(TOWN[:9])]

    assert bare()
    wall = walls.add(GAODONG, "村委会门口", clerk, AT)
    assert not bare()
    walls.close(wall, clerk, LATER)
    assert bare()
    assert TOWN not in [area.code for area in walls.bare(TOWN[:9])]


def test_when_a_sheet_was_last_hung_is_known_by_place(posted):
    assert walls.last_hung(TOWN[:9]) == {}
    for day in (20, 21):
        said = DisplayReport(date(2026, 11, day), "村文书", "村委会门口")
        displays.report(posted, displays.poster(posted, GAODONG), said, "wall", LATER)

    assert walls.last_hung(TOWN[:9]) == {GAODONG: date(2026, 11, 21)}
    assert walls.last_hung(NEXT) == {}


def test_checks_are_numbered_and_read_newest_first(wall, clerk):
    walls.note(wall, "photo", [FOREIGN, GOOD], clerk, AT)
    walls.note(wall, "typed", [GOOD], clerk, LATER)
    found = walls.checks(TOWN[:9])

    assert [(one.check.no, one.check.way, one.check.finding, one.wall.number) for one in found] == [
        (3, "typed", "good", wall.number),
        (2, "photo", "good", wall.number),
        (1, "photo", "foreign", wall.number),
    ]
    assert [one.check.no for one in walls.checks(TOWN[:9], findings=["foreign"])] == [1]
    assert [one.check.no for one in walls.checks(TOWN[:9], limit=1)] == [3]
    assert walls.checks(TOWN[:9], "123456789") == walls.checks("510522") == []
    assert [body["no"] for body in entries("wall.checked")] == [1, 2, 3]


def test_a_typed_number_is_no_check_of_a_wall(wall, clerk):
    walls.note(wall, "typed", [GOOD], clerk, AT)
    assert walls.last_checked(TOWN[:9]) == {}
    walls.note(wall, "camera", [FOREIGN], clerk, LATER)
    walls.note(wall, "typed", [GOOD], clerk, LATER)

    assert {number: check.no for number, check in walls.last_checked(TOWN[:9]).items()} == {wall.number: 2}
