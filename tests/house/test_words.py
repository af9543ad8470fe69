"""Every word of the pages is there in English, with the same blanks to fill."""

from __future__ import annotations

import re
from functools import cache

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.house.tree import ROOT

ENGLISH = ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po"
BLANK = re.compile(r"%\(\w+\)[sd]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@cache
def said() -> dict[str, str]:
    """Return every sentence that the pages say, and where."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping, "babel.cfg")
    found: dict[str, str] = {}
    for file, line, message, *_ in extract_from_dir(ROOT, methods, options, keywords={"_": None, "gettext": None, "ngettext": (1, 2)}):
        for one in message if isinstance(message, tuple) else (message,):
            found.setdefault(one, f"{file}:{line}")
    return found


@cache
def english() -> Catalog:
    """Return the English catalogue."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def test_every_sentence_is_there_in_english() -> None:
    def told(text: str) -> bool:
        message = english().get(text)
        return isinstance(message, Message) and bool(message.string) and not message.fuzzy

    assert {text: place for text, place in said().items() if not told(text)} == {}


def test_both_languages_have_the_same_blanks_to_fill() -> None:
    wrong = {
        one.id: one.string for one in english() if one.id and sorted(BLANK.findall(str(one.id))) != sorted(BLANK.findall(str(one.string)))
    }
    assert wrong == {}


def test_the_english_is_english() -> None:
    assert [one.string for one in english() if one.id and CHINESE.search(str(one.string)) and "中文" not in str(one.string)] == []


def test_no_page_has_chinese_outside_its_sentences() -> None:
    kept = re.compile(r"\{#.*?#\}|_\((?:'[^']*'|\"[^\"]*\")|'中文'", re.DOTALL)
    found = []
    for page in sorted((ROOT / "templates").rglob("*.html")):
        rest = kept.sub("", page.read_text("utf-8"))
        found += [f"{page.relative_to(ROOT)}: {line.strip()}" for line in rest.splitlines() if CHINESE.search(line)]
    assert found == []
