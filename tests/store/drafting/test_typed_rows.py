"""A table that is typed by hand is kept as an upload is, comes back as it was typed, and keeps the reasons given so far."""

from __future__ import annotations

import pytest

from board.models import db
from board.rules.calendar import day_of
from board.rules.sheet.typed_rows import TypedRow
from board.store.drafting import checking, drafts, typed_rows
from board.store.sealing import seal
from tests.sheets.making import made_phone
from tests.store.posted import AT, TOWN
from tests.store.uploading import uploads

ROWS = [
    {"village": "高洞社区", "group": "1组", "name": "张小三", "area": "4.95", "amount": "463.32"},
    {"village": "土主社区", "group": "2组", "name": "李四", "area": "2", "amount": "187.2"},
]


def types(draft, user, *rows):
    table = typed_rows.table(TOWN, checking.kind_of(draft), [TypedRow(row) for row in rows], day_of(AT))
    with drafts.saving(TOWN, draft.id, draft.revision, user, "typed", AT) as (session, saved):
        typed_rows.keep(session, saved, table)
    checking.at_once(saved)
    return saved


def texts(draft):
    return [dict(row.texts) for row in typed_rows.opened(draft) or []]


def test_a_draft_without_a_table_and_one_with_an_upload_were_not_typed(draft, clerk):
    assert (typed_rows.typed(draft), typed_rows.opened(draft)) == (False, None)
    draft = uploads(draft, clerk)
    assert (typed_rows.typed(draft), typed_rows.opened(draft)) == (False, None)


def test_what_was_typed_comes_back_and_is_checked_like_an_upload(draft, clerk):
    draft = types(draft, clerk, *ROWS)

    assert typed_rows.typed(draft)
    assert texts(draft) == ROWS
    assert checking.found(draft).totals["amount"] == "650.52"
    assert len(draft.sheet_digest) == 64


def test_the_same_rows_have_the_same_digest_and_others_another(draft, clerk):
    first = types(draft, clerk, *ROWS).sheet_digest
    again = types(draft, clerk, *ROWS).sheet_digest

    assert (again == first, types(draft, clerk, ROWS[0]).sheet_digest == first) == (True, False)


def test_what_was_corrected_in_place_comes_back_corrected(draft, clerk):
    draft = types(draft, clerk, ROWS[0] | {"area": "五亩"})
    draft = drafts.save(TOWN, draft.id, draft.revision, clerk, "edited", AT, edits=seal([[2, 4, "4.95"]]))

    assert texts(draft) == ROWS[:1]


def test_reasons_outlive_another_save_and_whose_all_rows_were_does_not(draft, clerk):
    facts = {"standard": "93.6", drafts.WHOLE_PLACE: "510521116004"}
    draft = drafts.save(TOWN, draft.id, draft.revision, clerk, "edited", AT, answers={"all_same": "核对过"}, facts=facts)
    draft = types(draft, clerk, *ROWS)

    assert (draft.answers, draft.facts) == ({"all_same": "核对过"}, {"standard": "93.6"})


@pytest.mark.parametrize("rows", [[], [{"name": ""}]])
def test_a_table_that_was_emptied_is_none(draft, clerk, rows):
    draft = types(types(draft, clerk, *ROWS), clerk, *rows)
    db.session.expire_all()

    assert (typed_rows.opened(draft), draft.sheet_digest, draft.chosen, checking.found(draft)) == (None, None, [], None)


def test_a_number_that_was_typed_is_covered_before_it_is_kept(draft, clerk):
    phone = made_phone(1)
    draft = types(draft, clerk, ROWS[0] | {"group": f"1组 {phone}"})

    assert "●" in texts(draft)[0]["group"]
    assert phone not in str(texts(draft))
    assert checking.found(draft).error_count
