"""Posting: exactly what was shown, once, all of it or nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import func, select

from board.models import Draft, Ledger, Notice, Part, Printed, Row, StagedRow, Version, db
from board.rules import numbers
from board.rules.notice.proposal import Proposal
from board.store import ledger, notices
from board.store.drafting import drafts, posting
from board.store.drafting.drafts import Overtaken
from board.store.drafting.posting import NotShown
from board.store.proof import notices as proof
from board.store.sealing import seal
from tests.store.posted import AT, GAODONG, NEXT, TOWN, line, post, proposal, submit

KIND = "cropland-subsidy"


@pytest.fixture
def made():
    return proposal(KIND, [line(GAODONG, 1, "张小三", "4.95"), line(GAODONG, 2, "李四", "2"), line(NEXT, 1, "钱七", "5")])


@pytest.fixture
def waiting(clerk, made):
    draft = drafts.start(TOWN, KIND, made.title, clerk, AT)
    return submit(draft, draft.revision, clerk, AT, made)


def approve(draft: Draft, made: Proposal, reviewer: int, **more):
    return posting.post(draft, more.get("digest", made.digest), more.get("revision", draft.revision), reviewer, {"all_same": "已核对"}, AT)


def counted() -> list[int]:
    """How many rows each table has that a posting writes to."""
    db.session.rollback()
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (Printed, Notice, Version, Part, Row, Ledger)]


def _fails(*_, **__):
    raise OSError("the plug was pulled")


def test_a_posting_writes_number_version_parts_rows_and_entry(waiting, made, reviewer):
    before = counted()
    posted = approve(waiting, made, reviewer)

    assert [after - one for after, one in zip(counted(), before, strict=True)] == [1, 1, 1, 2, 3, 1]
    assert numbers.valid(posted.number)
    assert (posted.version.no, posted.version.digest, posted.version.row_count) == (1, made.digest, 3)


def test_the_entry_says_what_was_approved_by_whom_and_names_no_person(waiting, made, reviewer):
    posted = approve(waiting, made, reviewer)
    *_, entry = ledger.entries(TOWN)

    assert (entry.action, entry.actor, entry.subject) == ("notice.posted", "baihe-reviewer", posted.number)
    assert entry.body["digest"] == made.digest
    assert entry.body["hands"] == ["baihe-clerk"]
    assert entry.body["submitted_by"] == "baihe-clerk"
    assert entry.body["acknowledged"] == {"all_same": "已核对"}
    assert not [name for name in ("张小三", "李四", "钱七") if name in str(entry.body)]


def test_the_entry_has_the_digest_of_the_file_that_was_uploaded(clerk, made, reviewer):
    draft = drafts.start(TOWN, KIND, made.title, clerk, AT)
    draft = drafts.save(TOWN, draft.id, 1, clerk, "uploaded", AT, sheet_digest="5" * 64)
    approve(submit(draft, draft.revision, clerk, AT, made), made, reviewer)
    *_, entry = ledger.entries(TOWN)

    assert entry.body["sheet"] == "5" * 64


def test_the_staged_table_is_gone_once_it_is_posted(waiting, made, reviewer):
    approve(waiting, made, reviewer)
    draft = db.session.get_one(Draft, (TOWN, waiting.id), populate_existing=True)

    assert (draft.state, draft.chosen, draft.result, draft.edits, draft.proposal) == ("posted", [], None, None, None)
    assert drafts.find(TOWN, draft.id) is None


def test_the_sum_of_the_rows_is_the_sum_of_the_parts_and_the_total(app):
    posted = post()
    rows = sum(Decimal(row.amount or 0) for row in notices.rows(posted, None)) / 100

    assert rows == sum(Decimal(part.totals["amount"]) for part in notices.parts(posted)) == Decimal(posted.version.totals["amount"])


def test_another_digest_than_the_one_shown_posts_nothing(waiting, made, reviewer):
    before = counted()
    for digest in ("", "0" * 64, made.digest[:-1], made.digest.upper()):
        with pytest.raises(NotShown):
            approve(waiting, made, reviewer, digest=digest)

    assert counted() == before


def test_what_was_submitted_anew_is_not_what_was_shown(waiting, made, clerk, reviewer):
    other = replace(made, title="换了标题")
    again = submit(waiting, waiting.revision, clerk, AT, other)
    with pytest.raises(NotShown):
        approve(again, made, reviewer)


def test_a_proposal_swapped_in_the_table_is_not_posted(waiting, made, reviewer):
    other = replace(made, title="换了标题")
    db.session.get_one(Draft, (TOWN, waiting.id)).proposal = seal(other.to_json())
    db.session.commit()
    for digest in (made.digest, other.digest):
        with pytest.raises(NotShown):
            approve(waiting, made, reviewer, digest=digest)


def test_rows_swapped_beneath_agreed_digests_are_found(waiting, made, reviewer):
    db.session.get_one(StagedRow, (TOWN, waiting.id, GAODONG, 1)).amount = 1
    db.session.commit()
    with pytest.raises(NotShown):
        approve(waiting, made, reviewer)


def test_an_older_revision_is_overtaken(waiting, made, reviewer):
    with pytest.raises(Overtaken):
        approve(waiting, made, reviewer, revision=waiting.revision - 1)


def test_a_draft_is_posted_once(waiting, made, reviewer):
    approve(waiting, made, reviewer)
    before = counted()
    with pytest.raises(Overtaken):
        approve(waiting, made, reviewer, revision=waiting.revision)

    assert counted() == before


def test_two_approvals_at_the_same_moment_post_once(app, waiting, made, reviewer):
    key, revision, together = (waiting.home, waiting.id), waiting.revision, Barrier(3)

    def approves(_: int) -> bool:
        with app.app_context():
            draft = db.session.get_one(Draft, key)
            together.wait(10)
            try:
                posting.post(draft, made.digest, revision, reviewer, {}, AT)
            except Overtaken:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(3) as browsers:
        done = list(browsers.map(approves, range(3), timeout=60))

    assert sorted(done) == [False, False, True]
    assert counted()[:3] == [1, 1, 1]


@pytest.mark.parametrize(
    "place",
    ["board.store.drafting.posting.ledger.append", "board.store.drafting.posting._parts", "board.store.drafting.posting.staging.post"],
)
def test_a_failure_in_the_middle_leaves_nothing(waiting, made, reviewer, monkeypatch, place):
    before = counted()
    monkeypatch.setattr(place, _fails)
    with pytest.raises(OSError, match="pulled"):
        approve(waiting, made, reviewer)

    assert counted() == before
    assert drafts.find(TOWN, waiting.id).state == "submitted"
    monkeypatch.undo()
    assert approve(waiting, made, reviewer).version.digest == made.digest  # and the next try goes through


def test_what_is_posted_is_proved(waiting, made, reviewer):
    approve(waiting, made, reviewer)

    assert proof.first_fault() is None
