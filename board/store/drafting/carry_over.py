"""From a posted notice to a new draft: last year's to this year's, what was to be paid to what was paid.

The only place, beside the printing of wall sheets, where the names of posted rows are opened; the ledger says so each time.
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
from board.rules.sheet.cleaning import Person
from board.rules.sheet.typed_rows import TypedRow
from board.store import ledger, notices, people, sealing
from board.store.drafting import checking, drafts
from board.store.drafting import typed_rows as typed
from board.store.drafting.draft_diff import in_force
from board.store.drafting.proposing import PLACES, PUBLISHER
from board.store.notices import Posted

# What of a posted row goes into a new draft.
_TAKEN = (Row.place, Row.group, Row.sealed_name, Row.person_salt, Row.person_key, Row.account_key, Row.minor, Row.measures)


def carry(posted: Posted, kind: Kind, title: str, named: Mapping[str, str], user: int, at: datetime) -> Draft:
    """Begin a draft of ``kind`` with the facts, walls and rows of a posted notice, ready to be changed by hand, and return it.

    ``kind`` is the notice's own or one that follows it; ``named`` says how rows write a place (code -> name). Each person keeps his
    keys, so that he is found again; one who was erased stays so: his figures come without a name.
    """
    earlier = kinds.load()[posted.notice.kind]
    draft = drafts.start(posted.home, kind.id, title, user, at, _facts(posted, kind, day_of(at).year))
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


def _facts(posted: Posted, kind: Kind, year: int) -> dict[str, str]:
    """The facts that a new draft begins with. What follows a notice is about the same money: its documents stay, whatever their year."""
    same_money = kind.id != posted.notice.kind
    stated = carry_over.facts(kind, checking.level_of(posted.home), posted.version.facts, 0 if same_money else year)
    walls = [part.place for part in notices.parts(posted)] if not kind.columns else []
    hung = {PLACES: " ".join(walls)} if walls and walls != [posted.home] else {}
    return stated | hung | {PUBLISHER: posted.version.frozen["publisher"]}


def _rows(posted: Posted, kind: Kind, earlier: Kind, named: Mapping[str, str]) -> list[TypedRow]:
    """The rows in force as they begin the new draft, by place and number."""
    return [replace(row, texts=carry_over.row(kind, earlier, row.texts)) for row in opened(posted, earlier, named)]


def opened(posted: Posted, kind: Kind, named: Mapping[str, str]) -> Iterator[TypedRow]:
    """Yield the rows in force with their names as a clerk would type them, by place and number; each person keeps his keys.

    ``named`` says how rows write a place (code -> name). Whoever takes them says so in the ledger (``names.carried``).
    """
    place = next((column.id for column in kind.columns if column.type == "place"), "")
    query = select(*_TAKEN).where(*in_force(posted)).order_by(Row.place, Row.no)
    for row in db.session.execute(query.execution_options(yield_per=2_000)):
        # Of one who was erased there is no name, even where a sealed one should have been left behind.
        name = sealing.name_of(row) if row.person_salt is not None else ""  # type: ignore[arg-type]  # the columns, of no object
        own = {place: named.get(row.place, posted.area_name(row.place)), "group": row.group, "name": name}
        known = Person(row.person_key or "", row.account_key or "", row.minor) if name else Person()
        texts = row.measures | own
        yield TypedRow({column.id: texts[column.id] for column in kind.columns if texts.get(column.id)}, known)
