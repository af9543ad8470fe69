"""A ledger's chain: whole as it was written, and each way of rewriting it is told from the others."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules import digest, hash_chain
from board.rules.hash_chain import Broken, Early, Entry, early, first_broken

HOME = "510521116000"


def written(count: int, home: str = HOME) -> list[Entry]:
    """A chain as ``store.ledger`` writes it."""
    entries: list[Entry] = []
    for height in range(1, count + 1):
        previous = entries[-1].digest if entries else hash_chain.START
        entry = Entry(
            home, height, f"2026-11-22T02:{height:02}:00+00:00", "baihe-clerk", "act", f"subject {height}", {"n": height}, previous
        )
        entries.append(replace(entry, digest=hash_chain.digest(entry)))
    return entries


lengths = st.integers(1, 12)


@given(st.integers(0, 12))
def test_a_chain_as_written_is_whole(count):
    assert first_broken(written(count)) is None


@given(lengths, st.data())
def test_an_entry_taken_out_leaves_a_gap(count, data):
    entries = written(count + 1)
    gone = data.draw(st.integers(0, count - 1))  # the last one of all leaves no gap: only a checkpoint finds that
    del entries[gone]

    assert first_broken(entries) == Broken(HOME, gone + 1, "gap")


@given(lengths, st.data())
def test_an_entry_that_was_changed_is_the_one_named(count, data):
    entries = written(count)
    at = data.draw(st.integers(0, count - 1))
    change = data.draw(
        st.sampled_from([{"at": "2026-01-01T00:00:00+00:00"}, {"actor": "x"}, {"action": "x"}, {"subject": "x"}, {"body": {}}])
    )
    entries[at] = replace(entries[at], **change)

    assert first_broken(entries) == Broken(HOME, at + 1, "changed")


@given(lengths, st.data())
def test_an_entry_rewritten_with_a_fitting_digest_is_found_at_the_next(count, data):
    entries = written(count + 1)
    at = data.draw(st.integers(0, count - 1))
    forged = replace(entries[at], subject="forged")
    entries[at] = replace(forged, digest=hash_chain.digest(forged))

    assert first_broken(entries) == Broken(HOME, at + 2, "order")


def test_entries_of_another_chain_do_not_follow():
    ours, theirs = written(3), written(3, "510521117000")

    assert first_broken([ours[0], ours[1], theirs[2]]) == Broken("510521117000", 3, "order")


def test_two_entries_in_each_others_place_leave_a_gap():
    first, second, third = written(3)

    assert first_broken([first, third, second]) == Broken(HOME, 2, "gap")


def test_a_chain_that_does_not_begin_at_its_beginning_is_broken():
    (entry,) = written(1)

    assert first_broken([replace(entry, previous="1" * 64)]) == Broken(HOME, 1, "order")


def test_a_digest_put_in_place_of_another_is_a_change():
    first, second = written(2)

    assert first_broken([first, replace(second, digest="0" * 64)]) == Broken(HOME, 2, "changed")


def test_a_chain_goes_on_with_another_algorithm_and_both_halves_are_checked(monkeypatch):
    monkeypatch.setitem(digest.ALGORITHMS, "sm3", hashlib.sha3_256)
    first, second = written(2)
    third = Entry(HOME, 3, "2026-11-22T02:03:00+00:00", "baihe-clerk", "act", "subject 3", {"n": 3}, second.digest, algorithm="sm3")
    third = replace(third, digest=hash_chain.digest(third))

    assert third.digest != hash_chain.digest(replace(third, algorithm="sha256"))
    assert first_broken([first, second, third]) is None
    assert first_broken([first, second, replace(third, body={"n": 4})]) == Broken(HOME, 3, "changed")
    assert first_broken([first, replace(second, body={"n": 4}), third]) == Broken(HOME, 2, "changed")


@pytest.mark.parametrize("algorithm", ["md5", "", "sm3"])
def test_an_entry_under_an_algorithm_that_is_not_known_is_a_change(algorithm):
    first, second = written(2)

    assert first_broken([first, replace(second, algorithm=algorithm)]) == Broken(HOME, 2, "changed")


@pytest.mark.parametrize("field", ["home", "height", "at", "actor", "action", "subject", "body", "previous"])
def test_the_digest_covers_every_field(field):
    (entry,) = written(1)
    other = {"height": 2, "body": {"n": 2}}.get(field, "x")

    assert hash_chain.digest(replace(entry, **{field: other})) != entry.digest


def test_the_order_in_which_a_body_was_written_does_not_matter():
    entry = Entry(HOME, 1, "at", "who", "act", "what", {"a": 1, "b": 2}, hash_chain.START)

    assert hash_chain.digest(entry) == hash_chain.digest(replace(entry, body={"b": 2, "a": 1}))


@given(lengths)
def test_each_entry_names_the_one_before(count):
    assert all(later.previous == earlier.digest for earlier, later in pairwise(written(count)))


def redated(times: list[str]) -> list[Entry]:
    """A chain of entries of these times of one day, rewritten with all its digests, so that no digest is wrong."""
    entries: list[Entry] = []
    for entry, time in zip(written(len(times)), times, strict=True):
        dated = replace(entry, at=f"2026-11-22T{time}+00:00", previous=entries[-1].digest if entries else hash_chain.START)
        entries.append(replace(dated, digest=hash_chain.digest(dated)))
    return entries


def test_an_entry_dated_before_the_one_above_it_is_named_though_every_digest_fits():
    entries = redated(["02:00:00", "05:00:00", "03:00:00", "03:00:00", "02:59:59"])

    assert first_broken(entries) is None
    assert list(early(entries)) == [Early(HOME, 3, timedelta(hours=2)), Early(HOME, 5, timedelta(seconds=1))]


def test_a_clock_that_was_set_back_is_told_from_requests_that_overlap():
    assert not hash_chain.went_back("2026-11-22T02:10:00+00:00", "2026-11-22T02:00:00+00:00")
    assert hash_chain.went_back("2026-11-22T02:10:01+00:00", "2026-11-22T02:00:00+00:00")


@given(st.lists(st.integers(0, 59).map(lambda minute: f"02:{minute:02}:00"), max_size=12))
def test_times_that_never_go_back_are_in_order(times):
    assert list(early(redated(sorted(times)))) == []
