"""What 泸县 owes in the tests of pages: the accounts of its villages, each quarter, since July."""

from __future__ import annotations

from datetime import UTC, date, datetime

from board import demo
from board.rules.duties.switches import Switched
from board.store import duties, people
from tests.kinds.test_posted import POSTS

COUNTY, TOWN, VILLAGE = "510521000000", "510521116000", "510521116227"
AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
ACCOUNTS = next(one for one in POSTS["posts"] if one["home"] == VILLAGE and one["kind"] == "village-finance")


def owed(*more: str) -> None:
    """Switch the accounts of villages on, and more duties by name."""
    person = people.named("luxian-disclosure")
    assert person
    for duty in ("village_accounts", *more):
        duties.switch(COUNTY, duty, Switched(True, date(2026, 7, 1)), person.id, AT)


def accounts() -> str:
    """Post the accounts of 军大丘村 for the third quarter, late, and return their number."""
    return demo.publish(ACCOUNTS, POSTS["contacts"], AT).number
