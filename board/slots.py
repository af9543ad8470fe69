"""A bounded number of heavy tasks at once, such as typesetting a poster or reading an upload, with a bounded queue behind them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore


class Busy(Exception):
    """All slots are in use, and the queue is full or the wait was too long."""


class Slots:
    """A bounded number of tasks at once, with a bounded queue: ``running`` at a time, ``waiting`` behind them.

    A request that waits occupies a server thread, so that without a bound a few hundred requests for long posters would block all others.
    ``patience`` is the longest wait in seconds.
    """

    def __init__(self, running: int, waiting: int, patience: float) -> None:
        self._running, self._admitted, self._patience = BoundedSemaphore(running), BoundedSemaphore(running + waiting), patience

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Hold a slot while the block runs. Raises Busy."""
        if not self._admitted.acquire(blocking=False):
            raise Busy
        try:
            if not self._running.acquire(timeout=self._patience):
                raise Busy
            try:
                yield
            finally:
                self._running.release()
        finally:
            self._admitted.release()


# Uploads of staff that are read at once: each takes up to 0.6 GB in its child process and a copy of its cells in the server.
UPLOADS = Slots(running=2, waiting=6, patience=45)
# Of villagers, whom nobody knows: beside the staff's uploads, and never in their way.
PHOTOS = Slots(running=1, waiting=3, patience=20)
