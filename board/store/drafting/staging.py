"""Staging: the cleaned tables of a draft's upload, and its checked and numbered rows, until posting."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, cast

from sqlalchemy import Select, Table, delete, func, insert, literal, null, select, update
from sqlalchemy.orm import Session

from board import kinds
from board.models import Draft, Row, Sheet, StagedRow, db
from board.rules.notice.proposal import NumberedRow
from board.rules.personal.named_texts import CODE as NAMED
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.joining import join
from board.store import bulk, sealing
from board.store.drafting import stopped_leaks
from board.store.rows import COLUMNS
from board.store.rows import row as stored
from board.store.sealing import name_of, seal, unseal

CHUNK = 5_000  # rows in one transaction: on SQLite all other writers wait for it
_TABLE = cast(Table, StagedRow.__table__)


def keep(session: Session, draft: Draft, tables: Sequence[Cleaned], digest: str, only: int | None = None) -> None:
    """Replace a draft's tables by those of an upload, within a running transaction; choose a single one, or the index ``only``.

    Its staged rows stay: they are those of the check that ``drafts.saving`` orders anew where the table is another one.
    """
    session.execute(delete(Sheet).where(Sheet.home == draft.home, Sheet.draft == draft.id))
    stopped_leaks.put(session, draft, "sheet", stopped_leaks.of_tables(tables))
    for no, cleaned in enumerate(tables):
        preview, count = cleaned.table.preview(), sum(1 for _ in cleaned.table.lines())
        sealed = {"preview": seal(preview), "cells": seal(cleaned.to_json())}
        session.add(Sheet(home=draft.home, draft=draft.id, no=no, label=cleaned.table.label, row_count=count, **sealed))
    chosen = 0 if len(tables) == 1 else only
    draft.sheet_digest, draft.chosen = digest, [] if chosen is None else [chosen]
    draft.edits, draft.columns = None, {}
    draft.answers = {key: said for key, said in draft.answers.items() if key.startswith(NAMED)}  # about the title, not about the table


def clear(session: Session, home: str, draft: str) -> None:
    """Delete a draft's tables and staged rows within a running transaction."""
    session.execute(delete(Sheet).where(Sheet.home == home, Sheet.draft == draft))
    clear_rows(session, home, draft)


def clear_rows(session: Session, home: str, draft: str) -> None:
    """Delete a draft's staged rows within a running transaction."""
    session.execute(delete(StagedRow).where(StagedRow.home == home, StagedRow.draft == draft))


def tables(draft: Draft) -> list[Sheet]:
    """Return the tables of a draft's upload in order, without their cells."""
    return list(db.session.scalars(select(Sheet).where(Sheet.home == draft.home, Sheet.draft == draft.id).order_by(Sheet.no)))


def preview(sheet: Sheet) -> list[tuple[int, list[str]]]:
    """Return the first lines of a cleaned table as (line, texts)."""
    return [(line, texts) for line, texts in unseal(sheet.preview)]


def uploaded(draft: Draft, numbers: Collection[int] | None = None) -> list[Cleaned]:
    """Return the cleaned tables of a draft's upload in order, all or those with these numbers."""
    query = select(Sheet.no, Sheet.cells).where(Sheet.home == draft.home, Sheet.draft == draft.id).order_by(Sheet.no)
    if numbers is not None:
        query = query.where(Sheet.no.in_(numbers))
    return [Cleaned.from_json(unseal(cells)) for _, cells in db.session.execute(query)]


def cleaned(draft: Draft) -> Cleaned | None:
    """Return the cleaned table of the roster, with all chosen tables joined, or None until one is chosen."""
    return join(uploaded(draft, draft.chosen), kinds.load()[draft.kind]) if draft.chosen else None


def size(draft: Draft) -> int:
    """Return the number of lines of a draft's chosen tables."""
    return sum(sheet.row_count for sheet in tables(draft) if sheet.no in draft.chosen)


def sizes(homes: str) -> dict[tuple[str, str], int]:
    """Return (home, id) -> number of rows of the drafts under a code prefix, or of lines of their tables where these are not checked."""
    query = select(Sheet.home, Sheet.draft, func.sum(Sheet.row_count)).where(Sheet.home.startswith(homes)).group_by(Sheet.home, Sheet.draft)
    rows = select(StagedRow.home, StagedRow.draft, func.count()).where(StagedRow.home.startswith(homes))
    checked = rows.group_by(StagedRow.home, StagedRow.draft)
    return {(home, draft): int(count) for one in (query, checked) for home, draft, count in db.session.execute(one)}


def chunks(lines: Sequence[NumberedRow]) -> Iterator[tuple[int, Sequence[NumberedRow]]]:
    """Yield (number of rows before, rows) in chunks for one transaction each."""
    for begin in range(0, len(lines), CHUNK):
        yield begin, lines[begin : begin + CHUNK]


def store(session: Session, home: str, draft: str, lines: Sequence[NumberedRow]) -> None:
    """Store numbered rows as staged rows within a running transaction, with sealed names."""
    vault = sealing.vault()
    bulk.insert(session, _TABLE, ("home", "draft", "line", *COLUMNS), ((home, draft, row.line, *stored(row, vault)) for row in lines))


def rows(draft: Draft, place: str | None = None) -> list[StagedRow]:
    """Return the staged rows of one place, or (None) of all, by place and number."""
    return list(db.session.scalars(_of(draft, place)))


def has_row(draft: Draft, no: int) -> bool:
    """Return whether a draft's roster has a row of this number in some place."""
    return (
        db.session.scalar(select(StagedRow.no).where(StagedRow.home == draft.home, StagedRow.draft == draft.id, StagedRow.no == no))
        is not None
    )


def numbers(draft: Draft) -> dict[int, tuple[str, int]]:
    """Return line -> (place, number) of a draft's staged rows."""
    query = select(StagedRow.line, StagedRow.place, StagedRow.no).where(StagedRow.home == draft.home, StagedRow.draft == draft.id)
    return {line: (place, no) for line, place, no in db.session.execute(query) if line is not None}


def named(draft: Draft) -> list[tuple[str, str, str, int]]:
    """Return (place, group, name as the web shows it, how many rows) of a draft's staged rows, for ``rules.personal.recognisable``."""
    alike = (StagedRow.place, StagedRow.group, StagedRow.shown_name)
    query = select(*alike, func.count()).where(StagedRow.home == draft.home, StagedRow.draft == draft.id)
    return [(place, group, name, rows) for place, group, name, rows in db.session.execute(query.group_by(*alike))]


def lines(draft: Draft) -> Iterator[NumberedRow]:
    """Yield the staged rows with opened names, by place and number."""
    for row in db.session.scalars(_of(draft, None).execution_options(yield_per=2_000)):
        db.session.expunge(row)
        yield NumberedRow(
            place=row.place,
            no=row.no,
            group=row.group,
            name=name_of(row),
            shown_name=row.shown_name,
            person=row.person_key,
            account=row.account_key,
            minor=row.minor,
            amount=row.amount,
            measures=row.measures,
            texts=row.texts,
            person_salt=row.person_salt or "",
            money_salt=row.money_salt,
            algorithm=row.algorithm,
        )


def _of(draft: Draft, place: str | None) -> Select[StagedRow]:
    query = select(StagedRow).where(StagedRow.home == draft.home, StagedRow.draft == draft.id)
    if place is not None:
        query = query.where(StagedRow.place == place)
    return query.order_by(StagedRow.place, StagedRow.no)


def unchanged_rows(draft: Draft, number: str) -> tuple[Any, Any]:
    """Return two EXISTS conditions: a row in force is unchanged in the draft; a staged row is unchanged from the notice.

    ``number`` is that of the notice that the draft corrects; rows are compared by place, number and digests.
    """
    in_force = (Row.home == draft.home, Row.number == number, Row.until.is_(None))
    mine = (StagedRow.home == draft.home, StagedRow.draft == draft.id, Row.place == StagedRow.place, Row.no == StagedRow.no)
    same = (*in_force, *mine, Row.person_digest == StagedRow.person_digest, Row.money_digest == StagedRow.money_digest)
    return select(StagedRow.no).where(*same).correlate(Row).exists(), select(Row.no).where(*same).correlate(StagedRow).exists()


def post(session: Session, draft: Draft, number: str, no: int) -> None:
    """Copy a draft's staged rows to the rows of a notice, within the transaction that posts version ``no``.

    A correction copies changed rows only: unchanged rows stay in force, all others end with this version.
    """
    own = [getattr(StagedRow, name) for name in COLUMNS]
    head = [StagedRow.home, literal(number), literal(no), null()]
    query = select(*head, *own).where(StagedRow.home == draft.home, StagedRow.draft == draft.id)
    if no > 1:
        row_stays, line_stays = unchanged_rows(draft, number)
        ending = update(Row).where(Row.home == draft.home, Row.number == number, Row.until.is_(None), ~row_stays).values(until=no)
        session.execute(ending.execution_options(synchronize_session=False))
        query = query.where(~line_stays)
    session.execute(insert(Row).from_select(["home", "number", "since", "until", *COLUMNS], query))
