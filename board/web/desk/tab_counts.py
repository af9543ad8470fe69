"""The counts on the tabs of the menu: how much waits there for what the signed-in user acts on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, g, request
from flask_login import current_user

from board.store import tab_counts
from board.web.desk.cases import homes, own_categories, risen_categories

pages = Blueprint("tab_counts", __name__)


@dataclass(frozen=True)
class Tab:
    """The number on a tab, and where in the page behind it the list of so many is."""

    count: int
    arguments: dict[str, str]


def _wanted(role: str) -> dict[str, tuple[Any, dict[str, str]]]:
    """Return endpoint -> what is counted on its tab, and the arguments of its link while there is something."""
    if role not in ("clerk", "reviewer", "leader", "supervisor"):
        return {}
    reach = homes()
    if role == "clerk":
        return {
            "desk.home.home": (tab_counts.drafts(reach, "returned"), {}),
            "desk.cases.inbox": (tab_counts.open_cases(reach, own_categories(), risen_categories()), {}),
        }
    if role == "supervisor":
        return {"desk.cases.inbox": (tab_counts.open_cases(reach, own_categories()), {})}
    if role == "reviewer":
        return {
            "desk.home.home": (tab_counts.drafts(reach, "submitted"), {}),
            "desk.cases.inbox": (tab_counts.extensions(reach, own_categories()), {"asks": "extension"}),
            "desk.approvals.listed": (tab_counts.approvals(reach), {}),
        }
    return {
        "desk.cases.inbox": (tab_counts.open_cases(reach, own_categories()), {}),
        "desk.letters.listed": (tab_counts.returned_letters(reach), {}),
    }


@pages.app_context_processor
def counts() -> dict[str, Any]:
    """Give the staff's pages ``tabs``: endpoint -> Tab of what waits there. Asked before a page is rendered, once a request."""
    if "tabs" in g:  # asked before in this request, or not to be asked: the database is away
        return {"tabs": g.tabs}
    view = current_app.view_functions.get(request.endpoint or "") if request else None
    if not hasattr(view, "needs") or not current_user.is_authenticated or current_user.must_change:
        return {"tabs": {}}  # a public page never asks who reads it
    wanted = _wanted(current_user.role)
    found = tab_counts.counted({endpoint: query for endpoint, (query, _arguments) in wanted.items()})
    g.tabs = {endpoint: Tab(count, wanted[endpoint][1]) for endpoint, count in found.items() if count}
    return {"tabs": g.tabs}
