"""The pages of posted notices as they stand today, one by one or many at once."""

from __future__ import annotations

from board.web.public.posted_pages import page_of, pages_of, poster_page
from tests.store.corrected import correct, without
from tests.store.posted import GAODONG, NEXT


def test_a_list_has_the_same_pages_as_each_notice_alone(posted):
    assert pages_of([posted, posted], lambda _page: GAODONG) == [page_of(posted, GAODONG)] * 2


def test_a_poster_keeps_its_version_while_another_place_is_corrected(posted):
    corrected = correct(posted, without("张小三"))
    assert [page_of(corrected, place).no for place in ("", GAODONG, NEXT)] == [2, 2, 1]
    assert poster_page(corrected, NEXT).no == 1
