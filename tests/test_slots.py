"""Heavy tasks are bounded: a few at once, a few waiting, and the rest refused without delay."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from board.slots import Busy, Slots


def test_a_request_beyond_slots_and_queue_is_refused_at_once() -> None:
    slots, begun, released = Slots(running=2, waiting=1, patience=60), Barrier(3), Event()

    def sets() -> None:
        with slots.slot():
            begun.wait()
            released.wait()

    with ThreadPoolExecutor(3) as threads:
        done = [threads.submit(sets) for _ in range(2)]
        begun.wait()
        waiting = threads.submit(_entered, slots)
        while slots._admitted.acquire(blocking=False):  # until the third request occupies the queue
            slots._admitted.release()
        with pytest.raises(Busy), slots.slot():
            pass
        released.set()
        assert waiting.result()
        assert [one.result() for one in done] == [None, None]
    assert _entered(slots)


def test_a_request_that_waits_too_long_is_refused_and_leaves_the_queue() -> None:
    slots = Slots(running=1, waiting=1, patience=0.01)
    for _ in range(3):
        with slots.slot(), pytest.raises(Busy), slots.slot():
            pass


def _entered(slots: Slots) -> bool:
    with slots.slot():
        return True
