"""What differs between ledger and tables is told by object and field, whichever side lacks it."""

from __future__ import annotations

from board.rules.bilingual import Words
from board.store.proof.subject import Subject, altered, faults

WHERE, WHAT = Words("墙 {}", "wall {}"), Words("不一样\uff1a{}", "differs: {}")
LABELS = {"spot": Words("位置", "where it is"), "photo": Words("照片", "photo")}


def subject(logged, kept):
    return Subject(lambda _home: logged, lambda _home: kept, {}, WHERE, WHAT, LABELS)


def test_equal_sides_are_whole():
    assert altered(subject({("1",): {"spot": "a"}}, {("1",): {"spot": "a"}}), "510521116004") == {}


def test_a_changed_field_a_missing_object_and_one_too_many_are_named():
    logged = {("1",): {"spot": "a", "photo": ""}, ("2",): {"spot": "b"}}
    kept = {("1",): {"spot": "c", "photo": ""}, ("3",): {"spot": "d"}}
    assert altered(subject(logged, kept), "510521116004") == {("1",): ["spot"], ("2",): ["spot"], ("3",): ["spot"]}


def test_a_fault_says_where_and_what_in_both_languages():
    found = list(faults(subject({("1",): {"spot": "a", "photo": "x", "other": 1}}, {("1",): {}}), "510521116004"))
    assert found == [(Words("墙 1", "wall 1"), Words("不一样\uff1a照片、位置", "differs: photo, where it is"))]
