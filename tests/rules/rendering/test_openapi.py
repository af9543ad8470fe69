"""The description of our JSON, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from board.rules.bilingual import Words
from board.rules.rendering.openapi import description


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from leaves(one)
    else:
        yield value


@pytest.mark.parametrize(("language", "title"), [("zh", "明白公开栏的数据"), ("en", "The data of Mingbai")])
def test_it_is_plain_json_in_one_language(language, title):
    found = description("https://example.org", language)
    assert found["info"]["title"] == title
    assert found["servers"] == [{"url": "https://example.org"}]
    assert not any(isinstance(one, Words) for one in leaves(found))


def test_every_schema_that_is_referred_to_is_there():
    found = description("https://example.org", "en")
    schemas = {f"#/components/schemas/{name}" for name in found["components"]["schemas"]}
    referred = {one for one in leaves(found) if isinstance(one, str) and one.startswith("#/")}
    assert referred
    assert referred <= schemas


def test_both_languages_describe_the_same_addresses():
    assert [list(description("", language)["paths"]) for language in ("zh", "en")] == [
        ["/n/{number}.json", "/n/{number}/{place}.json", "/a/{code}/totals.json", "/a/{code}/catalogue.json"]
    ] * 2
