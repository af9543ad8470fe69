"""Offices are not ranked, scored or compared by a closing rate (国办函〔2026〕12号): no page, kind or policy does, and no address sorts."""

from __future__ import annotations

import re

import pytest

from board.models import Base
from board.rules.cases import figures
from tests.house.tree import ROOT

RANKS = re.compile(
    r"排名|排行|排序|名次|得分|积分|评分|打分|分数|最差|最好的乡镇|落后|先进|红黑榜|末位|办结率|办结比|完成率|满意率|满意度", re.IGNORECASE
)
RANKS_ENGLISH = re.compile(
    r"\b(rank\w*|scor\w+|points?|leaderboard|league table|clos(?:ing|ure) rate|worst|best township)\b", re.IGNORECASE
)
SORTS = re.compile(r"""[?&;"']sort(?:_?by)?\s*=|name="(?:sort|order|rank)"|\bsort=|\|\s*sort\b|dictsort""")
COLUMNS = re.compile(r"rank|score|points|ratio|percent|_rate$")
# What stands in a text all the same, and why.
ALLOWED = {
    "给答复打分": "the log's word for a villager who says in one of five words what he thinks of an answer to him; nobody adds these up",
    "给答复打了分。": "as above, on the case's own page",
}
FOLDERS = ("templates", "board/kinds", "board/policies")
COUNTY = ("templates/county", "board/web/county")


def texts(*folders: str) -> dict[str, str]:
    """The text of each file of data and pages below some folders."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in (".html", ".toml", ".py", ".typ")]
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in sorted(found)}


def without_allowed(text: str) -> str:
    for words in ALLOWED:
        text = text.replace(words, "")
    return text


def test_no_page_kind_or_policy_ranks_or_scores_anybody() -> None:
    found = {name: RANKS.findall(without_allowed(text)) for name, text in texts(*FOLDERS).items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_no_sentence_of_the_pages_ranks_or_scores_in_chinese() -> None:
    said = (ROOT / "translations" / "messages.pot").read_text("utf-8")
    assert RANKS.findall(without_allowed(said)) == []


def test_no_sentence_of_the_pages_ranks_or_scores_in_english() -> None:
    lines = (ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po").read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith(("msgstr", '"')) and RANKS_ENGLISH.search(line)] == []


def test_no_page_of_the_county_sorts_by_what_a_reader_asks_for() -> None:
    found = {name: SORTS.findall(text) for name, text in texts(*COUNTY).items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_no_table_keeps_a_rank_a_score_or_a_rate() -> None:
    named = [f"{table.name}.{column.name}" for table in Base.metadata.sorted_tables for column in table.columns]
    assert [name for name in named if COLUMNS.search(name.split(".")[1])] == []


def test_no_figure_is_a_share_of_the_closed_ones() -> None:
    assert not [name for name in figures.FIGURES if "rate_" in name or "score" in name or "rank" in name]


@pytest.mark.parametrize("words", ["各镇办结率排名", "本季度得分", "红黑榜"])
def test_a_page_that_ranks_would_be_found(words: str) -> None:
    assert RANKS.search(words)


def test_what_is_allowed_is_still_said_somewhere_and_has_a_reason() -> None:
    said = "".join(texts(*FOLDERS).values()) + (ROOT / "translations" / "messages.pot").read_text("utf-8")
    assert [words for words, why in ALLOWED.items() if words not in said or len(why) < 20] == []
