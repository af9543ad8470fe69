"""A posted notice and the form to ask about its second row."""

from __future__ import annotations

import pytest

from tests.store.posted import GAODONG, post


@pytest.fixture
def posted(app):
    return post()


@pytest.fixture
def form(posted):
    return f"/n/{posted.number}/ask?place={GAODONG}&row=2"
