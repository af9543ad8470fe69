"""What the supervision committees of the demo's villages say of its notices, through the real functions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from board.demo.staff import staff
from board.models import Draft
from board.rules.calendar import day_of
from board.rules.notice.opinion import Objection, Opinion
from board.store.drafting import opinions


def says(draft: Draft, said: dict[str, Any], clerk: int, at: datetime) -> None:
    """Let a committee confirm a submitted draft: its supervisor (``by``) on his phone, with an ``objection`` and the office's ``reply``
    where there is one, or whoever signed the paper (``name``)."""
    digest = draft.proposal_digest or ""
    if "by" not in said:
        opinions.enter(draft, Opinion(digest, "agreed", "paper", day_of(at)), said["name"], b"", clerk, at)
        return
    person = staff(said["by"])
    if "objection" not in said:
        opinions.confirm(draft, digest, person.id, at)
        return
    opinions.object(draft, digest, Objection(**said["objection"]), person.id, at)
    if "reply" in said:
        opinions.reply(draft, digest, {0: said["reply"]}, clerk, at)
