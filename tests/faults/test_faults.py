"""A handful of the kills of ``make faults`` with every change."""

from __future__ import annotations

from tests.faults.kills import kill
from tests.faults.serving import ForkServer


def test_a_server_that_is_killed_five_times_loses_nothing_and_leaves_nothing_by_half(tmp_path):
    fork_server = ForkServer()
    try:
        tally = kill(tmp_path, fork_server, "SQLite", times=5, seconds=40, seed="every change")
    finally:
        fork_server.end()

    assert (tally.lost, tally.torn) == ([], [])
    assert tally.kills > 2
