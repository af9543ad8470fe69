"""The demo's meeting: a village's list was read aloud, and three households objected to their own rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from board.demo.hanging import Act
from board.demo.staff import staff
from board.rules.calendar import day_of
from board.rules.notice.meeting import Held
from board.store import meetings, notices
from board.store.notices import Posted
from board.web.desk.objections import Said, filed

PLACE = "510521116227"
SAID = ((8, "figure", "丈量的时候是两亩六分。"), (17, "figure", ""), (31, "person", "户主去年换成儿子了。"))


def hold(posted: Posted, clerk: str, at: datetime) -> Iterator[Act]:
    """Yield what is done at the meeting: its clerk opens the list, writes down what is said, and states who was there."""
    person = staff(clerk)
    yield at, partial(_open, posted, person.id, at)
    for minutes, said in enumerate(SAID, 3):
        yield (moment := at + timedelta(minutes=minutes)), partial(_object, posted, *said, person.id, moment)
    yield (over := at + timedelta(minutes=9)), partial(_finish, posted, person.id, over)


def _open(posted: Posted, user: int, at: datetime) -> None:
    meetings.opened(posted, PLACE, user, at)
    notices.full_names(posted, [PLACE], user, at)


def _object(posted: Posted, row: int, what: str, words: str, user: int, at: datetime) -> None:
    token = hashlib.sha256(f"{PLACE}/{row}".encode()).hexdigest()[:32]
    filed(posted.in_full(), meetings.of_place(posted, PLACE)[0], Said(token, row, what, words), user, at)


def _finish(posted: Posted, user: int, at: datetime) -> None:
    meeting = meetings.of_place(posted, PLACE)[0]
    rows = meetings.numbers(meeting)
    meetings.finish(meeting, Held(day_of(at), 86, "陈明（演示）", rows[0], rows[-1]), user, at)
