"""What a villager of these tests asks about the posted notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from board.models import Case
from board.store import cases, ledger
from board.store.proof.subject import altered
from board.store.proof.subjects import SUBJECTS
from tests.store.posted import GAODONG, TOWN

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
DUE = date(2026, 11, 27)
ASKED = cases.Asked(GAODONG, 2, "amount_wrong", "我家是两亩三分,只算了两亩。", "13800138000 李四", DUE)
KEY = "a" * 32
COUNTY = "510521000000"  # the office above the township's


def files(posted, category, home=TOWN, key=KEY, at=AT, writer=None, **more) -> Case:
    """File a case of a category with an office, due as the rules have it."""
    asked = replace(ASKED, category=category, home=home, due=cases.due(home, category, at.date()), **more)
    return cases.file(posted, key, asked, at, writer)


def does(case: Case, act, user, text="", at=AT, outcome="") -> Case:
    """Do an act of an office, on the newest page."""
    return cases.act(case.home, case.id, act, user, text, cases.last_no(case), at, outcome=outcome)


def actions(home=TOWN) -> list[tuple[str, str]]:
    """Who did what in the cases of a home, as its ledger says."""
    return [(entry.actor, entry.action) for entry in ledger.entries(home) if entry.action.startswith("case.")]


def texts(case: Case) -> list[str]:
    """The words of a case, oldest first."""
    return [said.text for said in cases.messages(case)]


def acts(case: Case) -> list[str]:
    """The acts of a case, oldest first."""
    return [said.act for said in cases.messages(case)]


def replays(home: str) -> bool:
    """Whether the ledger of a home makes the cases that its tables hold."""
    return altered(SUBJECTS["case"], home) == {}
