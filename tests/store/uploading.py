"""A draft's table without a file: cleaned rows staged as the upload of a spreadsheet stages them, for the tests of what follows."""

from __future__ import annotations

import hashlib

from board.models import Draft
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.table import Table
from board.store.drafting import checking, drafts, staging
from tests.store.posted import AT

HEAD = ["村", "组", "户主姓名", "补贴面积(亩)", "补贴标准(元/亩)", "补贴金额(元)"]
ROWS = [["高洞社区", "1组", "张小三", "4.95", "93.6", "463.32"], ["土主社区", "2组", "李四", "2", "93.6", "187.2"]]


def roster(*rows: list[str], label: str = "表") -> Cleaned:
    """Return a cleaned table of these rows, or of one household in each of two villages."""
    return Cleaned(Table(label, [HEAD, *(rows or ROWS)]))


def uploads(draft: Draft, user: int, *tables: Cleaned, only: int | None = None) -> Draft:
    """Put tables in place of what the draft had; its check is ordered, and not yet done."""
    tables = tables or (roster(),)
    digest = hashlib.sha256(repr(tables).encode()).hexdigest()  # another table is checked anew
    with drafts.saving(draft.home, draft.id, draft.revision, user, "uploaded", AT) as (session, saved):
        staging.keep(session, saved, tables, digest, only)
    return saved


def checks(draft: Draft, user: int, *tables: Cleaned) -> Draft:
    """Upload tables and let them be checked."""
    draft = uploads(draft, user, *tables)
    checking.at_once(draft)
    return draft
