"""The demo's corrections, each from version 1 to 2: two measured areas and a household listed twice; a returned payment, settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from board.demo import answering
from board.rules.calendar import day_of
from board.rules.kind import DISPLAY_START
from board.rules.sheet.typed_rows import TypedRow
from board.store import notices, people
from board.store.drafting import checking, drafts, posting, proposing, typed_rows
from board.store.drafting import correction as correcting
from board.store.notices import Posted
from board.web.desk.forms import by_rule


@dataclass(frozen=True)
class Correction:
    """The correction of a posted notice: a place's rows by number, with their new areas, those that are removed, and those whose money came
    back and has been paid since; ``asked`` is the row about which somebody had asked."""

    place: str
    areas: Mapping[int, str]
    gone: tuple[int, ...]
    settled: tuple[int, ...]
    reason: str
    asked: int | None = None


def correct(posted: Posted, said: Correction, acknowledged: str, clerk: int, reviewer: int, at: datetime) -> Posted:
    """Take a correction by hand through check, review and posting as its clerk and reviewer would; a case about one of its rows is why."""
    named = {code: posted.area_name(code) for code in posted.version.frozen["areas"]}
    case = answering.about_row(posted, said.place, said.asked)
    draft = correcting.begin(posted, said.reason, named, clerk, at, because=case, leak=False)
    if case:
        answering.begin(case, people.username(clerk), "查过了，5 号今年丈量是 7.8 亩，已经更正。", at)
    numbers = [(row.place, row.no) for row in notices.rows(posted.in_full(), None)]
    rows = zip(numbers, typed_rows.opened(draft) or [], strict=True)
    right = [_put_right(row, no, place, said) for (place, no), row in rows if (place, no) not in _gone(said)]
    table, day = typed_rows.table(draft.home, checking.kind_of(draft), right, day_of(at)), day_of(at).isoformat()
    with drafts.saving(draft.home, draft.id, draft.revision, clerk, "typed", at) as (session, saved):
        typed_rows.keep(session, saved, table)
        saved.facts = saved.facts | {proposing.FORMED_ON: day, DISPLAY_START: day}
    checking.at_once(saved)
    proposal = proposing.propose(saved)
    if proposal is None:
        raise RuntimeError(f"{posted.version.title}: {checking.found(saved)}")
    draft = drafts.submit(saved, saved.revision, clerk, at, proposal)
    reasons = dict.fromkeys(by_rule(proposal.warnings), acknowledged)
    return posting.post(draft, proposal.digest, draft.revision, reviewer, reasons, at)


def _gone(said: Correction) -> set[tuple[str, int]]:
    return {(said.place, no) for no in said.gone}


def _put_right(row: TypedRow, no: int, place: str, said: Correction) -> TypedRow:
    if place == said.place and no in said.settled:
        return row.retyped({**row.texts, "paid": row.texts["amount"], "returned": "0", "outcome": "已补发", "return_reason": ""})
    area = said.areas.get(no) if place == said.place else None
    if area is None:
        return row
    amount = Decimal(area) * Decimal(row.texts["rate"])
    return row.retyped({**row.texts, "area": area, "amount": f"{amount:.2f}"})


def of_posts(correction: Mapping[str, Any]) -> Correction:
    """Return the correction in ``posts.toml``."""
    areas_by_no = {int(no): area for no, area in correction.get("areas", {}).items()}
    gone, settled = (tuple(correction.get(key, ())) for key in ("gone", "settled"))
    return Correction(correction["place"], areas_by_no, gone, settled, correction["reason"], correction.get("asked"))
