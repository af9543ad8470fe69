"""Public answers in one step, for tests that are not about how they become public."""

from __future__ import annotations

from board.models import PublicAnswer
from board.store import answers, people
from board.store.answers import QuestionAnswer
from board.store.notices import Posted
from tests.store.posted import AT


def tells_everybody(posted: Posted, content: QuestionAnswer, clerk: str = "baihe-clerk", reviewer: str = "baihe-reviewer") -> PublicAnswer:
    """Write an answer for everybody and have it approved."""
    writer, second = people.named(clerk), people.named(reviewer)
    assert writer
    assert second
    one = answers.draft(posted, content, None, writer.id, AT)
    answers.approve(one.home, one.number, one.no, answers.shown(one), second.id, AT)
    return one
