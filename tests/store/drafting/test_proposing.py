"""What a draft states, what is missing of it, when it would be shown, and the proposal that all of it makes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from board import kinds
from board.store.drafting import attachments, checking, drafts, proposing
from tests.store.attached import PHOTO
from tests.store.posted import AT, FACTS, GAODONG, NEXT, TOWN
from tests.store.uploading import ROWS, checks, roster

STATED = FACTS | {"publisher": "百和镇人民政府", "formed_on": "2026-11-16", "display_start": "2026-11-20"}
COUNTY = "510521000000"


def fact(type):
    return next(fact for kind in kinds.load().values() for fact in kind.facts if fact.type == type)


def states(draft, user, facts, **more):
    draft = drafts.save(draft.home, draft.id, draft.revision, user, "edited", AT, facts=facts, **more)
    checking.at_once(draft)
    return draft


@pytest.fixture
def ready(draft, clerk):
    """A draft from which nothing is missing."""
    return states(checks(draft, clerk), clerk, STATED)


@pytest.mark.parametrize(
    ("type", "text", "right"),
    [
        ("rate", "93.6", True),
        ("rate", "93.6元", False),
        ("rate", "-1", False),
        ("money", "1234567890123", False),
        ("phone", "0830-8191234 转 2", True),
        ("phone", "张老师", False),
        ("date", "2026-11-20", True),
        ("date", "2026年11月20日", False),  # kept in one form only
        ("date", "2026-02-30", False),
        ("long", "很" * 2000, True),
        ("long", "很" * 2001, False),
        ("text", "很" * 200, True),
        ("text", "很" * 201, False),
    ],
)
def test_a_fact_has_the_form_of_its_type(type, text, right):
    assert proposing.fits(fact(type), text) == right


def test_a_choice_is_one_of_its_own():
    choice = fact("choice")

    assert proposing.fits(choice, choice.choices[0].id)
    assert not proposing.fits(choice, "something else")


@pytest.mark.parametrize(
    ("change", "labels"),
    [
        ({}, []),
        ({"publisher": ""}, ["落款单位"]),
        ({"display_start": "2026-11-15"}, ["公示开始日期"]),  # before it was formed
        ({"formed_on": "很早"}, ["这些信息是哪天定下来的"]),
        ({"standard": "九十"}, ["补贴标准"]),
        ({"eligibility": "种地的户，问●●●●●●●●●●●"}, ["哪些人能领"]),  # the number is covered, not rewritten
        ({"basis_document": "", "grant_number": ""}, ["依据文件"]),  # the grant's number may be left out
    ],
    ids=str,
)
def test_what_is_missing_or_stated_wrongly_is_named(ready, clerk, change, labels):
    draft = states(ready, clerk, STATED | change)

    assert [words.zh for words in proposing.missing(draft)] == labels
    assert (proposing.propose(draft) is None) == bool(labels)


def test_a_title_and_the_reason_for_a_correction_are_asked_for_first(ready):
    ready.title, ready.corrects, ready.correction = "", "123456789", ""

    assert [words.zh for words in proposing.missing(ready)] == ["更正的原因", "标题"]


def test_the_schedule_counts_from_the_two_days(ready):
    found = proposing.schedule(ready)

    assert (found.formed, found.starts, found.end.day) == (date(2026, 11, 16), date(2026, 11, 20), date(2026, 11, 27))
    assert found.publish_by.day == date(2026, 12, 14)
    assert found.in_holiday == ""
    ready.facts = STATED | {"display_start": ""}
    assert proposing.schedule(ready) is None


@pytest.mark.parametrize(
    ("home", "covers", "counted", "by"),
    [
        ("510521116004", "2026年第三季度", date(2026, 9, 30), date(2026, 10, 10)),  # Sichuan, Art. 10: ten days after the quarter
        ("510521116004", "本季度", date(2026, 11, 16), date(2026, 11, 26)),
        ("510521116004", "2026年第四季度", date(2026, 11, 16), date(2026, 11, 26)),
        ("430511003002", "2026年第三季度", date(2026, 11, 16), None),
    ],
)
def test_a_villages_accounts_are_due_from_the_last_day_that_they_cover(app, clerk, home, covers, counted, by):
    stated = {"formed_on": "2026-11-16", "display_start": "2026-11-20", "covers": covers}
    found = proposing.schedule(drafts.start(home, "village-finance", "财务公开", clerk, AT, stated))

    assert found is not None
    assert (found.formed, found.counted) == (date(2026, 11, 16), counted)
    assert by in (None, found.publish_by.day)


@pytest.mark.parametrize(("polling", "ends"), [("2026-12-24", date(2026, 12, 24)), ("2026-12-05", date(2026, 12, 10)), ("", None)])
def test_a_list_of_voters_hangs_until_the_vote_and_its_days_at_least(app, clerk, polling, ends):
    stated = {"formed_on": "2026-11-16", "display_start": "2026-11-20", "polling_day": polling}
    found = proposing.schedule(drafts.start("510521116004", "elections", "选民名单", clerk, AT, stated))

    assert (found and found.end.day) == ends


@pytest.mark.parametrize(("today", "late"), [(date(2026, 12, 14), {}), (date(2026, 12, 15), {TOWN: 1})])
def test_a_draft_is_late_after_the_day_by_which_it_had_to_be_public(ready, clerk, today, late):
    drafts.start(TOWN, "cropland-subsidy", "没有日期", clerk, AT)

    assert proposing.overdue("510521", today) == late
    assert proposing.overdue("510522", today) == {}


def test_a_complete_draft_makes_the_proposal_of_all_that_it_states(ready):
    made = proposing.propose(ready)

    assert (made.home, made.title, made.starts, made.ends) == (TOWN, "公示", "2026-11-20", "2026-11-27")
    assert made.facts == FACTS
    assert [(part.place, part.row_count) for part in made.parts] == [(GAODONG, 1), (NEXT, 1)]
    assert (made.totals["amount"], made.frozen["publisher"], made.frozen["level"]) == ("650.52", "百和镇人民政府", "township")
    assert made.frozen["areas"][GAODONG] == "高洞社区"
    assert proposing.propose(ready).digest == made.digest


def test_a_file_that_nobody_looked_at_blocks(ready, clerk):
    draft = attachments.add(ready, ready.revision, clerk, AT, "照片", PHOTO)
    assert proposing.propose(draft) is None
    draft = attachments.look(draft, draft.revision, clerk, AT, 1) or drafts.find(TOWN, draft.id)

    assert [file["title"] for file in proposing.propose(draft).frozen["files"]] == ["照片"]


def test_an_error_in_the_table_blocks(ready, clerk):
    draft = checks(ready, clerk, roster(["高洞社区", "1组", "张小三", "五亩", "93.6", "463.32"]))

    assert (proposing.missing(draft), proposing.propose(draft)) == ([], None)


def test_grave_warnings_want_a_reason_each_until_one_is_given(ready, clerk):
    twice = roster(ROWS[0], ROWS[0])
    draft = checks(ready, clerk, twice)
    found = checking.found(draft)
    (rule,) = proposing.unexplained(draft, found)
    draft = drafts.save(TOWN, draft.id, draft.revision, clerk, "edited", AT, answers={rule: "是两家人"})

    assert proposing.unexplained(draft, found) == []


def test_a_notice_without_a_roster_hangs_on_the_walls_it_names(clerk):
    draft = drafts.start(COUNTY, "land-pre-notice", "公告", clerk, AT)
    facts = {one.id: "2026-11-16" if one.type == "date" else "1" for one in proposing.facts_of(draft)}
    facts |= {one.id: one.choices[0].id for one in proposing.facts_of(draft) if one.type == "choice"}
    own = {"publisher": "泸县人民政府", "formed_on": "2026-11-16", "display_start": "2026-11-20"}
    draft = states(draft, clerk, facts | own)
    assert [part.place for part in proposing.propose(draft).parts] == [COUNTY]
    draft = states(draft, clerk, facts | own | {"places": f"{NEXT} {GAODONG}"})

    assert {part.place for part in proposing.propose(draft).parts} == {GAODONG, NEXT}


def test_the_days_until_a_late_draft_are_working_days(ready, clerk):
    draft = states(ready, clerk, STATED | {"formed_on": "2026-09-21", "display_start": "2026-09-22"})
    by = proposing.schedule(draft).publish_by.day

    assert by - date(2026, 9, 21) > timedelta(days=28)  # 20 working days, and the holidays of October between
