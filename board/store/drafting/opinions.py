"""What a village's supervision committee says of a submitted draft: given by its supervisor, or entered by a clerk from a signed paper."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import select

from board import kinds
from board.models import CommitteeOpinion, Draft, Ledger, db
from board.rules.calendar import day_of
from board.rules.notice import opinion as rule
from board.rules.notice.opinion import Objection, Opinion, Result, Way
from board.rules.notice.proposal import Proposal
from board.store import areas, ledger, people, sealing
from board.store.drafting import drafts
from board.store.engine import writing

ACTIONS: dict[Result, str] = {"agreed": "draft.confirmed", "objected": "draft.objected", "absent": "draft.unconfirmed"}


BY = "by"  # the user who gave an objection, kept beside it and never shown: he alone withdraws it


class TooMany(Exception):
    """The notice has as many objections as it can state."""


class Stands(Exception):
    """What the committee has said is not overwritten: it was given by ``phone``, it ``objected`` on paper, the objection is of ``another``,
    or it is ``newer`` than the page that was shown."""

    def __init__(self, why: Literal["phone", "objected", "another", "newer"]) -> None:
        super().__init__(why)
        self.why = why


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


def confirm(draft: Draft, digest: str, user: int, at: datetime, *, seen: str | None = None) -> None:
    """Keep that the supervisor agrees to the proposal with ``digest``; his earlier objections are withdrawn, those of nobody else. ``seen``
    is the mark of the opinion that he was shown. Raises Overtaken, and Stands."""
    with _writing(draft, digest) as (kept, before):
        if before and any(one.get(BY) != user for one in kept.objections):
            raise Stands("another")
        _compare(seen, before)
        _keep(kept, Opinion(digest, "agreed", "phone", day_of(at)), [], user, at)


def object(draft: Draft, digest: str, objection: Objection, user: int, at: datetime, *, seen: str | None = None) -> None:
    """Keep an objection of the supervisor beside the others to the proposal with ``digest``. Raises Overtaken, Stands, and TooMany."""
    with _writing(draft, digest) as (kept, before):
        _compare(seen, before)
        told, name, photo = _standing(kept, before), kept.name, kept.photo
        said = Opinion(digest, "objected", "phone", day_of(at))
        _keep(kept, said, [*told, asdict(objection) | {BY: user}], user, at, name if told else "")
        if told:  # a paper that objected as well stays what it was
            kept.photo = photo


def enter(draft: Draft, opinion: Opinion, name: str, picture: bytes, user: int, at: datetime, *, seen: str | None = None) -> None:
    """Keep what a signed paper says (``name`` signed it, ``picture`` is a rewritten photo of it or b""), or why nobody confirmed; an
    objection beside those of the papers before. Raises Overtaken, Stands, and TooMany."""
    with _writing(draft, opinion.digest) as (kept, before):
        earlier = _logged(draft, opinion.digest)  # of a draft that was changed and changed back, nothing else is left
        if "phone" in earlier or before and before.way == "phone":
            raise Stands("phone")
        told, photo = _standing(kept, before), kept.photo
        if (told or "objected" in earlier) and opinion.result != "objected":
            raise Stands("objected")
        _compare(seen, before)
        _keep(kept, opinion, [*told, *(asdict(one) | {BY: user} for one in opinion.objections)], user, at, name, picture)
        if told and not picture:
            kept.photo = photo


@contextmanager
def _writing(draft: Draft, digest: str) -> Iterator[tuple[CommitteeOpinion, Opinion | None]]:
    """Change a draft's opinion under its lock; the second value is what was said of this proposal so far. Raises Overtaken."""
    with writing() as session:
        _submitted(draft, digest)
        own = (draft.home, draft.id)
        kept = session.get(CommitteeOpinion, own, with_for_update=True, populate_existing=True) or CommitteeOpinion(
            home=draft.home, draft=draft.id, objections=[], name=""
        )
        before = _read(kept) if kept.digest == digest else None
        yield kept, before
        session.add(kept)


def _logged(draft: Draft, digest: str) -> set[str]:
    """Return ``phone`` where the log has a word of a phone about a draft's proposal, and ``objected`` where it has an objection to it."""
    own = (Ledger.home == draft.home, Ledger.subject == draft.id, Ledger.action.in_(ACTIONS.values()))
    said = [
        (action, body["way"])
        for action, body in db.session.execute(select(Ledger.action, Ledger.body).where(*own))
        if body["digest"] == digest
    ]
    return {"phone" for _, way in said if way == "phone"} | {"objected" for action, _ in said if action == ACTIONS["objected"]}


def _compare(seen: str | None, before: Opinion | None) -> None:
    if seen is not None and seen != rule.mark(before):
        raise Stands("newer")


def _standing(kept: CommitteeOpinion, before: Opinion | None) -> list[dict[str, Any]]:
    return list(kept.objections) if before else []


def _keep(
    kept: CommitteeOpinion,
    opinion: Opinion,
    objections: list[dict[str, Any]],
    user: int,
    at: datetime,
    name: str = "",
    picture: bytes = b"",
) -> None:
    if len(objections) > rule.MOST:
        raise TooMany
    kept.digest, kept.result, kept.way, kept.said_on = opinion.digest, opinion.result, opinion.way, opinion.said_on
    kept.reason, kept.objections, kept.name = opinion.reason, objections, name
    kept.photo = sealing.vault().seal_bytes(picture) if picture else None
    kept.entered_by, kept.entered_at = user, at
    told = {"digest": opinion.digest, "way": opinion.way, "objections": len(objections), "said": proven(name, opinion.reason, objections)}
    body = told | ({"photo": hashlib.sha256(picture).hexdigest()} if picture else {})
    ledger.append(kept.home, at, people.username(user), ACTIONS[opinion.result], kept.draft, **body)


def proven(name: str, reason: str, objections: Iterable[Mapping[str, Any]]) -> str:
    """Return the keyed digest of an opinion's words, by which the log proves what was said and tells nobody."""
    words = [name, reason, [[one["about"], one["words"], one["reply"]] for one in objections]]
    return sealing.vault().key("opinion", json.dumps(words, ensure_ascii=False))


def reply(draft: Draft, digest: str, replies: Mapping[int, str], user: int, at: datetime, *, seen: str | None = None) -> None:
    """Keep the office's replies to objections, by their place in the list; they are posted beside them. Raises Overtaken, and Stands."""
    with _writing(draft, digest) as (kept, before):
        if before is None:
            raise drafts.Overtaken(draft)
        _compare(seen, before)
        kept.objections = [one | {"reply": replies.get(no, one["reply"])} for no, one in enumerate(kept.objections)]
        told = {"digest": digest, "replies": len(replies), "said": proven(kept.name, kept.reason, kept.objections)}
        ledger.append(draft.home, at, people.username(user), "draft.objection_answered", draft.id, **told)


def _submitted(draft: Draft, digest: str) -> None:
    """Lock a draft within the running transaction. Raises Overtaken when it no longer waits with the proposal that was shown."""
    found = db.session.get(Draft, (draft.home, draft.id), with_for_update=True, populate_existing=True)
    if found is None or found.state != "submitted" or found.proposal_digest != digest:
        raise drafts.Overtaken(found or draft)


def _read(kept: CommitteeOpinion) -> Opinion:
    result: Result = next(one for one in rule.RESULTS if one == kept.result)
    way: Way = "phone" if kept.way == "phone" else "paper"
    told = ({name: text for name, text in one.items() if name != BY} for one in kept.objections)
    return Opinion(kept.digest, result, way, kept.said_on, kept.reason, tuple(Objection(**one) for one in told))


def waiting(home: str) -> list[Draft]:
    """Return a village's submitted drafts of which its supervision committee has not said anything yet, oldest first."""
    query = select(Draft).where(Draft.home == home, Draft.state == "submitted").order_by(Draft.changed)
    return [draft for draft in db.session.scalars(query) if asked(draft) and of(draft) is None]


def unanswered(homes: str) -> list[Draft]:
    """Return the submitted drafts under a code prefix whose committee has an objection without a reply, oldest first."""
    query = select(CommitteeOpinion, Draft).join(Draft, (Draft.home == CommitteeOpinion.home) & (Draft.id == CommitteeOpinion.draft))
    waits = (Draft.home.startswith(homes), Draft.state == "submitted", CommitteeOpinion.result == "objected")
    current = CommitteeOpinion.digest == Draft.proposal_digest
    found = db.session.execute(query.where(*waits, current).order_by(Draft.changed))
    return [draft for kept, draft in found if _read(kept).unanswered]


def said(home: str, first: date, last: date) -> list[CommitteeOpinion]:
    """Return what a village's committee said between two days, oldest first, of drafts that were posted or still wait."""
    days = CommitteeOpinion.said_on.between(first, last)
    query = select(CommitteeOpinion).where(CommitteeOpinion.home == home, days).order_by(CommitteeOpinion.entered_at)
    return list(db.session.scalars(query))
