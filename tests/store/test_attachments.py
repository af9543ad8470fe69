"""Files beside a notice, kept: each add and remove is a save of the draft, and what is posted is byte for byte what was approved."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy import select, text, update

from board.models import Attachment, db
from board.rules.notice import attachment as rules
from board.store import attachments as served
from board.store.drafting import attachments, drafts, posting
from board.store.drafting.drafts import Overtaken
from board.store.proof import notices as proof
from board.store.proof.subjects import FILES
from tests.store.posted import AT, GAODONG, TOWN, line, proposal, submit

KIND = "cropland-subsidy"
PLAN = rules.Attachment(b"%PDF-1.7 plan", "pdf", 3, unread=[2])
PHOTO = rules.Attachment(b"\xff\xd8\xff photo", "jpeg", 1, unread=[1])
LETTER = rules.Attachment(b"PK letter", "docx", 0, found=[{"where": "正文", "what": "health", "count": 1}])


@pytest.fixture
def draft(clerk):
    return drafts.start(TOWN, KIND, "公示", clerk, AT)


def adds(draft, user, *files):
    for file in files:
        draft = attachments.add(draft, draft.revision, user, AT, f"名字{len(file.data)}", file)
    return draft


def proposed(draft):
    made = proposal(KIND, [line(GAODONG, 1, "张小三", "4.95")])
    return replace(made, frozen=made.frozen | {"files": attachments.frozen(draft)}, warnings=attachments.warnings(draft))


def submits(draft, user):
    return submit(draft, draft.revision, user, AT, proposed(draft))


def posts(draft, clerk, reviewer):
    waiting = submits(draft, clerk)
    return posting.post(waiting, waiting.proposal_digest, waiting.revision, reviewer, {}, AT)


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
    assert [file.no for file in attachments.unlooked(draft)] == [1]
    attachments.look(draft, draft.revision, clerk, AT, 1)

    assert attachments.unlooked(draft) == []


def test_the_digest_that_is_approved_covers_every_byte(draft, clerk):
    adds(draft, clerk, PLAN)
    first = proposed(draft)
    (said,) = first.frozen["files"]
    assert said == {"no": 1, "title": "名字13", "type": "pdf", "pages": 3, "size": 13, "sha256": hashlib.sha256(PLAN.data).hexdigest()}

    other = replace(first, frozen=first.frozen | {"files": [said | {"sha256": hashlib.sha256(b"%PDF-1.7 plan!").hexdigest()}]})
    assert other.digest != first.digest


def test_a_file_of_a_posted_notice_is_the_notices(draft, clerk, reviewer):
    adds(draft, clerk, PLAN, PHOTO)
    posted = posts(draft, clerk, reviewer)
    files = posted.version.frozen["files"]

    assert [file["title"] for file in files] == ["名字13", "名字9"]
    assert served.data(served.posted(TOWN, posted.number, files, 2)) == PHOTO.data
    assert served.posted(TOWN, posted.number, files, 3) is None
    assert served.posted(TOWN, posted.number, [], 1) is None
    assert attachments.of_draft(draft) == []


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


@pytest.mark.parametrize("how", ["DELETE FROM attachment", "UPDATE attachment SET data = :other"])
def test_a_file_that_was_changed_after_its_posting_is_found(draft, clerk, reviewer, how):
    adds(draft, clerk, PLAN)
    posted = posts(draft, clerk, reviewer)
    assert proof.first_fault(TOWN) is None
    db.session.execute(text(how), {"other": b"another plan"} if ":other" in how else {})
    db.session.commit()

    fault = proof.first_fault(TOWN)
    assert "附件 1" in fault.where.zh
    assert fault.what == FILES.what
    assert posted.number[:3] in fault.where.zh


def test_what_somebodys_number_is_in_is_never_kept(draft, clerk):
    blocked = rules.Attachment(b"", "pdf", 1, found=[{"where": "第 1 页", "what": "phone", "count": 1}])
    with pytest.raises(AssertionError):
        adds(draft, clerk, blocked)

    assert attachments.of_draft(draft) == []
