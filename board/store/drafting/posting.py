"""Posting a submitted draft, as a new notice or as the next version of the notice that it corrects."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from board.models import Draft, Notice, Part, Printed, Version
from board.rules.calendar import day_of
from board.rules.notice import opinion
from board.rules.notice.proposal import Proposal, agrees
from board.store import ledger, people, printed_numbers, search_index, series
from board.store.cases import corrections
from board.store.drafting import attachments, drafts, opinions, secrecy, staging
from board.store.duties import settling
from board.store.engine import writing
from board.store.notices import Posted, evidence, unchanged


class NotShown(Exception):
    """The draft differs from what the reviewer was shown."""


class OwnHand(Exception):
    """The reviewer worked on the draft, and so may not approve it."""


class TooLate(Exception):
    """The first day of display passed while the draft waited."""


class Superseded(Exception):
    """The notice that a draft corrects was withdrawn or corrected meanwhile."""


class Unconfirmed(Exception):
    """The village's supervision committee has not said anything of it, and nobody wrote why."""


class Unanswered(Exception):
    """An objection of the village's supervision committee has no reply yet."""


def post(draft: Draft, digest: str, revision: int, reviewer: int, acknowledged: dict[str, str], at: datetime) -> Posted:
    """Post a submitted draft with its parts, rows, files and ledger entry in one transaction, and return the notice.

    It becomes version 1 under a new number, or the next version of the notice that it corrects. ``digest`` and ``revision`` are those that
    the reviewer saw. Raises NotShown when the content has another digest; Overtaken when the draft was saved since; OwnHand when the
    reviewer worked on it; TooLate when its display would have begun before today, and so be shorter than its kind requires; Superseded
    when the notice that it corrects was withdrawn or corrected meanwhile; Unconfirmed and Unanswered as what the committee said demands.
    """
    proposal = drafts.proposal(draft)
    whole = proposal is not None and agrees(proposal.parts, staging.lines(draft)) and attachments.whole(draft)
    with writing() as session:  # begun after the comparison, which takes seconds for many rows; the revision shows any change
        found = session.get(Draft, (draft.home, draft.id), with_for_update=True, populate_existing=True)
        if found is None or found.revision != revision or found.state != "submitted":
            raise drafts.Overtaken(found or draft)
        if proposal is None or not whole or proposal.digest != found.proposal_digest or not _is_as_proposed(found, proposal):
            raise NotShown(draft.id)
        proposal = _heard(found, proposal)
        if proposal.digest != digest:
            raise NotShown(draft.id)
        hands = drafts.hands(found.home, found.id)
        if reviewer in hands:
            raise OwnHand(draft.id)
        if date.fromisoformat(proposal.starts) < day_of(at):
            raise TooLate(draft.id)
        notice = _next(session, found, proposal) if found.corrects else _first(session, found)
        version = _version(notice, proposal, people.usernames(hands), reviewer, acknowledged, at)
        session.add(version)
        session.flush()
        session.add_all(_parts(version, proposal))
        staging.post(session, found, version.number, version.no)
        attachments.post(session, found, version.number)
        secrecy.post(session, found, version.number)
        session.flush()
        settling.keep(notice)
        corrections.post(session, found, version, people.username(reviewer), at)
        series.link(session, notice, proposal.frozen.get("follows", {}).get("number", ""))
        session.flush()
        search_index.put([notice])
        body = evidence(version) | {"sheet": found.sheet_digest or "", "submitted_by": people.username(found.submitted_by)}
        action = "notice.posted" if version.no == 1 else "notice.corrected"
        ledger.append(found.home, at, people.username(reviewer), action, version.number, **body)
        staging.clear(session, found.home, found.id)
        found.state, found.chosen, found.result, found.edits, found.proposal = "posted", [], None, None, None
        found.revision += 1
    return Posted(notice, version)


def _heard(draft: Draft, proposal: Proposal) -> Proposal:
    """Return a village's proposal with what its supervision committee said. Raises Unconfirmed and Unanswered."""
    if not opinions.asked(draft):
        return proposal
    said = opinions.of(draft)
    if said is None:
        raise Unconfirmed(draft.id)
    if said.unanswered:
        raise Unanswered(draft.id)
    return opinion.applied(proposal, said)


def _is_as_proposed(draft: Draft, proposal: Proposal) -> bool:
    """Return whether a draft's files, corrected notice, reason, its kind and cause are still those of its proposal."""
    correction = proposal.frozen.get("correction", {})
    proposed = (correction.get("number"), correction.get("reason", ""), correction.get("leak"), correction.get("asked", False))
    now = (draft.corrects, draft.correction, draft.correction_leak, bool(draft.corrects) and corrections.told_to_all(draft.home, draft.id))
    return proposal.frozen.get("files", []) == attachments.frozen(attachments.of_draft(draft)) and proposed == now


def _first(session: Session, draft: Draft) -> Notice:
    """Return a new notice under a new number."""
    number = printed_numbers.fresh()
    notice = Notice(home=draft.home, number=number, kind=draft.kind, current=1)
    session.add_all([Printed(number=number, home=draft.home), notice])
    session.flush()
    return notice


def _next(session: Session, draft: Draft, proposal: Proposal) -> Notice:
    """Return the notice that a draft corrects, with ``current`` set to its next version. Raises Superseded."""
    notice = session.get(Notice, (draft.home, draft.corrects), with_for_update=True, populate_existing=True)
    if notice is None or notice.withdrawn_at is not None or notice.current + 1 != proposal.frozen["correction"]["version"]:
        raise Superseded(draft.id)
    notice.current += 1
    return notice


def _version(notice: Notice, proposal: Proposal, hands: list[str], reviewer: int, acknowledged: dict[str, str], at: datetime) -> Version:
    return Version(
        home=proposal.home,
        number=notice.number,
        no=notice.current,
        title=proposal.title,
        facts=proposal.facts,
        frozen=proposal.frozen,
        starts=date.fromisoformat(proposal.starts),
        ends=date.fromisoformat(proposal.ends),
        totals=proposal.totals,
        stated=proposal.stated,
        row_count=proposal.row_count,
        hands=hands,
        reviewer=reviewer,
        acknowledged=acknowledged,
        posted_at=at.astimezone(UTC).replace(microsecond=0),
        posted_on=day_of(at),
        formed_on=date.fromisoformat(proposal.formed_on),
        publish_by=date.fromisoformat(proposal.publish_by),
        reason=proposal.frozen.get("correction", {}).get("reason", ""),
        digest=proposal.digest,
        algorithm=proposal.algorithm,
    )


def _parts(version: Version, proposal: Proposal) -> list[Part]:
    before = unchanged(version)
    return [
        Part(
            home=proposal.home,
            number=version.number,
            version=version.no,
            place=part.place,
            row_count=part.row_count,
            totals=part.totals,
            changed_in=before(part.place, part.digest),
            digest=part.digest,
            algorithm=part.algorithm,
        )
        for part in proposal.parts
    ]
