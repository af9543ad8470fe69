"""Drafts: create, save, submit, send back and drop them. Public pages never read drafts."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from board import kinds
from board.models import Attachment, ColumnChoice, Draft, Hand, PlaceAlias, SecrecyReview, User, db
from board.rules.notice.proposal import Proposal
from board.rules.notice.resubmission import summary
from board.rules.sheet.questions import asked
from board.rules.sheet.titles import years
from board.rules.sheet.totals import compared
from board.store import ledger
from board.store.drafting import jobs, staging
from board.store.engine import writing
from board.store.sealing import seal, unseal

WHOLE_PLACE = "whole_place"  # the fact with the place of all rows, for a sheet without a column for places


class Overtaken(Exception):
    """The draft was saved after the page was opened; ``draft`` is its present state."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.id)
        self.draft = draft


class Unchanged(Exception):
    """A returned draft is submitted again without a change."""


ENDED = ("dropped", "posted")


def find(home: str, id: str, *, ended: bool = False) -> Draft | None:
    """Return the draft, or None; None too for a dropped or posted one, unless ``ended``."""
    draft = db.session.get(Draft, (home, id))
    return draft if draft and (ended or draft.state not in ENDED) else None


def listed(homes: str, states: Iterable[str]) -> list[Draft]:
    """Return up to 200 drafts under a code prefix in one of the states, last changed first."""
    query = select(Draft).where(Draft.home.startswith(homes), Draft.state.in_(list(states))).order_by(Draft.changed.desc()).limit(200)
    return list(db.session.scalars(query))


def start(home: str, kind: str, title: str, user: int, at: datetime, facts: dict[str, str] | None = None) -> Draft:
    """Create a draft with these initial facts, and return it."""
    with writing() as session:
        return begin(session, home, kind, title, user, at, facts=facts or {})


def begin(session: Session, home: str, kind: str, title: str, user: int, at: datetime, **more: Any) -> Draft:
    """Create a draft within a running transaction and return it; ``more`` are values of other columns."""
    begun: dict[str, Any] = {"columns": {}, "answers": {}, "edits": None, "sheet_digest": None, "chosen": []} | more
    draft = Draft(home=home, id=secrets.token_hex(6), kind=kind, title=title, owner=user, made=at, changed=at, **begun)
    session.add(draft)
    session.flush()
    session.add(Hand(home=home, draft=draft.id, user_id=user, did="started"))
    return draft


@contextmanager
def saving(home: str, id: str, revision: int, user: int, did: str, at: datetime) -> Iterator[tuple[Session, Draft]]:
    """Change a draft that was opened at ``revision`` in one transaction, and note the user's hand; a submitted one is a draft again.

    If the block changes anything that the check depends on, a new check is ordered. Raises Overtaken, without a change, when the draft
    was saved since ``revision``.
    """
    with writing() as session:
        draft = session.get(Draft, (home, id), with_for_update=True, populate_existing=True)
        if draft is None or draft.revision != revision or draft.state in ENDED:
            raise Overtaken(draft or Draft(home=home, id=id, state="dropped"))
        draft.changed = at
        table, waiting = _table(draft), draft.proposal if draft.state == "submitted" else None
        yield session, draft
        if _table(draft) != table:
            recheck(session, draft)
        if waiting is not None and draft.proposal == waiting:
            draft.state, draft.proposal, draft.proposal_digest, draft.submitted_by = "draft", _sealed(None, returned(draft)), None, None
        draft.revision += 1
        session.merge(Hand(home=home, draft=id, user_id=user, did=did))


def save(home: str, id: str, revision: int, user: int, did: str, at: datetime, **changes: Any) -> Draft:
    """Set columns of a draft as ``saving`` does, and return it."""
    with saving(home, id, revision, user, did, at) as (_, draft):
        for name, value in changes.items():
            setattr(draft, name, value)
    return draft


def _table(draft: Draft) -> list[Any]:
    """Return the values that the check depends on; of the facts only those compared with the rows, of the title its years."""
    kind = kinds.load().get(draft.kind)
    facts = [compared(draft.facts, kind) if kind else {}, draft.facts.get(WHOLE_PLACE), years(draft.title)]
    return [draft.kind, draft.sheet_digest, draft.chosen, dict(draft.columns), draft.edits, facts, asked(draft.answers)]


def recheck(session: Session, draft: Draft) -> None:
    """Delete a draft's check result and order a new check, within a running transaction."""
    draft.result = None
    staging.clear_rows(session, draft.home, draft.id)
    if draft.chosen and draft.kind:  # a sheet that has come first waits until its clerk says of what kind it is
        jobs.order(session, draft.home, draft.id, draft.changed)
    else:
        jobs.cancel(session, draft.home, draft.id)


def submit(draft: Draft, revision: int, user: int, at: datetime, proposal: Proposal) -> Draft:
    """Submit a proposal for review, and return the draft. Raises Unchanged when it is the same as the returned one, and Overtaken."""
    before = returned(draft)
    if before and {name: value for name, value in before.items() if name != "because"} == summary(proposal, draft.answers):
        raise Unchanged(draft.id)
    sealed = _sealed(proposal, before)
    changes = {"state": "submitted", "proposal": sealed, "proposal_digest": proposal.digest, "submitted_by": user, "returned_because": ""}
    return save(draft.home, draft.id, revision, user, "submitted", at, **changes)


def send_back(draft: Draft, revision: int, user: int, at: datetime, reason: str) -> None:
    """Return a submitted draft to its clerk with a reason. Raises Overtaken.

    This does not count as a hand in the draft: the same reviewer may approve it later.
    """
    with writing() as session:
        found = session.get(Draft, (draft.home, draft.id), with_for_update=True, populate_existing=True)
        if found is None or found.revision != revision or found.state != "submitted":
            raise Overtaken(found or draft)
        sent = proposal(found)
        before = summary(sent, found.answers) | {"because": reason} if sent else None
        found.state, found.returned_because, found.proposal, found.proposal_digest = "returned", reason, _sealed(None, before), None
        found.revision += 1
        found.returned_at, found.changed = found.revision, at
        ledger.append(found.home, at, _username(user), "draft.returned", found.id, reason_length=len(reason))


def drop(home: str, id: str, revision: int, user: int, at: datetime) -> None:
    """Drop a draft and delete its tables, rows and files. Raises Overtaken."""
    gone: dict[str, Any] = {"sheet_digest": None, "chosen": [], "edits": None, "proposal": None, "facts": {}, "columns": {}, "answers": {}}
    with saving(home, id, revision, user, "dropped", at) as (session, draft):
        staging.clear(session, home, id)
        session.execute(delete(Attachment).where(Attachment.home == home, Attachment.draft == id))
        session.execute(delete(SecrecyReview).where(SecrecyReview.home == home, SecrecyReview.draft == id))
        for name, value in (gone | {"state": "dropped"}).items():
            setattr(draft, name, value)


def hands(home: str, id: str) -> dict[int, set[str]]:
    """Return user id -> kinds of work (``Hand.did``) on a draft."""
    found: dict[int, set[str]] = {}
    for hand in db.session.scalars(select(Hand).where(Hand.home == home, Hand.draft == id)):
        found.setdefault(hand.user_id, set()).add(hand.did)
    return found


def _username(user: int) -> str:
    return db.session.scalars(select(User.username).where(User.id == user)).one()


def proposal(draft: Draft) -> Proposal | None:
    """Return the submitted proposal, or None."""
    data = unseal(draft.proposal, {}).get("proposal")
    return Proposal.from_json(data) if data else None


def returned(draft: Draft) -> dict[str, Any] | None:
    """Return the summary of the last returned proposal (``rules.notice.resubmission.summary``) with its reason as ``because``, or None."""
    found: dict[str, Any] | None = unseal(draft.proposal, {}).get("returned")
    return found


def _sealed(proposal: Proposal | None, before: dict[str, Any] | None) -> bytes | None:
    """Return the sealed column ``Draft.proposal``: the proposal in review and the summary of the last returned one."""
    return seal({"proposal": proposal and proposal.to_json(), "returned": before}) if proposal or before else None


def remember(session: Session, draft: Draft, columns: dict[str, str], places: dict[str, str]) -> None:
    """Store for a draft's home the meaning of headers (header -> field id) and places (as written -> area code), in a transaction."""
    for header, field in columns.items():
        session.merge(ColumnChoice(home=draft.home, kind=draft.kind, header=header[:200], field=field))
    for written, code in places.items():
        session.merge(PlaceAlias(home=draft.home, written=written[:200], area=code))
    if columns or places:
        recheck(session, draft)


def forget_column(session: Session, draft: Draft, header: str, index: str) -> None:
    """Delete the field chosen for a header, in this draft too, and order a new check, within a transaction."""
    own = (ColumnChoice.home == draft.home, ColumnChoice.kind == draft.kind, ColumnChoice.header == header[:200])
    session.execute(delete(ColumnChoice).where(*own))
    draft.columns = {at: field for at, field in draft.columns.items() if at != index}
    recheck(session, draft)


def remembered_columns(home: str, kind: str) -> dict[str, str]:
    """Return header -> field id as chosen by clerks of this home."""
    query = select(ColumnChoice.header, ColumnChoice.field).where(ColumnChoice.home == home, ColumnChoice.kind == kind)
    return {written: meaning for written, meaning in db.session.execute(query)}  # noqa: C416 - dict() would take its keys() for a mapping's


def remembered_places(home: str) -> dict[str, str]:
    """Return place as written -> area code as chosen by clerks of this home."""
    query = select(PlaceAlias.written, PlaceAlias.area).where(PlaceAlias.home == home)
    return {written: meaning for written, meaning in db.session.execute(query)}  # noqa: C416 - dict() would take its keys() for a mapping's


def forget_place(session: Session, draft: Draft, written: str) -> None:
    """Delete the area chosen for a spelling of a place, and order a new check, within a transaction."""
    session.execute(delete(PlaceAlias).where(PlaceAlias.home == draft.home, PlaceAlias.written == written))
    recheck(session, draft)
