"""The demo's appraisals: one of a village that is over, counted on paper by two people, and one that is open at a wall.

Beside them, where else one notice was published.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from board.demo.hanging import Act
from board.demo.staff import staff
from board.rules.appraisal import Tally
from board.rules.calendar import day_of
from board.store import appraisals, channels, walls
from board.store.notices import Posted

OVER, OPEN = "510521116227", "510521116004"
COUNTED = Tally(46, {"in_time": (21, 15, 7, 2, 1), "plain": (14, 17, 9, 4, 2), "answers": (11, 13, 12, 6, 3)})
VOTES = ((5, 4, 4), (4, 4, 3), (5, 5, 5), (3, 2, 2))


def appraise(at: datetime) -> Iterator[Act]:
    """Yield what happened to the appraisal that is over: it was opened, counted, and published in time for the demo's first day."""
    clerk, reviewer = staff("baihe-clerk").id, staff("baihe-reviewer").id
    begun = at - timedelta(14)
    yield begun, lambda: appraisals.open_for(OVER, day_of(begun), day_of(begun) + timedelta(4), clerk, begun)
    for no, person in enumerate((clerk, reviewer)):
        then = begun + timedelta(5, hours=no)
        yield then, partial(_count, person, then)
    yield at - timedelta(1), lambda: appraisals.publish_over(at - timedelta(1))


def _count(person: int, at: datetime) -> None:
    appraisals.count(OVER, at.year, COUNTED, person, at)


def open_at_wall(at: datetime) -> None:
    """Open the other village's appraisal, with some votes at its wall, which was scanned."""
    appraisals.open_for(OPEN, day_of(at), day_of(at) + timedelta(20), staff("baihe-clerk").id, at)
    wall = walls.of_place(OPEN)[0]
    for vote in VOTES:
        appraisals.vote(wall, dict(zip(COUNTED.counts, vote, strict=True)), at)


def publish_elsewhere(posted: Posted, at: datetime) -> None:
    """Note two other channels of a notice."""
    clerk, day = staff("baihe-clerk").id, posted.version.posted_on
    channels.note(posted, "website", day, "惠农补贴一栏", "https://www.luxian.example/butie/2026.html", b"", clerk, at)
    channels.note(posted, "accounts", day, "百和镇微信公众号", "https://weixin.example/baihe/2026", b"", clerk, at)
