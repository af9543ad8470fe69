"""Files beside a notice, kept: each add and remove is a save of the draft, and what is posted is byte for byte what was approved."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from board.models import Attachment, db
from board.rules.notice import attachment as rules
from board.store import attachments as served
from board.store.drafting import attachments, drafts, posting
from board.store.drafting.drafts import Overtaken
from tests.store.attached import LETTER, PHOTO, PLAN, adds, proposed, submits
from tests.store.posted import AT, TOWN


def test_files_are_numbered_as_they_come_and_move_up_when_one_goes(draft, clerk):
    adds(draft, clerk, PLAN, PHOTO, LETTER)
    attachments.remove(draft, draft.revision, clerk, AT, 1)

    assert [(file.no, file.type) for file in attachments.of_draft(draft)] == [(1, "jpeg"), (2, "docx")]
    assert served.data(attachments.beside(draft, 1)) == PHOTO.data


def test_a_list_of_files_does_not_read_their_bytes(draft, clerk):
    adds(draft, clerk, PLAN)
    db.session.expire_all()
    db.session.rollback()

    (file,) = attachments.of_draft(draft)
    assert "data" not in file.__dict__
    assert served.data(file) == PLAN.data


@pytest.mark.parametrize(
    ("change", "did"),
    [
        (lambda draft, user: attachments.add(draft, draft.revision, user, AT, "照片", PHOTO), "added_file"),
        (lambda draft, user: attachments.look(draft, draft.revision, user, AT, 1), "looked_at_file"),
        (lambda draft, user: attachments.remove(draft, draft.revision, user, AT, 1), "removed_file"),
    ],
    ids=["add", "look", "remove"],
)
def test_a_change_is_a_save_that_takes_a_submitted_draft_back(draft, clerk, reviewer, change, did):
    waiting = submits(adds(draft, clerk, PLAN), clerk)
    before = waiting.revision
    change(waiting, reviewer)
    found = drafts.find(TOWN, draft.id)

    assert (found.state, found.revision, drafts.proposal(found), found.proposal_digest) == ("draft", before + 1, None, None)
    assert drafts.hands(TOWN, draft.id)[reviewer] == {did}


@pytest.mark.parametrize("what", ["add", "look", "remove"])
def test_whoever_changes_files_of_an_older_state_is_told_and_changes_nothing(draft, clerk, what):
    adds(draft, clerk, PLAN)
    given = {"add": ("照片", PHOTO), "look": (1,), "remove": (1,)}[what]
    with pytest.raises(Overtaken):
        getattr(attachments, what)(draft, draft.revision - 1, clerk, AT, *given)

    assert [(file.type, file.looked_by) for file in attachments.of_draft(draft)] == [("pdf", None)]


def test_what_no_machine_can_read_waits_until_somebody_has_looked(draft, clerk):
    adds(draft, clerk, PLAN, LETTER)
    assert [file.no for file in attachments.unlooked(attachments.of_draft(draft))] == [1]
    attachments.look(draft, draft.revision, clerk, AT, 1)

    assert attachments.unlooked(attachments.of_draft(draft)) == []


def test_the_digest_that_is_approved_covers_every_byte(draft, clerk):
    adds(draft, clerk, PLAN)
    first = proposed(draft)
    (said,) = first.frozen["files"]
    assert said == {"no": 1, "title": "名字13", "type": "pdf", "pages": 3, "size": 13, "sha256": hashlib.sha256(PLAN.data).hexdigest()}

    other = replace(first, frozen=first.frozen | {"files": [said | {"sha256": hashlib.sha256(b"%PDF-1.7 plan!").hexdigest()}]})
    assert other.digest != first.digest


@pytest.mark.parametrize("other", [{"sha256": "0" * 64}, {"data": b"%PDF-1.7 plot"}], ids=["digest", "bytes"])
def test_files_that_are_not_those_of_the_proposal_are_not_posted(draft, clerk, reviewer, other):
    waiting = submits(adds(draft, clerk, PLAN), clerk)
    db.session.execute(update(Attachment).values(other))
    db.session.commit()
    with pytest.raises(posting.NotShown):
        posting.post(waiting, waiting.proposal_digest, waiting.revision, reviewer, {}, AT)

    assert attachments.of_draft(draft)[0].number is None


def test_a_dropped_draft_takes_its_files_along(draft, clerk):
    adds(draft, clerk, PLAN, PHOTO)
    drafts.drop(TOWN, draft.id, draft.revision, clerk, AT)

    assert db.session.scalars(select(Attachment)).all() == []


def test_what_somebodys_number_is_in_is_never_kept(draft, clerk):
    blocked = rules.Attachment(b"", "pdf", 1, found=[{"where": "第 1 页", "what": "phone", "count": 1}])
    with pytest.raises(AssertionError):
        adds(draft, clerk, blocked)

    assert attachments.of_draft(draft) == []
