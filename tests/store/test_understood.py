"""The counts of readers who understood: capped by the stored scans, in one process and in several, and read with these scans."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest

from board.models import UnderstoodCount, db
from board.rules.understood import Understood
from board.store import scans, understood
from tests.store.posted import GAODONG, NEXT, TOWN, post

TODAY = date(2026, 11, 22)


@pytest.fixture
def number(app):
    return post().number


def code(number: str, place: str = GAODONG, day: date = TODAY) -> understood.Code:
    return (TOWN, number, place, day)


def test_answers_add_up_to_the_scans_and_no_further(number):
    scans.add({(number, GAODONG, TODAY): 3})
    understood.add([(code(number), True), (code(number), False)])
    understood.add([(code(number), False), (code(number), True)])

    assert understood.of_notice(TOWN, number) == {GAODONG: Understood(3, 1, 2)}


def test_what_nobody_scanned_that_day_or_there_is_not_counted(number):
    scans.add({(number, GAODONG, TODAY): 5})
    understood.add([(code(number, NEXT), True), (code(number, day=TODAY + timedelta(1)), True), (code("999999999"), True)])

    assert db.session.query(UnderstoodCount).count() == 0
    assert understood.of_notice(TOWN, number) == {GAODONG: Understood(5)}


def test_each_day_and_each_place_has_its_own_room(number):
    tomorrow = TODAY + timedelta(1)
    scans.add({(number, GAODONG, TODAY): 1, (number, GAODONG, tomorrow): 2, (number, NEXT, tomorrow): 1})
    understood.add([(code(number, place, day), True) for place in (GAODONG, NEXT) for day in (TODAY, tomorrow) for _ in range(3)])

    assert understood.of_notice(TOWN, number) == {GAODONG: Understood(3, 3), NEXT: Understood(1, 1)}
    assert understood.by_number("510521", TODAY) == {number: Understood(4, 4)}
    assert understood.by_number("510521", tomorrow) == {number: Understood(3, 3)}
    assert understood.by_number("510522", TODAY) == {}


def test_several_processes_at_once_do_not_fill_the_same_room(app, number):
    scans.add({(number, GAODONG, TODAY): 5})
    db.session.rollback()
    start = threading.Barrier(4)

    def answers():
        with app.app_context():
            start.wait()
            understood.add([(code(number), True), (code(number), False), (code(number), True)])

    threads = [threading.Thread(target=answers) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = understood.of_notice(TOWN, number)[GAODONG]
    assert (found.scans, found.yes + found.no) == (5, 5)
