"""The committee's opinion is kept for the proposal that was shown, and each act of it is in the public log without its words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.models import CommitteeOpinion, db
from board.rules.calendar import day_of
from board.rules.notice.opinion import MOST, RESULTS, Objection, Opinion
from board.store import ledger, people
from board.store.drafting import drafts, opinions
from tests.store.posted import AT, GAODONG, TOWN, line, proposal, submit

OBJECTION = Objection("1", "第 1 号", "面积多算了。")

MADE = proposal("cropland-subsidy", [line(GAODONG, 1, "张小三", "4.95")])


@pytest.fixture
def user(app):
    return people.named("baihe-clerk").id


@pytest.fixture
def draft(user):
    """A draft of the township, since the functions ask nobody whose it is."""
    draft = drafts.start(TOWN, "cropland-subsidy", "公示", user, AT)
    return submit(draft, draft.revision, user, AT, MADE)


def test_objections_add_up_are_answered_and_end_with_a_confirmation(draft, user):
    for _ in range(2):
        opinions.object(draft, draft.proposal_digest, OBJECTION, user, AT)
    assert len(opinions.of(draft).unanswered) == 2
    assert opinions.unanswered(TOWN) == [draft]
    opinions.reply(draft, draft.proposal_digest, {0: "查过了。"}, user, AT)
    assert [one.reply for one in opinions.of(draft).objections] == ["查过了。", ""]
    opinions.confirm(draft, draft.proposal_digest, user, AT)
    assert (opinions.of(draft).result, opinions.of(draft).objections) == ("agreed", ())
    logged = [one for one in ledger.entries(TOWN) if one.subject == draft.id]
    assert [one.action for one in logged] == ["draft.objected", "draft.objected", "draft.objection_answered", "draft.confirmed"]
    assert not [one for one in logged if "面积" in str(one.body) or "查过" in str(one.body)]


def test_no_more_objections_than_a_notice_can_state(draft, user):
    for _ in range(MOST):
        opinions.object(draft, draft.proposal_digest, OBJECTION, user, AT)
    with pytest.raises(opinions.TooMany):
        opinions.object(draft, draft.proposal_digest, OBJECTION, user, AT)


def test_a_paper_replaces_no_word_of_a_phone_and_no_objection(draft, user):
    agreed = Opinion(draft.proposal_digest, "agreed", "paper", day_of(AT))
    opinions.enter(draft, replace(agreed, result="absent", reason="都在外地。"), "", b"", user, AT)
    opinions.enter(draft, agreed, "某主任", b"", user, AT)
    opinions.enter(draft, replace(agreed, result="objected", objections=(OBJECTION,)), "某主任", b"", user, AT)
    for result in ("agreed", "absent"):
        with pytest.raises(opinions.Stands, match="objected"):
            opinions.enter(draft, replace(agreed, result=result), "某主任", b"", user, AT)
    other = people.named("baihe-reviewer").id
    with pytest.raises(opinions.Stands, match="another"):
        opinions.confirm(draft, draft.proposal_digest, other, AT)
    opinions.object(draft, draft.proposal_digest, OBJECTION, other, AT)
    assert len(opinions.of(draft).objections) == 2
    assert opinions.signed(draft)[0] == "某主任"
    for result in RESULTS:
        with pytest.raises(opinions.Stands, match="phone"):
            opinions.enter(draft, replace(agreed, result=result), "某主任", b"", user, AT)


@pytest.mark.parametrize("why", ["phone", "objected"])
def test_a_table_changed_and_changed_back_loses_no_objection(draft, user, why):
    first, other = MADE, proposal("cropland-subsidy", [line(GAODONG, 1, "张小三", "4.96")])
    agreed = Opinion(first.digest, "agreed", "paper", day_of(AT))
    if why == "phone":
        opinions.object(draft, first.digest, OBJECTION, user, AT)
    else:
        opinions.enter(draft, replace(agreed, result="objected", objections=(OBJECTION,)), "某主任", b"", user, AT)
    draft = submit(drafts.save(TOWN, draft.id, draft.revision, user, "edited", AT, title="改"), draft.revision, user, AT, other)
    opinions.enter(draft, replace(agreed, digest=other.digest), "某主任", b"", user, AT)
    draft = submit(drafts.save(TOWN, draft.id, draft.revision, user, "edited", AT, title="公示"), draft.revision, user, AT, first)
    assert opinions.of(draft) is None
    with pytest.raises(opinions.Stands, match=why):
        opinions.enter(draft, agreed, "某主任", b"", user, AT)


def test_the_log_proves_the_words_and_tells_none(draft, user):
    opinions.object(draft, draft.proposal_digest, OBJECTION, user, AT)
    opinions.reply(draft, draft.proposal_digest, {0: "查过了。"}, user, AT)
    said, answered = (one.body["said"] for one in ledger.entries(TOWN) if one.subject == draft.id)
    kept = db.session.query(CommitteeOpinion).one()
    assert opinions.proven(kept.name, kept.reason, kept.objections) == answered != said


def test_what_was_not_shown_is_not_confirmed(draft, user):
    with pytest.raises(drafts.Overtaken):
        opinions.confirm(draft, "0" * 64, user, AT)
    drafts.send_back(draft, draft.revision, user, AT, "改一改")
    with pytest.raises(drafts.Overtaken):
        opinions.confirm(draft, draft.proposal_digest or "", user, AT)


def test_a_village_waits_and_a_township_does_not(draft):
    assert not opinions.asked(draft)
    assert opinions.waiting(TOWN) == []
