"""Whatever offices and the county do with duties: five classes part all cells, every figure equals its list, a recount finds nothing."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from board import policies
from board.models import Area, Notice, db
from board.rules.duties import cell, duty_period, switches
from board.rules.duties.statement import Said
from board.rules.duties.switches import Switched
from board.rules.quarters import Quarter
from board.store import areas, duties, notices, people
from board.store.duties import cells
from board.store.notices import Posted
from board.store.proof.duties import DUTIES
from board.store.proof.subject import altered
from tests.store.assessed import holds as assessed
from tests.store.due import COUNTY, HERE, TOWN, ZHAOYA, moment, publishes

START, TURNS = date(2026, 1, 5), 34
QUARTERS = {"q1": "一", "q2": "二", "q3": "三", "q4": "四"}
SPARE = "510521116237"  # a village that nobody signs in for, so that it may be closed
PLACES = [*HERE, SPARE]


# One of each rhythm and level, and some that nobody owes at first.
OWED = (
    "village_accounts", "cropland_subsidy", "land_pre_notice", "land_resettlement", "disaster_relief", "grain_subsidy",
    "social_assistance", "supervision_report", "fund_allocation", "relief_projects",
)  # fmt: skip


class History:
    """A county, a township and its villages through two years, as chance has it."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.day = chance, START
        self.admin, self.clerk, self.reviewer = (_id(name) for name in ("luxian-admin", "baihe-clerk", "baihe-reviewer"))
        self.said: list[tuple[str, int]] = []

    def goes_on(self) -> None:
        self.day += timedelta(days=self.chance.choice([0, 1, 8, 20, 45]))
        acts = [self.posts, self.posts, self.posts, self.corrects, self.withdraws, self.switches, self.switches, self.says, self.says,
                self.takes_back, self.tells, self.closes]  # fmt: skip
        try:
            self.chance.choice(acts)()
        except (duties.SwitchRefused, duties.SayingRefused, duties.PeriodRefused, areas.AreaRefused):
            db.session.rollback()

    def _open(self) -> list[str]:
        return [one.code for one in areas.named(PLACES) if not one.closed]

    def _some(self) -> list[str]:
        there = self._open()
        return self.chance.sample(there, self.chance.randint(1, len(there)))

    def _title(self, id: str) -> str:
        """Return a title that says its period, mostly."""
        year = self.chance.choice([2026, 2026, 2027])
        every = policies.duties()[id].every
        if self.chance.random() < 0.15:
            return "公示"
        if every == "quarter":
            return f"{year}年第{self.chance.choice(list(QUARTERS.values()))}季度公示"
        return f"{year}年{self.chance.choice('上下')}半年公示" if every == "half" else f"{year}年公示"

    def posts(self, corrected: Posted | None = None) -> None:
        id = of_kind(corrected.notice.kind) if corrected else self.chance.choice(OWED)
        duty = policies.duties()[id]
        one = self.chance.choice(self._open())
        home = corrected.home if corrected else {"county": COUNTY, "township": TOWN, "village": one}[duty.publisher]
        places = {"village": self._some(), "township": self.chance.choice([[TOWN], [TOWN, ZHAOYA]]), "county": [COUNTY]}[duty.level]
        own = self.day + timedelta(days=self.chance.choice([-3, 30, 400]))
        facts = {"stage": self.chance.choice(["approved", "approved", "proposed"])} if duty.only else {}
        frozen = {"period": self._matter()} if duty.rhythm == "stage" else {}
        places = [home] if duty.level == duty.publisher else places
        publishes(duty.kind, self._title(id), self.day, places, home=home, by=own, corrects=corrected, facts=facts, frozen=frozen)

    def _matter(self) -> str:
        return self.chance.choice([*(f"n{one.number}" for one in self._standing() if one.kind == "land-pre-notice"), "n99999999"])

    def _standing(self) -> list[Notice]:
        return list(db.session.query(Notice).filter(Notice.withdrawn_at.is_(None)).order_by(Notice.home, Notice.number))

    def _one(self) -> Posted | None:
        there = self._standing()
        return notices.find(self.chance.choice(there).number) if there else None

    def corrects(self) -> None:
        if posted := self._one():
            self.posts(posted)

    def withdraws(self) -> None:
        if posted := self._one():
            notices.take_down(posted, self.reviewer, "错了", moment(self.day))

    def switches(self) -> None:
        on = self.chance.random() < 0.7
        since = self.day + timedelta(days=self.chance.choice([0, 30, -60] if on else [0, 40]))
        act = Switched(on, since, "" if on else "由省里公开")
        duties.switch(COUNTY, self.chance.choice(OWED), act, self.admin, moment(self.day))

    def says(self) -> None:
        duty = policies.duties()[self.chance.choice(OWED)]
        period = duty_period.of(self.day, duty.every).previous.key if duty.every else self._matter()
        said = Said("none", duty.id, period, tuple(self._some()) if duty.level == "village" else (TOWN,), self.day, why="没有")
        sort = self.chance.choice(["none", "elsewhere", "paper"])
        if sort != "none":
            more = {"address": "https://www.luxian.gov.cn/1.html"} if sort == "elsewhere" else {"seen_by": "驻村干部"}
            said = replace(said, sort=sort, why="", day=self.day - timedelta(days=self.chance.choice([0, 5, 60])), **more)
        home = COUNTY if duty.publisher == "county" else TOWN
        said = replace(said, places=(COUNTY,)) if duty.level == "county" else said
        self.said.append((home, duties.say(home, said, self.clerk, moment(self.day)).no))

    def takes_back(self) -> None:
        if self.said:
            duties.take_back(*self.chance.choice(self.said), self.clerk, moment(self.day))

    def tells(self) -> None:
        for version in duties.untold("510521")[:1]:
            duties.say_period(
                version.home, version.number, self.chance.choice(["2026", "2026-q2", "2026-h1"]), self.clerk, moment(self.day)
            )

    def closes(self) -> None:
        if self.chance.random() < 0.3:
            areas.close(SPARE, "luxian-admin", moment(self.day))


def of_kind(kind: str) -> str:
    return next(duty.id for duty in policies.duties().values() if duty.kind == kind)


def _id(username: str) -> int:
    person = people.named(username)
    assert person
    return person.id


def under(one: duties.Cell) -> tuple[str, str, str]:
    """Return the figure under which a cell is counted."""
    return cells._town(one.place), one.duty, one.period if policies.duties()[one.duty].every else cells.MATTERS


def expected(year: int, today: date) -> set[tuple[str, str, str]]:
    """Return the cells that there must be of duties by periods: each place, duty that was ever switched on, and period that has begun."""
    found = db.session.query(Area).filter(Area.code.startswith("510521"))
    acts = duties.of(COUNTY)
    there = [area for area in found if not area.closed or (area.closed_on and area.closed_on > date(year, 1, 1))]
    regular = [duty for duty in policies.duties().values() if duty.every and switches.first_on(acts.get(duty.id, []))]
    return {
        (area.code, duty.id, period.key)
        for duty in regular
        for area in there
        if area.level == duty.level
        for period in duty_period.of_year(year, duty.every)
        if period.first <= today
    }


def holds(today: date) -> Counter[str]:
    """Hold one day's cells, figures and lists against each other; return how many cells each class has."""
    seen = Counter[str]()
    acts = duties.of(COUNTY)
    for year in (2025, 2026, 2027):
        of_all = duties.of_area(COUNTY, year, today)
        assert len({one.key for one in of_all}) == len(of_all), "a cell is in one class"
        assert {one.state for one in of_all} <= set(cell.CLASSES)
        assert {one.key for one in of_all if policies.duties()[one.duty].every} == expected(year, today)
        by_figure = Counter((under(one), one.state) for one in of_all)
        counted = duties.counted(COUNTY, year, today)
        assert {(key, state): n for key, one in counted.items() for state, n in one.items() if n} == by_figure
        of_town = duties.counted(TOWN, year, today)
        assert {key: +one for key, one in of_town.items() if +one} == {key: +one for key, one in counted.items() if key[0] == TOWN and +one}
        assert duties.listed(COUNTY, year, today, limit=10_000) == sorted(of_all, key=lambda one: one.key)
        town = duties.of_area(TOWN, year, today)
        for one in town:
            period = duty_period.parse(one.period) if policies.duties()[one.duty].every else None
            if period and not switches.is_on(acts[one.duty], period.last):
                assert one.state == "not_applicable"
        lacking = Counter((one.duty, one.period) for one in town if one.state == "missing")
        owed = duties.owes(TOWN, year, today, soon=0)
        mine = [id for id, duty in policies.duties().items() if duty.publisher in ("village", "township")]
        for (id, key), n in lacking.items():
            assert id not in mine or len(next(one for one in owed if (one.duty, one.period) == (id, key)).lacking) == n
        late = [one for office in (COUNTY, TOWN, *PLACES) for one in duties.late(office, year, today)]
        assert Counter(one.key for one in late) == Counter(one.key for one in of_all if one.state == "late")
        seen += Counter(one.state for one in of_all)
    return seen


@pytest.mark.parametrize("seed", range(3))
def test_whatever_offices_and_the_county_do(app, seed):
    history = History(random.Random(seed))
    for duty in OWED[:5]:
        duties.switch(COUNTY, duty, Switched(True, START), history.admin, moment(START))
    seen = Counter[str]()
    for turn in range(TURNS):
        history.goes_on()
        if turn % 14 == 0:
            seen += holds(history.day)
    seen += holds(history.day) + holds(history.day + timedelta(days=90))
    assert set(seen) == set(cell.CLASSES), "all of them come to pass"
    for no in (2, 4) if seed == 0 else ():
        assessed(COUNTY, Quarter(2026, no), history.day)
    assert duties.recount() == [], "kept as it was done, and made of what there is"
    for home in (COUNTY, TOWN, *PLACES):
        assert {name: altered(subject, home) for name, subject in DUTIES.items()} == {name: {} for name in DUTIES}
