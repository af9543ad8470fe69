"""The demo is a whole board: what its people did stands in its ledgers in the order in which they did it."""

from __future__ import annotations

from flask_migrate import upgrade

from board import demo
from board.store import ledger
from board.store.clock import now
from board.store.proof import notices as proof


def test_its_ledgers_are_whole_and_in_the_order_of_their_times(empty_app):
    upgrade()
    posted = demo.load(now(), lambda _line: None)

    assert len(posted) > 10
    assert max(entry.at for home in ledger.homes() for entry in ledger.entries(home)) > ledger.moment(now())
    assert list(proof.faults()) == []
