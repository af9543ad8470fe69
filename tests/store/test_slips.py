"""A village's households of a year over all notices, the cards printed for them, and the household that a card opens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from board.models import db
from board.rules.place_names import group_key
from board.store import ledger, notices, slips
from tests.store.corrected import correct, figure
from tests.store.posted import AT, GAODONG, NEXT, post

TODAY = date(2026, 11, 22)


def cards(place=GAODONG):
    """Return a card's key and its household for each household of a village."""
    return [(one.name, one) for one in slips.village(place, slips.books(place, TODAY)).households]


def renew(keys, group=None, year=2026, at=AT):
    slips.renew(GAODONG, year, keys, group, "baihe-clerk", at)


def sums(household):
    return sorted(row.amount for row in household.rows)


def test_a_household_has_its_rows_of_all_notices(app):
    post()
    post("grain-subsidy")

    assert [sums(one) for _key, one in cards()] == [[46332, 46332], [18720, 18720], [10296, 10296], [28080, 28080]]
    assert [sums(one) for _key, one in cards(NEXT)] == [[46800, 46800]]


@pytest.mark.parametrize(("today", "books"), [(TODAY, 1), (date(2026, 1, 1), 1), (date(2025, 12, 31), 0), (date(2027, 1, 1), 0)])
def test_books_are_those_of_this_year_with_a_part_for_the_village(posted, today, books):
    assert len(slips.books(GAODONG, today).posted) == books
    assert slips.books("510521117001", today).posted == {}


def test_relief_is_in_no_book_and_what_was_taken_down_is_closed(app, reviewer):
    relief, other, second = post("social-assistance"), post(), post("grain-subsidy")
    notices.take_down(second, reviewer, "数算错了", AT)
    books = slips.books(GAODONG, TODAY)

    assert relief.number not in books.posted
    assert (set(books.posted), books.closed) == ({other.number, second.number}, {second.number})
    assert slips.contacts(books).number == other.number


def test_a_card_opens_its_household_with_the_figures_in_force(posted):
    renew(cards())
    key, _household = cards()[0]
    correct(posted, figure("张小三", "5", "468"), at=AT + timedelta(days=3))
    card = slips.find(key)

    assert sums(slips.household(card, slips.books(GAODONG, TODAY))) == [46800]
    assert slips.find("never printed") is None


def test_new_cards_end_the_old_ones_of_the_same_groups(posted):
    old = cards()
    renew(old)
    renew([("another", old[0][1])], group=group_key("1组"), at=AT + timedelta(hours=1))

    assert [slips.find(key) for key, _household in old] == [None] * 4
    assert slips.find("another").home == GAODONG


def test_cards_of_another_group_stay_and_those_of_another_year_go(posted):
    renew(cards())
    renew([], group=group_key("2组"))
    assert slips.printed([GAODONG], 2026)[GAODONG].cards == 4
    renew([], group=group_key("2组"), year=2027)
    assert slips.printed([GAODONG], 2026)[GAODONG].cards == 0


def test_the_desk_reads_how_many_are_out_there_and_the_ledger_that_they_were_printed(posted):
    renew(cards())
    printed = slips.printed([GAODONG, NEXT], 2026)
    *_, entry = ledger.entries(GAODONG)

    assert (printed[GAODONG], printed[NEXT]) == (slips.Printed(4, AT), slips.Printed(0, None))
    assert (entry.action, entry.actor, entry.body) == ("slips.printed", "baihe-clerk", {"year": 2026, "cards": 4, "group": ""})


def test_a_namesake_who_turns_up_closes_the_card_that_could_be_either(posted):
    renew(cards())
    rows = notices.rows(posted, GAODONG)
    name = rows[0].name_key
    rows[3].name_key = name
    db.session.commit()
    card = slips.find(name)

    assert slips.household(card, slips.books(GAODONG, TODAY)) is None
    assert {row.no for row in slips.village(GAODONG, slips.books(GAODONG, TODAY)).unclear} == {1, 4}
