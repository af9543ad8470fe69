"""Which period a notice is for: told by its title and facts, chosen by its clerk where they say nothing, or said once it is posted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import and_, select

from board import kinds, policies
from board.models import Area, DutySettlement, Ledger, Notice, NoticePeriod, User, Version, db
from board.rules.bilingual import Words
from board.rules.calendar import day_of
from board.rules.duties import duty_period, statement, switches
from board.rules.duties.duty import Duty
from board.rules.kind import Level
from board.rules.notice.series import FOLLOWS
from board.store import areas, ledger, people
from board.store.duties import settling, switching
from board.store.engine import writing

PERIOD = "duty_period"  # the fact of a draft with the period that its clerk chose; no fact of a kind, and none of a version
_BACK: Mapping[str, int] = {"year": 3, "half": 4, "quarter": 8, "month": 12}  # periods that a clerk may choose, the newest first
_SCANNED = 2_000


class PeriodRefused(ValueError):
    """A period is not kept; ``reason``: ``notice`` (of no duty), ``told`` (it says itself), ``period`` (none of the duty)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class AskedPeriod:
    """What a clerk is asked: ``told`` is what title and facts say, ``chosen`` what he chose ("": nothing); ``choices`` are key -> words."""

    duty: Duty
    told: str
    chosen: str
    choices: dict[str, Words]

    @property
    def period(self) -> str:
        """The period that the notice is for; "" while nobody told."""
        return self.told or (self.chosen if self.chosen in self.choices else "")


def _duty(kind_id: str, home: str, level: Level | None = None) -> Duty | None:
    """Return the duty that a notice of a kind and home is for, if it goes by periods or stages; ``level`` is that of the home."""
    kind, level = kinds.load().get(kind_id), level or areas.get(home).level
    duty = settling.of_kind(kind_id, kind.places_for(level) or level) if kind else None
    return duty if duty and duty.rhythm != "as_it_happens" else None


def told_period(kind: str, home: str, title: str, facts: Mapping[str, str]) -> str:
    """Return the period that a notice's title and facts say, "" where they say none or its kind goes by none.

    A stage goes on with the matter of the notice that its draft comes after.
    """
    duty = _duty(kind, home)
    if duty is None or duty.every:
        return _told(duty, title, facts) if duty else ""
    return _matter(duty, home, facts.get(FOLLOWS, "")) if duty.counts(facts) else ""


def _matter(duty: Duty, home: str, number: str) -> str:
    before = settling.before(duty)
    mine = DutySettlement.home == home, DutySettlement.duty == (before.id if before else ""), DutySettlement.counts
    query = select(DutySettlement.period).where(*mine, DutySettlement.source == f"n{number}").limit(1)
    return db.session.scalar(query) or "" if number else ""


def _told(duty: Duty, title: str, facts: Mapping[str, str]) -> str:
    return duty_period.told(duty.every, title, facts) if duty.every and duty.counts(facts) else ""


def asked_period(kind: str, home: str, title: str, facts: Mapping[str, str], today: date) -> AskedPeriod | None:
    """Return what to ask of the period of a notice, or None for a kind that goes by none; ``facts`` are a draft's, with its choice."""
    duty = _duty(kind, home)
    if duty is None or not duty.counts(facts):
        return None
    choices = _recent(duty, today) if duty.every else _matters(duty, home)
    told = told_period(kind, home, title, facts)
    chosen = chosen_period(kind, home, facts)
    if duty.every and (said := told or chosen) and said not in choices:
        choices = {said: duty_period.parse(said).words, **choices}
    return AskedPeriod(duty, told, chosen, choices)


def chosen_period(kind: str, home: str, facts: Mapping[str, str]) -> str:
    """Return the period that a clerk chose for a notice, "" for none, or for a text that is no period of its duty."""
    chosen, duty = facts.get(PERIOD, ""), _duty(kind, home)
    return chosen if duty and statement.is_of(chosen, duty) else ""


def is_needed(kind: str, home: str, title: str, facts: Mapping[str, str], today: date) -> bool:
    """Return whether somebody has to choose the period of a notice: its county owes such notices, and it does not say for when it is."""
    if told_period(kind, home, title, facts):
        return False
    duty = _duty(kind, home)
    if duty is None or not duty.counts(facts) or not switches.is_on(switching.of(home).get(duty.id, []), today):
        return False
    asked = asked_period(kind, home, title, facts, today)
    return bool(asked and asked.choices and not asked.period)


def _recent(duty: Duty, today: date) -> dict[str, Words]:
    one = duty_period.of(today, duty.every or "year")
    found = [one.next] if duty.every == "year" else []
    for _ in range(_BACK[one.every]):
        found.append(one)
        one = one.previous
    return {period.key: period.words for period in found}


def _matters(duty: Duty, home: str) -> dict[str, Words]:
    """Return the matters that have come to the stage before: period -> title of the notice of that stage, the newest first."""
    before = settling.before(duty)
    mine = DutySettlement.home == home, DutySettlement.duty == (before.id if before else ""), DutySettlement.counts
    rows = select(DutySettlement.period, DutySettlement.source).where(*mine, DutySettlement.sort == "notice")
    found = db.session.execute(rows.order_by(DutySettlement.day.desc(), DutySettlement.period).limit(50)).all()
    titles = _titles([source[1:] for _period, source in found])
    return {
        period: Words(f"{titles[number]}（{number}）", f"{titles[number]} ({number})")
        for period, number in ((period, source[1:]) for period, source in found)
        if number in titles
    }


def _titles(numbers: Collection[str]) -> dict[str, str]:
    query = select(Notice.number, Version.title).join(Version, and_(Notice.home == Version.home, Notice.number == Version.number))
    found = db.session.execute(query.where(Notice.number.in_(numbers), Version.no == Notice.current)) if numbers else ()
    return {row.number: row.title for row in found}


def say_period(home: str, number: str, period: str, user: int, at: datetime) -> None:
    """Say which period a posted notice is for that does not say so itself. Raises PeriodRefused."""
    with writing() as session:
        notice = session.get(Notice, (home, number))
        duty = _duty(notice.kind, home) if notice and notice.withdrawn_at is None else None
        if notice is None or duty is None:
            raise PeriodRefused("notice")
        version = session.get_one(Version, (home, number, notice.current))
        if version.frozen.get("period") or told_period(notice.kind, home, version.title, version.facts) or not duty.counts(version.facts):
            raise PeriodRefused("told")
        if period not in (_recent(duty, day_of(at)) if duty.every else _matters(duty, home)):
            raise PeriodRefused("period")
        if said := session.get(NoticePeriod, (home, number)):
            if said.period != period:
                raise PeriodRefused("told")
            return  # the same form, sent twice
        session.add(NoticePeriod(home=home, number=number, period=period, user_id=user, at=at.replace(microsecond=0)))
        settling.keep(notice)
        ledger.append(home, at, people.username(user), "duty.period", number, period=period)


def untold(homes: str, limit: int = 100, before: tuple[datetime, str] | None = None) -> list[Version]:
    """Return the versions in force under a code prefix of which nobody knows the period, the newest first.

    ``before`` is (posted_at, number) of the last one already shown; of notices that say it themselves at most some thousand are passed.
    """
    return [version for version, _duty in islice(_untold(homes, before), limit)]


def asked_untold(homes: str, today: date, limit: int) -> list[tuple[Version, dict[str, Words]]]:
    """Return the newest of the same with the periods to choose from, period -> words; one without any choice is left out."""
    choices: dict[tuple[str, str], dict[str, Words]] = {}
    found = []
    for version, duty in _untold(homes, None):
        key = duty.id, "" if duty.every else version.home
        if key not in choices:
            choices[key] = _recent(duty, today) if duty.every else _matters(duty, version.home)
        if choices[key]:
            found.append((version, choices[key]))
        if len(found) == limit:
            break
    return found


def _untold(homes: str, before: tuple[datetime, str] | None) -> Iterator[tuple[Version, Duty]]:
    wanted = {duty.kind for duty in policies.duties().values() if duty.rhythm != "as_it_happens"}
    query = select(Version, Notice.kind, NoticePeriod.period, Area.level).join(
        Notice, and_(Notice.home == Version.home, Notice.number == Version.number)
    )
    query = query.join(Area, Area.code == Notice.home)
    query = query.outerjoin(NoticePeriod, and_(NoticePeriod.home == Notice.home, NoticePeriod.number == Notice.number))
    query = query.where(Notice.home.startswith(homes), Notice.kind.in_(wanted), Notice.withdrawn_at.is_(None), Version.no == Notice.current)
    if before:
        at, number = before
        query = query.where((Version.posted_at < at) | ((Version.posted_at == at) & (Version.number < number)))
    query = query.order_by(Version.posted_at.desc(), Version.number.desc()).limit(_SCANNED)
    for version, kind, said, level in db.session.execute(query).all():
        duty = _duty(kind, version.home, level)
        if duty and duty.counts(version.facts) and not (said or version.frozen.get("period") or _told(duty, version.title, version.facts)):
            yield version, duty


# ---- proof


def logged(entries: list[Ledger]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return (home, number) -> the period that was said of a notice, as a home's ledger has it; the newest entry holds."""
    return {(one.home, one.subject): {"period": one.body.get("period"), "said": f"{one.actor} {one.at}"} for one in entries}


def evidence(home: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return the same of a home by the table."""
    rows = select(NoticePeriod, User.username).join(User, User.id == NoticePeriod.user_id).where(NoticePeriod.home == home)
    return {
        (home, one.number): {"period": one.period, "said": f"{username} {ledger.moment(one.at)}"}
        for one, username in db.session.execute(rows)
    }
