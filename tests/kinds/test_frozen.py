"""A kind is frozen written out, and every form in which one was ever frozen is still read."""

from __future__ import annotations

from typing import Any

import pytest

from board import kinds
from board.rules.kind_file import parse
from tests.kinds.frozen_forms import keys, samples, without_sample


@pytest.mark.parametrize("source", samples().values(), ids=samples())
def test_every_form_that_was_ever_frozen_is_still_read(source: dict[str, Any]):
    kind = parse("some-kind", source)

    assert kind.name.zh
    assert kind.source == source


def test_every_key_of_the_kinds_of_today_is_in_a_sample():
    assert without_sample() == {}, "run python -m tests.kinds.frozen_forms, and commit what it writes"


def test_what_is_frozen_refers_to_nothing():
    for kind in kinds.load().values():
        assert not [key for key in keys(kind.source) if key.endswith(("take", "take[]", "also[]"))]


def test_a_later_change_of_what_kinds_share_changes_nothing_that_was_frozen(monkeypatch: pytest.MonkeyPatch):
    frozen = kinds.load()["cropland-subsidy"].source
    phone = next(fact for fact in frozen["facts"] if fact["id"] == "objection_phone")

    assert phone["label"]["zh"] == "有疑问打电话"
    assert phone is not kinds.shared().facts["objection_phone"]
