"""Which texts are nearly the same: a flood's, however they are changed, and never those of people who write in their own words."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.flood_texts import HONEST, pageless, varied
from board.rules.cases import resemblance

TEXT = "我家的补贴今年又算少了，请领导派人下来查清楚，给大家一个说法。"
HANZI = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA0)


def counted(texts):
    """How often each shingle of these texts came, and how many texts they are."""
    return Counter(one for text in texts for one in resemblance.sample(text)), len(texts)


def alike(text, texts, *, hot=False):
    return resemblance.alike(resemblance.sample(text), *counted([*texts, text]), hot=hot)


@given(st.lists(st.sampled_from(" 　,，。！!?0123456789０９三五\n-…"), min_size=1), st.integers(0, len(TEXT)))
def test_digits_marks_and_blanks_change_nothing(noise, where):
    changed = TEXT[:where] + "".join(noise) + TEXT[where:]
    assert resemblance.sample(changed) == resemblance.sample(TEXT)


@given(st.text(HANZI, max_size=6))
def test_a_few_words_behind_a_text_do_not_hide_it(words):
    assert alike(TEXT + words, [TEXT] * resemblance.FEWEST)


def test_a_text_in_other_spellings_is_the_same():
    assert resemblance.sample("ＡＢＣ钱不对１２") == resemblance.sample("abc钱不对")


@given(st.text())
def test_any_text_has_a_sample_of_bounded_size(text):
    assert 1 <= len(resemblance.sample(text)) <= resemblance.SAMPLE
    assert resemblance.sample(text) == resemblance.sample(resemblance.bare(text))


@given(st.integers(1, resemblance.FEWEST - 2))
def test_a_handful_who_write_alike_are_not_alike_enough(others):
    assert not alike(TEXT, [TEXT] * others)


@given(
    st.text(
        HANZI,
        min_size=30,
        max_size=60,
    ),
    st.text(HANZI, min_size=30, max_size=60),
)
def test_texts_that_share_nothing_are_never_alike(one, other):
    shared = set(resemblance.sample(one)) & set(resemblance.sample(other))
    assert alike(one, [other] * 50) == (len(shared) >= resemblance.ALIKE * len(resemblance.sample(one)))


@pytest.mark.parametrize("hot", [False, True])
def test_sixty_people_in_their_own_words_are_not_taken_for_the_scripts(hot):
    (first, second), flood = (pageless(), varied()), []
    for _ in range(1000):
        flood += [next(first), next(second)]
    seen, total = counted([*flood, *HONEST])

    assert [text for text in HONEST if resemblance.alike(resemblance.sample(text), seen, total, hot=hot)] == []
    assert sum(resemblance.alike(resemblance.sample(text), seen, total, hot=hot) for text in flood) >= 0.99 * len(flood)


def test_where_far_more_comes_from_one_address_half_of_a_text_is_enough():
    half = TEXT + "".join(chr(0x5000 + 7 * n) for n in range(20))
    assert not alike(half, [TEXT] * 20)
    assert alike(half, [TEXT] * 20, hot=True)
