"""From a posted notice to a new draft: its facts that still hold, its rows in force, and in the ledger that names were opened."""

from __future__ import annotations

from datetime import timedelta

import pytest

from board import kinds
from board.models import Row, db
from board.store import ledger, sealing
from board.store.drafting import carry_over, checking, drafts, typed_rows
from tests.store.corrected import NAMED, TWO_AND_ONE, correct
from tests.store.posted import AT, GAODONG, TOWN

CROPLAND, PAYOUT = (kinds.load()[id] for id in ("cropland-subsidy", "cropland-payout"))
LATER = AT + timedelta(days=365)


def begun(posted, clerk, kind=CROPLAND):
    return carry_over.carry(posted, kind, "新的公示", NAMED, clerk, LATER)


def names(draft):
    return [row.texts.get("name", "") for row in typed_rows.opened(draft)]


def entries():
    return [entry.body for entry in ledger.entries(TOWN) if entry.action == "names.carried"]


def test_a_new_draft_has_the_rows_in_force_and_the_facts_that_still_hold(posted, clerk):
    draft = begun(correct(posted, TWO_AND_ONE), clerk)

    assert (draft.home, draft.kind, draft.title, draft.started_from) == (TOWN, "cropland-subsidy", "新的公示", posted.number)
    assert names(draft) == ["张小三", "王五", "赵六", "钱七"]
    assert typed_rows.opened(draft)[0].texts == {
        "village": "高洞社区", "group": "1组", "name": "张小三", "area": "5", "amount": "468",
    }  # fmt: skip
    assert (draft.facts["standard"], draft.facts["publisher"]) == ("93.6", "百和镇人民政府")
    assert not {"formed_on", "display_start", "basis_document"} & set(draft.facts)  # last year's document
    assert drafts.hands(TOWN, draft.id) == {clerk: {"started", "carried"}}
    assert db.session.get(type(draft), (TOWN, draft.id)).corrects is None


def test_what_follows_a_notice_is_about_the_same_money_and_keeps_its_documents(posted, clerk):
    draft = begun(posted, clerk, PAYOUT)

    assert checking.kind_of(draft) is PAYOUT
    assert draft.facts["basis_document"] == posted.version.facts["basis_document"]
    assert names(draft) == ["张小三", "李四", "王五", "赵六", "钱七"]


def test_that_names_were_opened_is_in_the_ledger_without_one(posted, clerk):
    before = entries()
    draft = begun(posted, clerk)

    assert entries() == [*before, {"draft": draft.id, "rows": 5}]


def test_an_erased_person_leaves_his_figures_and_each_known_one_his_keys(posted, clerk):
    first, second = db.session.query(Row).filter_by(number=posted.number, place=GAODONG).order_by(Row.no).limit(2)
    first.person_salt = None  # whatever else of him should have been left behind
    second.person_key, second.account_key = "k" * 32, "a" * 32
    db.session.commit()
    rows = list(carry_over.opened(posted, CROPLAND, NAMED))

    assert "name" not in rows[0].texts
    assert rows[0].texts["amount"] == "463.32"
    assert [(row.person.person_key, row.person.account_key) for row in rows[:3]] == [("", ""), ("k" * 32, "a" * 32), ("", "")]
    begun(posted, clerk)
    assert entries()[-1]["rows"] == 4


@pytest.mark.parametrize(("named", "written"), [(NAMED, "高洞社区"), ({}, "高洞社区"), ({GAODONG: "高洞"}, "高洞")])
def test_a_place_is_written_as_the_caller_names_it_or_as_the_notice_does(posted, named, written):
    first, *_rest = carry_over.opened(posted, CROPLAND, named)

    assert first.texts["village"] == written


def test_the_names_of_the_draft_are_nowhere_in_clear(posted, clerk):
    draft = begun(posted, clerk)
    kept = db.session.execute(db.text("SELECT cells, preview FROM sheet WHERE draft = :id"), {"id": draft.id}).one()

    assert all("张小三".encode() not in bytes(cell) for cell in kept)
    assert "张小三" in str(sealing.unseal(bytes(kept.cells)))
