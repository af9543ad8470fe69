"""Files of a posted notice: they are those that were approved, and one that was changed since is found."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from board.models import db
from board.store import attachments as served
from board.store.drafting import attachments
from board.store.proof import notices as proof
from board.store.proof.walls import FILES
from tests.store.attached import PHOTO, PLAN, adds, posts
from tests.store.posted import TOWN


def test_a_file_of_a_posted_notice_is_the_notices(draft, clerk, reviewer):
    adds(draft, clerk, PLAN, PHOTO)
    posted = posts(draft, clerk, reviewer)
    files = posted.version.frozen["files"]

    assert [file["title"] for file in files] == ["名字13", "名字9"]
    assert served.data(served.posted(TOWN, posted.number, files, 2)) == PHOTO.data
    assert served.posted(TOWN, posted.number, files, 3) is None
    assert served.posted(TOWN, posted.number, [], 1) is None
    assert attachments.of_draft(draft) == []


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
