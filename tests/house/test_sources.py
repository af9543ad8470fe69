"""Every source that the tree cites stands in docs/sources.md, and everything that stands there is cited, named or marked."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import ROOT, texts

PAGE, OWN = "docs/sources.md", "tests/house/test_sources.py"
ENTRIES = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", (ROOT / PAGE).read_text("utf-8"), re.MULTILINE | re.DOTALL))
TREE = [(name, text) for name, text in texts() if name not in (PAGE, OWN)]
CITATION = re.compile(r"docs/sources\.md: ([a-z0-9-]+(?:, [a-z0-9-]+)*)|sources\.md#([a-z0-9-]+)")
ARTICLES = re.compile(r"《(?:中华人民共和国)?([^》]+)》((?:、?第[一二三四五六七八九十百]+条(?:第[一二三四五六七八九十]+项)?)+)")
# Documents of the people who wrote the program, which nobody can open who has only the tree.
UNFOLLOWABLE = re.compile(r"\bdomain(?:\.md)?(?: facts)? \d|\b(?:DESIGN|STYLE|TECH)\.md\b|\blaw \d|\b(?:domain|house|law-2026)\.md\b")


def cited() -> set[tuple[str, str]]:
    """Return (file, id) of every citation by id."""
    found = [(name, ids or link) for name, text in TREE for ids, link in CITATION.findall(text)]
    return {(name, one) for name, ids in found for one in ids.split(", ")}


def by_article() -> set[tuple[str, str]]:
    """Return (law, article) of every article that a kind or a policy names."""
    data = [text for name, text in TREE if name.startswith(("board/kinds/", "board/policies/"))]
    found = [(law, articles) for text in data for law, articles in ARTICLES.findall(text)]
    return {(law, article) for law, articles in found for article in articles.split("、")}


def names(body: str) -> list[str]:
    """Return the words by which an entry is named in the tree: the code spans behind "Named as"."""
    told = re.search(r"^Named as: (.+)$", body, re.MULTILINE)
    return re.findall(r"`([^`]+)`", told[1]) if told else []


def articles(body: str) -> set[tuple[str, str]]:
    """Return (law, article) of every article that an entry's first line is about."""
    first = body.strip().split("\n\n")[0].replace("\n", " ")
    law = re.match(r"《([^》]+)》", first)
    return {(law[1], one) for one in re.findall(r"第\S+?条(?:第\S+?项)?", first)} if law else set()


def test_every_id_is_a_word_of_the_page_once() -> None:
    ids = re.findall(r"^### (.+)$", (ROOT / PAGE).read_text("utf-8"), re.MULTILINE)

    assert sorted(ids) == sorted(ENTRIES)
    assert [one for one in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one)] == []


def test_every_cited_source_exists() -> None:
    assert {(name, one) for name, one in cited() if one not in ENTRIES} == set()


def test_every_article_that_a_kind_names_has_an_entry() -> None:
    assert by_article() - {one for body in ENTRIES.values() for one in articles(body)} == set()


@pytest.mark.parametrize(("one", "body"), ENTRIES.items(), ids=list(ENTRIES))
def test_a_source_is_cited_or_named_or_marked_as_background(one: str, body: str) -> None:
    here = [text for _, text in TREE]
    used = one in {each for _, each in cited()} or bool(articles(body) & by_article()) or bool(names(body))

    assert [words for words in names(body) if not any(words in text for text in here)] == []
    assert used != ("\nBackground.\n" in body)


def test_nothing_cites_a_document_that_is_not_here() -> None:
    assert [(name, told) for name, text in TREE for told in UNFOLLOWABLE.findall(text)] == []
