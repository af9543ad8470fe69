"""Drafts: two people on one never lose a word, and nothing of them is left lying about."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import text

from board.models import Draft, db
from board.rules.sheet.cleaning import Cleaned
from board.rules.sheet.table import Table
from board.store import ledger
from board.store.drafting import drafts, jobs, staging
from board.store.drafting.drafts import Overtaken
from board.store.sealing import seal
from tests.store.posted import AT, GAODONG, NEXT, TOWN, line, proposal, submit

KIND = "cropland-subsidy"


def edit(draft: Draft, user: int, **changes) -> Draft:
    return drafts.save(draft.home, draft.id, draft.revision, user, "edited", AT, **changes)


def uploaded(draft: Draft, user: int) -> Draft:
    table = Table("表", [["户主姓名", "补贴面积(亩)"], ["张小三", "4.95"]])
    with drafts.saving(draft.home, draft.id, draft.revision, user, "uploaded", AT) as (session, saved):
        staging.keep(session, saved, [Cleaned(table)], "5" * 64)
    return now(draft)


def now(draft: Draft) -> Draft:
    db.session.rollback()
    return db.session.get_one(Draft, (draft.home, draft.id), populate_existing=True)


def submitted(draft: Draft, user: int) -> Draft:
    return submit(draft, draft.revision, user, AT, proposal(KIND, [line(GAODONG, 1, "张小三", "4.95")]))


def test_a_new_draft_has_one_hand_in_it(draft, clerk):
    assert drafts.hands(TOWN, draft.id) == {clerk: {"started"}}
    assert drafts.find(TOWN, draft.id).revision == 1


def test_every_save_counts_and_names_its_hand(draft, clerk, reviewer):
    edit(edit(draft, clerk, facts={"standard": "93.6"}), reviewer, title="别的")

    assert now(draft).revision == 3
    assert drafts.hands(TOWN, draft.id) == {clerk: {"started", "edited"}, reviewer: {"edited"}}


def test_whoever_saves_second_is_told_and_nothing_is_lost(draft, clerk):
    opened = draft.revision
    drafts.save(TOWN, draft.id, opened, clerk, "edited", AT, facts={"standard": "93.6"})
    with pytest.raises(Overtaken) as told:
        drafts.save(TOWN, draft.id, opened, clerk, "edited", AT, facts={"standard": "1"}, title="盖掉")

    assert told.value.draft.facts == {"standard": "93.6"}
    assert (now(draft).facts, now(draft).title) == ({"standard": "93.6"}, "公示")


def test_of_two_who_save_at_the_same_moment_one_is_told(app, draft, clerk):
    key, together = (draft.home, draft.id), Barrier(4)

    def saves(n: int) -> str:
        with app.app_context():
            together.wait(10)
            try:
                drafts.save(*key, 1, clerk, "edited", AT, title=f"第 {n} 个")
            except Overtaken:
                return ""
            finally:
                db.session.remove()
            return f"第 {n} 个"

    with ThreadPoolExecutor(4) as clerks:
        done = list(clerks.map(saves, range(4), timeout=60))

    assert done.count("") == 3
    assert now(draft).title == "".join(done)
    assert now(draft).revision == 2


def test_an_edit_takes_a_submitted_draft_back(draft, clerk):
    waiting = submitted(draft, clerk)
    assert (waiting.state, drafts.proposal(waiting) is None) == ("submitted", False)
    edit(waiting, clerk, title="再改改")

    assert (now(draft).state, now(draft).proposal, now(draft).proposal_digest, now(draft).submitted_by) == ("draft", None, None, None)


def test_what_is_submitted_comes_back_digest_for_digest(draft, clerk):
    waiting = submitted(draft, clerk)

    assert drafts.proposal(waiting).digest == waiting.proposal_digest


def test_a_draft_that_was_sent_back_keeps_the_reason_until_the_next_try(draft, clerk, reviewer):
    waiting = submitted(draft, clerk)
    drafts.send_back(waiting, waiting.revision, reviewer, AT, "第 3 行面积不对")
    assert (now(draft).state, now(draft).returned_because, drafts.proposal(now(draft))) == ("returned", "第 3 行面积不对", None)

    mended = proposal(KIND, [line(GAODONG, 1, "张小三", "4.85")])
    submit(now(draft), now(draft).revision, clerk, AT, mended)
    assert (now(draft).state, now(draft).returned_because) == ("submitted", "")
    assert drafts.returned(now(draft))["because"] == "第 3 行面积不对"


def test_what_was_sent_back_goes_again_only_when_it_says_something_else(draft, clerk, reviewer):
    same = [line(GAODONG, 1, "张小三", "4.95")]
    waiting = submitted(draft, clerk)
    drafts.send_back(waiting, waiting.revision, reviewer, AT, "不对")
    with pytest.raises(drafts.Unchanged):
        submit(now(draft), now(draft).revision, clerk, AT, proposal(KIND, same))  # with other salts, and so another digest

    explained = edit(now(draft), clerk, answers={"same_name": "两家同名"})
    assert submit(explained, explained.revision, clerk, AT, proposal(KIND, same)).state == "submitted"


def test_an_edit_of_what_waits_again_still_remembers_why_it_was_sent_back(draft, clerk, reviewer):
    waiting = submitted(draft, clerk)
    drafts.send_back(waiting, waiting.revision, reviewer, AT, "不对")
    submit(now(draft), now(draft).revision, clerk, AT, proposal(KIND, [line(GAODONG, 1, "张小三", "4.85")]))
    edited = edit(now(draft), clerk, title="别的")

    assert drafts.proposal(edited) is None
    assert drafts.returned(edited)["because"] == "不对"


def test_sending_back_is_no_hand_in_the_draft(draft, clerk, reviewer):
    waiting = submitted(draft, clerk)
    drafts.send_back(waiting, waiting.revision, reviewer, AT, "不对")

    assert reviewer not in drafts.hands(TOWN, draft.id)


def test_sending_back_is_in_the_ledger_without_its_words(draft, clerk, reviewer):
    waiting = submitted(draft, clerk)
    drafts.send_back(waiting, waiting.revision, reviewer, AT, "张小三家不对")
    *_, entry = ledger.entries(TOWN)

    assert (entry.action, entry.actor, entry.subject) == ("draft.returned", "baihe-reviewer", draft.id)
    assert "张小三" not in str(entry.body)


@pytest.mark.parametrize("state", ["draft", "returned", "dropped", "posted"])
def test_only_what_waits_can_be_sent_back(draft, clerk, reviewer, state):
    saved = edit(draft, clerk, state=state)
    with pytest.raises(Overtaken):
        drafts.send_back(saved, saved.revision, reviewer, AT, "不对")


def test_a_reviewer_who_looked_at_an_older_state_cannot_send_it_back(draft, clerk, reviewer):
    old = submitted(draft, clerk).revision
    again = submitted(now(draft), clerk)
    with pytest.raises(Overtaken):
        drafts.send_back(again, old, reviewer, AT, "不对")

    assert now(draft).state == "submitted"


def test_a_dropped_draft_is_gone_with_its_table_and_its_facts(draft, clerk):
    full = edit(uploaded(draft, clerk), clerk, facts={"a": "b"}, edits=seal([]), answers={"x": "y"})
    drafts.drop(TOWN, draft.id, full.revision, clerk, AT)
    gone = now(draft)

    assert drafts.find(TOWN, draft.id) is None
    assert (gone.chosen, gone.edits, gone.proposal, gone.facts, gone.columns, gone.answers) == ([], None, None, {}, {}, {})
    assert (staging.tables(gone), jobs.find(TOWN, gone.id)) == ([], None)


@pytest.mark.parametrize("state", ["dropped", "posted"])
def test_a_draft_that_is_done_with_takes_no_more_changes(draft, clerk, state):
    done = edit(draft, clerk, state=state)
    with pytest.raises(Overtaken):
        edit(done, clerk, title="晚了")


def test_a_draft_that_never_was_is_overtaken_too(app, clerk):
    with pytest.raises(Overtaken) as told:
        drafts.save(TOWN, "no such one", 1, clerk, "edited", AT)

    assert told.value.draft.state == "dropped"


def test_the_desk_lists_what_changed_last_first_and_only_its_own_homes(draft, clerk):
    later = drafts.start(GAODONG, KIND, "新的", clerk, AT + timedelta(hours=1))
    drafts.start("510522104000", KIND, "别处的", clerk, AT)

    assert [one.id for one in drafts.listed("510521116", ["draft"])] == [later.id, draft.id]
    assert drafts.listed("510521116", ["submitted"]) == []


def test_what_a_header_and_a_place_mean_is_remembered_for_that_home_alone(draft, clerk):
    for field, place in (("area", GAODONG), ("", NEXT)):
        with drafts.saving(TOWN, draft.id, now(draft).revision, clerk, "edited", AT) as (session, saved):
            drafts.remember(session, saved, {"亩数": field}, {"高洞": place})

    assert (drafts.remembered_columns(TOWN, KIND), drafts.remembered_places(TOWN)) == ({"亩数": ""}, {"高洞": NEXT})
    assert drafts.remembered_columns(TOWN, "grain-subsidy") == drafts.remembered_places("510521117000") == {}


def test_nobodys_name_lies_open_in_a_draft(draft, clerk):
    edit(uploaded(draft, clerk), clerk, edits=seal([[4, 2, "李四"]]))
    submitted(now(draft), clerk)
    stored = [*db.session.execute(text("SELECT edits, proposal FROM draft")).one()]
    stored += [
        *db.session.execute(text("SELECT preview, cells FROM sheet")).one(),
        db.session.scalar(text("SELECT sealed_name FROM staged_row")),
    ]
    title = "".join(str(cell) for cell in db.session.execute(text("SELECT title, facts, columns, answers FROM draft")).one())

    for name in ("张小三", "李四"):
        assert all(name.encode() not in bytes(cell) for cell in stored)
        assert name not in title
