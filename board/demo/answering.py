"""The demo's texts for answers, and an answer that its clerk has half written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from board.demo.staff import staff
from board.models import Case
from board.store import answer_templates, cases
from board.store.cases import answer_drafts, lists
from board.store.notices import Posted


def keep(templates: list[Mapping[str, Any]], at: datetime) -> None:
    """Keep the texts of ``cases.toml``, each by its clerk."""
    for one in templates:
        wording = answer_templates.Wording(one["category"], one["title"], one["text"])
        clerk = staff(one["by"])
        answer_templates.write(clerk.area, "", wording, clerk.id, at)


def about_row(posted: Posted, place: str, row: int | None) -> Case | None:
    """Return the sample case about a row, or None."""
    return next((line.case for line in lists.about(posted) if row and (line.case.place, line.case.row) == (place, row)), None)


def begin(case: Case, username: str, text: str, at: datetime) -> None:
    """Half write an answer."""
    answer_drafts.save(case.home, case.id, staff(username).id, text, "", cases.last_no(case), at)
