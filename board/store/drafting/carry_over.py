"""Carry-over: a new draft from a posted notice, for the next year or for the next notice of its series.

Opens the names of posted rows, as does printing the wall edition; each opening is logged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from board import kinds
from board.models import Draft, Row, db
from board.rules.calendar import day_of
from board.rules.kind import Kind
from board.rules.notice import carry_over
from board.rules.notice.series import FOLLOWS, linkable
from board.rules.sheet.cleaning import Person
from board.rules.sheet.typed_rows import TypedRow
from board.store import ledger, notices, people, sealing
from board.store.drafting import checking, drafts
from board.store.drafting import typed_rows as typed
from board.store.drafting.draft_diff import in_force
from board.store.drafting.proposing import PLACES, PUBLISHER
from board.store.notices import Posted

# Columns of a posted row that a new draft takes over.
_TAKEN = (Row.place, Row.group, Row.sealed_name, Row.person_salt, Row.person_key, Row.account_key, Row.minor, Row.measures)


def carry(posted: Posted, kind: Kind, title: str, named: Mapping[str, str], user: int, at: datetime) -> Draft:
    """Create a draft of ``kind`` with the facts, places and rows of a posted notice as typed rows, and return it.

    ``kind`` is the notice's own or one that follows it; ``named`` maps place codes to the names to write in rows. Person and account keys
    are kept, so that rows still match; rows of erased people have no name.
    """
    earlier = kinds.load()[posted.notice.kind]
    draft = drafts.start(posted.home, kind.id, title, user, at, facts(posted, kind, day_of(at).year))
    rows = _rows(posted, kind, earlier, named) if kind.columns else []
    names = sum(1 for row in rows if row.texts.get("name"))
    table = typed.table(posted.home, kind, rows, day_of(at)) if rows else None
    with drafts.saving(draft.home, draft.id, draft.revision, user, "carried", at) as (session, saved):
        saved.started_from = posted.number
        if table:
            typed.keep(session, saved, table)
        if names:
            ledger.append(posted.home, at, people.username(user), "names.carried", posted.number, draft=saved.id, rows=names)
    return saved


def facts(posted: Posted, kind: Kind, year: int) -> dict[str, str]:
    """Return the initial facts. A following notice is about the same money, so facts with another year's documents are kept."""
    same_money = kind.id != posted.notice.kind
    stated = carry_over.facts(kind, checking.level_of(posted.home), posted.version.facts, 0 if same_money else year)
    walls = [part.place for part in notices.parts(posted)] if not kind.columns else []
    hung = {PLACES: " ".join(walls)} if walls and walls != [posted.home] else {}
    after = {FOLLOWS: posted.number} if linkable(kind, posted.notice.kind) else {}
    return stated | hung | after | {PUBLISHER: posted.version.frozen["publisher"]}


def _rows(posted: Posted, kind: Kind, earlier: Kind, named: Mapping[str, str]) -> list[TypedRow]:
    """Return the rows in force as the new draft's rows, by place and number."""
    return [replace(row, texts=carry_over.row(kind, earlier, row.texts)) for row in opened(posted, earlier, named)]


def opened(posted: Posted, kind: Kind, named: Mapping[str, str]) -> Iterator[TypedRow]:
    """Yield the rows in force as typed rows with opened names and their keys, by place and number.

    ``named`` maps place codes to the names to write in rows. The caller must log the opening (``names.carried``).
    """
    place = next((column.id for column in kind.columns if column.type == "place"), "")
    query = select(*_TAKEN).where(*in_force(posted)).order_by(Row.place, Row.no)
    for row in db.session.execute(query.execution_options(yield_per=2_000)):
        # An erased person has no name, even if a sealed one were left in the row.
        name = sealing.name_of(row) if row.person_salt is not None else ""  # type: ignore[arg-type]  # a row of columns, not a Row object
        own = {place: named.get(row.place, posted.area_name(row.place)), "group": row.group, "name": name}
        known = Person(row.person_key or "", row.account_key or "", row.minor) if name else Person()
        texts = row.measures | own
        yield TypedRow({column.id: texts[column.id] for column in kind.columns if texts.get(column.id)}, known)
