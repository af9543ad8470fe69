"""A draft's table that is typed by hand: opened with what was typed and corrected so far, and kept as an upload's is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from board.models import Draft
from board.rules.kind import Kind
from board.rules.sheet import typed_rows
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.table import TYPED
from board.rules.sheet.typed_rows import TypedRow
from board.store import sealing
from board.store.drafting import checking, drafts, staging


def typed(draft: Draft) -> bool:
    """Return whether the table of a draft was typed; an upload of 100,000 rows is not unsealed to be told so."""
    return any(sheet.label == TYPED for sheet in staging.tables(draft))


def opened(draft: Draft) -> list[TypedRow] | None:
    """Return the rows that were typed into a draft, or None when it has no table, or one that was uploaded."""
    if not typed(draft):
        return None
    kept, level = staging.cleaned(draft), checking.level_of(draft.home)
    return typed_rows.opened(checking.kind_of(draft), level, kept, checking.edits(draft)) if kept else None


def table(home: str, kind: Kind, rows: Sequence[TypedRow], today: date) -> Cleaned:
    """Return the table that typed rows make, cleaned as an upload's is: of many rows a matter of seconds, so before the transaction."""
    key = sealing.vault().key
    return typed_rows.cleaned(kind, checking.level_of(home), rows, key, today)


def keep(session: Session, draft: Draft, cleaned: Cleaned) -> None:
    """Put typed rows in place of the draft's table, within a running transaction; its reasons for warnings stay, for they are by rule."""
    kind, level, answers = checking.kind_of(draft), checking.level_of(draft.home), draft.answers
    filled = len(cleaned.table.cells) >= typed_rows.FIRST
    # There is no file whose SHA-256 could stay: it is that of the typed table in its one byte form, after numbers were covered.
    staging.keep(session, draft, [cleaned] if filled else [], typed_rows.fingerprint(cleaned.table))
    if not filled:
        draft.sheet_digest = None
    draft.columns, draft.answers = typed_rows.fields(kind, level), answers
    draft.facts = {name: said for name, said in draft.facts.items() if name != drafts.WHOLE_PLACE}  # typed rows name their places
