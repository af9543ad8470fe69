"""Posted texts that say names are listed for the clerk and stay as they are."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from board.models import Version, db
from board.store import notices, posted_names
from board.store.answers import QuestionAnswer
from tests.store.approved import tells_everybody
from tests.store.posted import AT, GAODONG, TOWN, post

UNDER = TOWN[:9]


def told(home=TOWN, homes=UNDER):
    return [[(text.of.id, text.names) for text in one.texts] for one in posted_names.listed(home, homes)]


def states(number, **columns):
    """Post what no check asked about, as earlier versions of the program did."""
    db.session.execute(update(Version).where(Version.number == number).values(**columns))
    db.session.commit()


@pytest.fixture
def said(posted):
    facts = posted.version.facts | {"eligibility": "种地农民，李四也算", "objection_person": "村文书 李四"}
    states(posted.number, title="关于张小三和低保户郝秀云的公示", facts=facts)
    return notices.find(posted.number)


def test_a_notice_without_names_is_not_listed(posted):
    assert told() == []


def test_title_facts_and_answers_are_listed_with_their_names(said, clerk):
    tells_everybody(said, QuestionAnswer("王五家为什么没领到？", "卡号错了，下月补发。", GAODONG))

    assert told() == [[("title", ["张小三", "郝秀云"]), ("eligibility", ["李四"]), ("answer-1", ["王五"])]]
    assert notices.find(said.number).version.title == "关于张小三和低保户郝秀云的公示"


def test_what_the_reviewer_let_stand_is_left_out(said):
    states(said.number, acknowledged={"name_in_text": "本人同意"})

    assert told() == []


def test_of_a_notice_taken_down_only_the_reason_is_public(said, reviewer):
    post("grain-subsidy")  # its roster stands, with the same people
    notices.take_down(said, reviewer, "张小三的数错了", AT)

    assert told() == [[("taken_down", ["张小三"])]]


def test_a_desk_elsewhere_lists_nothing_of_it(said):
    assert told("370685000000", "370685") == []
