"""A draft that begins with its sheet, and what it takes over from the office's last notices."""

from __future__ import annotations

import pytest

from board import kinds
from board.store.drafting import beginning, checking, drafts, jobs, proposing
from tests.demo_sheets import cleaned
from tests.store.posted import AT, TOWN

KIND = kinds.load()["cropland-subsidy"]


@pytest.fixture
def waiting(app, clerk):
    """A draft with the demo's roster and without a kind."""
    return beginning.with_sheet(TOWN, cleaned("baihe-cropland-roster.xlsx"), "0" * 64, clerk, AT)


def test_a_sheet_that_came_first_waits_with_its_check_until_it_has_a_kind(waiting, clerk):
    assert (waiting.kind, waiting.chosen) == ("", [0])
    assert jobs.find(TOWN, waiting.id) is None
    assert checking.found(waiting) is None

    draft = beginning.confirm(waiting, waiting.revision, clerk, AT, KIND.id, "公示", {proposing.PUBLISHER: "百和镇人民政府"}, None)
    checking.at_once(draft)
    assert checking.found(draft).row_count == 1194
    assert (draft.kind, draft.title, draft.facts) == (KIND.id, "公示", {proposing.PUBLISHER: "百和镇人民政府"})


def test_somebody_else_was_quicker(waiting, clerk):
    with pytest.raises(drafts.Overtaken):
        beginning.confirm(waiting, waiting.revision - 1, clerk, AT, KIND.id, "公示", {}, None)


def test_without_an_earlier_notice_only_the_publisher_is_known(app):
    assert beginning.facts(TOWN, KIND, "百和镇人民政府", AT.year) == {proposing.PUBLISHER: "百和镇人民政府"}


def test_the_last_notice_of_the_kind_gives_what_still_holds(posted):
    stated = beginning.facts(TOWN, KIND, "百和镇人民政府", AT.year)
    assert stated["objection_phone"] == posted.version.facts["objection_phone"]
    assert stated["eligibility"] == posted.version.facts["eligibility"]
    assert "committee_opinion" not in stated, "a committee agreed to the earlier notice only"


def test_of_another_kind_only_whom_to_ask_is_taken(posted):
    other = kinds.load()["grain-subsidy"]
    stated = beginning.facts(TOWN, other, "百和镇人民政府", AT.year)
    assert set(stated) <= {proposing.PUBLISHER, *(fact.id for fact in other.facts if fact.block == "contact")}
    assert stated["objection_person"] == posted.version.facts["objection_person"]
