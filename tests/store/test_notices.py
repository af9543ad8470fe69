"""Posting: exactly what was shown, once, all of it or nothing."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import func, select

from board.models import Draft, Ledger, Notice, Part, Printed, Row, StagedRow, Version, db
from board.rules import numbers
from board.rules.notice.proposal import Proposal
from board.store import ledger, notices, printed_numbers, sealing
from board.store.drafting import drafts, posting
from board.store.drafting.drafts import Overtaken
from board.store.drafting.posting import NotShown
from board.store.proof import notices as proof
from board.store.sealing import seal
from tests.store.posted import AT, GAODONG, NEXT, TOWN, line, post, proposal, submit

KIND = "cropland-subsidy"
COUNTY = "510521000000"


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


# ---- what posting writes


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


def test_a_name_is_sealed_and_opens_again(waiting, made, reviewer):
    posted = approve(waiting, made, reviewer)
    row = notices.row(posted, GAODONG, 1)

    assert (row.shown_name, sealing.name_of(row)) == ("张*三", "张小三")
    assert "张小三".encode() not in row.sealed_name
    assert row.name_key != notices.row(posted, GAODONG, 2).name_key


def test_the_sum_of_the_rows_is_the_sum_of_the_parts_and_the_total(app):
    posted = post()
    rows = sum(Decimal(row.amount or 0) for row in notices.rows(posted, None)) / 100

    assert rows == sum(Decimal(part.totals["amount"]) for part in notices.parts(posted)) == Decimal(posted.version.totals["amount"])


# ---- only what was shown


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


# ---- all or nothing


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


def _fails(*_, **__):
    raise OSError("the plug was pulled")


def test_a_number_that_was_given_is_never_given_again(app, monkeypatch):
    first = post()
    draws = iter([int(first.number[:-1]) - 10_000_000, 7])
    monkeypatch.setattr(secrets, "randbelow", lambda _most: next(draws))

    assert printed_numbers.fresh()[:-1] == "10000007"


# ---- taking down


def test_a_notice_is_taken_down_once_and_the_first_reason_stays(app, reviewer):
    posted = post()
    notices.take_down(posted, reviewer, "数算错了", AT)
    notices.take_down(posted, reviewer, "又一次", AT + timedelta(hours=1))

    assert notices.find(posted.number).notice.withdrawn_because == "数算错了"
    assert [entry.body for entry in ledger.entries(TOWN) if entry.action == "notice.taken_down"] == [{"reason": "数算错了"}]


def test_a_taking_down_that_fails_leaves_the_notice_up(app, reviewer, monkeypatch):
    posted = post()
    monkeypatch.setattr("board.store.notices.ledger.append", _fails)
    with pytest.raises(OSError, match="pulled"):
        notices.take_down(posted, reviewer, "数算错了", AT)

    assert notices.find(posted.number).notice.withdrawn_at is None


# ---- reading


def test_a_number_never_given_finds_nothing(app):
    assert notices.find("123456789") is None


def test_rows_go_by_key_without_loss_or_repeat(app):
    posted = post()
    seen, after = [], ("", 0)
    while page := notices.rows(posted, None, after, limit=2):
        seen += [(row.place, row.no) for row in page]
        after = seen[-1]

    assert seen == [(GAODONG, 1), (GAODONG, 2), (GAODONG, 3), (GAODONG, 4), (NEXT, 1)]


def test_printing_full_names_is_logged_without_a_name(app, reviewer):
    posted = post()
    assert notices.full_names(posted, GAODONG, reviewer, AT) == {1: "张小三", 2: "李四", 3: "王五", 4: "赵六"}
    *_, entry = ledger.entries(TOWN)

    assert (entry.action, entry.actor, entry.body) == ("names.printed", "baihe-reviewer", {"place": GAODONG, "rows": 4})


def test_a_minor_stays_masked_on_the_wall(clerk, reviewer):
    made = proposal(KIND, [replace(line(GAODONG, 1, "张小三", "4.95"), minor=True), line(GAODONG, 2, "李四", "2")])
    draft = drafts.start(TOWN, KIND, made.title, clerk, AT)
    posted = approve(submit(draft, draft.revision, clerk, AT, made), made, reviewer)

    assert notices.full_names(posted, GAODONG, reviewer, AT) == {1: "张*三", 2: "李四"}


def test_a_sensitive_kinds_wall_has_no_full_name_and_so_no_entry(clerk, reviewer):
    made = proposal(KIND, [line(GAODONG, 1, "张小三", "4.95")])
    made = replace(made, frozen=made.frozen | {"names": {"wall": "masked", "web": "masked"}})
    draft = drafts.start(TOWN, KIND, made.title, clerk, AT)
    posted = approve(submit(draft, draft.revision, clerk, AT, made), made, reviewer)
    before = len(list(ledger.entries(TOWN)))

    assert notices.full_names(posted, GAODONG, reviewer, AT) == {1: "张*三"}
    assert len(list(ledger.entries(TOWN))) == before


@pytest.mark.parametrize(("prefix", "found"), [("5105", 1), ("510521", 1), ("510521116", 1), ("510521117", 0), ("", 1)])
def test_a_scope_lists_its_own_notices(app, prefix, found):
    post()

    assert len(notices.listed(prefix)) == found


def test_a_village_page_concerns_what_its_township_posted_about_it(app):
    posted = post()

    assert [one.number for one in notices.concerning([GAODONG], GAODONG)] == [posted.number]
    assert notices.concerning(["510521117001"], "510521117001") == []


def test_what_is_posted_is_proved(waiting, made, reviewer):
    approve(waiting, made, reviewer)

    assert proof.first_fault() is None
