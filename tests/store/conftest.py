"""The people of these tests by their ids, as the store takes them, and what they have before them: a posted notice, a new draft."""

from __future__ import annotations

import pytest

from board.store import cases, notices, people
from board.store.drafting import drafts
from tests.store import asked
from tests.store.posted import AT, TOWN, post


@pytest.fixture
def clerk(app):
    """百和镇's clerk."""
    return people.named("baihe-clerk").id


@pytest.fixture
def reviewer(app):
    """百和镇's reviewer."""
    return people.named("baihe-reviewer").id


@pytest.fixture
def person_id(app):
    """The id of anybody by his username."""
    return lambda username: people.named(username).id


@pytest.fixture
def posted(once):
    """A notice of 百和镇 with four rows in 高洞社区 and one in the village beside it."""
    return notices.find(once("posted", lambda: post().number))


@pytest.fixture
def draft(clerk):
    """A draft of 百和镇 that has just begun."""
    return drafts.start(TOWN, "cropland-subsidy", "公示", clerk, AT)


@pytest.fixture
def case(posted):
    """What a villager asked about it."""
    return cases.file(posted, asked.KEY, asked.ASKED, asked.AT)
