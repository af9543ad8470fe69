"""The empty page of a kind, which its author reads before it is used."""

from __future__ import annotations

import pytest

from board import kinds
from board.rules.rendering.empty_page import empty_page


@pytest.mark.parametrize("kind", kinds.load().values(), ids=kinds.load())
def test_every_fact_and_column_is_on_the_empty_page(kind):
    page = empty_page(kind)

    for one in (*kind.facts, *kind.columns):
        assert one.label.zh in page
    assert "{" not in page
    assert kind.basis.zh in page


def test_it_says_what_is_compared_and_how_long_it_hangs():
    page = empty_page(kinds.load()["village-finance"])

    assert "每一行要对得上：余额 = 上一行的余额 + 收入 − 支出" in page
    assert "公示多久：15 天（《中华人民共和国村民委员会组织法》第三十五条" in page
    assert "明细，一行是一笔" in page
    assert "凭证号（只给工作人员看）" in page


def test_a_kind_without_a_roster_has_no_rows():
    assert "明细" not in empty_page(kinds.load()["land-pre-notice"])
