"""The duties that a county has switched on, and those that it does not disclose, with the reason (不公开必须备案)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from board import policies
from board.models import DutySwitch, Ledger, User, db
from board.rules.calendar import day_of
from board.rules.duties import switches
from board.rules.duties.switches import Switched
from board.store import ledger, people
from board.store.duties import settling
from board.store.engine import writing
from board.store.feature_flags import county


class SwitchRefused(ValueError):
    """A duty is not switched; ``reason`` is ``duty`` (there is no such one) or what ``rules.duties.switches.fault`` says."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Made:
    """An act with the name of who did it, and when."""

    act: Switched
    who: str
    at: datetime


def switch(home: str, duty: str, act: Switched, user: int, at: datetime) -> None:
    """Switch a duty of a county on from a day, or off with a reason, which is checked text. Raises SwitchRefused."""
    if duty not in policies.duties():
        raise SwitchRefused("duty")
    with writing() as session:
        settling.lock([home])
        ledger.lock(home)
        acts = of(home).get(duty, [])
        if fault := switches.fault(acts, act, day_of(at)):
            raise SwitchRefused(fault)
        no, why = len(acts) + 1, "" if act.on else act.why.strip()
        made = at.replace(microsecond=0)
        session.add(DutySwitch(home=home, duty=duty, no=no, on=act.on, since=act.since, why=why, user_id=user, at=made))
        if act.on:
            settling.recount_duty(home, policies.duties()[duty])  # notices from before there were duties
        ledger.append(home, at, people.username(user), "duty.switched", duty, no=no, on=act.on, since=act.since.isoformat(), why=why)


def of(home: str) -> dict[str, list[Switched]]:
    """Return duty -> the acts on it by the county of an area, oldest first; a duty on which there was none is left out."""
    found: dict[str, list[Switched]] = {}
    rows = select(DutySwitch.duty, DutySwitch.on, DutySwitch.since, DutySwitch.why).where(DutySwitch.home == county(home))
    for duty, on, since, why in db.session.execute(rows.order_by(DutySwitch.duty, DutySwitch.no)):
        found.setdefault(duty, []).append(Switched(on, since, why))
    return found


def holding(home: str, day: date) -> dict[str, Made]:
    """Return duty -> the act that holds on a day in the county of an area, with who did it and when."""
    rows = select(DutySwitch, User.name).join(User, User.id == DutySwitch.user_id).where(DutySwitch.home == county(home))
    rows = rows.where(DutySwitch.since <= day).order_by(DutySwitch.no)
    return {one.duty: Made(Switched(one.on, one.since, one.why), name, one.at) for one, name in db.session.execute(rows)}  # the newest last


def logged(entries: list[Ledger]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return (home, duty, no) -> an act as a home's ledger has it; ``entries`` are those of switches."""
    return {
        (one.home, one.subject, one.body.get("no")): {name: one.body.get(name) for name in ("on", "since", "why")}
        | {"made": f"{one.actor} {one.at}"}
        for one in entries
    }


def evidence(home: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return the same of a home by the table."""
    rows = select(DutySwitch, User.username).join(User, User.id == DutySwitch.user_id).where(DutySwitch.home == home)
    return {
        (home, one.duty, one.no): {
            "on": one.on, "since": one.since.isoformat(), "why": one.why, "made": f"{username} {ledger.moment(one.at)}",
        }
        for one, username in db.session.execute(rows)
    }  # fmt: skip
