"""A line of a proposal as a row of the table: its name sealed, each commitment with a salt of its own."""

from __future__ import annotations

from itertools import islice

from sqlalchemy import select

from board.models import Row, db
from board.store import bulk, rows
from board.store.engine import writing
from board.store.sealing import vault
from tests.store.posted import GAODONG, line, post


def test_a_line_is_stored_as_a_row_with_its_name_sealed(app):
    posted = post()
    lines = [line(GAODONG, no, name, "1.5") for no, name in enumerate(("买买提·吐尔逊", "䶮㼆", ""), 5)]
    with writing() as session:
        head = (posted.home, posted.number, 1, None)
        whole = ((*head, *rows.row(one, vault())) for one in lines)
        bulk.insert(session, Row.__table__, ("home", "number", "since", "until", *rows.COLUMNS), whole)
    found = db.session.scalars(select(Row).where(Row.number == posted.number, Row.no >= 5).order_by(Row.no)).all()

    assert [one.sealed_name and vault().open(one.sealed_name) for one in found] == [lines[0].name, lines[1].name, None]
    assert [one.name_key for one in found] == [*(vault().key("name", one.name) for one in lines[:2]), None]
    for name in set(rows.COLUMNS) & set(vars(lines[0])):
        assert [getattr(one, name) for one in found] == [getattr(one, name) for one in lines]
    assert [(one.person_key, one.account_key, one.until) for one in found] == [(None, None, None)] * 3


def test_no_two_salts_are_alike():
    given = list(islice(rows.salts(), 5000))

    assert len(set(given)) == 5000
    assert all(len(bytes.fromhex(salt)) == 16 for salt in given)
