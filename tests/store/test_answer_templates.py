"""Templates of answers: an office's own, its county's, and what is removed is gone for good."""

from __future__ import annotations

from datetime import timedelta

import pytest

from board.store import answer_templates, ledger
from board.store.answer_templates import Removed, Wording
from board.store.proof.subject import altered
from board.store.proof.subjects import SUBJECTS
from tests.store.posted import AT, GAODONG, TOWN

COUNTY = "510521000000"
WORDING = Wording("unclear", "怎么算的", "按面积乘标准算，标准是县里定的。")


def titles(code, category=""):
    return [one.title for one in answer_templates.listed(answer_templates.offices(code), category)]


def test_an_office_uses_its_own_and_those_of_the_offices_above_it(clerk):
    for home, title in ((COUNTY, "县里的"), (TOWN, "镇里的"), (GAODONG, "村里的"), ("510521117000", "别的镇的")):
        answer_templates.write(home, "", Wording("unclear", title, "说明白。"), clerk, AT)

    assert titles(GAODONG) == ["村里的", "镇里的", "县里的"]
    assert titles(TOWN) == ["镇里的", "县里的"]
    assert titles(COUNTY) == ["县里的"]
    assert titles(TOWN, "missing") == []


def test_a_template_is_rewritten_under_its_id_and_the_log_has_no_word_of_it(clerk):
    first = answer_templates.write(TOWN, "", WORDING, clerk, AT)
    answer_templates.write(TOWN, first.id, Wording("unclear", "怎么算", "面积乘标准。"), clerk, AT + timedelta(days=1))

    assert titles(TOWN) == ["怎么算"]
    entries = [entry for entry in ledger.entries(TOWN) if entry.action.startswith("template.")]
    assert [entry.subject for entry in entries] == [first.id] * 2
    assert "标准" not in str([entry.body for entry in entries])
    assert altered(SUBJECTS["template"], TOWN) == {}


def test_a_removed_one_is_not_used_written_or_removed_again(clerk):
    made = answer_templates.write(TOWN, "", WORDING, clerk, AT)
    answer_templates.remove(TOWN, made.id, clerk, AT)

    assert titles(TOWN) == []
    assert answer_templates.one(TOWN, made.id) is None
    with pytest.raises(Removed):
        answer_templates.write(TOWN, made.id, WORDING, clerk, AT)
    with pytest.raises(Removed):
        answer_templates.remove(TOWN, made.id, clerk, AT)
    assert altered(SUBJECTS["template"], TOWN) == {}


def test_that_of_another_office_is_not_rewritten(clerk):
    made = answer_templates.write(COUNTY, "", WORDING, clerk, AT)
    with pytest.raises(Removed):
        answer_templates.write(TOWN, made.id, WORDING, clerk, AT)
