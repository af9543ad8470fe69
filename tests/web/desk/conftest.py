"""What people of the desk have before them: a draft that waits for the reviewer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.actors import Person
from tests.web.drafting import sends_roster


@pytest.fixture
def draft(once: Callable[..., str], clerk: Person) -> str:
    """The address of a draft of 高洞社区 with three households, sent to the reviewer."""
    return once("sent", lambda: sends_roster(clerk))
