"""Views hand over data: nothing that a template may call reaches the database."""

from __future__ import annotations

from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from flask import Flask, render_template_string

from board import create_app
from board.store import areas
from tests.house.statements import BEYOND, MOST, Statements, counted

CLOCK = "board.store.clock"  # it asks the app, and no table


def reached(function: Any, seen: set[Any]) -> Iterator[str]:
    """Yield the modules of the store that a function of ours reaches by the names that it uses, itself or through others of ours."""
    if not isinstance(function, FunctionType) or function in seen or not function.__module__.startswith("board."):
        return
    seen.add(function)
    for name in _names(function.__code__):
        used = function.__globals__.get(name)
        module = used.__name__ if isinstance(used, ModuleType) else str(getattr(used, "__module__", ""))
        if module.startswith("board.store.") and module != CLOCK:
            yield f"{function.__qualname__} uses {name} of {module}"
        yield from reached(used, seen)


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


@pytest.fixture(scope="module")
def plain_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The app, for what its templates know; no page is opened."""
    return create_app(tmp_path_factory.mktemp("instance"), DEMO=True, HTTPS=False, BACKGROUND=False)


@pytest.mark.parametrize("given", ["globals", "filters", "tests"])
def test_what_every_template_may_call_reaches_no_table(plain_app: Flask, given: str) -> None:
    known = getattr(plain_app.jinja_env, given)
    assert {name: found for name, one in known.items() if (found := list(reached(one, set())))} == {}


def _label(code: str) -> str:
    return _asked(code)


def _asked(code: str) -> str:
    return "".join(areas.label(one) for one in [code])


def test_a_function_that_asks_by_way_of_another_is_found() -> None:
    assert list(reached(_label, set())) == []  # not ours: it is a test's
    _label.__module__ = _asked.__module__ = "board.web.anywhere"
    assert list(reached(_label, set())) == ["_asked uses areas of board.store.areas"]


def test_a_template_that_asks_is_found(app: Flask) -> None:
    with counted() as counts, app.test_request_context("/"):
        areas.labels(["510521000000"])
        assert counts.faults("GET", "public.home.home") == []
        assert render_template_string("{{ place(code) }}", place=areas.label, code="510521000000") == "泸县"
    assert len(counts.sent) == 2
    assert [fault[:28] for fault in counts.faults("POST", "desk.drafts.new")] == ["a template asks the database"]


def test_a_page_with_too_many_statements_is_found_unless_there_is_a_reason() -> None:
    many = Statements(sent=["SELECT 1"] * MOST)
    assert many.faults("GET", "public.home.home") == []
    many.sent.append("SELECT 2")
    assert many.faults("GET", "public.home.home") == [f"26 statements, more than 25: [('SELECT 1', {MOST})]"]
    assert many.faults("POST", "desk.drafts.new") == []


def test_what_may_send_more_is_a_page_and_has_a_reason(plain_app: Flask) -> None:
    assert [name for name, reason in BEYOND.items() if name not in plain_app.view_functions or len(reason) < 20] == []
