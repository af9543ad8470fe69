"""Whatever people do, in whatever order, and whenever the process ends in the middle of it: the nine promises hold after each step.

``make promises`` does the same for as long as MINUTES says, each time with other histories: RUN repeats those of one run.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from tests.databases import Databases, Filled
from tests.promises import acts
from tests.promises.kills import Kill
from tests.promises.model import TEAMS, Draft, Notice
from tests.promises.promises import PROMISES, looks
from tests.promises.world import World, standing

MINUTES, RUN = int(os.environ.get("MINUTES", "0")), int(os.environ.get("RUN", "0")) or int(time.time())
KILLED = st.builds(Kill, st.sampled_from(["write", "commit", "committed"]), st.integers(0, 6))
SOON = st.builds(Kill, st.sampled_from(["write", "commit", "committed"]), st.sampled_from([0, 0, 0, 1, 1, 2, 3, 5]))
# Of these many come too late, as an act of few statements is over before; the long run kills sooner and more often.
KILLS = st.none() | SOON | SOON | SOON | KILLED if MINUTES else st.none() | KILLED | KILLED
AREAS = st.lists(st.integers(1, 3000), min_size=2, max_size=5)
KINDS = st.sampled_from(["cropland-subsidy", "social-assistance"])
TEAM, NTH = st.sampled_from(TEAMS), st.integers(0, 20)
DONE = {"histories": 0, "steps": 0, "acts": 0, "kills": 0}


def begins_with(world: World) -> None:
    """A notice of each township, one of a sensitive kind, and one that waits: where every history begins."""
    for team, kind, areas in ((TEAMS[0], "cropland-subsidy", [495, 200, 110, 300]), (TEAMS[1], "social-assistance", [300] * 6)):
        places = [code for code, _ in team.villages[:2]]
        acts.begins(world, team, kind, world.model.lines(places, areas))
        acts.submits(world, world.model.drafts[-1])
        acts.approves(world, world.model.drafts[-1])
    acts.begins(world, TEAMS[0], "cropland-subsidy", world.model.lines([TEAMS[0].villages[0][0]], [100, 220]))
    acts.submits(world, world.model.drafts[-1])


class Board(RuleBasedStateMachine):
    """Two townships and their people; each rule is an act of one of them."""

    def __init__(self, databases: Databases, filled: Filled) -> None:
        super().__init__()
        self.stack, self.around = ExitStack(), sys.exc_info()[1]
        self.world = self.stack.enter_context(standing(databases, filled, begins_with))
        self.model = self.world.model
        DONE["histories"] += 1

    def teardown(self) -> None:
        """Look everywhere once, and let go of the installation."""
        with self.stack:
            if sys.exc_info()[1] is self.around:  # after a failure there is nothing more to look at
                self.holds(whole=True)
            DONE["kills"] += self.world.kills
            DONE["acts"] += self.world.acts

    def holds(self, whole: bool = False) -> None:
        """Look whether each of the nine promises holds."""
        self.world.steps += 1
        self.world.touched = self.world.touched or [self.model.notices[self.world.steps % len(self.model.notices)]]
        looks(self.world, whole)
        for promise in PROMISES:
            promise(self.world, whole)
        self.world.heard.clear()
        self.world.touched.clear()
        DONE["steps"] += 1

    def _drafts(self, *states: str) -> list[Draft]:
        return [one for one in self.model.drafts if one.state in states and one.address]

    def _notices(self) -> list[Notice]:
        return [one for one in self.model.notices if not one.why_withdrawn]

    @rule()
    def goes_on(self) -> None:
        """Let happen what comes next when all goes well: the simplest history is that of a notice from its draft to its correction."""
        asked = self._answered()
        if self._waiting():
            acts.approves(self.world, self._waiting()[0])
        elif drafts := self._drafts("open", "returned", "submitted"):
            acts.submits(self.world, drafts[0]) if drafts[0].state != "submitted" else acts.returns(self.world, drafts[0])
        elif self._open_cases():
            acts.answers(self.world, self._open_cases()[0])
        elif asked:
            acts.disputes(self.world, asked[0])
        elif self._correctable() and self.model.asked:
            acts.corrects(self.world, self._correctable()[0], 0, Decimal(self.world.steps + 1))
        elif self._notices():
            acts.asks(self.world, self._notices()[0], 0, "township", number_typed=True)
        self.holds()

    @rule(team=TEAM, kind=KINDS, areas=AREAS, villages=st.integers(1, 3), named=st.booleans(), file=st.booleans(), kill=KILLS)
    def begins(self, team: Any, kind: str, areas: list[int], villages: int, named: bool, file: bool, kill: Any) -> None:
        places = [code for code, _ in team.villages[:villages] if code not in self.model.closed]
        acts.begins(self.world, team, kind, self.model.lines(places, areas), kill, named, file)
        self.holds()

    @precondition(lambda self: self._drafts("open", "returned"))
    @rule(nth=NTH, kill=KILLS)
    def submits(self, nth: int, kill: Any) -> None:
        drafts = self._drafts("open", "returned")
        acts.submits(self.world, drafts[nth % len(drafts)], kill)
        self.holds()

    def _waiting(self) -> list[Draft]:
        return [one for one in self._drafts("submitted") if one.starts >= self.world.today]

    @precondition(lambda self: self._waiting())
    @rule(nth=NTH, how=st.sampled_from(["approves", "approves", "returns", "own", "old"]), kill=KILLS)
    def decides(self, nth: int, how: str, kill: Any) -> None:
        draft = self._waiting()[nth % len(self._waiting())]
        if how == "own":
            acts.approves_his_own(self.world, draft)
        elif how == "old":
            acts.approves_an_old_page(self.world, draft)
        else:
            (acts.approves if how == "approves" else acts.returns)(self.world, draft, kill)
        self.holds()

    @precondition(lambda self: self._correctable())
    @rule(nth=NTH, row=NTH, area=st.integers(1, 3000), kill=KILLS)
    def corrects(self, nth: int, row: int, area: int, kill: Any) -> None:
        found = self._correctable()
        acts.corrects(self.world, found[nth % len(found)], row, Decimal(area) / 100, kill)
        self.holds()

    def _correctable(self) -> list[Notice]:
        under = {one.corrects for one in self._drafts("open", "returned", "submitted")}
        return [one for one in self._notices() if one.number not in under and not self.model.closed & set(one.places)]

    @precondition(lambda self: len(self._notices()) > 1)
    @rule(nth=NTH, kill=KILLS)
    def takes_down(self, nth: int, kill: Any) -> None:
        acts.takes_down(self.world, self._notices()[nth % len(self._notices())], kill)
        self.holds()

    @precondition(lambda self: self._notices())
    @rule(nth=NTH, kill=KILLS)
    def hangs(self, nth: int, kill: Any) -> None:
        acts.hangs(self.world, self._notices()[nth % len(self._notices())], kill)
        self.holds()

    @precondition(lambda self: self._notices())
    @rule(nth=NTH, kill=KILLS)
    def reads_aloud(self, nth: int, kill: Any) -> None:
        acts.reads_aloud(self.world, self._notices()[nth % len(self._notices())], kill)
        self.holds()

    @rule(spoken=st.booleans(), kill=KILLS)
    def writes(self, spoken: bool, kill: Any) -> None:
        (acts.speaks_for if spoken else acts.writes)(self.world, kill)
        self.holds()

    @precondition(lambda self: [one for one in self._open_cases() if one.contact])
    @rule(nth=NTH, kill=KILLS)
    def opens_contact(self, nth: int, kill: Any) -> None:
        found = [one for one in self._open_cases() if one.contact]
        asked = found[nth % len(found)]
        with self.world.traced(asked.for_county):
            acts.opens_contact(self.world, asked, kill)
        self.holds()

    @precondition(lambda self: self._answered(letters=True))
    @rule(nth=NTH, kill=KILLS)
    def publishes(self, nth: int, kill: Any) -> None:
        found = self._answered(letters=True)
        acts.publishes(self.world, found[nth % len(found)], kill)
        self.holds()

    @precondition(lambda self: self._notices())
    @rule(nth=NTH, row=NTH, first=st.sampled_from(["township", "county"]), typed=st.booleans(), kill=KILLS)
    def asks(self, nth: int, row: int, first: str, typed: bool, kill: Any) -> None:
        notice = self._notices()[nth % len(self._notices())]
        with self.world.traced(first == "county"):
            acts.asks(self.world, notice, row, first, typed, kill)
        self.holds()

    @precondition(lambda self: self._open_cases())
    @rule(nth=NTH, kill=KILLS)
    def answers(self, nth: int, kill: Any) -> None:
        asked = self._open_cases()[nth % len(self._open_cases())]
        with self.world.traced(asked.for_county):
            acts.answers(self.world, asked, kill)
        self.holds()

    def _open_cases(self) -> list[Any]:
        return [one for one in self.model.asked if one.by and one.state == "received"]

    def _answered(self, letters: bool = False) -> list[Any]:
        return [one for one in self.model.asked if one.state == "answered" and (one.by == TEAMS[0].leader) is letters]

    @precondition(lambda self: self._answered())
    @rule(nth=NTH, kill=KILLS)
    def disputes(self, nth: int, kill: Any) -> None:
        answered = self._answered()
        acts.disputes(self.world, answered[nth % len(answered)], kill)
        self.holds()

    @precondition(lambda self: self._notices())
    @rule(nth=NTH, approve=st.booleans(), kill=KILLS)
    def tells_everybody(self, nth: int, approve: bool, kill: Any) -> None:
        notice = self._notices()[nth % len(self._notices())]
        if approve:
            acts.approves_an_answer(self.world, notice.team, kill)
        else:
            acts.tells_everybody(self.world, notice, kill)
        self.holds()

    @rule(days=st.sampled_from([1, 3, 9, 40, 400]))
    def time_passes(self, days: int) -> None:
        self.world.passes(days)
        self.holds()

    @precondition(lambda self: not self.model.closed)
    @rule()
    def closes_a_village(self) -> None:
        acts.closes(self.world, TEAMS[0], TEAMS[0].villages[2][0])
        self.holds()


def histories(databases: Databases, filled: Filled, examples: int, steps: int, **more: Any) -> None:
    """Let so many histories of so many steps happen."""
    chosen = settings(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck), **more)

    def made() -> Board:
        return Board(databases, filled)

    if MINUTES:
        seed(RUN + DONE["histories"])(made)
    run_state_machine_as_test(made, settings=chosen)


@pytest.mark.parametrize(
    ("databases", "examples", "steps", "share"), [("sqlite", 2, 8, 0.8), ("postgresql", 1, 6, 0.2)], indirect=["databases"], scope="session"
)
def test_the_nine_promises_hold_whatever_people_do(databases, filled, examples, steps, share, capsys):
    if not MINUTES:
        histories(databases, filled, examples, steps, phases=[Phase.generate])
    end = time.monotonic() + 60 * MINUTES * share
    while time.monotonic() < end:
        histories(databases, filled, 5, 20, phases=[Phase.generate, Phase.shrink], database=None)
        with capsys.disabled():
            print(f"RUN={RUN}: {DONE}", flush=True)  # noqa: T201 - the figures of the long run
