"""From what a reader typed to a page of notices: all the words first, their pieces where nothing has all, and the key to the next page."""

from __future__ import annotations

import pytest

from board.rules.notice.search_terms import Filters
from board.store import areas, notices, search
from tests.store import announced
from tests.store.posted import AT, GAODONG, TOWN

ALL = Filters()


@pytest.fixture
def four(once):
    """The numbers of four notices, the oldest first."""
    return once("four", announced.four)


def found(four, words, filters=ALL, **more):
    """Return which of the four are on a page, its key to the next, and whether these have only the pieces."""
    page = search.find(words, filters, **{"size": 9, **more})
    return [four.index(posted.number) for posted in page.posted], page.next, page.loosely


@pytest.mark.parametrize(
    ("words", "filters", "right", "loosely"),
    [
        ("耕地", ALL, [3, 0], False),
        ("补贴2026年", ALL, [1, 0], True),  # no notice has these words side by side
        ("没有的词", ALL, [], True),
        ("，。", ALL, [], False),  # nothing to look for
        ("", ALL, [], False),
        ("", Filters(kind="grain-subsidy"), [1], False),
        ("补贴", Filters(year="2027"), [3], False),
        ("没有的词", Filters(year="2027"), [], True),
        ("", Filters(area=GAODONG, fund="中央财政"), [3, 0], False),
    ],
)
def test_all_the_words_come_first_and_their_pieces_where_nothing_has_all(four, words, filters, right, loosely):
    assert found(four, words, filters) == (right, None, loosely)


@pytest.mark.parametrize(("words", "pages"), [("百和镇", [[3, 2], [1, 0]]), ("补贴2026年", [[1, 0]])])
def test_pages_follow_each_other_without_gap_or_repeat(four, words, pages):
    seen, behind = [], {}
    while behind is not None:
        shown, key, loosely = found(four, words, size=2, **behind)
        seen.append(shown)
        behind = {"before": key, "loosely": loosely} if key else None

    assert seen == pages


def test_a_page_behind_the_last_is_not_looked_for_again_by_pieces(four):
    _shown, key, _loosely = found(four, "补贴", size=2)

    assert found(four, "耕地补贴 2026", before=key) == ([], None, False)


def test_what_is_found_is_the_notice_as_it_stands(four, reviewer):
    notices.take_down(notices.find(four[3]), reviewer, "数算错了", AT)

    assert found(four, "耕地")[0] == [0]


def test_places_above_the_village_are_called_by_all_their_names(app):
    areas.rename(TOWN, "新百和镇", "luxian-admin", AT)
    called = search.called()

    assert called[TOWN[:9]] == ["新百和镇", "百和镇"]
    assert called["5105"] == ["泸州市"]
    assert GAODONG not in called
