"""What the demo's counties owe: some duties are switched on from the last quarter on; and what townships say of their own villages.

Most villages published in time, a few late, and of a few nothing was ever seen, as in a county.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from board.demo.hanging import Act
from board.demo.staff import staff
from board.rules.calendar import day_of
from board.rules.duties import duty_period
from board.rules.duties.duty_period import DutyPeriod
from board.rules.duties.statement import Said
from board.rules.duties.switches import Switched
from board.store import areas, duties, people

COUNTY, TOWN = "510521000000", "510521116000"
ACCOUNTS = "village_accounts"
SWITCHED = (ACCOUNTS, "cropland_subsidy", "grain_subsidy", "fund_allocation", "land_pre_notice", "land_resettlement")
CLERKS = Path(__file__).parent / "township-clerks.csv"  # of the townships that post nothing in the demo
IN_TIME, LATE = timedelta(6), timedelta(19)  # after a quarter's end: its accounts are due in ten days
POSTS_ITSELF = "510521116227"  # 军大丘村, late


def hire(password: str, at: datetime) -> None:
    """Add the clerks of the other townships of 泸县."""
    for row in _clerks():
        people.add(row["username"], row["name"], "clerk", row["area"], password, at=at)


def switch_on(at: datetime) -> Iterator[Act]:
    """Yield how 泸县 switches duties on, on the first day of the last quarter that is over since a month."""
    since = _quarter(at).first
    moment = at - (day_of(at) - since)
    for duty in SWITCHED:
        yield moment, partial(_switch, duty, Switched(True, since), moment)


def _quarter(at: datetime) -> DutyPeriod:
    return duty_period.of(day_of(at) - timedelta(30), "quarter").previous


def _switch(duty: str, act: Switched, at: datetime) -> None:
    duties.switch(COUNTY, duty, act, staff("luxian-disclosure").id, at)


def say(at: datetime) -> Iterator[Act]:
    """Yield what townships say of their villages: there is nothing, it stands elsewhere, it hung on paper."""
    year, moment = str(day_of(at - timedelta(20)).year), at - timedelta(20)
    nothing = Said("none", "grain_subsidy", year, ("510521116233",), day_of(moment), why="今年全村的地都退耕还林，没有种粮的（演示）")
    yield moment, partial(_say, TOWN, nothing, "baihe-clerk", moment)
    clerks = {TOWN: "baihe-clerk"} | {row["area"]: row["username"] for row in _clerks()}
    villages = [village.code for town in clerks for village in areas.children(town) if village.code != POSTS_ITSELF]
    late, missing = set(villages[7::19]), set(villages[5::13])
    for no, (town, clerk) in enumerate(clerks.items()):
        own = [code for code in villages if code.startswith(town[:9]) and code not in missing]
        for after, places in (IN_TIME, [code for code in own if code not in late]), (LATE, [code for code in own if code in late]):
            day = _quarter(at).last + after
            if places:
                said = _published(tuple(places), _quarter(at), day, clerk, paper=no % 3 == 0)
                yield (moment := at - (day_of(at) - day)), partial(_say, town, said, clerk, moment)


def _published(places: tuple[str, ...], quarter: DutyPeriod, day: date, clerk: str, *, paper: bool) -> Said:
    if paper:
        return Said("paper", ACCOUNTS, quarter.key, places, day, seen_by="村（居）务监督委员会主任（演示）")
    return Said("elsewhere", ACCOUNTS, quarter.key, places, day, address=f"https://gk.example.cn/{clerk.removesuffix('-clerk')}/1.html")


def _say(town: str, said: Said, clerk: str, at: datetime) -> None:
    duties.say(town, said, staff(clerk).id, at)


def _clerks() -> list[dict[str, str]]:
    with CLERKS.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))
