"""A meeting is opened once a day, keeps what was said there once, and is in the ledger without a row or a name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from board.models import Row, db
from board.rules.notice.meeting import Held
from board.store import cases, ledger, meetings, notices
from board.store.proof import notices as proof
from tests.store.corrected import correct, figure, without
from tests.store.posted import AT, GAODONG, NEXT, TOWN

HELD = Held(AT.date(), 86, "陈明", 1, 4, "下雨")


@pytest.fixture
def meeting(posted, clerk):
    """A meeting of 高洞社区 that was opened."""
    return meetings.opened(posted, GAODONG, clerk, AT)


def says(posted, row: int, key: str = "a", category: str = "amount_wrong"):
    """What a household said there, filed as a case."""
    asked = cases.Asked(GAODONG, row, category, "数不对。", "", AT.date(), source="meeting")
    return cases.file(posted, key * 32, asked, AT, None)


def logged() -> list[tuple[str, dict]]:
    return [(entry.action, entry.body) for entry in ledger.entries(TOWN) if entry.action.startswith("meeting.")]


def test_a_meeting_opened_twice_on_a_day_is_one(posted, clerk, reviewer, meeting):
    assert meetings.opened(posted, GAODONG, reviewer, AT + timedelta(hours=3)).no == 1
    assert meetings.opened(posted, NEXT, clerk, AT).no == 1
    assert meetings.opened(posted, GAODONG, clerk, AT + timedelta(days=1)).no == 2
    assert [body["place"] for _action, body in logged()] == [GAODONG, NEXT, GAODONG]
    assert [one.no for one in meetings.of_place(posted, GAODONG)] == [2, 1]


def test_one_that_is_over_is_followed_by_another(posted, clerk, meeting):
    meetings.finish(meeting, HELD, clerk, AT)
    assert meetings.opened(posted, GAODONG, clerk, AT).no == 2


def test_what_was_said_is_kept_once_by_row_however_often_it_is_sent(posted, clerk, meeting):
    for row, key in ((3, "a"), (1, "b"), (3, "a"), (3, "c")):
        meetings.object_to(meetings.one(posted, GAODONG, 1), row, "figure", says(posted, row, key), clerk, AT)
    found = meetings.objections(meetings.one(posted, GAODONG, 1))

    assert [(one.row, one.no) for one in found] == [(1, 2), (3, 1), (3, 3)]
    assert meetings.rows_of(found) == 2


def test_everybody_is_told_of_finished_meetings_alone(posted, clerk, meeting):
    meetings.object_to(meeting, 3, "figure", says(posted, 3), clerk, AT)
    assert meetings.told(posted, GAODONG) == []
    meetings.finish(meetings.one(posted, GAODONG, 1), HELD, clerk, AT)

    (told,) = meetings.told(posted, GAODONG)
    assert (told.meeting.present, told.rows) == (86, 1)
    assert meetings.told(posted, NEXT) == []


def test_the_rows_of_a_meeting_are_those_of_the_version_that_was_read(posted, clerk, meeting):
    now = correct(posted, without("李四"))

    assert meetings.numbers(meetings.one(now, GAODONG, 1)) == [1, 2, 3, 4]
    assert meetings.numbers(meetings.opened(now, GAODONG, clerk, AT)) == [1, 3, 4]
    assert meetings.read_version(now, meetings.one(now, GAODONG, 1)).no == 1


def test_a_correction_elsewhere_leaves_the_meeting_as_it_is(posted, clerk, meeting):
    now = correct(posted, figure("钱七", "6", "561.6"))
    assert meetings.opened(now, GAODONG, clerk, AT).no == 1


def test_rows_of_children_are_known_by_their_numbers(posted, by_hand_minor):
    assert meetings.minors(posted, GAODONG) == {2}


@pytest.fixture
def by_hand_minor(posted):
    """The second row belongs to a child."""
    db.session.execute(db.update(Row).where(Row.place == GAODONG, Row.no == 2).values(minor=True))
    db.session.commit()


def test_the_ledger_has_the_meeting_without_a_row_a_name_or_a_word_and_replays_to_it(posted, clerk, meeting):
    meetings.object_to(meeting, 3, "figure", says(posted, 3), clerk, AT)
    meetings.finish(meetings.one(posted, GAODONG, 1), HELD, clerk, AT)
    meetings.finish(meetings.one(posted, GAODONG, 1), Held(AT.date(), 87, "陈明", 1, 4), clerk, AT + timedelta(minutes=5))

    assert [action for action, _body in logged()] == ["meeting.opened", "meeting.objected", "meeting.finished", "meeting.finished"]
    assert "row" not in logged()[1][1]
    assert "陈明" not in str(logged())
    assert list(proof.faults()) == []
    assert notices.find(posted.number).home == TOWN
