"""The people of these tests by their ids, as the store takes them."""

from __future__ import annotations

import pytest

from board.store import people


@pytest.fixture
def clerk(app):
    """百和镇's clerk."""
    return people.named("baihe-clerk").id


@pytest.fixture
def reviewer(app):
    """百和镇's reviewer."""
    return people.named("baihe-reviewer").id
