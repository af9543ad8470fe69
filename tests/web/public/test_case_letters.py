"""Under a case stands what can be done next; a step's letter comes out of the page ready to be signed, and nothing typed is lost."""

from __future__ import annotations

import re
import subprocess

import pytest

from board.models import Case, db
from board.rules import numbers
from tests.paper.conftest import need
from tests.store.posted import GAODONG, TOWN
from tests.web.asking import TEXT, answers, asks, looks_up, receipt_on

LATE = "2026-11-29"


@pytest.fixture
def receipt(villager, form):
    return receipt_on(asks(villager, form))


def read(page) -> str:
    """The words of a PDF, without white space."""
    need("pdftotext")
    made = subprocess.run(["pdftotext", "-layout", "-", "-"], input=page.data, capture_output=True, check=True)
    return "".join(made.stdout.decode().split())


def test_a_late_answer_brings_a_letter_that_states_the_case(villager, receipt, number, at):
    at(LATE)
    page = villager.submits(looks_up(villager, receipt), "打印一封信")

    assert (page.headers["Content-Type"], page.headers["Cache-Control"]) == ("application/pdf", "no-store")
    text = read(page)
    for words in ("泸县人民政府：", "2026年11月22日", numbers.spaced(number).replace(" ", ""), "2026年11月27日", "百和镇人民政府最晚", TEXT,
                  "《信访工作条例》第二十二条", "姓名：", "签名：", "日期："):  # fmt: skip
        assert words in text, words


def test_no_letter_holds_the_receipt(villager, receipt, at):
    at(LATE)
    page = villager.submits(looks_up(villager, receipt), "打印一封信")

    assert receipt not in read(page)
    assert receipt.encode() not in page.data
    assert receipt not in str(page.headers)


def test_a_letter_is_there_in_english(villager, receipt, at):
    at(LATE)
    page = villager.submits(villager.submits(looks_up(villager, receipt), "EN"), "Print a letter")

    text = read(page)
    for words in ("Thetownshiphasnotansweredintime", "22November2026", "27November2026", "WhatIwrote:", "Signature:"):
        assert words in text, words


def test_the_letter_is_opened_beside_the_page_so_that_what_is_typed_stays(villager, receipt, at):
    at(LATE)
    (button,) = re.findall(r'<button[^>]*value="letter-\d+"[^>]*>', looks_up(villager, receipt).html)

    assert 'formtarget="_blank"' in button


def test_before_its_day_a_step_says_from_when_and_has_no_letter(villager, receipt):
    page = looks_up(villager, receipt)
    assert "从2026年11月28日起：向泸县反映：镇里到期没有答复。" in page.text
    assert "打印一封信" not in page.text


def test_a_letter_pressed_too_late_gives_the_page_with_what_was_typed(villager, person, receipt, at):
    at(LATE)
    old = looks_up(villager, receipt)
    answers(person("baihe-clerk"))
    page = villager.submits(old, "打印一封信", text="还有一件事 13800138000")

    assert "这封信现在用不上" in page.text
    assert "您的事：已答复" in page.text
    assert page.form("解决了").fields["text"] == ["还有一件事 ●●●●●●●●●●●"]


@pytest.mark.parametrize("no", ["", "0", "99", "-1", "x", "9" * 40, "１"])
def test_a_made_up_letter_is_none(villager, receipt, no, at):
    at(LATE)
    page = villager.client.post("/receipt", data={"receipt": receipt, "act": f"letter-{no}"})

    assert (page.mimetype, "这封信现在用不上" in page.text) == ("text/html", True)


def test_whoever_has_no_receipt_gets_no_letter(villager, receipt, at):
    at(LATE)
    wrong = receipt[:-1] + str((int(receipt[-1]) + 1) % 10)

    assert "没有查到" in villager.client.post("/receipt", data={"receipt": wrong, "act": "letter-1"}).text


def test_an_answered_case_says_until_when_it_goes_up_and_has_a_letter_after_that_too(villager, person, receipt, at):
    answers(person("baihe-clerk"))
    page = looks_up(villager, receipt)
    assert "不满意，在这一页点“没解决”，交给泸县来查。（到2026年12月22日为止）" in page.text
    assert "作了答复，我认为问题没有解决" in read(villager.submits(page, "打印一封信"))

    at("2026-12-23")
    page = looks_up(villager, receipt)
    assert "交给泸县来查" not in page.text
    assert "2026年11月22日作了答复" in read(villager.submits(page, "打印一封信"))


def test_the_countys_phone_is_that_of_the_settings_and_the_hotline_is_a_tap(app, villager, receipt, at):
    at("2026-12-03")
    assert "县纪委" not in looks_up(villager, receipt).text
    app.config.update(COUNTY_REPORT_OFFICE="泸县纪委监委信访室", COUNTY_REPORT_PHONE="0830-8190001")
    page = looks_up(villager, receipt)

    assert "泸县纪委监委信访室 0830-8190001" in page.text
    assert page.link("0830-8190001") == "tel:0830-8190001"
    assert page.link("12345") == "tel:12345"


def test_what_was_not_published_is_complained_of_in_a_letter_of_its_own(villager, number, at):
    receipt = receipt_on(asks(villager, f"/n/{number}/ask?place={GAODONG}", category="not_published", text="去年的没有公开。"))
    at(LATE)
    page = looks_up(villager, receipt)
    named = re.findall(r'value="(letter-\d+)"', page.html)
    assert len(named) == 2

    letter = villager.client.post("/receipt", data={"receipt": receipt, "act": named[1]})
    assert letter.mimetype == "application/pdf"
    assert db.session.query(Case).count() == 1


def test_who_was_refused_what_is_not_published_has_sixty_days_and_a_letter_to_the_government_above(villager, person):
    given = {"text": "2025年的集体账。", "name": "王老汉", "contact": "0830-8190002", "form": "paper"}
    checked = villager.submits(f"/a/{TOWN}/ask?category=application", "下一步", **given)
    receipt = receipt_on(villager.submits(checked, "交上去"))
    clerk = person("baihe-clerk")
    page = clerk.follows(clerk.sees("/desk/cases"), "申请看没公开的材料")
    said = {"act": "answer", "outcome": "refused", "text": "不予公开，理由是这是还没有定下来的稿子。"}
    clerk.client.post(page.path, data=page.form("答复", ("outcome",)).fields | said)
    page = looks_up(villager, receipt)

    assert "六十日内可以向泸县申请行政复议。" in page.text
    assert "（到2027年1月21日为止）" in page.text
    named = re.findall(r'value="(letter-\d+)"', page.html)
    text = read(villager.submits(page, "打印一封信"))
    assert len(named) == 2
    for words in (
        "行政复议申请书",
        "泸县人民政府：",
        "责令百和镇人民政府重新答复",
        "《行政复议法》第二十条、第二十三条",
        "2025年的集体账。",
    ):
        assert words in text, words
