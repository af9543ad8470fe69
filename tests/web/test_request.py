"""A request as this program reads it: what is typed can be stored on both engines, and what is uploaded is never on a disk."""

from __future__ import annotations

import io

import pytest
from werkzeug.test import EnvironBuilder

from board.web.request import InMemory


def asked(**given):
    return InMemory(EnvironBuilder(**given).get_environ())


@pytest.mark.parametrize("typed", ["王\0五", "\0王五\0", "王五"])
def test_no_field_and_no_argument_holds_a_nul(typed):
    request = asked(method="POST", query_string={"q": typed}, data={"name": typed})

    assert request.args["q"] == request.form["name"] == "王五"


def test_all_values_of_a_field_stay_in_their_order():
    request = asked(method="POST", data={"chosen": ["2", "1\0", "3"]})

    assert request.form.getlist("chosen") == ["2", "1", "3"]


def test_a_large_upload_stays_in_memory_as_it_was_sent():
    sent = b"\0spreadsheet" * 200_000
    environ = EnvironBuilder(method="POST", data={"file": (io.BytesIO(sent), "a.xlsx")}).get_environ()
    with environ["wsgi.input"]:
        file = InMemory(environ).files["file"]

    assert isinstance(file.stream, io.BytesIO)
    assert file.read() == sent
