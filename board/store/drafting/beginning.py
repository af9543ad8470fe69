"""A draft that begins with its sheet: it has no kind until its clerk confirms one, and then the facts of the office's last notice of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from board import kinds
from board.models import Draft
from board.rules.kind import Kind
from board.rules.sheet.cleaning import Cleaned
from board.store import letters, notices
from board.store.drafting import carry_over, drafts, staging
from board.store.drafting.proposing import PUBLISHER
from board.store.engine import writing

LETTERS, LONGEST = 10, 2000  # published letters that a proposal has, and the characters of a long fact
LATEST = 50  # notices of a home in which the last one of a kind is looked for


def with_sheet(home: str, tables: Sequence[Cleaned], digest: str, user: int, at: datetime) -> Draft:
    """Create a draft without a kind that holds the cleaned tables of an upload, and return it; nothing is checked yet."""
    with writing() as session:
        draft = drafts.begin(session, home, "", "", user, at, facts={})
        staging.keep(session, draft, tables, digest)
    return draft


def facts(home: str, kind: Kind, publisher: str, year: int) -> dict[str, str]:
    """Return the facts that a new notice of ``kind`` begins with: those of the home's last one of it that still hold, and whom to ask as in
    its last one of any kind. ``year`` is that of the new notice."""
    posted = notices.listed(home, limit=LATEST, standing=True)
    own = [one for one in posted if one.home == home]
    stated = {PUBLISHER: publisher}
    if own:
        asked = {fact.id for fact in kind.facts if fact.block == "contact"}
        stated |= {id: text for id, text in own[0].version.facts.items() if id in asked and text}
    if last := next((one for one in own if one.notice.kind == kind.id), None):
        stated |= carry_over.facts(last, kind, year)
    return stated


def proposed(home: str, kind: Kind) -> dict[str, str]:
    """Return the facts that a new notice of ``kind`` begins with as a proposal: the office's published letters, as many as fit."""
    wanted = [fact.id for fact in kind.facts if fact.begun == "letters"]
    said, text = "", ""
    for letter in letters.published(home, limit=LETTERS) if wanted else ():
        said += f"问：{letter.question}\n答：{letter.answer}\n"
        text = said if len(said) <= LONGEST else text
    return {id: text.strip() for id in wanted if text}


def confirm(draft: Draft, revision: int, user: int, at: datetime, kind: str, title: str, stated: dict[str, str], only: int | None) -> Draft:
    """Give a draft its kind, its title and what is stated of it, choose the table ``only`` if it is the one that fits, and order the check.

    Raises Overtaken.
    """
    with drafts.saving(draft.home, draft.id, revision, user, "edited", at) as (_session, saved):
        saved.kind, saved.title = kinds.load()[kind].id, title
        saved.facts = stated | {name: text for name, text in saved.facts.items() if text}
        if only is not None and not saved.chosen:
            saved.chosen = [only]
    return saved
