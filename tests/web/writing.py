"""What people do with a letter to a leader, for the tests of the inbox, of publishing and of petitions."""

from __future__ import annotations

from tests.actors import Page, Person
from tests.store.posted import TOWN
from tests.web.asking import asks, receipt_on

COUNTY = "510521000000"
LETTER = "街上到卫生院的路灯坏了两个月，请镇里修一修。"
TITLE, QUESTION, ANSWER = "路灯什么时候修", "街上的路灯坏了，什么时候修？", "线路老化，本月二十五日前换好。"


def writes(villager: Person, text: str = LETTER, consent: str = "yes", home: str = TOWN) -> str:
    """Write to the leader of an office through the page, and return the receipt."""
    first = "county" if home == COUNTY else "township"
    form = villager.sees(f"/a/{home}/ask?category=letter")
    return receipt_on(asks(villager, form, category="letter", text=text, consent=consent, first=first))


def opens(leader: Person, words: str = "街上到卫生院的路灯") -> Page:
    """Open the letter that begins with these words."""
    page = leader.sees("/desk/cases")
    return leader.follows(page if words in page.text else leader.sees("/desk/cases?done=1"), words)


def answers(leader: Person, text: str = "已经派人去看，本月修好。") -> Page:
    """Answer it."""
    return leader.submits(opens(leader), "答复", text=text)


def drafts(leader: Person, **typed: str) -> Page:
    """Write an answered letter for everybody."""
    page = leader.follows(opens(leader), "写一份给大家看")
    return leader.submits(page, "送审", **{"title": TITLE, "question": QUESTION, "answer": ANSWER, **typed})


def publishes(villager: Person, leader: Person, reviewer: Person) -> None:
    """Go the whole way: the letter, its answer, what is written for everybody, and the approval."""
    writes(villager)
    answers(leader)
    drafts(leader)
    reviewer.submits("/desk/approvals", "通过")
