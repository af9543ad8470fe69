"""A posted notice's next version: only what was changed is otherwise, once, all of it or nothing, and every version is proved."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import text

from board.models import Draft, Version, db
from board.store import ledger, notices, people, versions
from board.store.drafting import correction, drafts, posting, proposing
from board.store.drafting.drafts import Overtaken
from board.store.drafting.posting import NotShown, Superseded
from board.store.proof import notices as proof
from tests.store.corrected import TWO_AND_ONE, all_of, approves, begins, correct, figure, sends, types, with_one, without
from tests.store.posted import AT, GAODONG, NEXT, TOWN

LATER = AT + timedelta(days=3)


def rows(posted, place=GAODONG):
    return [(row.no, row.since, row.amount) for row in notices.rows(posted, place)]


def parts(posted):
    return {part.place: (part.row_count, part.totals, part.changed_in) for part in notices.parts(posted)}


def stands() -> list[str]:
    db.session.rollback()
    db.session.expire_all()
    return [f"{fault.where.en}: {fault.what.en}" for fault in proof.faults()]


def corrected_twice(posted) -> None:
    posted = correct(posted, TWO_AND_ONE, at=LATER)
    correct(posted, all_of(without("钱七"), figure("张小三", "6", "561.6")), at=LATER)
    assert stands() == []


def test_a_correction_changes_just_its_rows(posted):
    before = {part.place: part.digest for part in notices.parts(posted)}
    posted = correct(posted, all_of(TWO_AND_ONE, with_one(village="高洞社区", group="1组", name="孙七", area="1", amount="93.6")), at=LATER)

    assert (posted.version.no, posted.notice.current, posted.version.reason) == (2, 2, "两户的面积量错了")
    assert rows(posted) == [(1, 2, 46800), (3, 2, 11232), (4, 1, 28080), (5, 2, 9360)]
    assert rows(posted, NEXT) == [(1, 1, 46800)]
    assert parts(posted) == {GAODONG: (4, {"area": "10.2", "amount": "954.72"}, 2), NEXT: (1, {"area": "5", "amount": "468.00"}, 1)}
    assert {part.place: part.digest for part in notices.parts(posted)}[NEXT] == before[NEXT]
    assert stands() == []


def test_the_ledger_says_that_it_was_corrected_why_and_by_whom(posted):
    correct(posted, TWO_AND_ONE, at=LATER)
    *_, entry = ledger.entries(TOWN)

    assert (entry.action, entry.actor, entry.subject) == ("notice.corrected", "baihe-reviewer", posted.number)
    assert (entry.body["version"], entry.body["reason"], entry.body["rows"]) == (2, "两户的面积量错了", 4)
    assert not [name for name in ("张小三", "李四", "王五") if name in str(entry.body)]


def test_three_versions_and_each_is_proved(posted):
    posted = correct(posted, figure("张小三", "5", "468"), at=LATER)
    posted = correct(posted, all_of(figure("钱七", "6", "561.6"), without("赵六")), "一户量错，一户不该有", at=LATER + timedelta(days=1))
    posted = correct(posted, figure("张小三", "4.95", "463.32"), "第一次没有错", at=LATER + timedelta(days=2))

    assert [version.reason for version in versions.listed(posted)] == ["第一次没有错", "一户量错，一户不该有", "两户的面积量错了", ""]
    assert parts(posted)[GAODONG][2] == 4
    assert parts(posted)[NEXT][2] == 3
    assert stands() == []


# ---- what the sheets of the places are worth


def test_another_fact_is_on_every_sheet(posted):
    posted = correct(posted, lambda typed: typed, "电话登错了", at=LATER, objection_phone="0830-8199999")

    assert {place: changed_in for place, (_count, _totals, changed_in) in parts(posted).items()} == {GAODONG: 2, NEXT: 2}
    assert [row[1] for row in rows(posted)] == [1, 1, 1, 1]
    assert stands() == []


def test_a_place_that_is_gone_has_no_share_and_its_number_still_leads_somewhere(posted):
    posted = correct(posted, without("钱七"), at=LATER)

    assert list(parts(posted)) == [GAODONG]
    assert (versions.had(posted, NEXT), versions.had(posted, GAODONG), versions.had(posted, "510521117001")) == (1, 2, 0)
    assert [version.no for version in versions.corrections(posted, NEXT)] == [2]
    assert versions.touched(posted, 1)[NEXT].gone == [1]
    assert stands() == []


# ---- only once, and only what was shown


def test_one_correction_at_a_time(posted):
    draft = begins(posted)
    with pytest.raises(correction.Begun) as told:
        begins(notices.find(posted.number))

    assert (told.value.draft.id, told.value.draft.owner) == (draft.id, people.named("baihe-clerk").id)


def test_two_clerks_at_the_same_moment_begin_one(app, posted):
    number, together = posted.number, Barrier(3)

    def begin(_: int) -> bool:
        with app.app_context():
            found = notices.find(number)
            together.wait(10)
            try:
                begins(found)
            except correction.Begun:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(3) as browsers:
        assert sorted(browsers.map(begin, range(3), timeout=60)) == [False, False, True]


def test_two_approvals_at_the_same_moment_post_once(app, posted):
    draft = sends(types(begins(posted), TWO_AND_ONE), LATER)
    key, digest, revision, together = (draft.home, draft.id), draft.proposal_digest, draft.revision, Barrier(3)
    reviewer = people.named("baihe-reviewer").id

    def approve(_: int) -> bool:
        with app.app_context():
            waiting = db.session.get_one(Draft, key)
            together.wait(10)
            try:
                posting.post(waiting, digest, revision, reviewer, {}, LATER)
            except Overtaken:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(3) as browsers:
        assert sorted(browsers.map(approve, range(3), timeout=60)) == [False, False, True]
    assert stands() == []
    assert notices.find(posted.number).notice.current == 2


def test_a_notice_taken_down_meanwhile_is_not_corrected(posted):
    waiting = sends(types(begins(posted), TWO_AND_ONE), LATER)
    notices.take_down(posted, people.named("baihe-reviewer").id, "数算错了", LATER)
    with pytest.raises(Superseded):
        approves(waiting, LATER)
    drafts.drop(waiting.home, waiting.id, waiting.revision, waiting.owner, LATER)
    down = notices.find(posted.number)
    with pytest.raises(Superseded):
        begins(down)

    assert notices.find(posted.number).version.no == 1
    assert stands() == []


def test_a_reason_that_the_reviewer_was_not_shown_is_not_posted(posted):
    waiting = sends(types(begins(posted), TWO_AND_ONE), LATER)
    db.session.get_one(Draft, (waiting.home, waiting.id)).correction = "没有什么"
    db.session.commit()
    with pytest.raises(NotShown):
        approves(waiting, LATER)


def test_a_correction_without_a_reason_is_not_complete(posted):
    draft = types(begins(posted, ""), TWO_AND_ONE)

    assert "更正的原因" in [label.zh for label in proposing.missing(draft)]


@pytest.mark.parametrize(
    "place",
    ["board.store.drafting.posting.ledger.append", "board.store.drafting.posting._parts", "board.store.drafting.posting.staging.post"],
)
def test_a_failure_in_the_middle_leaves_the_old_version(posted, monkeypatch, place):
    waiting = sends(types(begins(posted), TWO_AND_ONE), LATER)
    monkeypatch.setattr(place, _fails)
    with pytest.raises(OSError, match="pulled"):
        approves(waiting, LATER)
    monkeypatch.undo()

    assert notices.find(posted.number).version.no == 1
    assert stands() == []
    assert approves(waiting, LATER).version.no == 2


def _fails(*_, **__):
    raise OSError("the plug was pulled")


# ---- what a hand changes in an old version is found


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # the proof is the same on either engine
@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE "row" SET until = NULL WHERE until = 2',
        'UPDATE "row" SET until = 3 WHERE until = 2',
        'UPDATE "row" SET until = 9 WHERE until = 3',
        'UPDATE "row" SET until = since WHERE until = 2',
        'UPDATE "row" SET since = 3 WHERE since = 2 AND no = 3',
        'UPDATE "row" SET amount = amount + 1 WHERE until = 2',
        'UPDATE "row" SET amount = amount + 1 WHERE until = 3',
        "UPDATE \"row\" SET shown_name = '别*' WHERE until = 2",
        'DELETE FROM "row" WHERE until = 2',
        'DELETE FROM "row" WHERE until = 3',
        "UPDATE version SET reason = '没有什么' WHERE no = 2",
        "UPDATE version SET title = '别的' WHERE no = 1",
        "UPDATE part SET changed_in = 1 WHERE version = 2 AND place = '510521116004'",
        "UPDATE part SET changed_in = 2 WHERE version = 2 AND place = '510521116005'",
        "UPDATE part SET digest = '0' WHERE version = 1",
        "UPDATE notice SET current = 2",
    ],
)
def test_an_old_version_changed_by_hand_is_found(once, posted, statement):
    once("corrected twice", lambda: corrected_twice(posted))
    assert db.session.execute(text(statement)).rowcount
    db.session.commit()

    assert [fault for fault in stands() if posted.number in fault]


# ---- everything that reads


def test_a_late_notice_that_is_corrected_in_time_is_still_late(posted):
    db.session.get_one(Version, (TOWN, posted.number, 1)).publish_by = date(2026, 11, 1)
    db.session.commit()
    correct(posted, TWO_AND_ONE, at=LATER)

    assert notices.counts("510521").late == 1
    assert [one.late for one in notices.listed("510521", late=True)] == [True]


def test_a_village_that_is_gone_from_a_notice_lists_it_no_longer(posted):
    correct(posted, without("钱七"), at=LATER)

    assert notices.concerning([NEXT], NEXT) == []
    assert [one.number for one in notices.concerning([GAODONG], GAODONG)] == [posted.number]


def test_a_correction_is_no_twin_of_its_own_notice(posted):
    version = posted.version

    assert notices.alike(TOWN, "cropland-subsidy", version.row_count, version.totals).number == posted.number
    assert notices.alike(TOWN, "cropland-subsidy", version.row_count, version.totals, but=posted.number) is None
