"""Whatever people and the clock do with a case of any category, asked of any office: what must always hold, on both engines."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from board import policies
from board.models import Case, db
from board.rules.calendar import day_of
from board.rules.cases import machine
from board.store import areas, cases, people
from board.store.cases import causes, lists, upkeep
from board.store.proof.subject import altered
from board.store.proof.subjects import SUBJECTS
from tests.actors import PASSWORD
from tests.store.asked import ASKED, AT, COUNTY, replays
from tests.store.posted import GAODONG, TOWN

CATEGORIES = [one for one in policies.case_categories().values() if one.to == "publisher"]
OFFICES = {"village": GAODONG, "township": TOWN, "county": COUNTY}
STAFF = [act for act, one in machine.TABLE.items() if one.role in ("clerk", "reviewer")]
WORDLESS = ("work", "confirm", "verify", "consulted", "hear", "grant", "refuse", "untie")
MOVERS = ("ask_back", "consult", "consulted", "register", "forward", "grant", "add", "answer")  # acts that move a day, or keep another's
STARTS = [(category.id, level, source) for category in CATEGORIES for level in category.first for source in ("web", "call")]


class History:
    """One case, another one that asks the same, and those who have to do with them, as chance has it."""

    def __init__(self, chance: random.Random, posted, staff: list[int], category: str, level: str, source: str) -> None:
        self.chance, self.staff, self.at = chance, staff, AT
        self.category, home = policies.case_categories()[category], OFFICES[level]
        self.posted = posted if "notice" in self.category.about else None
        self.asked = replace(
            ASKED, category=category, home=home, row=2 if self.posted else None, source=source, text="第一句话。",
            due=cases.due(home, category, day_of(AT)), consent=True if self.category.publish == "consent" else None,
        )  # fmt: skip
        self.key, self.writer = f"{chance.getrandbits(128):032x}", None if source == "web" else staff[0]
        self.case = cases.file(self.posted, self.key, self.asked, AT, self.writer)
        self.other = f"{chance.getrandbits(128):032x}"
        self.twin = cases.file(self.posted, self.other, self.asked, AT, self.writer)
        self.said = ["第一句话。"]
        self.told = self.case.due

    def goes_on(self, turn: int) -> str:
        """Let somebody do something, or try to; return what was done, "" for nothing."""
        before, others = cases.last_no(self.case), cases.last_no(self.twin)
        given = cases.may_suggest(self.case, [one.act for one in cases.messages(self.case)])
        choices = [*STAFF, *STAFF, "add", "add", "dispute", "solve", "rate", "write_down", "resend", "show", "unshow", "clock", "no-time"]
        choices += ["dispute"] * (12 if self.case.state == "answered" else 0)
        choices += ["tie", "answer_all", "answer_all", "twin", *["consulted"] * (6 if self.case.state == "consulting" else 0)]
        act = self.chance.choice([*choices, *["suggest"] * (20 if given else 1), *["retract"] * bool(self.case.consent)])
        if act != "no-time":
            self.at += timedelta(days=self.chance.choice([0, 0, 1, 2, 5, 9, 40]), minutes=1)
        text = f"第{turn}句话。"
        try:
            self._does(act, text)
        except (cases.MovedOn, cases.Barred, cases.Unheard, cases.NoTime, causes.Hindered):
            assert (cases.last_no(self.case), cases.last_no(self.twin)) == (before, others), "what is refused leaves nothing behind"
            return ""
        found = [one for one in cases.messages(self.case) if one.no > before]
        self.said += [text] if text in [one.text for one in found] else []
        if found and act not in (*WORDLESS, "solve", "rate", "suggest", "retract", "clock", "no-time", "twin"):
            assert found[-1].text == text, f"{act}: what was said is lost"
        return found[-1].act if found else ""

    def _does(self, act: str, text: str) -> None:
        home, id, seen = self.case.home, self.case.id, cases.last_no(self.case)
        if act in (*machine.TIES, "answer_all"):
            self._together(act, text)
        elif act in STAFF:
            given = [one.id for one in self.category.outcomes if one.gives] * 6  # else few would have something to suggest
            outcome = self.chance.choice(["", *(one.id for one in self.category.outcomes), *given]) if act == "answer" else ""
            words = "" if act in WORDLESS else text
            cases.act(home, id, act, self.chance.choice(self.staff), words, seen, self.at, outcome=outcome)
        elif act == "resend":
            cases.file(self.posted, self.key, replace(self.asked, text=text), self.at, self.writer)
        elif act in ("show", "unshow"):
            cases.show(self.key, act == "show", self.at)
        elif act == "write_down":
            cases.write_down(home, id, self.staff[0], text, seen, self.at)
        elif act == "clock":
            upkeep.lead_up_late(self.at)
            upkeep.forget(self.at)
        elif act == "rate":
            cases.rate(self.key, seen, self.chance.choice(machine.RATINGS), self.at)
        elif act == "suggest":
            cases.suggest(self.key, seen, self.at)
        elif act == "retract":
            cases.take_back_consent(self.key, self.at)
        elif act == "solve":
            cases.close(self.key, seen, self.at)
        elif act == "dispute":
            cases.dispute(self.key, seen, text, self.at)
        elif act == "add":
            cases.say_more(self.key, text, seen, self.at)
        elif act == "twin" and self.chance.random() < 0.5:
            cases.say_more(self.other, text, cases.last_no(self.twin), self.at)
        elif act == "twin":
            cases.dispute(self.other, cases.last_no(self.twin), text, self.at)

    def _together(self, act: str, text: str) -> None:
        """Tie the two cases, untie the first, or answer both."""
        who, home, both = self.chance.choice(self.staff), self.case.home, (self.case, self.twin)
        if act == "tie":
            causes.tie(home, [one.id for one in both], who, self.at, title=text)
        elif act == "untie":
            causes.untie(home, self.case.id, who, self.at)
        elif cause := causes.of(self.case):
            outcome = self.chance.choice([one.id for one in self.category.outcomes] or [""])
            shown = {one.id: cases.last_no(one) - (self.chance.random() < 0.1) for one in both}
            causes.answer(cause, who, text, shown, self.at, outcome=outcome)
            assert [cases.messages(one)[-1].text for one in both] == [text, text], "one answer reaches all"

    def holds(self, act: str) -> None:
        """What must hold after every step."""
        case, today = self.case, day_of(self.at)
        messages = cases.messages(case)
        assert [one.text for one in messages if one.text and one.act != "grant"] == self.said
        answered = day_of(case.answered) if case.answered else None
        assert machine.class_of(case.state, case.due, answered, today) in machine.CLASSES
        assert (case.state in machine.ANSWERED) <= (answered is not None)
        assert (case.state in ("asked", "consulting")) == (case.held is not None) == (case.asked is not None)
        assert case.due >= case.since
        moved = [one.act for one in messages if one.act in (*MOVERS, *machine.RISES)]
        assert cases.why(case) or moved, f"nothing explains {case.due}"
        if case.due > self.told:
            assert act in (*MOVERS, *machine.RISES), f"{act} put the day off"
            assert act not in machine.UNSEEN
        if act == "forward":
            assert case.due == self.told, "a forwarded case keeps its day"
        self.told = case.due
        outcome = self.category.outcome(case.outcome)
        assert bool(outcome) == bool(case.outcome)
        assert areas.get(case.desk).level in OFFICES
        assert case.desk.startswith(case.home[:6])
        cause = causes.of(case)
        assert case.alone or cause is None or cause.desk == case.desk, "what goes up goes on alone"
        assert causes.others(case) == 0, "of two, none is told of the other"
        assert not case.supervised or self.category.supervisable and case.home != COUNTY


def starting(seed: int) -> list[tuple[str, str, str]]:
    return [start for n, start in enumerate(STARTS) if n % 6 == seed % 6]


# A few on PostgreSQL: the rules are the same, and the store's own tests have its SQL.
ENGINES = [*(("sqlite", seed) for seed in range(6)), ("postgresql", 0), ("postgresql", 5)]


# The scope is said, because only one of the two is a fixture: without it every history would fill a database of its own.
@pytest.mark.parametrize(("databases", "seed"), ENGINES, indirect=["databases"], scope="session")
def test_whatever_people_and_the_clock_do(posted, person_id, seed):
    chance = random.Random(seed)
    people.add("gaodong-supervisor", "某人", "supervisor", GAODONG, PASSWORD, at=AT)
    staff = [person_id(name) for name in ("baihe-clerk", "baihe-reviewer", "luxian-clerk", "luxian-reviewer")]
    for start in starting(seed):
        history = History(chance, posted, staff, *start)
        for turn in range(18):
            history.holds(history.goes_on(turn))
    for home in OFFICES.values():
        assert replays(home)
        assert altered(SUBJECTS["cause"], home) == {}
    waiting = {(one.home, one.id) for one in db.session.query(Case) if one.state in machine.OPEN}
    stand = [line.case for line in lists.inbox("510521", list(policies.case_categories()), limit=1000)]
    tied = [(one.home, one.tie) for one in stand if one.tie and not one.alone and one.state != "telling"]
    hidden = [one for one in waiting - {(one.home, one.id) for one in stand} if cases.one(*one).tie]
    assert len(tied) == len(set(tied)), "a cause is one line"
    assert len(stand) + len(hidden) == len(waiting), "no case that waits is out of sight"


def test_the_histories_begin_in_every_way():
    assert {start for seed in range(6) for start in starting(seed)} == set(STARTS)
    assert {category for category, *_ in STARTS} == {one.id for one in CATEGORIES}
    assert {level for _, level, _ in STARTS} == set(OFFICES)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # says of the histories that they are whole, and not of an engine
def test_every_act_is_done_in_some_history(posted, person_id):
    staff = [person_id(name) for name in ("baihe-clerk", "baihe-reviewer", "luxian-clerk", "luxian-reviewer")]
    done, chance = set(), random.Random(17)  # does them all in a quarter of the steps that most need
    rare = [start for start in STARTS if start[0] in ("application", "letter", "household")]  # what few know is done sooner by them
    for start in [*rare * 4, *STARTS]:
        history = History(chance, posted, staff, *start)
        for turn in range(24):
            done.add(history.goes_on(turn))
        if not set(machine.TABLE) - done:
            break
    assert set(machine.TABLE) - done == set()
