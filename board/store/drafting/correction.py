"""Corrections: a draft of the next version of a posted notice, and its differences from the version in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_

from board import kinds
from board.models import Case, Draft, Notice, Row, StagedRow, db
from board.rules.bilingual import Language
from board.rules.calendar import day_of
from board.rules.notice import resubmission
from board.rules.notice.page_sources import of_proposal
from board.rules.notice.proposal import Proposal
from board.rules.notice.row_changes import Change, changes, heading
from board.rules.notice.series import FOLLOWS
from board.store import ledger, notices, people
from board.store.cases import corrections
from board.store.drafting import attachments, carry_over, drafts, jobs, staging
from board.store.drafting import typed_rows as typed
from board.store.drafting.draft_diff import in_force
from board.store.drafting.posting import Superseded
from board.store.drafting.proposing import PLACES, PUBLISHER
from board.store.engine import writing
from board.store.notices import Posted

OPEN = ("draft", "submitted", "returned")


class Begun(Exception):
    """The notice is already being corrected, by ``draft``."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.id)
        self.draft = draft


def open_one(posted: Posted) -> Draft | None:
    """Return the open correction of a notice, or None."""
    mine = (Draft.home == posted.home, Draft.corrects == posted.number, Draft.state.in_(OPEN))
    return db.session.scalars(select(Draft).where(*mine).order_by(Draft.made)).first()


def begin(
    posted: Posted,
    reason: str,
    named: Mapping[str, str] | None,
    user: int,
    at: datetime,
    because: Case | None = None,
    leak: bool | None = None,
) -> Draft:
    """Create the draft of a correction with the notice's title, facts and files, and return it; ``reason`` is shown to villagers.

    With ``named`` (place code -> name to write in rows) the draft has the rows in force as typed rows; with None it waits for an upload.
    ``because`` is the case that showed the mistake, ``leak`` whether something was shown that must not be (None: nobody was asked). Its
    dates have to be entered again. Raises Begun when a correction is open, Superseded when the notice was withdrawn or corrected.
    """
    kind = kinds.load()[posted.notice.kind]
    rows = list(carry_over.opened(posted, kind, named)) if kind.columns and named is not None and open_one(posted) is None else []
    version, stated = posted.version, _facts(posted)
    table = typed.table(posted.home, kind, rows, day_of(at)) if rows else None
    names = sum(1 for row in rows if row.texts.get("name"))
    with writing() as session:
        notice = session.get(Notice, (posted.home, posted.number), with_for_update=True, populate_existing=True)
        if notice is None or notice.withdrawn_at is not None or notice.current != version.no:
            raise Superseded(posted.number)
        if (other := open_one(posted)) is not None:
            raise Begun(other)
        more = {"facts": stated, "corrects": notice.number, "correction": reason, "correction_leak": leak}
        draft = drafts.begin(session, posted.home, kind.id, version.title, user, at, **more)
        attachments.take_over(session, notice.number, version.frozen.get("files", ()), draft)
        if because is not None:
            corrections.note(session, draft, because)
        if table:
            typed.keep(session, draft, table)
            jobs.order(session, draft.home, draft.id, at)
        if names:
            ledger.append(draft.home, at, people.username(user), "names.carried", notice.number, draft=draft.id, rows=names)
    return draft


def _facts(posted: Posted) -> dict[str, str]:
    """Return the initial facts of a correction: those of the version in force, its places and its publisher, without its dates."""
    walls = [part.place for part in notices.parts(posted)] if not kinds.load()[posted.notice.kind].columns else []
    hung = {PLACES: " ".join(walls)} if walls and walls != [posted.home] else {}
    after = {FOLLOWS: posted.version.frozen["follows"]["number"]} if "follows" in posted.version.frozen else {}
    return posted.version.facts | hung | after | {PUBLISHER: posted.version.frozen["publisher"]}


def corrected(draft: Draft) -> Posted | None:
    """Return the notice that a draft corrects, or None."""
    return notices.find(draft.corrects) if draft.corrects else None


@dataclass(frozen=True)
class Amended:
    """The differences of a correction from the version in force; ``rows`` are the first of ``row_count`` changed rows."""

    posted: Posted
    rows: list[Change]
    row_count: int
    stated: list[resubmission.Change]  # changes of title, facts, totals and files
    places: list[str]  # places that need a new poster
    cases: list[Case]  # that it is because of
    told: bool  # whether everybody will read that somebody had asked

    @property
    def nothing(self) -> bool:
        """Whether nothing differs from the version in force."""
        return not (self.row_count or self.stated)


def amended(draft: Draft, proposal: Proposal, language: Language, posted: Posted | None = None, most: int = 100) -> Amended | None:
    """Return the differences of a correction, with at most ``most`` changed rows; None for the draft of a new notice. ``posted`` is the
    notice that it corrects, where the caller has it."""
    posted = posted or corrected(draft)
    if posted is None:
        return None
    page, in_force_parts, now = of_proposal(proposal), notices.parts(posted), resubmission.summary(proposal, {})
    stated = list(resubmission.changes(resubmission.standing(posted.version, in_force_parts, now), now, page.kind, language))
    keys = _differing(draft, posted)
    old = _rows(select(Row).where(*in_force(posted)), Row, keys[:most])
    new = _rows(select(StagedRow).where(StagedRow.home == draft.home, StagedRow.draft == draft.id), StagedRow, keys[:most])
    version = posted.version
    same = heading(version.title, version.facts, version.frozen) == heading(proposal.title, proposal.facts, proposal.frozen)
    hung = {part.place: part.digest for part in in_force_parts}
    anew = [part.place for part in proposal.parts if not same or hung.get(part.place) != part.digest]
    asked, told = corrections.of_draft(draft.home, draft.id), bool(proposal.frozen.get("correction", {}).get("asked"))
    return Amended(posted, changes(page.public_columns(), old, new), len(keys), stated, anew, asked, told)


def _differing(draft: Draft, posted: Posted) -> list[tuple[str, int]]:
    """Return the (place, number) of every row that differs between the draft and the version in force, sorted."""
    row_stays, line_stays = staging.unchanged_rows(draft, posted.number)
    old = select(Row.place, Row.no).where(*in_force(posted), ~row_stays)
    new = select(StagedRow.place, StagedRow.no).where(StagedRow.home == draft.home, StagedRow.draft == draft.id, ~line_stays)
    return sorted({(place, no) for query in (old, new) for place, no in db.session.execute(query)})


def _rows(query: Any, table: type[Row] | type[StagedRow], keys: list[tuple[str, int]]) -> list[Any]:
    return list(db.session.scalars(query.where(tuple_(table.place, table.no).in_(keys))))
