"""查进度: whoever has the receipt follows his case; whoever has not is told nothing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from board.models import Case, Receipt, db
from board.rules import numbers
from board.store import cases
from board.store.cases import upkeep
from board.web.public.ask_form import key
from tests.store.asked import does, files, replays
from tests.store.posted import AT, TOWN
from tests.web.asking import TEXT, asks, looks_up, receipt_on


@pytest.mark.parametrize("typing", [lambda r: numbers.receipt_spaced(r), lambda r: "-".join(re.findall("....", r)), lambda r: f"  {r} ",
                                    lambda r: "".join(chr(ord(d) + 0xFEE0) for d in r)])  # fmt: skip
def test_a_receipt_is_found_however_it_is_typed(villager, form, typing):
    receipt = receipt_on(asks(villager, form))

    assert "您的事：已收到" in looks_up(villager, typing(receipt)).text


@pytest.mark.parametrize(("typed", "said"), [("12345", "您填了 5 个数字，要 16 个"), ("", "请先填查询号")])
def test_a_receipt_with_digits_missing_says_how_many_there_should_be(villager, typed, said):
    assert said in looks_up(villager, typed).text


def test_a_receipt_in_an_address_is_not_read(villager, form):
    receipt = receipt_on(asks(villager, form))

    assert receipt not in villager.sees(f"/receipt?receipt={receipt}").text
    assert "您的事" not in villager.sees(f"/receipt?receipt={receipt}").text


# ---- what tells nothing


@pytest.fixture
def typed(villager, posted, form, clerk):
    """Receipts that open nothing: mistyped, deleted, forgotten after its time, and never given."""
    right = receipt_on(asks(villager, form))
    deleted = receipt_on(asks(villager, form, text="这是第二件事。"))
    forgotten = receipt_on(asks(villager, form, category="unclear", text="这是第三件事。"))
    db.session.delete(db.session.get(Receipt, key(deleted)))
    db.session.commit()
    for case in db.session.query(Case).filter(Case.category == "unclear"):
        does(case, "answer", 1, "讲过了。")
    assert upkeep.forget(AT + timedelta(days=4000)) == 1
    slip = right[:-1] + str((int(right[-1]) + 1) % 10)
    return {"slip": slip, "deleted": deleted, "forgotten": forgotten, "never": numbers.receipt(b"never given, ever")}


ACTS = ("", "add", "solved", "unsolved", "rate-5", "letter-1", "look")


@pytest.mark.parametrize("act", ACTS)
def test_a_mistyped_receipt_one_that_is_over_and_one_never_given_are_answered_alike(villager, typed, act):
    answered = []
    for receipt in typed.values():
        page = villager.client.post("/receipt", data={"receipt": receipt, "act": act, "text": "还有一件事", "seen": "2"})
        answered.append((page.data.replace(receipt.encode(), b"typed"), dict(page.headers), page.status, villager.client.asked.sent))

    assert answered == answered[:1] * len(typed), "the same bytes, headers and statements: nothing tells them apart"
    assert "一个数字一个数字再看一遍" in answered[0][0].decode()
    assert len(answered[0][3]) == 1


def test_what_is_said_to_a_receipt_that_opens_nothing_is_kept_nowhere(villager, typed):
    for receipt in typed.values():
        for act in ACTS:
            villager.client.post("/receipt", data={"receipt": receipt, "act": act, "text": "这句话哪里都没有", "seen": "2"})

    assert not [one for case in db.session.query(Case) for one in cases.messages(case) if "哪里都没有" in one.text]


def test_an_id_number_typed_for_a_receipt_is_not_shown_again(villager, posted):
    number = "1101051949" + "1231002X"
    page = looks_up(villager, number)

    assert number not in page.html


# ---- what one reads


def test_words_typed_beside_a_second_no_are_kept(villager, person, form):
    receipt = receipt_on(asks(villager, form))
    case = db.session.query(Case).one()
    does(case, "answer", 1, "查过了，没有错。")
    page = looks_up(villager, receipt)
    villager.submits(page, "没解决，请泸县来查")
    shown = villager.submits(page, "没解决，请泸县来查", text="他们没有来量。")

    assert "他们没有来量。" in shown.text
    assert "他们没有来量。" in person("luxian-clerk").sees(f"/desk/cases/{TOWN}/{case.id}").text
    assert replays(TOWN)


@pytest.mark.parametrize("category", ["household", "application", "letter"])
def test_what_is_the_offices_own_is_not_on_the_villagers_page(app, villager, clerk, category):
    receipt = numbers.receipt(category.encode().ljust(16))
    case = files(None, category, key=key(receipt), row=None, consent=True)
    acts = {"household": "hear", "application": "verify", "letter": "extend"}
    does(case, acts[category], 1, "办公室自己的话。")

    assert "办公室自己的话" not in looks_up(villager, receipt).html


def test_a_case_that_rose_by_itself_says_so_and_who_has_it(villager, form):
    receipt = receipt_on(asks(villager, form, category="household"))
    upkeep.lead_up_late(AT + timedelta(days=30))
    page = looks_up(villager, receipt)

    assert "过期没答复，已转上一级" in page.text
    assert "现在归泸县办。" in page.text


def test_a_page_that_is_sent_again_says_nothing_twice(villager, form):
    page = looks_up(villager, receipt_on(asks(villager, form)))
    for _ in range(3):
        shown = villager.submits(page, "补充", text="河边那块地。")

    assert shown.text.count("河边那块地。") == 1
    assert TEXT in shown.text


# ---- what was given to one, for everybody


def test_an_applicant_suggests_once_that_everybody_sees_what_he_was_given(villager, clerk):
    page = villager.sees(f"/a/{TOWN}/ask?category=application")
    page = villager.submits(page, "下一步", name="吴小满", contact="0830-8190002", form="paper", text="想看修村道的合同。")
    receipt = receipt_on(villager.submits(page, "交上去"))
    assert "建议公开给大家看" not in looks_up(villager, receipt).text
    case = clerk.follows(clerk.sees("/desk/cases"), "申请看没公开的材料")
    clerk.submits(case, "答复", outcome="given", text="合同可以给您看，请到镇里来拿。")

    page = villager.submits(looks_up(villager, receipt), "建议公开给大家看")
    assert "记下了，单位会看该不该公开" in page.text
    assert "建议公开给大家看。" in page.text
    assert not [words for form in page.forms for words, *_ in form.buttons if words == "建议公开给大家看"]
    assert "建议公开给大家看。" in clerk.sees(case.path).text
    assert replays(TOWN)


def test_a_number_of_a_document_beside_a_name_is_covered_and_has_to_go(villager):
    page = villager.sees(f"/a/{TOWN}/ask?category=application")
    page = villager.submits(
        page, "下一步", name="吴小满 510521197001010014", contact="0830-8190002", form="paper", text="想看修村道的合同。"
    )

    assert "这里不要写身份证号、银行卡号" in page.text
    assert "510521197001010014" not in page.html
