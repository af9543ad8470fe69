"""Files beside a notice, from the draft to its posting, for the tests of both halves."""

from __future__ import annotations

from dataclasses import replace

from board.rules.notice import attachment as rules
from board.store.drafting import attachments, posting
from tests.store.posted import AT, GAODONG, line, proposal, submit

KIND = "cropland-subsidy"
PLAN = rules.Attachment(b"%PDF-1.7 plan", "pdf", 3, unread=[2])
PHOTO = rules.Attachment(b"\xff\xd8\xff photo", "jpeg", 1, unread=[1])
LETTER = rules.Attachment(b"PK letter", "docx", 0, found=[{"where": "正文", "what": "health", "count": 1}])


def adds(draft, user, *files):
    """Put files beside a draft, each named by its length."""
    for file in files:
        draft = attachments.add(draft, draft.revision, user, AT, f"名字{len(file.data)}", file)
    return draft


def proposed(draft):
    """Return the proposal of a draft with its files."""
    made = proposal(KIND, [line(GAODONG, 1, "张小三", "4.95")])
    return replace(
        made,
        frozen=made.frozen | {"files": attachments.frozen(attachments.of_draft(draft))},
        warnings=rules.warnings(attachments.of_draft(draft)),
    )


def submits(draft, user):
    """Put a draft with its files before the reviewer."""
    return submit(draft, draft.revision, user, AT, proposed(draft))


def posts(draft, clerk, reviewer):
    """Post a draft with its files."""
    waiting = submits(draft, clerk)
    return posting.post(waiting, waiting.proposal_digest, waiting.revision, reviewer, {}, AT)
