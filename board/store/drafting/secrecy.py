"""The signed secrecy review of a draft: when the leader signed, and a photo of the form, for staff only.

条例 17 demands a review before publication and that who reviewed, when and with what result is kept; it stays when the draft is posted.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from board.models import Draft, SecrecyReview, db
from board.store import ledger, people, sealing
from board.store.engine import writing


@dataclass(frozen=True)
class Signed:
    """When the form of a draft was signed, and whether there is a photo of it."""

    home: str
    draft: str
    signed_on: date
    photo: bool


_SIGNED = select(SecrecyReview.home, SecrecyReview.draft, SecrecyReview.signed_on, SecrecyReview.photo.is_not(None))


def of(draft: Draft) -> Signed | None:
    """Return the review noted for a draft, or None."""
    return _first(_SIGNED.where(SecrecyReview.home == draft.home, SecrecyReview.draft == draft.id))


def of_notice(home: str, number: str) -> Signed | None:
    """Return the review of the newest draft that a notice was made of, or None."""
    query = _SIGNED.where(SecrecyReview.home == home, SecrecyReview.number == number)
    return _first(query.order_by(SecrecyReview.noted_at.desc()).limit(1))


def _first(query: Any) -> Signed | None:
    found = db.session.execute(query).first()
    return Signed(*found) if found else None


def post(session: Session, draft: Draft, number: str) -> None:
    """Note the number of the notice that a draft became, within the posting transaction."""
    session.execute(update(SecrecyReview).where(SecrecyReview.home == draft.home, SecrecyReview.draft == draft.id).values(number=number))


def note(draft: Draft, signed_on: date, photo: bytes, user: int, at: datetime) -> None:
    """Note when the form of a draft was signed, with a rewritten photo of it (b"": the one before stays); the log keeps its SHA-256."""
    with writing() as session:
        review = session.get(SecrecyReview, (draft.home, draft.id), with_for_update=True)
        if review is None:
            review = SecrecyReview(home=draft.home, draft=draft.id, signed_on=signed_on, noted_by=user, noted_at=at)
            session.add(review)
        review.signed_on, review.noted_by, review.noted_at = signed_on, user, at
        if photo:
            review.photo = sealing.vault().seal_bytes(photo)
        body = {"signed_on": signed_on.isoformat()} | ({"photo": hashlib.sha256(photo).hexdigest()} if photo else {})
        ledger.append(draft.home, at, people.username(user), "secrecy.noted", draft.id, **body)


def photo(home: str, draft: str) -> bytes | None:
    """Return the photo of a draft's signed form, or None."""
    kept = db.session.scalar(select(SecrecyReview.photo).where(SecrecyReview.home == home, SecrecyReview.draft == draft))
    return sealing.vault().open_bytes(kept) if kept else None
