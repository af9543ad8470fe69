"""What a village's supervision committee says of a submitted draft: given by its supervisor, or entered by a clerk from a signed paper."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime

from sqlalchemy import select

from board import kinds
from board.models import CommitteeOpinion, Draft, db
from board.rules.calendar import day_of
from board.rules.notice import opinion as rule
from board.rules.notice.opinion import Objection, Opinion, Result, Way
from board.rules.notice.proposal import Proposal
from board.store import areas, ledger, people, sealing
from board.store.drafting import drafts
from board.store.engine import writing

ACTIONS: dict[Result, str] = {"agreed": "draft.confirmed", "objected": "draft.objected", "absent": "draft.unconfirmed"}


class TooMany(Exception):
    """The notice has as many objections as it can state."""


def asked(draft: Draft) -> bool:
    """Return whether the committee is asked about a draft before it is posted."""
    return rule.asked(kinds.load()[draft.kind], areas.get(draft.home).level)


def of(draft: Draft) -> Opinion | None:
    """Return the committee's opinion of a draft as it was submitted, or None; also None where it was said of an earlier proposal."""
    kept = db.session.get(CommitteeOpinion, (draft.home, draft.id))
    return _read(kept) if kept and kept.digest == draft.proposal_digest else None


def signed(draft: Draft) -> tuple[str, bool]:
    """Return who signed the paper of a draft's opinion ("": it was given on a phone), and whether there is a photo of it."""
    own = (CommitteeOpinion.home == draft.home, CommitteeOpinion.draft == draft.id)
    found = db.session.execute(select(CommitteeOpinion.name, CommitteeOpinion.photo.is_not(None)).where(*own)).first()
    return (found[0], found[1]) if found else ("", False)


def photo(home: str, draft: str) -> bytes | None:
    """Return the photo of a signed paper, or None."""
    own = (CommitteeOpinion.home == home, CommitteeOpinion.draft == draft)
    kept = db.session.scalar(select(CommitteeOpinion.photo).where(*own))
    return sealing.vault().open_bytes(kept) if kept else None


def applied(draft: Draft, proposal: Proposal) -> Proposal:
    """Return a draft's proposal with what the committee said of it: what is reviewed, previewed and posted."""
    return rule.applied(proposal, of(draft)) if asked(draft) else proposal


def confirm(draft: Draft, digest: str, user: int, at: datetime) -> None:
    """Keep that the supervisor agrees to the proposal with ``digest``; his earlier objections are withdrawn. Raises Overtaken."""
    _keep(draft, Opinion(digest, "agreed", "phone", day_of(at)), user, at)


def object(draft: Draft, digest: str, objection: Objection, user: int, at: datetime) -> None:
    """Keep an objection of the supervisor beside his others to the proposal with ``digest``. Raises Overtaken, and TooMany."""
    before = of(draft)
    told = before.objections if before and before.result == "objected" and before.digest == digest else ()
    if len(told) >= rule.MOST:
        raise TooMany
    _keep(draft, Opinion(digest, "objected", "phone", day_of(at), objections=(*told, objection)), user, at)


def enter(draft: Draft, opinion: Opinion, name: str, picture: bytes, user: int, at: datetime) -> None:
    """Keep what a signed paper says (``name`` signed it, ``picture`` is a rewritten photo of it or b""), or why nobody confirmed. Raises
    Overtaken."""
    _keep(draft, opinion, user, at, name, picture)


def _keep(draft: Draft, opinion: Opinion, user: int, at: datetime, name: str = "", picture: bytes = b"") -> None:
    with writing() as session:
        _submitted(draft, opinion.digest)
        kept = session.get(CommitteeOpinion, (draft.home, draft.id), with_for_update=True)
        if kept is None:
            kept = CommitteeOpinion(home=draft.home, draft=draft.id)
            session.add(kept)
        kept.digest, kept.result, kept.way, kept.said_on = opinion.digest, opinion.result, opinion.way, opinion.said_on
        kept.reason, kept.objections, kept.name = opinion.reason, [asdict(one) for one in opinion.objections], name
        kept.photo = sealing.vault().seal_bytes(picture) if picture else None
        kept.entered_by, kept.entered_at = user, at
        told = {"digest": opinion.digest, "way": opinion.way, "objections": len(opinion.objections)}
        body = told | ({"photo": hashlib.sha256(picture).hexdigest()} if picture else {})
        ledger.append(draft.home, at, people.username(user), ACTIONS[opinion.result], draft.id, **body)


def reply(draft: Draft, digest: str, replies: Mapping[int, str], user: int, at: datetime) -> None:
    """Keep the office's replies to objections, by their place in the list; they are posted beside them. Raises Overtaken."""
    with writing() as session:
        _submitted(draft, digest)
        kept = session.get_one(CommitteeOpinion, (draft.home, draft.id), with_for_update=True)
        told = [replace(one, reply=replies.get(no, one.reply)) for no, one in enumerate(_read(kept).objections)]
        kept.objections = [asdict(one) for one in told]
        ledger.append(draft.home, at, people.username(user), "draft.objection_answered", draft.id, digest=digest, replies=len(replies))


def _submitted(draft: Draft, digest: str) -> None:
    """Lock a draft within the running transaction. Raises Overtaken when it no longer waits with the proposal that was shown."""
    found = db.session.get(Draft, (draft.home, draft.id), with_for_update=True, populate_existing=True)
    if found is None or found.state != "submitted" or found.proposal_digest != digest:
        raise drafts.Overtaken(found or draft)


def _read(kept: CommitteeOpinion) -> Opinion:
    result: Result = next(one for one in rule.RESULTS if one == kept.result)
    way: Way = "phone" if kept.way == "phone" else "paper"
    return Opinion(kept.digest, result, way, kept.said_on, kept.reason, tuple(Objection(**one) for one in kept.objections))


def waiting(home: str) -> list[Draft]:
    """Return a village's submitted drafts of which its supervision committee has not said anything yet, oldest first."""
    query = select(Draft).where(Draft.home == home, Draft.state == "submitted").order_by(Draft.changed)
    return [draft for draft in db.session.scalars(query) if asked(draft) and of(draft) is None]


def said(home: str, first: date, last: date) -> list[CommitteeOpinion]:
    """Return what a village's committee said between two days, oldest first, of drafts that were posted or still wait."""
    days = CommitteeOpinion.said_on.between(first, last)
    query = select(CommitteeOpinion).where(CommitteeOpinion.home == home, days).order_by(CommitteeOpinion.entered_at)
    return list(db.session.scalars(query))
