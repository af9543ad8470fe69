"""What personal data was stopped before posting: numbers of it, on the day of the first time, and a sheet sent twice counts once."""

from __future__ import annotations

from datetime import timedelta

from board.models import StoppedLeak, db
from board.rules.calendar import day_of
from board.rules.sheet import cleaning
from board.rules.sheet.table import Table
from board.store.drafting import drafts, staging, stopped_leaks
from tests.store.drafting.stopped import stopped
from tests.store.posted import AT, TOWN

HEAD = ["村", "姓名", "身份证号", "出生日期", "补贴金额(元)"]
ROWS = [["高洞社区", "甲", "510521199001010018", "1990-1-1", "100"], ["高洞社区", "乙", "510521198505050023", "1985-5-5", "100"]]


def uploads(draft, *rows):
    cleaned = cleaning.clean(Table("", [HEAD, *rows]), lambda _what, number: number, day_of(AT))
    with drafts.saving(draft.home, draft.id, draft.revision, draft.owner, "uploaded", AT) as (session, saved):
        staging.keep(session, saved, [cleaned], "0" * 64)
    return saved


def started():
    return drafts.start(TOWN, "cropland-subsidy", "2026年耕地地力保护补贴", 1, AT)


def test_a_sheet_leaves_how_many_numbers_and_which_columns_were_taken_out_and_sent_twice_it_counts_once(app):
    draft = uploads(started(), *ROWS)
    assert stopped(draft.home, draft.id) == {("sheet", "id_number"): 2, ("sheet", "birth"): 1}
    draft = uploads(draft, ROWS[0])
    assert stopped(draft.home, draft.id) == {("sheet", "id_number"): 2, ("sheet", "birth"): 1}, "the largest of them"


def test_a_refused_file_and_text_are_kept_with_their_day_and_nothing_of_the_numbers(app):
    draft = started()
    stopped_leaks.note(draft.home, draft.id, "file", {"bank_card": 3}, AT)
    stopped_leaks.note(draft.home, draft.id, "text", {}, AT)
    stopped_leaks.note(draft.home, draft.id, "text", {"phone": 1}, AT)
    stopped_leaks.note(draft.home, draft.id, "text", {"phone": 2}, AT + timedelta(days=9))
    kept = db.session.query(StoppedLeak).filter(StoppedLeak.draft == draft.id).order_by(StoppedLeak.source)

    assert [(one.source, one.what, one.count, one.day) for one in kept] == [
        ("file", "bank_card", 3, day_of(AT)), ("text", "phone", 2, day_of(AT)),
    ]  # fmt: skip
