"""The last days of a case: stopped, resumed, begun anew, given more, and explained, on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from board.models import db
from board.store import cases
from tests.house.statements import counted
from tests.store.asked import AT, COUNTY, DUE, KEY, does, files, replays, texts
from tests.store.posted import GAODONG, TOWN


@pytest.mark.parametrize(("waits", "due"), [(3, DUE + timedelta(days=3)), (40, DUE + timedelta(days=10))])
def test_a_question_back_stops_the_clock_until_the_villager_answers_or_ten_days_are_over(case, clerk, waits, due):
    cases.act(TOWN, case.id, "ask_back", clerk, "是哪一块地？", 1, AT)
    assert (case.state, case.due) == ("asked", DUE + timedelta(days=10))

    cases.say_more(KEY, "河边那块。", 2, AT + timedelta(days=waits))
    assert (case.state, case.due, case.asked) == ("working", due, None)
    with pytest.raises(cases.MovedOn):
        cases.act(TOWN, case.id, "ask_back", clerk, "再问一次。", 3, AT)
    assert replays(TOWN)


def test_more_time_needs_the_reviewer_is_given_once_and_the_villager_reads_why(case, clerk, person_id):
    cases.act(TOWN, case.id, "extend", clerk, "要到现场量一次。", 1, AT)
    assert case.due == DUE
    cases.act(TOWN, case.id, "grant", person_id("baihe-reviewer"), "", 2, AT)

    assert case.due == date(2026, 12, 4), "five working days more"
    assert [(said.act, said.text) for said in cases.messages(case)][1:] == [("extend", "要到现场量一次。"), ("grant", "要到现场量一次。")]
    with pytest.raises(cases.MovedOn):
        cases.act(TOWN, case.id, "extend", clerk, "还要几天。", 3, AT)
    assert replays(TOWN)


def test_time_is_never_given_beyond_the_laws_own_last_day(case, clerk):
    case.since = date(2026, 11, 7)  # twenty calendar days before the day that was told: Sichuan's cap
    db.session.commit()
    with pytest.raises(cases.NoTime):
        cases.act(TOWN, case.id, "extend", clerk, "要到现场量一次。", 1, AT)


def test_a_forwarded_case_keeps_its_day(case, clerk):
    cases.act(TOWN, case.id, "forward", clerk, "这笔钱是县里发的。", 1, AT)

    assert (case.desk, case.state, case.due) == (COUNTY, "received", DUE)
    assert replays(TOWN)


def test_a_forwarded_case_of_a_village_keeps_its_day_up_to_the_county(posted, clerk):
    case = files(posted, "amount_wrong", GAODONG)
    for desk in (TOWN, COUNTY):
        does(case, "forward", clerk, "不归我们管。", AT + timedelta(days=1))
        assert (case.desk, case.due) == (desk, DUE)
    with pytest.raises(cases.MovedOn):
        does(case, "forward", clerk, "不归我们管。")
    assert replays(GAODONG)


def test_more_time_given_while_the_clock_stands_still_is_added_behind_the_stop(case, clerk, reviewer):
    does(case, "extend", clerk, "要到现场量一次。")
    does(case, "ask_back", clerk, "是哪一块地？")
    does(case, "grant", reviewer)
    assert (case.held, case.due) == (date(2026, 12, 4), date(2026, 12, 14))
    assert texts(case)[-1] == "要到现场量一次。"

    cases.say_more(KEY, "河边那块。", cases.last_no(case), AT + timedelta(days=3))
    assert (case.state, case.held, case.due) == ("working", None, date(2026, 12, 7))
    assert replays(TOWN)


def test_more_time_refused_while_the_clock_stands_still_moves_nothing(case, clerk, reviewer):
    does(case, "extend", clerk, "要到现场量一次。")
    does(case, "ask_back", clerk, "是哪一块地？")
    was = case.held, case.due
    does(case, "refuse", reviewer)

    assert (case.held, case.due) == was == (DUE, DUE + timedelta(days=10))
    assert replays(TOWN)


# ---- applications (条例 30–33)

MADE, THIRD = date(2026, 11, 22), date(2026, 11, 25)


@pytest.fixture
def application(app):
    """What somebody applied to the township for, on a Sunday."""
    return files(None, "application", row=None)


def test_the_clock_counts_from_the_day_both_confirm(application, clerk):
    does(application, "confirm", clerk, at=AT + timedelta(days=1))
    assert (application.since, application.due) == (date(2026, 11, 23), date(2026, 12, 21))
    with pytest.raises(cases.MovedOn):
        does(application, "confirm", clerk, at=AT + timedelta(days=2))
    assert replays(TOWN)


@pytest.mark.parametrize("days", [3, 4, 20])
def test_who_confirms_late_gains_nothing(application, clerk, days):
    due = application.due
    does(application, "confirm", clerk, at=AT + timedelta(days=days))

    assert (application.since, application.due) == (THIRD, due)
    assert replays(TOWN)


def test_no_more_time_is_asked_for_a_clock_that_does_not_run_yet(application, clerk, reviewer):
    with pytest.raises(cases.MovedOn):
        does(application, "extend", clerk, "材料多。")
    does(application, "confirm", clerk)
    does(application, "extend", clerk, "材料多。")
    told = application.due
    does(application, "grant", reviewer)

    assert application.due > told
    assert replays(TOWN)


def test_an_application_made_clearer_starts_anew_on_that_day(application, clerk):
    does(application, "ask_back", clerk, "请写明是哪一年的。", AT + timedelta(days=4))
    assert application.state == "asked"
    day = AT + timedelta(days=10)
    cases.say_more(KEY, "2025 年的。", 2, day)

    assert (application.state, application.since, application.held) == ("working", day.date(), None)
    assert application.due == date(2026, 12, 30), "twenty working days from the second of December"
    does(application, "confirm", clerk, at=day)
    assert (application.since, application.due) == (day.date(), date(2026, 12, 30))
    assert replays(TOWN)


@pytest.mark.parametrize(("days", "may"), [(12, True), (13, False)])
def test_what_has_to_be_made_clearer_is_said_within_seven_working_days(application, clerk, days, may):
    at = AT + timedelta(days=days)  # the clock counts from the 25th: seven working days are over on the fourth of December

    assert ("ask_back" in cases.able(application, ["ask"], at.date())) is may


def test_the_days_of_third_parties_are_not_counted(application, clerk):
    does(application, "confirm", clerk)
    due = application.due
    does(application, "consult", clerk, "要问承包的人。", AT + timedelta(days=1))
    assert (application.state, application.held, application.asked) == ("consulting", due, date(2026, 11, 23))
    assert application.due > due
    stopped = application.due
    cases.say_more(KEY, "快一点。", cases.last_no(application), AT + timedelta(days=2))
    assert (application.state, application.due) == ("consulting", stopped), "what he says is no answer of theirs"

    does(application, "consulted", clerk, "", AT + timedelta(days=3))
    assert (application.state, application.held, application.asked) == ("working", None, None)
    assert application.due == date(2026, 12, 22), "two working days later than without them"
    assert due == date(2026, 12, 18)
    assert replays(TOWN)


# ---- petitions


def test_a_petition_that_comes_again_is_told_by_a_day_that_is_not_over(app, clerk):
    letter = files(None, "letter", row=None, consent=False)
    does(letter, "answer", clerk, "看过了。")
    again = AT + timedelta(days=60)
    cases.say_more(KEY, "这回我要上访。", 2, again)
    does(letter, "register", clerk, "XF-2027-0001", again)

    assert letter.due == again.date() + timedelta(days=15)
    assert replays(TOWN)


# ---- why


def test_a_day_is_explained_until_something_that_is_told_moves_it(case, clerk, reviewer):
    assert "最晚11月27日" in cases.why(case).zh
    does(case, "extend", clerk, "要到现场量一次。")
    assert cases.why(case)
    does(case, "grant", reviewer)
    assert cases.why(case) is None


def test_before_anything_is_sent_the_same_reason_is_given_as_afterwards(posted):
    for category in ("amount_wrong", "application", "letter"):
        case = files(None, category, key=category.ljust(32, "x"), row=None)
        assert cases.why_due(TOWN, category, MADE) == cases.why(case)


ANSWERS = """
[[answer]]
levels = ["township"]
areas = ["510521"]
days = {days}
unit = "working"
first_day_counts = false
basis = {{ zh = "泸县规定：{days} 个工作日内答复", en = "Luxian: an answer within {days} working days" }}
"""


@pytest.mark.parametrize(("days", "due"), [(2, date(2026, 11, 25)), (15, date(2026, 11, 30))])
def test_a_county_shortens_the_clock_and_never_lengthens_it(app, tmp_path, days, due):
    file = tmp_path / "answers.toml"
    file.write_text(ANSWERS.format(days=days), "utf-8")
    app.config["ANSWERS_FILE"] = str(file)

    assert cases.due(TOWN, "amount_wrong", date(2026, 11, 23)) == due
    assert ("泸县规定" in cases.why_due(TOWN, "amount_wrong", date(2026, 11, 23)).zh) is (days == 2)


def test_a_list_says_why_each_is_due_with_one_look_at_the_tables(posted, clerk):
    made = [files(posted, "amount_wrong", key=f"{n:032}") for n in range(4)]
    does(made[1], "ask_back", clerk, "是哪一块地？")
    does(made[2], "forward", clerk, "不归我们管。")
    letter = files(None, "letter", key="e" * 32, row=None, consent=False)
    assert {case.desk for case in [*made, letter]} == {TOWN, COUNTY}  # read anew, before anything is counted
    with counted() as asked:
        few = cases.whys(made[:1])
    with counted() as asked_more:
        told = cases.whys([*made, letter])

    assert few[TOWN, made[0].id] == cases.why(made[0]) == told[TOWN, made[0].id]
    assert told[TOWN, made[1].id].zh == "等村民补充，期限停着；他补充以后接着算。"
    assert told[TOWN, made[2].id].zh.endswith("最晚11月27日。")
    assert "五个工作日" in told[TOWN, letter.id].zh
    assert len(asked_more.sent) == len(asked.sent) <= 2
