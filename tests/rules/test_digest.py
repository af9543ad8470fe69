"""Fingerprints: alike for alike, different for whatever differs, and silent about what they cover."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules import digest

words = st.text(max_size=12)
values = st.recursive(st.none() | st.booleans() | st.integers() | words, lambda inner: st.lists(inner, max_size=3), max_leaves=6)


def test_the_canonical_form_is_one_that_anybody_can_make_again():
    assert digest.canonical({"b": 1, "a": "补贴"}) == '{"a":"补贴","b":1}'.encode()


@given(values | st.dictionaries(words, values | st.floats(allow_nan=False), max_size=5))
def test_the_canonical_form_is_jsons_own_with_sorted_keys_and_no_spaces(value):
    assert digest.canonical(value) == json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_what_is_no_json_has_no_digest():
    with pytest.raises(TypeError, match="not JSON serializable"):
        digest.of("sha256", Decimal(1))


@given(st.dictionaries(words, values, max_size=5))
def test_the_order_of_a_mapping_does_not_matter(mapping):
    turned = dict(reversed(mapping.items()))

    assert digest.canonical(mapping) == digest.canonical(turned)
    assert json.loads(digest.canonical(mapping)) == mapping


@given(st.lists(values, max_size=4), st.lists(values, max_size=4))
def test_two_lists_of_values_share_a_digest_only_when_they_are_the_same(one, other):
    assert (digest.of("sha256", *one) == digest.of("sha256", *other)) is (digest.canonical(one) == digest.canonical(other))


def test_what_stands_in_one_value_cannot_move_into_the_next():
    assert digest.of("sha256", "张三", "4") != digest.of("sha256", "张三4", "") != digest.of("sha256", '张三","4')


def test_a_digest_is_plain_sha_256_over_the_canonical_list():
    assert digest.of("sha256", "补贴", 1) == hashlib.sha256('["补贴",1]'.encode()).hexdigest()


@given(words, words)
def test_a_commitment_changes_with_its_salt(one, other):
    assert (digest.commitment("sha256", one, "张三") == digest.commitment("sha256", other, "张三")) is (one == other)


@given(st.text("0123456789abcdef", max_size=32), st.lists(values, min_size=1, max_size=4))
def test_a_commitment_is_plain_sha_256_over_the_list_of_salt_and_values(salt, committed):
    plain = json.dumps([salt, *committed], ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert digest.commitment("sha256", salt, *committed) == hashlib.sha256(plain.encode()).hexdigest()


ROWS = [(1, "a" * 64, "b" * 64), (2, "c" * 64, "d" * 64)]


@pytest.mark.parametrize(
    "other",
    [
        digest.part("sha256", "510521116005", ROWS, {"amount": "2.00"}),
        digest.part("sha256", "510521116004", ROWS[:1], {"amount": "2.00"}),
        digest.part("sha256", "510521116004", ROWS[::-1], {"amount": "2.00"}),
        digest.part("sha256", "510521116004", [(1, "a" * 64, "b" * 64), (3, "c" * 64, "d" * 64)], {"amount": "2.00"}),
        digest.part("sha256", "510521116004", [(1, "b" * 64, "a" * 64), ROWS[1]], {"amount": "2.00"}),
        digest.part("sha256", "510521116004", ROWS, {"amount": "2.01"}),
        digest.part("sha256", "510521116004", ROWS, {"area": "2.00"}),
        digest.part("sha256", "510521116004", ROWS, {}),
    ],
)
def test_a_parts_digest_covers_its_place_its_rows_in_order_and_its_totals(other):
    assert other != digest.part("sha256", "510521116004", ROWS, {"amount": "2.00"})


def test_the_order_of_the_parts_is_not_part_of_a_version():
    parts = [("510521116004", "a" * 64), ("510521116005", "b" * 64)]

    assert digest.version("sha256", {}, {}, ("a", "b"), parts) == digest.version("sha256", {}, {}, ("a", "b"), parts[::-1])


@pytest.mark.parametrize(
    "other",
    [
        digest.version("sha256", {"title": "2"}, {"kind": {}}, ("2026-11-20", "2026-11-27"), [("4", "a")]),
        digest.version("sha256", {"title": "1"}, {"kind": {"id": 1}}, ("2026-11-20", "2026-11-27"), [("4", "a")]),
        digest.version("sha256", {"title": "1"}, {"kind": {}}, ("2026-11-20", "2026-11-28"), [("4", "a")]),
        digest.version("sha256", {"title": "1"}, {"kind": {}}, ("2026-11-20", "2026-11-27"), [("5", "a")]),
        digest.version("sha256", {"title": "1"}, {"kind": {}}, ("2026-11-20", "2026-11-27"), [("4", "b")]),
        digest.version("sha256", {"title": "1"}, {"kind": {}}, ("2026-11-20", "2026-11-27"), []),
    ],
)
def test_a_versions_digest_covers_all_it_is_made_of(other):
    assert other != digest.version("sha256", {"title": "1"}, {"kind": {}}, ("2026-11-20", "2026-11-27"), [("4", "a")])


def test_paper_carries_the_first_eight_characters_in_two_groups():
    assert digest.short("7f3a91c25be0" + "0" * 52) == "7F3A 91C2"
