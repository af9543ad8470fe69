"""While a flood lasts the form asks one plain question about its page; everybody has a receipt, whatever he answers."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

import pytest

from bench.flood_readers import right_choice
from bench.flood_texts import HONEST, pageless
from board.models import Case, db
from board.rules.cases.flood import Came
from board.store import cases
from tests.store.asked import ASKED, AT, COUNTY
from tests.store.posted import GAODONG, TOWN
from tests.web.asking import asks, checks, looks_up, receipt_on

CHOICES = re.compile(r'name="answer" form="\w+" value="(\w+)"[^>]*><span>([^<]+)')


def pours(posted, home=TOWN, count=40):
    """A script pours cases into an office."""
    for no, one in enumerate(islice(pageless(), count)):
        asked = replace(ASKED, text=one, row=None, home=home)
        cases.file(posted, f"{home}{no:020}", asked, AT, came=Came("203.0.113.7", "none"))


@pytest.fixture
def flooded(once, posted):
    """百和镇's desk is flooded."""
    once("flooded", lambda: pours(posted))
    return posted


@pytest.fixture
def address(flooded):
    """Where a villager of 高洞社区 asks about the notice."""
    return f"/n/{flooded.number}/ask?place={GAODONG}"


def newest(text):
    db.session.rollback()
    return next(case for case in db.session.query(Case) if text in [said.text for said in cases.messages(case)])


def question_on(page):
    return re.findall(r"<legend>([^<]+)</legend>", page.html), CHOICES.findall(page.html)


def test_outside_a_flood_no_question_is_asked(villager, form):
    page = checks(villager, form)
    assert "请再答一问" not in page.text
    assert "请再答一问" not in asks(villager, form).text


@pytest.mark.parametrize("turn", range(6))
def test_who_reads_the_page_answers_and_has_a_line_of_his_own(villager, address, turn):
    page = checks(villager, address, text=HONEST[turn])
    assert "请再答一问" in page.text
    assert len(question_on(page)[1]) == 4

    asked = villager.submits(page, "交上去", answer=right_choice(page.html))
    assert receipt_on(asked)
    assert "请再答一问" not in asked.text
    case = newest(HONEST[turn])
    assert (case.said, case.fold) == ("right", None)


def test_a_wrong_answer_is_taken_like_a_right_one_and_nobody_is_told_which_it_was(villager, address):
    page = checks(villager, address, text=HONEST[0])
    wrong = next(value for value, _label in question_on(page)[1] if value != right_choice(page.html))
    asked = villager.submits(page, "交上去", answer=wrong)

    assert "最晚2026年11月27日答复" in asked.text
    assert "请再答一问" not in asked.text
    assert HONEST[0] in looks_up(villager, receipt_on(asked)).text
    assert newest(HONEST[0]).fold


def test_without_an_answer_the_receipt_comes_all_the_same_and_the_question_once_more(villager, address):
    asked = villager.submits(checks(villager, address, text=HONEST[0]), "交上去")
    receipt = receipt_on(asked)
    assert newest(HONEST[0]).fold
    assert "请再答一问" in asked.text
    assert "交给百和镇办" in asked.text

    again = villager.submits(asked, "答好了", answer=right_choice(asked.html))
    assert receipt_on(again) == receipt
    assert "请再答一问" not in again.text
    assert newest(HONEST[0]).fold is None


def test_another_form_asks_otherwise_and_takes_no_answer_of_this_one(villager, stranger, address):
    mine, his = checks(villager, address, text=HONEST[0]), checks(stranger, address, text=HONEST[1])
    assert {value for value, _ in question_on(mine)[1]}.isdisjoint(value for value, _ in question_on(his)[1])

    asked = stranger.client.post(address, data={**fields(his), "step": "send", "answer": right_choice(mine.html)})
    assert asked.status_code == 200
    assert newest(HONEST[1]).said == "wrong"


def fields(page):
    return {name: values[0] for name, values in page.form("交上去").fields.items()}


def test_what_is_typed_and_picked_survives_large_type_and_going_back(villager, address):
    page = checks(villager, address, text=HONEST[2])
    answer = right_choice(page.html)
    large = villager.submits(page, "大字", answer=answer)
    assert HONEST[2] in large.text
    assert re.search(f'value="{answer}" checked', large.html)
    back = villager.submits(large, "回去改")
    assert HONEST[2] in back.html


@pytest.mark.parametrize("path", [f"/a/{TOWN}/ask", "/ask"])
def test_a_form_about_an_area_or_nothing_asks_what_stands_on_its_page_too(villager, flooded, path):
    more = {"place": TOWN} if path == "/ask" else {}
    page = checks(villager, path, text=HONEST[3], category="unclear", first="township", **more)
    if "还没有交，请看一看" not in page.text:
        page = checks(villager, path, text=HONEST[3], category="suggestion", first="township", **more)
    assert "请再答一问" in page.text
    villager.submits(page, "交上去", answer=right_choice(page.html))
    assert newest(HONEST[3]).fold is None


def test_thousands_wait_for_nothing(person, address):
    sent = [person().submits(checks(person(), address, text=f"还我血汗钱，补贴被贪了，请严查！{n}"), "交上去") for n in range(3)]
    assert {page.status for page in sent} == {200}
    assert len({receipt_on(page) for page in sent}) == 3


def test_a_flood_at_the_county_tells_no_stranger_that_it_is_the_countys(villager, stranger, posted):
    pours(posted, home=COUNTY)
    address = f"/n/{posted.number}/ask?place={GAODONG}"
    town = checks(villager, address, text=HONEST[4], first="township")
    county = checks(stranger, address, text=HONEST[5], first="county")

    assert "请再答一问" in town.text
    assert "请再答一问" in county.text
    villager.submits(town, "交上去")
    case = newest(HONEST[4])
    assert (case.fold, case.said) == (None, None), "the township's desk is as on any day"


@pytest.mark.parametrize(
    ("own", "said", "counts"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.9", "198.51.100.9"),
        ("10.0.0.3", "1.2.3.4, 198.51.100.9", "198.51.100.9"),
        ("1.1.1.1", "198.51.100.9", "1.1.1.1"),
    ],
)
def test_a_web_server_of_ones_own_is_believed_and_nobody_else(app, own, said, counts):
    from board.web.public import page_question

    with app.test_request_context("/ask", headers={"X-Forwarded-For": said}, environ_base={"REMOTE_ADDR": own}):
        assert page_question.address() == counts
