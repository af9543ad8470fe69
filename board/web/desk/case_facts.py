"""What stands beside the answer to a case: its row and how the sum is made, the versions, earlier cases, and what was answered publicly."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from board.models import Case, PublicAnswer, Row, Version
from board.rules.notice.page import Page
from board.rules.notice.row_changes import Change
from board.store import answers, notices, versions
from board.store.cases import lists
from board.store.notices import Posted
from board.web.i18n import money_first

MOST = 5  # earlier cases, and public answers: more are found from the notice's page


@dataclass(frozen=True)
class Facts:
    """The facts of a case about a notice; ``row`` is None where it is about none, or its row is gone."""

    row: Row | None
    versions: list[Version]  # newest first
    changes: dict[int, Change]  # version -> what it changed in the row
    earlier: list[lists.CaseEntry]
    answers: list[PublicAnswer]


def facts(case: Case, posted: Posted, page: Page, homes: str, categories: Collection[str]) -> Facts:
    """Return the facts of a case; ``homes`` and ``categories`` are those whose cases the reader may read."""
    row = notices.row(posted, case.place, case.row) if case.row is not None else None
    columns = money_first(page.public_columns(), page.kind)
    changed = versions.history(posted, columns, case.place, case.row) if case.row is not None and posted.version.no > 1 else []
    return Facts(
        row,
        versions.listed(posted) if posted.version.no > 1 else [posted.version],
        dict(changed),
        lists.beside(case, homes, categories, MOST),
        answers.published(posted, case.place)[-MOST:][::-1],
    )
