"""What the demo's counties owe: some duties are switched on from the middle of the year; and what a township says of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from board.demo.hanging import Act
from board.demo.staff import staff
from board.rules.calendar import day_of
from board.rules.duties import duty_period
from board.rules.duties.statement import Said
from board.rules.duties.switches import Switched
from board.store import duties

SWITCHED = ("village_accounts", "cropland_subsidy", "grain_subsidy", "fund_allocation", "land_pre_notice", "land_resettlement")
TOWN = "510521116000"


def switch_on(at: datetime) -> None:
    """Switch duties of 泸县 on from the last 1 July."""
    day = day_of(at)
    since = date(day.year, 7, 1) if day.month > 6 else date(day.year - 1, 7, 1)
    for duty in SWITCHED:
        duties.switch("510521000000", duty, Switched(True, since), staff("luxian-disclosure").id, at)


def say(at: datetime) -> Iterator[Act]:
    """Yield what 百和镇 says of three of its villages: there is nothing, it stands elsewhere, it hung on paper."""
    moment = at - timedelta(20)
    day = day_of(moment)
    quarter = duty_period.of(day, "quarter").previous
    published = min(quarter.last + timedelta(8), day)
    for said in (
        Said("none", "grain_subsidy", str(day.year), ("510521116233",), day, why="今年全村的地都退耕还林，没有种粮的（演示）"),
        Said("elsewhere", "village_accounts", quarter.key, ("510521116005",), published, address="https://gk.example.cn/tuzhu/1.html"),
        Said("paper", "village_accounts", quarter.key, ("510521116004",), published, seen_by="居务监督委员会主任（演示）"),
    ):
        yield moment, partial(duties.say, TOWN, said, staff("baihe-clerk").id, moment)
