"""Delays after wrong passwords (up to a minute, none on a device that the user has signed in from), and a limit per minute."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

FREE = 5  # wrong passwords in a row without a delay: people mistype
LONGEST = 60  # seconds; a stranger who keeps guessing can hold up a new device of the owner's, but for no longer than this
FORGOTTEN = timedelta(hours=1)  # without a try, after which counting starts anew; slower than LONGEST allows, so no gain for a guesser
BUSY = 2  # seconds asked of a new device while others are having their passwords checked


def bucket(username: str, device: str) -> str:
    """Return the key that failures are counted under.

    ``device`` is the id of a device on which this user has signed in before, or empty. All other devices share one count a user name, so
    that strangers who guess never hold up the owner on a known device.
    """
    return f"device:{device}:{username}" if device else f"name:{username}"


def wait(count: int, last: datetime, now: datetime) -> int:
    """Return the seconds still to wait before the next try, after ``count`` failures in a row, the newest at ``last``; 0: try now.

    1, 2, 4 … seconds from the fifth failure on, at most LONGEST. Tries refused by this rule are not failures and do not prolong it. After a
    clock that was set back by more than that, counting starts anew.
    """
    if count < FREE or not timedelta(seconds=-LONGEST) <= now - last < FORGOTTEN:
        return 0
    due = last + timedelta(seconds=min(2 ** min(count - FREE, 10), LONGEST))
    return max(0, math.ceil((due - now).total_seconds()))


@dataclass
class Minute:
    """Counts of requests in the current minute; they are dropped when the minute is over, so the memory stays small."""

    most: int
    begun: datetime | None = None
    counts: Counter[str] = field(default_factory=Counter)

    def full(self, what: str, now: datetime) -> bool:
        """Count one more, and return whether that is more than ``most`` of them in this minute."""
        if self.begun is None or not timedelta() <= now - self.begun < timedelta(minutes=1):
            self.begun, self.counts = now, Counter()
        self.counts[what] += 1
        return self.counts[what] > self.most
