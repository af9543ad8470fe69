"""The search terms of a notice, and the query of a search."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from board.rules.notice.search_terms import MOST_TOKENS, Filters, asked, place_in_order, tokens, under
from board.rules.tokenizer import Either, Every, Phrase, mark
from tests.rules.notice.test_page import TOWN, page

AREAS = {TOWN[:9]: ["百和镇"], TOWN[:6]: ["泸县", "泸州县"]}


def kept(**facts: str) -> list[str]:
    return tokens(page(facts=facts), {TOWN: TOWN[:9]}, ["百和镇"])


@pytest.mark.parametrize("token", ["公示", "耕地", "百和", mark("k", "cropland-subsidy"), mark("y", "2026"), mark("a", TOWN[:6])])
def test_title_kind_place_and_year_are_indexed(token):
    assert token in kept()


def test_facts_about_people_and_figures_are_not_indexed():
    found = kept(objection_person="欧阳明", objection_phone="0830-8191234", eligibility="种地农户", standard="93.6")
    assert "种地" in found
    assert not {"欧阳", "阳明", "8191234", "93"} & set(found)


def test_the_words_of_a_fund_are_marked_for_its_filter():
    assert mark("f", "中央") in kept(fund_source="中央资金")


def test_the_index_of_one_notice_is_bounded():
    assert len(kept(eligibility="种" * 20_000)) == MOST_TOKENS


def test_a_later_posting_comes_first_and_of_one_second_the_higher_number():
    one = datetime(2026, 11, 22, tzinfo=UTC)
    order = [place_in_order(one, "123456789"), place_in_order(one, "223456789"), place_in_order(one.replace(second=1), "000000000")]
    assert order == sorted(set(order))


@pytest.mark.parametrize(
    ("word", "prefixes"), [("百和镇", [TOWN[:9]]), ("百和", [TOWN[:9]]), ("泸州", [TOWN[:6]]), ("百", []), ("合江", [])]
)
def test_a_word_may_name_an_area(word, prefixes):
    assert under(AREAS, word) == [Phrase((mark("a", prefix),)) for prefix in prefixes]


def test_an_empty_search_has_no_query():
    assert asked(" ，", Filters(), AREAS, loosely=False) is None


def test_all_words_and_filters_must_match():
    query = asked("百和 补贴", Filters(year="2026"), AREAS, loosely=False)
    assert query == Every((
        Either((Phrase(("百和",)), Phrase((mark("a", TOWN[:9]),)))),
        Either((Phrase(("补贴",)),)),
        Phrase((mark("y", "2026"),)),
    ))  # fmt: skip
