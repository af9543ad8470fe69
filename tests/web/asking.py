"""What a villager and a clerk do with a case, for the tests of asking and of answering."""

from __future__ import annotations

import re

from tests.actors import Page, Person

TEXT = "我家是两亩三分,只算了两亩。"
CONTACT = "傍晚打 0830-8190002,找李四"


def checks(who: Person, form: str | Page, /, **more: str) -> Page:
    """Fill the form in and go on to the page that says what will be seen of it: nothing is sent yet."""
    return who.submits(form, "下一步", **{"category": "amount_wrong", "text": TEXT, **more})


def asks(who: Person, form: str | Page, /, **more: str) -> Page:
    """Fill the form in and send it; when something is wrong, the page that says so."""
    page = checks(who, form, **more)
    return who.submits(page, "交上去") if "还没有交，请看一看" in page.text else page


def sends(who: Person, page: Page, **more: str) -> Page:
    """Send a form that came back."""
    page = who.submits(page, "下一步", **more) if "下一步" in page.text else page
    return who.submits(page, "交上去") if "还没有交，请看一看" in page.text else page


def receipt_on(page: Page) -> str:
    found = re.search(r'class="receipt">([\d ]+)<', page.html)
    assert found, page.text
    return found[1].replace(" ", "")


def looks_up(who: Person, receipt: str) -> Page:
    return who.submits("/receipt", receipt=receipt)


def answers(clerk: Person, text: str = "查过了,2 号更正为 2.3 亩。") -> Page:
    page = clerk.follows(clerk.sees("/desk/cases"), "我家的数不对")
    return clerk.submits(page, "答复", text=text)
