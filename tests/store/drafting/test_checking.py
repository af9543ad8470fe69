"""The check of a draft's table: done once a change, at once or in the background, with what the home remembers, and kept."""

from __future__ import annotations

import pytest

from board.models import Job, db
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.table import Table
from board.store.clock import now
from board.store.drafting import checking, drafts, jobs, staging
from board.store.engine import writing
from board.store.sealing import seal
from tests.store.posted import AT, GAODONG, TOWN
from tests.store.uploading import HEAD, ROWS, checks, roster, uploads


def waits(draft):
    db.session.rollback()
    return db.session.get(Job, (draft.home, draft.id)) is not None


def saves(draft, user, **changes):
    draft = drafts.save(draft.home, draft.id, draft.revision, user, "edited", AT, **changes)
    checking.at_once(draft)
    return draft


def test_there_is_nothing_to_find_before_the_check_is_done(draft, clerk):
    assert checking.found(draft) is None
    draft = uploads(draft, clerk)
    assert checking.found(draft) is None
    assert waits(draft)


def test_a_small_table_is_checked_at_once_and_its_rows_are_staged(draft, clerk):
    draft = checks(draft, clerk)
    found = checking.found(draft)

    assert (found.row_count, found.error_count, found.totals["amount"]) == (2, 0, "650.52")
    assert [(row.place, row.no, row.shown_name) for row in staging.rows(draft)][0] == (GAODONG, 1, "张*三")
    assert not waits(draft)


def test_a_large_table_is_left_to_the_worker(draft, clerk, monkeypatch):
    monkeypatch.setattr(checking, "AT_ONCE", 2)
    draft = checks(draft, clerk)
    assert (checking.found(draft), waits(draft)) == (None, True)
    checking.work(jobs.lease(now()))

    assert checking.found(drafts.find(TOWN, draft.id)).row_count == 2
    assert not waits(draft)


@pytest.mark.parametrize("happens", ["cancelled", "dropped", "saved again"])
def test_work_that_nobody_waits_for_any_more_changes_nothing(draft, clerk, happens):
    draft = uploads(draft, clerk)
    lease = jobs.lease(now(), TOWN, draft.id)
    if happens == "cancelled":
        with writing() as session:
            jobs.cancel(session, TOWN, draft.id)
    elif happens == "dropped":
        drafts.drop(TOWN, draft.id, draft.revision, clerk, AT)
    else:
        uploads(draft, clerk, roster(ROWS[0]))
    with pytest.raises(jobs.Gone):
        checking.work(lease)

    assert staging.rows(draft) == []
    assert db.session.get(type(draft), (TOWN, draft.id)).result is None


def test_a_table_with_an_error_has_no_rows_and_says_where(draft, clerk):
    draft = checks(draft, clerk, roster(ROWS[0], ["高洞社区", "1组", "李四", "两亩", "93.6", "187.2"]))
    found = checking.found(draft)

    assert [(one.line, one.column) for one in found.errors] == [(3, "补贴面积(亩)")]
    assert (found.roster, staging.rows(draft)) == (None, [])


def test_what_the_clerk_corrected_is_checked_in_its_place_and_told_to_the_reviewer(draft, clerk):
    draft = checks(draft, clerk, roster(ROWS[0], ["高洞社区", "1组", "李四", "两亩", "93.6", "187.2"]))
    draft = saves(draft, clerk, edits=seal([[3, 3, "2"]]))
    found = checking.found(draft)

    assert checking.edits(draft) == {(3, 3): "2"}
    assert found.errors == []
    assert [one["zh"] for one in checking.warnings(found) if one["code"] == "cell_edited"] == [
        "经办把第 3 行“补贴面积(亩)”的“两亩”改成了“2”"
    ]


def test_a_place_that_a_clerk_chose_once_is_taken_and_told_each_time(draft, clerk):
    sheet = roster(["大河边", *ROWS[0][1:]])
    draft = checks(draft, clerk, sheet)
    assert checking.found(draft).errors
    with drafts.saving(TOWN, draft.id, draft.revision, clerk, "edited", AT) as (session, saved):
        drafts.remember(session, saved, {}, {"大河边": GAODONG})
        drafts.recheck(session, saved)
    checking.at_once(saved)
    found = checking.found(saved)

    assert found.chosen == [("大河边", GAODONG)]
    assert [one["zh"] for one in checking.warnings(found)] == [checking.chosen_words("大河边", GAODONG).zh]
    assert "高洞社区" in checking.chosen_words("大河边", GAODONG).zh


def test_a_sheet_of_another_kind_is_recognised(draft, clerk):
    relief = [["村", "姓名", "救助类别", "享受人数", "金额(元)"], ["高洞社区", "张小三", "低保", "2", "600"]]

    assert checking.found(checks(draft, clerk, Cleaned(Table("表", relief)))).likely not in ("", "cropland-subsidy")


def test_a_column_that_the_kind_does_not_know_is_asked_about_until_somebody_said_what_it_is(draft, clerk):
    draft = checks(draft, clerk, Cleaned(Table("表", [[*HEAD, "田块"], [*ROWS[0], "河边"]])))
    assert [one.header for one in checking.columns_to_ask(draft, checking.found(draft))] == ["田块"]
    draft = saves(draft, clerk, columns={"6": ""})

    assert checking.columns_to_ask(draft, checking.found(draft)) == []


def test_a_result_of_an_earlier_program_counts_as_none(draft, clerk):
    draft = checks(draft, clerk)
    draft.result = seal({"row_count": 2})

    assert checking.found(draft) is None


def test_all_rows_may_belong_to_a_village_of_the_township_only(draft):
    codes = {area.code for area in checking.whole_places(draft)}

    assert GAODONG in codes
    assert {code[:9] for code in codes} == {TOWN[:9]}
    assert TOWN not in codes
