"""Beside its own database an app can be over another one, with the same keys and clock."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import func, inspect, make_url, select

from board.models import Area, db
from board.store import sealing
from board.store.backup import place
from board.store.clock import now


def test_it_is_over_another_database_with_the_same_keys_and_clock(app, tmp_path):
    sealed, at, count = sealing.seal("张小三"), now(), select(func.count()).select_from(Area)
    before = db.session.scalar(count)

    with place.over(make_url(f"sqlite:///{tmp_path / 'other.sqlite'}")):
        assert inspect(db.engine).get_table_names() == []
        assert (sealing.unseal(sealed), now()) == ("张小三", at)
        assert current_app.config["PUBLIC_ADDRESS"] == "https://gk.example.cn"
    assert db.session.scalar(count) == before


def test_it_knows_every_revision_newest_first(app):
    known = place.revisions()
    assert known == sorted(known, reverse=True)
    assert known[-1] == "0001"
