"""What a villager and a clerk do with a case, for the tests of asking and of answering."""

from __future__ import annotations

import re

from tests.actors import Page, Person

TEXT = "我家是两亩三分,只算了两亩。"
CONTACT = "傍晚打 0830-8190002,找李四"


def asks(who: Person, form: str | Page, **more: str) -> Page:
    return who.submits(form, "交上去", **{"category": "amount_wrong", "text": TEXT, **more})


def receipt_on(page: Page) -> str:
    found = re.search(r'class="receipt">([\d ]+)<', page.html)
    assert found, page.text
    return found[1].replace(" ", "")


def looks_up(who: Person, receipt: str) -> Page:
    return who.submits("/receipt", receipt=receipt)


def answers(clerk: Person, text: str = "查过了,2 号更正为 2.3 亩。") -> Page:
    page = clerk.follows(clerk.sees("/desk/cases"), "我家的数不对")
    return clerk.submits(page, "答复", text=text)
