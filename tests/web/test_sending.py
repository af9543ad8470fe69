"""From the form to the receipt, wherever one asks: nothing is kept before 交上去, and one form makes one case, however it is sent."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from board.models import Case, Receipt, db
from board.store import cases, ledger
from tests.store.asked import replays
from tests.store.posted import GAODONG, TOWN
from tests.web.asking import asks, checks, looks_up, receipt_on

COUNTY = "510521000000"
SAID, CONTACT = "河边那块地的边界请写明白。", "傍晚打0830-8190002找李四"
WORDS = ("河边那块地", "傍晚打", "8190002", "13800138000")
TYPED = {"category": "suggestion", "text": SAID, "contact": CONTACT}
PAGES = ["notice", "row", "area", "wall", "first"]


@pytest.fixture(params=PAGES)
def page(request, posted, wall, form, villager):
    """A form as somebody opens it, about each thing that can be asked about."""
    addresses = {
        "notice": f"/n/{posted.number}/ask", "row": form, "area": f"/a/{GAODONG}/ask", "wall": f"/w/{wall.number}/ask", "first": "/ask",
    }  # fmt: skip
    opened = villager.sees(addresses[request.param])
    if request.param == "first":  # who says which town can choose its office on going back
        opened = villager.submits(checks(villager, opened, place=TOWN, **TYPED), "回去改")
    return opened


def everything(app):
    """All that is kept: every row of every table, and every file beside the database."""
    tables = [repr(db.session.execute(table.select()).all()) for table in db.metadata.sorted_tables]
    db.session.rollback()
    files = [file.read_bytes().decode(errors="replace") for file in Path(app.instance_path).rglob("*") if file.is_file()]
    return "\n".join(tables + files)


def made():
    return db.session.query(Case).count(), db.session.query(Receipt).count()


def heights():
    return {home: ledger.count(home) for home in (TOWN, GAODONG, COUNTY)}


@pytest.mark.usefixtures("new_files")
def test_before_it_is_sent_nothing_that_was_typed_is_kept_anywhere(app, villager, page, caplog, capfd):
    before = heights()
    with caplog.at_level(logging.DEBUG):
        text = f"{SAID}电话13800138000"
        checked = checks(villager, page, first="county", **TYPED | {"text": text})
        assert "还没有交，请看一看" in checked.text
        back = villager.submits(checked, "回去改")
        large = villager.submits(back, "大字", text=text, contact=CONTACT)
        wrong = checks(villager, large, **TYPED | {"category": ""})
        again = checks(villager, wrong, first="township", **TYPED)
        villager.submits(again, "EN")

    for one in (checked, back, large, wrong, again):
        assert SAID in one.html
        assert "13800138000" not in one.html
        assert "Set-Cookie" not in one.headers
        assert not [word for word in WORDS if word in one.address]
    kept, logged = everything(app), caplog.text + "".join(capfd.readouterr())
    assert [word for word in WORDS if word in kept] == []
    assert [word for word in WORDS if word in logged] == []
    assert made() == (0, 0)
    assert heights() == before


def test_what_is_sent_is_in_no_log_and_its_contact_is_sealed(app, villager, page, caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        receipt = receipt_on(asks(villager, page, first="county", **TYPED))
        looks_up(villager, receipt)
    logged = caplog.text + "".join(capfd.readouterr())

    assert [word for word in (*WORDS, receipt) if word in logged] == []
    assert [word for word in (CONTACT, receipt) if word in everything(app)] == []


def test_back_from_the_receipt_and_sent_again_is_the_same_case(villager, page):
    checked = checks(villager, page, first="township", **TYPED)
    receipt = receipt_on(villager.submits(checked, "交上去"))

    assert receipt_on(villager.submits(checked, "交上去")) == receipt, "one page back"
    assert receipt_on(asks(villager, page, first="township", **TYPED)) == receipt, "two pages back"
    assert made() == (1, 1)
    assert len(cases.messages(db.session.query(Case).one())) == 1


def test_tapped_twice_or_sent_again_when_the_connection_was_lost_it_is_one_case(villager, page):
    checked = checks(villager, page, first="township", **TYPED)
    form = checked.form("交上去")
    sent = {name: values[0] for name, values in form.fields.items()} | {"step": "send"}
    bodies = [villager.client.post(form.action, data=sent) for _ in range(3)]

    assert {one.status_code for one in bodies} == {200}
    assert len({one.data for one in bodies}) == 1, "the same receipt, page and picture"
    assert made() == (1, 1)
    assert replays(TOWN)


def test_a_form_that_is_too_old_costs_another_tap_and_no_word(villager, page, at):
    checked = checks(villager, page, first="township", **TYPED)
    at("2026-11-30")
    for _ in range(2):
        late = villager.submits(checked, "交上去")
        assert "放得太久了" in late.text
        assert SAID in late.html
        assert CONTACT in late.html
    assert made() == (0, 0)

    receipt = receipt_on(villager.submits(late, "交上去"))
    assert receipt_on(villager.submits(late, "交上去")) == receipt
    assert made() == (1, 1)
    assert SAID in looks_up(villager, receipt).text


@pytest.mark.parametrize(("was", "now"), [("township", "county"), ("county", "township")])
def test_another_office_chosen_after_sending_has_a_case_of_its_own(app, villager, person, page, was, now):
    first = receipt_on(asks(villager, page, first=was, **TYPED))
    more = "镇里的人自己多量了三分。"
    other = receipt_on(asks(villager, page, first=now, **TYPED | {"text": more}))

    assert first != other
    found = {case.home: case for case in db.session.query(Case)}
    assert set(found) == {TOWN, COUNTY}
    words = {"township": TOWN, "county": COUNTY}
    assert [one.text for one in cases.messages(found[words[was]])] == [SAID]
    assert [one.text for one in cases.messages(found[words[now]])] == [more]
    if now == "county":
        town = person("baihe-clerk")
        assert more not in "".join(town.sees(f"/desk/cases{query}").html for query in ("", "?done=1"))
        assert more not in town.sees(f"/desk/cases/{TOWN}/{found[TOWN].id}").html
    for level, text, receipt in ((was, SAID, first), (now, more, other)):
        assert receipt_on(asks(villager, page, first=level, **TYPED | {"text": text})) == receipt
    assert made() == (2, 2)
    assert replays(TOWN)
    assert replays(COUNTY)


@pytest.mark.parametrize("page", ["area", "first"], indirect=True)
def test_a_letter_to_the_leader_written_on_the_same_form_is_not_added_to_what_the_clerks_read(villager, person, page):
    asks(villager, page, first="township", **TYPED)
    words = "经办的人拖了两个月。"
    form = villager.sees(f"{page.path}?category=letter")
    token = page.form("下一步").fields["token"][0]
    place = {"place": TOWN} if page.path == "/ask" else {}
    asks(villager, form, category="letter", text=words, consent="no", first="township", token=token, **place)

    assert {case.category for case in db.session.query(Case)} == {"suggestion", "letter"}
    town = person("baihe-clerk")
    assert words not in "".join(town.sees(f"/desk/cases/{case.home}/{case.id}").html for case in db.session.query(Case))
