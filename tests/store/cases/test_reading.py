"""Reading cases: contacts, evidence, and what was changed behind the program's back, on both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete, update

from board.models import Message, db
from board.rules import hash_chain
from board.store import cases, ledger
from board.store.cases import acting
from board.store.engine import writing
from board.store.proof.subject import altered
from board.store.proof.subjects import SUBJECTS
from tests.store.asked import ASKED, AT, COUNTY, KEY, actions, does, files, replays
from tests.store.posted import TOWN


def test_opening_a_contact_is_logged_and_an_empty_one_is_not(posted, case, clerk):
    bare = cases.file(posted, "b" * 32, replace(ASKED, contact=""), AT)

    assert cases.open_contact(TOWN, case.id, clerk, AT) == ASKED.contact
    assert cases.open_contact(TOWN, bare.id, clerk, AT) == ""
    assert [one for one in actions() if "contact" in one[1]] == [("baihe-clerk", "case.contact_opened")]


def test_the_ledger_holds_no_word_contact_or_receipt_of_a_case(case, clerk):
    cases.act(TOWN, case.id, "answer", clerk, "查过了。", 1, AT)

    said = [str(entry) for entry in ledger.entries(TOWN) if entry.action.startswith("case.")]
    assert not [line for line in said for secret in ("两亩", "13800138000", "李四", "查过", KEY) if secret in line]
    assert hash_chain.first_broken(ledger.entries(TOWN)) is None


@pytest.mark.parametrize(
    "tampering",
    [
        update(Message).where(Message.no == 2).values(text="不该给。"),
        delete(Message).where(Message.no == 2),
        update(Message).where(Message.no == 2).values(no=7),
    ],
    ids=["changed", "taken out", "moved"],
)
def test_a_message_tampered_with_behind_the_programs_back_is_found(case, clerk, tampering):
    cases.act(TOWN, case.id, "answer", clerk, "该给您 46.80 元。", 1, AT)
    cases.close(KEY, 2, AT)
    assert altered(SUBJECTS["case"], TOWN) == {}

    with writing() as session:
        session.execute(tampering)
    assert altered(SUBJECTS["case"], TOWN) == {(TOWN, case.id): ["messages"]}


def test_a_receipt_opens_its_case_and_another_none(case):
    assert cases.by_receipt(KEY) is case
    assert cases.by_receipt("b" * 32) is None
    assert cases.one(TOWN, case.id) is case
    assert cases.one(COUNTY, case.id) is None


@pytest.mark.parametrize(("column", "value"), [
    ("state", "closed"), ("desk", COUNTY), ("source", "call"), ("consent", True), ("outcome", "given"), ("rating", 5), ("row", 1),
    ("category", "unclear"), ("wall", "123456789"),
])  # fmt: skip
def test_a_case_changed_behind_the_programs_back_is_found(case, clerk, column, value):
    does(case, "answer", clerk, "查过了。")
    assert replays(TOWN)

    setattr(case, column, value)
    db.session.commit()
    assert list(altered(SUBJECTS["case"], TOWN)) == [(TOWN, case.id)]


def test_what_the_clock_did_is_nobodys_message(posted):
    case = files(posted, "household")
    with writing():
        acting.do(acting.locked(TOWN, case.id), "overdue", None, "", AT)

    assert [(said.side, said.who) for said in cases.messages(case)] == [("villager", ""), ("clock", "")]
    assert actions()[-1] == ("clock", "case.led_up")
    assert replays(TOWN)
