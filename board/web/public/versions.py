"""The state of a notice's versions: whether a reader's poster is still current, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from flask_babel import gettext as _

from board.models import Case, Version
from board.rules.notice.page import Page
from board.rules.notice.row_changes import Change, Touched
from board.store import versions
from board.store.notices import Posted
from board.web.i18n import money_first

MOST = 20  # rows, or places, that are listed one by one


@dataclass(frozen=True)
class VersionStatus:
    """What has changed in a place's poster, or in a notice, since the version ``since``.

    ``rows`` holds changed rows only while the roster is on the web; ``more`` is the number of those beyond the first ``MOST``.
    """

    state: Literal["newest", "unknown", "same", "changed"]
    since: int
    now: int
    said: str  # such as 改了 17 号、40 号; "" if no row changed
    rows: list[Change]
    more: int
    corrections: list[Version]  # only those that made a difference here, newest first
    versions: list[Version]


def version_status(
    posted: Posted, page: Page, place: str | None = None, scanned: int | None = None, *, shown: bool = False
) -> VersionStatus | None:
    """Return what has changed since version ``scanned`` (None: since the first); None if the notice has one version and none was scanned.

    ``place`` None: in the notice as a whole. ``shown``: the rows of that place may be on the web today.
    """
    newest = posted.version.no  # not that of ``page``, which has the version of the place's poster
    if newest == 1 and scanned is None:
        return None
    since, where = 1 if scanned is None else scanned, None if place is None or page.whole(place) else place
    every = versions.listed(posted) if newest > 1 else [posted.version]
    if not 1 <= since <= newest or since == newest:
        return VersionStatus("newest" if since == newest else "unknown", since, newest, "", [], 0, [], every)
    reasons = versions.corrections(posted, where, since)
    touched = versions.touched(posted, since, where)
    rows = versions.changed(posted, money_first(page.public_columns(), page.kind), since, where) if shown and touched else []
    summary = numbers(touched[where]) if where in touched else "" if where else _places(page, touched)
    state: Literal["same", "changed"] = "changed" if reasons else "same"
    return VersionStatus(state, since, newest, summary, rows[:MOST], max(len(rows) - MOST, 0), reasons, every)


def numbers(touched: Touched) -> str:
    """Return a sentence on the changed, new and removed row numbers: 改了 17 号、40 号，去掉了 3 号."""
    parts = [
        _("改了 %(rows)s", rows=_listed(touched.changed)) if touched.changed else "",
        _("新增 %(rows)s", rows=_listed(touched.new)) if touched.new else "",
        _("去掉了 %(rows)s", rows=_listed(touched.gone)) if touched.gone else "",
    ]
    return _("，").join(part for part in parts if part)


def _listed(rows: list[int]) -> str:
    first = _("、").join(_("%(no)s 号", no=no) for no in rows[:MOST])
    return first if len(rows) <= MOST else _("%(rows)s等，共 %(n)s 行", rows=first, n=len(rows))


def _places(page: Page, touched: Iterable[str]) -> str:
    """Return a sentence on the places whose rows changed, or ""."""
    names = [page.place_name(place) for place in touched]
    first = _("、").join(names[:MOST])
    if not names:
        return ""
    changed = first if len(names) <= MOST else _("%(places)s等，共 %(n)s 个地方", places=first, n=len(names))
    return _("有变化的地方：%(places)s", places=changed)


def row_became(posted: Posted, page: Page, case: Case) -> Change | None:
    """Return how corrections changed the row of a case since the case was made; None if they did not."""
    if case.row is None or case.version is None or case.version == posted.version.no:
        return None
    return versions.became(posted, money_first(page.public_columns(), page.kind), case.place, case.row, case.version)
