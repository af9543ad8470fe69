"""Words without spaces: what is kept of a text, and what a typed word asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules import tokenizer
from board.rules.tokenizer import Every, Phrase

HAN = st.text("黄桷村耕地力保护补贴〇㙍𡌶", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("黄桷村", ["黄桷", "桷村", "村"]),
        ("村", ["村"]),
        ("2026年耕地", ["2026", "年耕", "耕地", "地"]),
        ("川农发〔2026〕12号", ["川农", "农发", "发", "2026", "12", "号"]),
        ("ＧＰＳ　地块", ["gps", "地块", "块"]),
        ("𡌶田", ["𡌶田", "田"]),
        ("（）、。 -", []),
        ("", []),
    ],
)
def test_what_is_kept_of_a_text(text: str, kept: list[str]) -> None:
    assert tokenizer.tokens(text) == kept


@pytest.mark.parametrize(
    ("word", "asks"),
    [
        ("黄桷村", Phrase(("黄桷", "桷村"))),
        ("村", Phrase(("村",), begins=True)),
        ("2026年", Phrase(("2026", "年"), begins=True)),
        ("2026", Phrase(("2026",), begins=True)),
        ("地2026", Phrase(("地", "2026"), begins=True)),
        ("〔12〕号令", Phrase(("12", "号令"))),
        ("\"* OR '", Phrase(("or",), begins=True)),
        ("●●", None),
    ],
)
def test_what_a_word_asks_for(word: str, asks: Phrase | None) -> None:
    assert tokenizer.phrase(word) == asks


def test_words_are_parted_by_spaces_and_commas_and_what_is_none_is_left_out() -> None:
    assert tokenizer.words("黄桷村，耕地\u3000补贴、！ 2026") == ["黄桷村", "耕地", "补贴", "2026"]
    assert len(tokenizer.words("村 " * 100)) == tokenizer.MOST_WORDS


def stands_in(asked: Phrase, kept: list[str]) -> bool:
    """Return whether a phrase is found among the tokens of a text, as both databases look for it."""
    *whole, last = asked.tokens
    for start in range(len(kept) - len(whole)):
        end = kept[start + len(whole)]
        if kept[start : start + len(whole)] == whole and (end.startswith(last) if asked.begins else end == last):
            return True
    return False


@given(HAN, HAN, HAN)
def test_every_part_of_a_text_finds_it(before: str, word: str, after: str) -> None:
    asked = tokenizer.phrase(word)
    assert asked
    assert stands_in(asked, tokenizer.tokens(before + word + after))


@given(HAN, st.text("黄桷村耕地", min_size=2, max_size=6))
def test_what_does_not_stand_in_a_text_does_not_find_it(text: str, word: str) -> None:
    asked = tokenizer.phrase(word)
    assert asked
    assert stands_in(asked, tokenizer.tokens(text)) is (word in text)


@given(HAN, st.integers(0, 99_999), HAN)
def test_a_figure_between_characters_is_found_with_them(before: str, figure: int, after: str) -> None:
    asked = tokenizer.phrase(f"{before}{figure}{after}")
    assert asked
    assert stands_in(asked, tokenizer.tokens(f"贴{before}{figure}{after}补"))


def pieces(word: str) -> list[list[str]]:
    """Return the ways in which a word's pieces are looked for, each as the texts of its pieces."""
    asked: list[list[str]] = []

    def note(piece: str) -> list[Phrase]:
        asked.append([piece])
        return []

    found = tokenizer.loosely(word, note)
    assert isinstance(found, Every)
    return asked


@pytest.mark.parametrize(
    ("word", "looked_for"),
    [
        ("耕地补贴", {"耕地", "补贴"}),
        ("黄桷村耕地", {"黄桷", "村耕地", "黄桷村", "耕地"}),
        ("耕地2026", {"耕地", "2026"}),
        ("补贴款", {"补贴款"}),
        ("一二三四五六七八九十一二三", {"一二三四五六七八九十一二三"}),
    ],
)
def test_into_which_pieces_a_word_is_cut(word: str, looked_for: set[str]) -> None:
    assert {piece for found in pieces(word) for piece in found} == looked_for


@given(HAN)
def test_a_word_in_pieces_is_never_a_long_question(word: str) -> None:
    assert len(pieces(word)) <= 60


@given(st.text())
def test_nothing_that_is_typed_makes_a_mark_of_the_program(typed: str) -> None:
    kept = tokenizer.tokens(typed) + [
        token for word in tokenizer.words(typed) if (asked := tokenizer.phrase(word)) for token in asked.tokens
    ]
    assert not [token for token in kept if tokenizer.MARK in token or not token.isalnum() and token.isascii()]
