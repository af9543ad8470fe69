"""Data files: every fault under its key path, and reading goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from board.rules.bilingual import Words
from board.rules.datafile import DataError, Table


def read(data: object, get: Callable[[Table], Any]) -> tuple[Any, list[str]]:
    faults: list[str] = []
    table = Table(data, "top", faults)
    value = get(table)
    table.close()
    return value, faults


@pytest.mark.parametrize(
    ("data", "get", "value"),
    [
        ({"days": 7}, lambda table: table.number("days", 1), 7),
        ({}, lambda table: table.number("days", 1, 5), 5),
        ({"on": True}, lambda table: table.flag("on"), True),
        ({"text": "字"}, lambda table: table.text("text"), "字"),
        ({"id": "amount_2"}, lambda table: table.id(), "amount_2"),
        ({"name": {"zh": "名", "en": "name"}}, lambda table: table.words("name"), Words("名", "name")),
        ({}, lambda table: table.words("name", optional=True), Words("", "")),
        ({"unit": "working"}, lambda table: table.one_of("unit", ("working", "calendar")), "working"),
        ({"of": ["a", "b"]}, lambda table: table.strings("of"), ("a", "b")),
        ({}, lambda table: table.strings("of"), ()),
        ({"list": [{"id": "a"}, {"id": "b"}]}, lambda table: table.each("list", Table.id), ("a", "b")),
        ({"inner": {"days": 3}}, lambda table: table.table("inner").number("days", 1), 3),
    ],
)
def test_a_right_value_is_read_without_a_fault(data, get, value):
    assert read(data, get) == (value, [])


@pytest.mark.parametrize(
    ("data", "get", "fault"),
    [
        ({}, lambda table: table.number("days", 1), "top.days is missing"),
        ({"days": 0}, lambda table: table.number("days", 1), "top.days is less than 1"),
        ({"days": True}, lambda table: table.number("days", 1), "top.days is not a whole number"),
        ({"on": 1}, lambda table: table.flag("on"), "top.on is not true or false"),
        ({"text": " "}, lambda table: table.text("text"), "top.text is empty"),
        ({"id": "Amount"}, lambda table: table.id(), "top.id is not a word of a-z, 0-9 and _: 'Amount'"),
        ({"name": {"zh": "名"}}, lambda table: table.words("name"), "top.name.en is missing"),
        ({"unit": "lunar"}, lambda table: table.one_of("unit", ("working",)), "top.unit is unknown: 'lunar'; known: working"),
        ({"of": ["a", "a"]}, lambda table: table.strings("of"), "top.of[1] is there twice: 'a'"),
        ({"of": ["a", 1]}, lambda table: table.strings("of"), "top.of[1] is not a string"),
        ({"of": ["a"]}, lambda table: table.strings("of", known=("b",)), "top.of[0] is unknown: 'a'; known: b"),
        ({"list": [{"id": "a"}, {}]}, lambda table: table.each("list", Table.id), "top.list[1].id is missing"),
        ({}, lambda table: table.table("inner").number("days", 1), "top.inner is missing"),
        ({"extra": 1}, lambda table: None, "top.extra is not a known key"),
        ([], lambda table: table.number("days", 1), "top is not a table"),
    ],
)
def test_a_wrong_value_is_one_fault_under_its_path(data, get, fault):
    assert read(data, get)[1] == [fault]


def test_an_error_lists_all_faults():
    assert str(DataError(["a: b is missing", "a: c is empty"])) == "a: b is missing\na: c is empty"
