"""前后几步: what a notice's page says of the notices of the same matter, and of the next one."""

from __future__ import annotations

from dataclasses import dataclass

from board import kinds, policies
from board.rules.bilingual import Words
from board.rules.calendar import day_of
from board.rules.notice.page import Page
from board.rules.notice.series import STAGE, Member, Next, following, plan
from board.store import holidays


@dataclass(frozen=True)
class Matter:
    """The notices of one matter in their order, with the names of their steps, and the step that comes next, or None."""

    steps: list[tuple[Member, Words]]
    next: Next | None


def of(page: Page) -> Matter | None:
    """Return the matter of a posted notice, or None: its kind stands alone, and it is the only one.

    A notice whose step is not planned any more is called by its kind.
    """
    known = {**kinds.load(), page.kind.id: page.kind}
    steps = plan(page.kind, known)
    if page.posted_at is None or len(steps) < 2 and not page.series:
        return None
    own = Member(page.number, page.home, page.kind.id, page.facts.get(STAGE, ""), page.title, day_of(page.posted_at))
    members, labels = page.series or (own,), {(step.kind, step.stage): step.label for step in steps}
    named = [(one, labels.get((one.kind, one.stage), known.get(one.kind, page.kind).name)) for one in members]
    within = {one.kind: one.within for one in policies.duties().values() if one.rhythm == "stage" and one.within}
    return Matter(named, following(members, steps, within, holidays.calendar() if within else policies.holidays()))
