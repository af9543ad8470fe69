"""Forms that no page of ours sent: what they name besides is not stored, and nobody reads that the system broke."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from board.models import Draft, PlaceAlias, db
from board.store.drafting import checking
from tests.actors import Page
from tests.sheets.making import made_card, made_id, made_phone
from tests.web.drafting import ROSTER, draft_of, pastes


def sent(clerk, page: Page, step: str, **fields: str) -> int:
    """Send a form of a draft with whatever fields, and return how it was answered."""
    address = f"{draft_of(page)}/{step}"
    hidden = clerk.sees(f"{draft_of(page)}/facts").form("存好").fields
    kept = {name: hidden[name][0] for name in ("csrf_token", "revision")}
    return clerk.client.post(address, data=kept | fields).status_code


def draft(page: Page) -> Draft:
    db.session.rollback()
    return db.session.get_one(Draft, tuple(draft_of(page).split("/")[2:]), populate_existing=True)


@pytest.mark.parametrize("number", [made_id(), made_card(), made_phone()])
def test_no_number_gets_in_as_the_name_of_a_field(clerk, number):
    page = pastes(clerk, ROSTER)
    sent(clerk, page, "ready", **{f"reason-{number}": "因为", "reason-same_amount": "都是一样的地"})
    sent(clerk, page, "rows", **{f"place-张三{number}": "510521116004", "place-高洞": "510521116004"})

    assert {key: said for key, said in draft(page).answers.items() if not key.endswith(":of")} == {"same_amount": "都是一样的地"}
    assert db.session.scalars(select(PlaceAlias.written)).all() == ["高洞"]


def test_a_cell_that_is_on_no_page_is_not_changed(clerk):
    page = pastes(clerk, ROSTER)
    assert sent(clerk, page, "rows", **{"cell-2-9999": "远", "cell-9999999-1": "远", "cell-2-1": "张小四"}) == 302

    found = checking.found(draft(page))
    assert (found.row_count, found.errors, "四" in found.letters) == (3, [], True)
    assert max(found.heads) == 4


@pytest.mark.parametrize("fields", [{"go": "page-²"}, {"go": f"page-{'9' * 5000}"}, {"go": "more", "empty": "9" * 5000}, {"first": "-9"}])
def test_a_table_typed_by_hand_takes_any_button(clerk, fields):
    page = pastes(clerk, ROSTER)

    assert sent(clerk, page, "by-hand", **{"row-0-name": "张小三", "row-999999999-name": "李四"}, **fields) == 302
