"""The signed secrecy review of a draft: its day, and its photo, which is stored sealed and told to the log by its digest."""

from __future__ import annotations

import hashlib
from datetime import date

from board.models import SecrecyReview, db
from board.store import ledger
from board.store.drafting import drafts, secrecy
from tests.store.posted import AT

DAY, PICTURE = date(2026, 11, 20), b"\xff\xd8\xff of a form"


def test_a_review_is_noted_sealed_and_logged(draft, clerk):
    assert secrecy.of(draft) is None
    secrecy.note(draft, DAY, PICTURE, clerk, AT)
    review = secrecy.of(draft)

    assert review is not None
    assert (review.signed_on, review.photo, secrecy.photo(draft.home, draft.id)) == (DAY, True, PICTURE)
    assert PICTURE not in db.session.query(SecrecyReview).one().photo
    (entry,) = [one for one in ledger.entries(draft.home) if one.action == "secrecy.noted"]
    assert entry.body == {"signed_on": "2026-11-20", "photo": hashlib.sha256(PICTURE).hexdigest()}


def test_without_a_new_photo_the_one_before_stays(draft, clerk):
    secrecy.note(draft, DAY, PICTURE, clerk, AT)
    secrecy.note(draft, date(2026, 11, 21), b"", clerk, AT)
    review = secrecy.of(draft)

    assert review is not None
    assert (review.signed_on.isoformat(), secrecy.photo(draft.home, draft.id)) == ("2026-11-21", PICTURE)


def test_nothing_is_kept_of_a_draft_that_is_deleted(draft, clerk):
    secrecy.note(draft, DAY, PICTURE, clerk, AT)
    drafts.drop(draft.home, draft.id, draft.revision, clerk, AT)
    assert db.session.query(SecrecyReview).count() == 0
