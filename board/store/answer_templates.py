"""Templates of answers: texts that an office keeps for a category of cases; a county's are read by all its townships.

A removed one keeps its id and its ledger entries, has empty texts, and cannot be written or used again.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from board.models import AnswerTemplate, User, db
from board.rules.areas import DIGITS, prefix
from board.store import ledger, people, sealing
from board.store.engine import writing


class Removed(Exception):
    """The template was removed meanwhile, or never was."""


@dataclass(frozen=True)
class Wording:
    """What a template says, and to which category of cases."""

    category: str
    title: str
    text: str


def offices(code: str) -> list[str]:
    """Return the codes of the offices whose templates an office uses: its own, and those above it up to the county."""
    return list(dict.fromkeys([code, *(prefix(code, level).ljust(DIGITS["village"], "0") for level in ("township", "county"))]))


def listed(homes: Sequence[str], category: str = "") -> list[AnswerTemplate]:
    """Return the templates of offices that stand, of a category ("": all), those of the first office first."""
    query = select(AnswerTemplate).where(AnswerTemplate.home.in_(homes), AnswerTemplate.removed_at.is_(None))
    found = db.session.scalars(query.where(AnswerTemplate.category == category) if category else query)
    return sorted(found, key=lambda one: (homes.index(one.home), one.category, one.title, one.id))


def one(home: str, id: str) -> AnswerTemplate | None:
    """Return a template that stands, or None."""
    found = db.session.get(AnswerTemplate, (home, id))
    return found if found and found.removed_at is None else None


def write(home: str, id: str, wording: Wording, user: int, at: datetime) -> AnswerTemplate:
    """Keep a new template (``id`` "") or rewrite one of the office, and return it. Raises Removed."""
    with writing() as session:
        found = AnswerTemplate(home=home, id=secrets.token_hex(6)) if not id else _standing(home, id)
        found.category, found.title, found.text = wording.category, wording.title, wording.text
        found.made_by, found.at = user, at.replace(microsecond=0)
        session.add(found)
        ledger.append(home, at, people.username(user), "template.written", found.id, category=found.category, words=digest(found))
    return found


def remove(home: str, id: str, user: int, at: datetime) -> None:
    """Remove a template: its texts are deleted, its entries stay. Raises Removed."""
    with writing():
        found = _standing(home, id)
        found.title, found.text, found.removed_at = "", "", at.replace(microsecond=0)
        ledger.append(home, at, people.username(user), "template.removed", id)


def _standing(home: str, id: str) -> AnswerTemplate:
    found = db.session.get(AnswerTemplate, (home, id), with_for_update=True, populate_existing=True)
    if found is None or found.removed_at:
        raise Removed
    return found


def digest(one: AnswerTemplate) -> str:
    """Return the keyed digest of a template's texts; keyed, since the log is public and a short text could be guessed."""
    return sealing.vault().key("template", f"{one.home}/{one.id}/{one.title}\n{one.text}")


def evidence(home: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return (id,) -> what the table says of each template of a home, as its ledger entries give it."""
    rows = select(AnswerTemplate, User.username).outerjoin(User, User.id == AnswerTemplate.made_by).where(AnswerTemplate.home == home)
    return {
        (home, one.id): {
            "category": one.category,
            "words": digest(one) if one.title or one.text else "",
            "written": (username, ledger.moment(one.at)),
            "removed": ledger.moment(one.removed_at) if one.removed_at else None,
        }
        for one, username in db.session.execute(rows)
    }
