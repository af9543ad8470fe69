"""What a department (主管部门) sees of the county's pages on duties: its own group of kinds. Auditors see all kinds."""

from __future__ import annotations

from flask_login import current_user

from board import kinds, policies
from board.rules.kind import GROUPS
from board.web.i18n import say

NOTHING = ("",)  # for a department whose group has none: no filter would show it all


def own_kinds() -> tuple[str, ...]:
    """Return the ids of the kinds that the user's pages are limited to; () is all of them."""
    if current_user.group is None:
        return ()
    return tuple(kind.id for kind in kinds.load().values() if kind.group == current_user.group) or NOTHING


def own_duties() -> tuple[str, ...]:
    """Return the ids of the duties to publish these kinds; () is all of them."""
    kept = own_kinds()
    return tuple(duty.id for duty in policies.duties().values() if duty.kind in kept) or NOTHING if kept else ()


def limited(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return of some duties (none: of all) those that are the user's to see."""
    own = own_duties()
    if not own or not wanted:
        return wanted or own
    return tuple(one for one in wanted if one in own) or NOTHING


def group_name() -> str:
    """Return the name of the user's group of kinds, or "" for those who see all."""
    return say(GROUPS[current_user.group]) if current_user.group else ""
