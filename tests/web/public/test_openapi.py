"""What /openapi.json says of our JSON is so: schemathesis asks the app itself, without a network, and holds each answer against it."""

from __future__ import annotations

from contextvars import Context

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import openapi
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi import checks as asked

from board.store import notices
from tests.store.posted import AT, GAODONG, NEXT, TOWN, post
from tests.web.publishing import COUNTY, assistance, publishes

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # what an address answers is the same on either

CHECKED = [
    not_a_server_error, asked.status_code_conformance, asked.content_type_conformance, asked.response_headers_conformance,
    asked.response_schema_conformance,
]  # fmt: skip
UNPACKED = {"Accept-Encoding": "identity"}  # schemathesis reads what a WSGI app gives as it is
OPERATIONS = ("/n/{number}.json", "/n/{number}/{place}.json", "/a/{code}/totals.json")
BOUNDED = settings(
    max_examples=40,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def description(app):
    """The description as a program reads it, tied to the app."""
    return openapi.from_wsgi("/openapi.json", app)


@pytest.fixture
def numbers(app) -> list[str]:
    """A notice whose rows are shown, one whose rows will soon be gone, and one that was taken down."""
    kept, gone = post(), post()
    notices.take_down(gone, 1, "表传错了", AT)
    return [kept.number, publishes(assistance()), gone.number]


def test_the_description_is_a_valid_one_in_both_languages(villager):
    for address in ("/openapi.json", "/openapi.json?lang=en"):
        told = villager.sees(address).json
        openapi.from_dict(told).validate()
        assert set(told["paths"]) == set(OPERATIONS)
        assert told["servers"] == [{"url": "https://gk.example.cn"}]
    assert "公示" not in villager.sees("/openapi.json?lang=en").html


@pytest.mark.parametrize("path", OPERATIONS)
@pytest.mark.parametrize("day", ["2026-11-22", "2027-06-01", "2029-01-01"])
def test_every_answer_is_as_described(app, at, description, numbers, path, day):
    at(day)
    known = {"number": st.sampled_from(numbers), "place": st.sampled_from([GAODONG, NEXT, TOWN]), "code": st.sampled_from([TOWN, COUNTY])}
    seen = set()

    @BOUNDED
    @given(case=description[path]["GET"].as_strategy(), data=st.data())
    def ask(case, data):
        names = sorted(case.path_parameters)
        for name in data.draw(st.sampled_from([[], names, *([name] for name in names)])):
            case.path_parameters[name] = data.draw(known[name])
        answer = Context().run(case.call_and_validate, checks=CHECKED, headers=UNPACKED)
        seen.add(answer.status_code)

    ask()
    assert seen >= {200, 404}


def test_each_kind_of_answer_is_as_described(description, numbers):
    kept, _, gone = numbers
    asked_for = [
        ({"number": kept}, {}, 200), ({"number": kept}, {"lang": "en"}, 200), ({"number": gone}, {}, 410), ({"number": "0" * 9}, {}, 404),
        ({"number": kept, "place": GAODONG}, {}, 200), ({"number": gone, "place": GAODONG}, {}, 410),
        ({"number": kept, "place": "510521117001"}, {}, 404), ({"code": TOWN}, {"year": "2026"}, 200),
        ({"code": TOWN}, {"year": "二"}, 400), ({"code": "9" * 12}, {}, 404),
    ]  # fmt: skip
    paths = {("number",): OPERATIONS[0], ("number", "place"): OPERATIONS[1], ("code",): OPERATIONS[2]}
    for names, query, status in asked_for:
        case = description[paths[tuple(names)]]["GET"].Case(path_parameters=names, query=query)
        assert Context().run(case.call_and_validate, checks=CHECKED, headers=UNPACKED).status_code == status, (names, query)


def test_an_answer_that_is_not_as_described_is_found_out(description, numbers, monkeypatch):
    monkeypatch.setattr("board.rules.rendering.open_data.row", lambda page, row: {"no": row.no})
    case = description[OPERATIONS[0]]["GET"].Case(path_parameters={"number": numbers[0]})
    with pytest.raises(FailureGroup, match="Response violates schema"):
        Context().run(case.call_and_validate, checks=CHECKED, headers=UNPACKED)
