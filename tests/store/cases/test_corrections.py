"""A notice corrected because of a case: version and case name each other, and everybody learns no more than he may."""

from __future__ import annotations

import pytest

from board.store import cases, ledger, notices
from board.store.cases import corrections
from board.store.drafting import correction, drafts
from tests.store.asked import AT, COUNTY, files, replays
from tests.store.corrected import NAMED, TWO_AND_ONE, approves, sends, types
from tests.store.posted import TOWN


def begins(posted, case, user):
    return correction.begin(posted, "两户的面积量错了", NAMED, user, AT, because=case)


def corrects(posted, case, user):
    approves(sends(types(begins(posted, case, user), TWO_AND_ONE)))
    return notices.find(posted.number)


def test_the_case_names_the_version_and_the_version_the_case(posted, case, clerk):
    draft = begins(posted, case, clerk)
    (underway,) = corrections.of_case(case)
    assert (underway.version, underway.draft, underway.state) == (None, draft.id, "draft")
    assert corrections.versions_of(case) == []

    approves(sends(types(draft, TWO_AND_ONE)))
    assert [(one.number, one.version) for one in corrections.of_case(case)] == [(posted.number, 2)]
    assert corrections.versions_of(case) == [2]
    assert [(no, one.id) for no, one in corrections.of_notice(TOWN, posted.number)] == [(2, case.id)]
    (entry,) = [entry for entry in ledger.entries(TOWN) if entry.action == "case.corrected"]
    assert (entry.actor, entry.subject, entry.body) == ("baihe-reviewer", case.id, {"by": [TOWN, posted.number, 2]})
    assert replays(TOWN)


def test_one_correction_may_be_because_of_several_cases(posted, case, clerk):
    other = files(posted, "unclear", key="b" * 32)
    draft = begins(posted, case, clerk)
    for _ in range(2):
        corrections.tie(draft, other)
    approves(sends(types(draft, TWO_AND_ONE)))

    assert corrections.versions_of(case) == corrections.versions_of(other) == [2]
    assert replays(TOWN)


@pytest.mark.parametrize(("category", "told"), [("amount_wrong", True), ("unclear", True), ("household", False), ("correction", False)])
def test_everybody_reads_that_somebody_asked_only_of_what_may_be_published(posted, clerk, category, told):
    now = corrects(posted, files(posted, category), clerk)

    assert now.version.frozen["correction"].get("asked", False) is told
    assert corrections.told_to_all(TOWN, corrections.of_case(corrections.of_notice(TOWN, posted.number)[0][1])[0].draft) is told


def test_a_version_because_of_nothing_says_nothing(posted, clerk):
    assert "asked" not in corrects(posted, None, clerk).version.frozen["correction"]


def test_a_case_that_only_the_county_has_is_told_to_nobody(posted, clerk):
    """No view lets a township come here; the store does not rely on that."""
    case = files(posted, "amount_wrong", home=COUNTY)
    now = corrects(posted, case, clerk)

    assert "asked" not in now.version.frozen["correction"]
    assert [entry for entry in ledger.entries(TOWN) if entry.action.startswith("case.")] == []
    assert replays(COUNTY)


def test_a_correction_that_waits_for_its_reviewer_takes_no_case_on_and_is_posted_as_he_saw_it(posted, case, clerk):
    draft = sends(types(correction.begin(posted, "两户的面积量错了", NAMED, clerk, AT), TWO_AND_ONE))
    assert not corrections.tie(draft, case)
    approves(draft)
    assert corrections.versions_of(case) == []


def test_a_correction_that_was_given_up_is_no_longer_the_cases(posted, case, clerk):
    draft = begins(posted, case, clerk)
    drafts.drop(draft.home, draft.id, draft.revision, clerk, AT)

    assert corrections.of_case(case) == []
    assert corrections.versions_of(case) == []
    assert cases.one(case.home, case.id).state == "received"
