"""What an upload leaves behind until it is posted: its cleaned tables, one or several of them chosen, and the rows that were checked."""

from __future__ import annotations

import pytest

from board.store.drafting import drafts, staging
from board.store.engine import writing
from tests.store.posted import AT, GAODONG, NEXT, TOWN, line
from tests.store.uploading import HEAD, ROWS, checks, roster, uploads

ANOTHER = [["高洞社区", "3组", "王老五", "1", "93.6", "93.6"]]


@pytest.mark.parametrize(
    ("tables", "only", "chosen", "lines"),
    [
        ([roster()], None, [0], 3),
        ([roster(), roster(*ANOTHER)], None, [], 0),  # somebody has to say which
        ([roster(), roster(*ANOTHER)], 1, [1], 2),
        ([], None, [], 0),
    ],
)
def test_one_table_is_chosen_by_itself_and_of_several_one_that_is_named(draft, clerk, tables, only, chosen, lines):
    with drafts.saving(TOWN, draft.id, draft.revision, clerk, "uploaded", AT) as (session, saved):
        staging.keep(session, saved, tables, "5" * 64, only)

    assert (saved.chosen, staging.size(saved)) == (chosen, lines)
    assert [sheet.no for sheet in staging.tables(saved)] == list(range(len(tables)))


def test_a_new_upload_takes_the_place_of_the_old_with_all_that_was_said_of_it(draft, clerk):
    draft = checks(draft, clerk)
    draft = drafts.save(TOWN, draft.id, draft.revision, clerk, "edited", AT, answers={"all_same": "核对过"}, columns={"0": "village"})
    draft = uploads(draft, clerk, roster(*ANOTHER, label="新的"))

    assert [sheet.label for sheet in staging.tables(draft)] == ["新的"]
    assert (staging.rows(draft), draft.answers, draft.columns, draft.edits) == ([], {}, {}, None)


def test_a_table_opens_as_it_was_with_its_first_lines_apart(draft, clerk):
    draft = uploads(draft, clerk)
    (sheet,) = staging.tables(draft)

    assert staging.preview(sheet) == [(1, HEAD), (2, ROWS[0]), (3, ROWS[1])]
    assert [list(row) for row in staging.cleaned(draft).table.cells] == [HEAD, *ROWS]
    assert "张小三".encode() not in bytes(sheet.cells) + bytes(sheet.preview)


def test_chosen_tables_are_read_below_each_other(draft, clerk):
    draft = uploads(draft, clerk, roster(), roster(*ANOTHER, label="三组"))
    assert staging.cleaned(draft) is None
    draft = drafts.save(TOWN, draft.id, draft.revision, clerk, "chosen", AT, chosen=[0, 1])

    names = [cell for row in staging.cleaned(draft).table.cells for cell in row if cell in ("张小三", "李四", "王老五")]

    assert names == ["张小三", "李四", "王老五"]
    assert [one.table.name for one in staging.uploaded(draft, [1])] == ["三组"]


def test_the_desk_learns_how_long_the_tables_of_its_homes_are(draft, clerk):
    draft = uploads(draft, clerk, roster(), roster(*ANOTHER))

    assert staging.sizes(TOWN[:9]) == {(TOWN, draft.id): 5}
    assert staging.sizes("510522") == {}


def test_staged_rows_come_back_by_place_and_number_with_their_names(draft, monkeypatch):
    lines = [line(GAODONG, 1, "张小三", "4.95"), line(GAODONG, 2, "李四", "2"), line(NEXT, 1, "钱七", "5")]
    monkeypatch.setattr(staging, "CHUNK", 2)
    assert [(done, len(chunk)) for done, chunk in staging.chunks(lines)] == [(0, 2), (2, 1)]
    with writing() as session:
        staging.store(session, TOWN, draft.id, lines[1:])
        staging.store(session, TOWN, draft.id, lines[:1])

    assert list(staging.lines(draft)) == lines
    assert [row.no for row in staging.rows(draft, GAODONG)] == [1, 2]
    assert [row.sealed_name for row in staging.rows(draft)] != [one.name.encode() for one in lines]


def test_only_the_rows_of_that_draft_are_thrown_away(draft, clerk):
    other = checks(drafts.start(TOWN, "cropland-subsidy", "另一份", clerk, AT), clerk)
    draft = checks(draft, clerk)
    with writing() as session:
        staging.clear_rows(session, TOWN, draft.id)
    assert (staging.rows(draft), len(staging.tables(draft)), len(staging.rows(other))) == ([], 1, 2)
    with writing() as session:
        staging.clear(session, TOWN, draft.id)
    assert (staging.tables(draft), len(staging.tables(other))) == ([], 1)
