"""The index of the search: it says of each notice what stands in force, whatever is posted, corrected, renamed or taken down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from board.models import Notice, Version, db
from board.rules.notice.search_terms import Filters
from board.store import areas, notices, people, search, search_index
from board.store.engine import writing
from board.store.notices import Posted
from tests.store import announced
from tests.store.posted import AT, GAODONG, NEXT, TOWN


@pytest.fixture
def four(once: Callable[..., list[str]]) -> list[Posted]:
    """Four notices, the oldest first."""
    return announced.found(once("four", announced.four))


def found(four: list[Posted], words: str, area: str = "") -> list[int]:
    """Return which of the four notices are found, from the top: 0 is the oldest."""
    numbers = [posted.number for posted in four]
    return [numbers.index(one.number) for one in search.find(words, Filters(area=area), size=20).posted]


def entries(app: Flask) -> list[tuple[Any, ...]]:
    """Return the whole index as the database has it."""
    db.session.rollback()
    return [tuple(row) for row in db.session.execute(db.text("SELECT * FROM search_index ORDER BY 2, 3"))]


def test_a_notice_that_was_taken_down_is_not_found(four: list[Posted]) -> None:
    reviewer = people.named("baihe-reviewer")
    assert reviewer
    notices.take_down(four[3], reviewer.id, "金额有误", AT + timedelta(hours=5))
    assert found(four, "耕地") == [0]


def test_a_renamed_place_is_found_by_both_names(four: list[Posted], app: Flask) -> None:
    areas.rename(GAODONG, "新高洞社区居民委员会", "luxian-admin", AT)
    assert found(four, "新高洞") == [3, 2, 0]
    assert found(four, "高洞社区") == [3, 2, 0]


def test_a_file_of_areas_renames_too(four: list[Posted], app: Flask) -> None:
    areas.load(f"code,name,level,parent\n{GAODONG},望江社区居民委员会,village,{TOWN}\n", "console", AT)
    assert found(four, "望江社区") == [3, 2, 0]


def test_an_area_that_took_another_over_is_found_by_that_name(four: list[Posted], app: Flask) -> None:
    into = next(one for one in areas.children(TOWN) if one.code not in (GAODONG, NEXT))
    areas.merge(NEXT, into.code, "luxian-admin", AT)
    assert found(four, "种粮", area=NEXT) == [1]


def test_a_correction_is_found_by_its_own_words_at_its_own_place_in_the_list(four: list[Posted], app: Flask) -> None:
    with writing() as session:
        notice = session.get_one(Notice, (TOWN, four[0].number))
        first = session.get_one(Version, (TOWN, four[0].number, 1))
        columns = {column.key: getattr(first, column.key) for column in Version.__mapper__.columns}
        session.add(Version(**columns | {"no": 2, "title": "百和镇2026年耕地补贴更正", "posted_at": AT + timedelta(hours=9)}))
        notice.current = 2
        session.flush()
        search_index.put([notice])
    assert found(four, "更正") == [0]
    assert found(four, "百和") == [0, 3, 2, 1]


def test_an_index_made_anew_is_the_same_and_loses_what_does_not_belong(four: list[Posted], app: Flask) -> None:
    before = entries(app)
    with writing() as session:
        session.get_one(Notice, (TOWN, four[1].number)).withdrawn_at = AT
        session.execute(db.text("DELETE FROM search_index WHERE number = :number"), {"number": four[2].number})
    result: Result = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert result.output.endswith("notices.\n"), result.output
    assert entries(app) == [entry for entry in before if four[1].number not in entry]
    assert found(four, "百和") == [3, 2, 0]
