"""Rosters of 高洞社区 and the cards that are printed of them, for the tests of the desk, of the cards' pages and of the switch."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Flask

from board.store import people
from board.store.drafting import drafts, posting
from board.store.notices import Posted
from tests.actors import Page, Person
from tests.store.posted import AT, FACTS, GAODONG, TOWN, line, proposal, submit


def vault(app: Flask) -> Any:
    """Return the keys of the app."""
    return app.extensions["vault"]


def roster(rows: list[tuple[str, str, str, str]], kind: str = "cropland-subsidy", hour: int = 0, title: str = "公示") -> Posted:
    """Post a roster of 高洞社区: (group, name, ID number's key or "", mu)."""
    made_of = [
        replace(line(GAODONG, no, name, mu), group=group, person=person.rjust(32, "0") if person else None)
        for no, (group, name, person, mu) in enumerate(rows, 1)
    ]
    made = replace(proposal(kind, made_of), title=title, facts=FACTS | {"paid_on": "2026-11-20"})
    clerk, reviewer = (people.named(name) for name in ("baihe-clerk", "baihe-reviewer"))
    assert clerk
    assert reviewer
    draft = drafts.start(TOWN, kind, title, clerk.id, AT)
    draft = submit(draft, draft.revision, clerk.id, AT, made)
    return posting.post(draft, made.digest, draft.revision, reviewer.id, {}, AT + timedelta(hours=hour))


def prints(clerk: Person, press: str = "打印全社区的卡", place: str = GAODONG) -> Page:
    """Let a clerk print a village's cards."""
    return clerk.submits(f"/desk/slips/{place}", press=press)
