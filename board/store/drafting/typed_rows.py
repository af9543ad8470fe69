"""A draft's table of typed rows: opened for editing, cleaned and stored like the table of an upload."""

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
    """Return whether a draft's table was typed; decided by its label, so that no large table is unsealed."""
    return any(sheet.label == TYPED for sheet in staging.tables(draft))


def opened(draft: Draft) -> list[TypedRow] | None:
    """Return a draft's typed rows with the clerk's corrections, or None when it has no typed table."""
    if not typed(draft):
        return None
    kept, level = staging.cleaned(draft), checking.level_of(draft.home)
    return typed_rows.opened(checking.kind_of(draft), level, kept, checking.edits(draft)) if kept else None


def table(home: str, kind: Kind, rows: Sequence[TypedRow], today: date) -> Cleaned:
    """Return typed rows as a cleaned table; call it before the transaction, since many rows take seconds."""
    key = sealing.vault().key
    return typed_rows.cleaned(kind, checking.level_of(home), rows, key, today)


def keep(session: Session, draft: Draft, cleaned: Cleaned) -> None:
    """Replace a draft's table by typed rows, within a running transaction; its reasons for warnings, which are kept by rule, stay."""
    kind, level, answers = checking.kind_of(draft), checking.level_of(draft.home), draft.answers
    filled = len(cleaned.table.cells) >= typed_rows.FIRST
    # There is no file, so ``sheet_digest`` is the SHA-256 of the typed table in canonical form, after masking.
    staging.keep(session, draft, [cleaned] if filled else [], typed_rows.fingerprint(cleaned.table))
    if not filled:
        draft.sheet_digest = None
    draft.columns, draft.answers = typed_rows.fields(kind, level), answers
    draft.facts = {name: text for name, text in draft.facts.items() if name != drafts.WHOLE_PLACE}  # typed rows name their places
