"""What a kind takes by name is written out."""

from __future__ import annotations

from typing import Any

import pytest

from board.rules.shared_blocks import Shared, in_the_file, read_shared, written_out

PHONE = {"id": "phone", "label": "电话", "type": "phone"}
SHARED = Shared(
    facts={"phone": PHONE, "person": {"id": "person"}, "fund": {"id": "fund", "hint": "哪一级"}},
    sets={"contacts": ("phone", "person")},
    columns={"name": {"id": "name", "synonyms": ["姓名"]}},
    periods={"board": {"days": 15, "unit": "calendar"}},
)


@pytest.mark.parametrize(
    ("data", "whole"),
    [
        ({"position": 1}, {"position": 1}),
        ({"take": ["fund", "contacts"]}, {"facts": [SHARED.facts["fund"], PHONE, {"id": "person"}]}),
        ({"take": ["contacts", "phone"]}, {"facts": [PHONE, {"id": "person"}]}),
        ({"take": ["fund"], "facts": [{"id": "own"}]}, {"facts": [SHARED.facts["fund"], {"id": "own"}]}),
        ({"take": ["contacts"], "facts": [{"id": "own"}, {"take": "phone", "label": "座机"}]},
         {"facts": [PHONE | {"label": "座机"}, {"id": "person"}, {"id": "own"}]}),
        ({"facts": [{"id": "own"}, {"take": "fund"}]}, {"facts": [{"id": "own"}, SHARED.facts["fund"]]}),
        ({"columns": [{"take": "name", "also": ["户主"]}]}, {"columns": [{"id": "name", "synonyms": ["姓名", "户主"]}]}),
        ({"columns": [{"take": "name", "synonyms": ["户主"]}]}, {"columns": [{"id": "name", "synonyms": ["户主"]}]}),
        ({"columns": [{"id": "name"}]}, {"columns": [{"id": "name"}]}),
        ({"display": {"take": "board"}}, {"display": {"days": 15, "unit": "calendar"}}),
        ({"display": {"take": "board", "days": 20}}, {"display": {"days": 20, "unit": "calendar"}}),
    ],
)  # fmt: skip
def test_a_name_is_replaced_by_what_it_names(data: dict[str, Any], whole: dict[str, Any]) -> None:
    faults: list[str] = []

    assert written_out(data, SHARED, faults)[0] == whole
    assert faults == []


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"take": ["contact"]}, "take[0] is unknown: 'contact'; known: contacts, phone, person, fund"),
        ({"take": "contacts"}, "take is not a list"),
        ({"facts": [{"id": "own"}, {"take": "money"}]}, "facts[1].take is unknown: 'money'; known: phone, person, fund"),
        ({"columns": [{"take": "village"}]}, "columns[0].take is unknown: 'village'; known: name"),
        ({"columns": [{"take": "name", "also": "户主"}]}, "columns[0].also is not a list"),
        ({"display": {"take": "wall"}}, "display.take is unknown: 'wall'; known: board"),
    ],
)
def test_an_unknown_name_is_told_with_those_that_there_are(data: dict[str, Any], fault: str) -> None:
    faults: list[str] = []
    written_out(data, SHARED, faults)

    assert faults == [fault]


def test_what_is_written_out_is_a_copy() -> None:
    whole, _places = written_out({"take": ["phone"]}, SHARED, [])
    whole["facts"][0]["label"] = "座机"

    assert PHONE["label"] == "电话"


def test_a_fault_is_told_by_the_place_in_the_author_s_file() -> None:
    data = {"take": ["contacts"], "facts": [{"id": "own"}, {"take": "phone"}]}
    _whole, places = written_out(data, SHARED, [])

    assert in_the_file(["facts[0].label", "facts[1].label", "facts[2].label", "columns[0].id"], places) == [
        "facts[1].label", "take, the fact person,.label", "facts[0].label", "columns[0].id",
    ]  # fmt: skip


def test_sets_name_facts_that_there_are() -> None:
    faults: list[str] = []
    read_shared({"sets": {"contacts": ["phone", "fax"]}, "facts": {"phone": {}}, "else": 1}, {}, {}, faults)

    assert faults == ["sets.contacts[1] is unknown: 'fax'; known: phone", "else is not a known key"]
