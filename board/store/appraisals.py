"""Yearly appraisals (评议) of villages: opened, voted on at walls, counted on paper by two people, and published as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, func, select

from board import policies
from board.models import Appraisal, AppraisalCount, AppraisalVote, Ledger, ScanCount, User, Wall, db
from board.rules import appraisal as rules
from board.rules.calendar import day_of
from board.rules.cases.log import CLOCK
from board.store import ledger, people
from board.store.engine import writing

Counted = Literal["first", "agreed", "differs", "over"]


@dataclass(frozen=True)
class Standing:
    """One village's appraisal: its phase, the votes at walls so far, who counted paper ballots, and the result once it is published."""

    home: str
    year: int
    opens: date
    closes: date
    published_on: date
    phase: rules.Phase
    voters: int
    counted: tuple[str, ...]  # names of those who counted the paper ballots; two: they agree
    result: rules.Result | None


def open_for(home: str, opens: date, closes: date, user: int, at: datetime) -> bool:
    """Open a village's appraisal of the year of ``opens``; False where that year has one already, or the one before is not published."""
    with writing() as session:
        running = select(Appraisal.year).where(Appraisal.home == home, Appraisal.result.is_(None)).limit(1)
        if session.get(Appraisal, (home, opens.year), with_for_update=True) or session.scalar(running):
            return False
        session.add(Appraisal(home=home, year=opens.year, opens=opens, closes=closes, opened_by=user, opened_at=at.replace(microsecond=0)))
        days = {"opens": opens.isoformat(), "closes": closes.isoformat()}
        ledger.append(home, at, people.username(user), "appraisal.opened", str(opens.year), **days)
    return True


def newest(home: str, today: date) -> Standing | None:
    """Return a village's newest appraisal, or None."""
    found = db.session.scalars(select(Appraisal).where(Appraisal.home == home).order_by(Appraisal.year.desc()).limit(1)).first()
    return _standing(found, today) if found else None


def under(prefix: str, year: int, today: date) -> dict[str, Standing]:
    """Return village -> its appraisal of a year, for the villages under a code prefix."""
    query = select(Appraisal).where(Appraisal.home.startswith(prefix), Appraisal.year == year).order_by(Appraisal.home)
    return {one.home: _standing(one, today) for one in db.session.scalars(query)}


def _standing(one: Appraisal, today: date) -> Standing:
    form = policies.appraisal()
    names = select(User.name).join(AppraisalCount, AppraisalCount.user_id == User.id).where(*_counts_of(one)).order_by(AppraisalCount.at)
    return Standing(
        one.home,
        one.year,
        one.opens,
        one.closes,
        one.closes + timedelta(days=form.count_days + 1),
        "published" if one.result else rules.phase(one.opens, one.closes, form.count_days, today),
        _voters(one),
        tuple(db.session.scalars(names)),
        rules.of_json(one.result) if one.result else None,
    )


def _counts_of(one: Appraisal) -> tuple[Any, ...]:
    return AppraisalCount.home == one.home, AppraisalCount.year == one.year


def _votes_of(one: Appraisal) -> tuple[Any, ...]:
    return AppraisalVote.home == one.home, AppraisalVote.year == one.year


def _voters(one: Appraisal, *more: Any) -> int:
    """Return how many voted at walls: each answers the first question, since a vote answers them all."""
    first = AppraisalVote.question == policies.appraisal().questions[0].id
    return db.session.scalar(select(func.coalesce(func.sum(AppraisalVote.count), 0)).where(*_votes_of(one), first, *more)) or 0


def vote(wall: Wall, chosen: dict[str, int], at: datetime) -> bool:
    """Count one vote in front of a wall; False where no appraisal is open, or where the wall's code was not scanned once more today than
    there are votes."""
    day = day_of(at)
    with writing() as session:
        one = session.get(Appraisal, (wall.home, day.year))
        if one is None or not one.opens <= day <= one.closes:
            return False
        # The lock on the scans keeps another process from filling the same room.
        code = (wall.home, wall.number, wall.home, day)
        scanned = session.get(ScanCount, code, with_for_update=True, populate_existing=True)
        before = _voters(one, AppraisalVote.wall == wall.number, AppraisalVote.day == day)
        if scanned is None or before >= scanned.count:
            return False
        for question, word in sorted(chosen.items()):
            key = (wall.home, one.year, wall.number, day, question, word)
            kept = session.get(AppraisalVote, key, populate_existing=True)
            if kept:
                kept.count += 1
            else:
                names = ("home", "year", "wall", "day", "question", "word")
                session.add(AppraisalVote(**dict(zip(names, key, strict=True)), count=1))
    return True


def count(home: str, year: int, tally: rules.Tally, user: int, at: datetime) -> Counted:
    """Keep what one person counted of the paper ballots.

    ``first``: another has to count too; ``agreed``: both counted the same, and that is the count; ``differs``: both counts are deleted, and
    both count again; ``over``: two agreed already, or the result is published.
    """
    form = policies.appraisal()
    with writing() as session:
        one = session.get(Appraisal, (home, year), with_for_update=True, populate_existing=True)
        if one is None or one.result or rules.phase(one.opens, one.closes, form.count_days, day_of(at)) not in ("open", "counting"):
            return "over"
        counts = list(session.scalars(select(AppraisalCount).where(*_counts_of(one))))
        others = [other for other in counts if other.user_id != user]
        if len(counts) == 2:
            return "over"
        plain = {question: list(numbers) for question, numbers in tally.counts.items()}
        if others and (others[0].ballots, others[0].counted) != (tally.voters, plain):
            session.execute(delete(AppraisalCount).where(*_counts_of(one)))
            ledger.append(home, at, people.username(user), "appraisal.count_differs", str(year))
            return "differs"
        session.merge(AppraisalCount(home=home, year=year, user_id=user, ballots=tally.voters, counted=plain, at=at.replace(microsecond=0)))
        ledger.append(home, at, people.username(user), "appraisal.counted", str(year), ballots=tally.voters, counts=plain)
    return "agreed" if others else "first"


def publish_over(at: datetime) -> int:
    """Fix and publish the results of the appraisals whose days are over; return how many. Votes and counts then stay as they are."""
    form, published = policies.appraisal(), 0
    last = day_of(at) - timedelta(days=form.count_days + 1)
    query = select(Appraisal.home, Appraisal.year).where(Appraisal.result.is_(None), Appraisal.closes <= last)
    for home, year in list(db.session.execute(query)):
        with writing() as session:
            one = session.get_one(Appraisal, (home, year), with_for_update=True, populate_existing=True)
            if one.result:
                continue  # published by another process
            one.result = rules.as_json(rules.Result(_voted(one), _agreed(one)))
            ledger.append(home, at, CLOCK, "appraisal.published", str(year), result=one.result)
            published += 1
    return published


def _voted(one: Appraisal) -> rules.Tally:
    votes = select(AppraisalVote.question, AppraisalVote.word, func.sum(AppraisalVote.count)).where(*_votes_of(one))
    rows = db.session.execute(votes.group_by(AppraisalVote.question, AppraisalVote.word))
    return rules.voted(policies.appraisal(), [(question, word, int(number)) for question, word, number in rows], _voters(one))


def _agreed(one: Appraisal) -> rules.Tally | None:
    """Return the count of the paper ballots on which two people agree, or None: one alone counts for nothing."""
    counts = list(db.session.scalars(select(AppraisalCount).where(*_counts_of(one))))
    if len(counts) < 2:
        return None
    return rules.Tally(counts[0].ballots, {question: tuple(numbers) for question, numbers in counts[0].counted.items()})


def logged(entries: list[Ledger]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return (home, year) -> an appraisal as a home's ledger has it; ``entries`` are those of appraisals, oldest first."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for entry in entries:
        one = found.setdefault((entry.home, int(entry.subject)), {"counts": [], "result": None})
        if entry.action == "appraisal.opened":
            one |= {"opened": (entry.actor, entry.at), "days": (entry.body.get("opens"), entry.body.get("closes"))}
        elif entry.action == "appraisal.counted":
            counts = [count for count in one["counts"] if count[0] != entry.actor]
            one["counts"] = sorted([*counts, (entry.actor, entry.at, entry.body.get("ballots"), entry.body.get("counts"))])
        elif entry.action == "appraisal.count_differs":
            one["counts"] = []
        elif entry.action == "appraisal.published":
            one["result"] = entry.body.get("result")
    return found


def evidence(home: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return the same of a home by the tables."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    rows = select(Appraisal, User.username).join(User, User.id == Appraisal.opened_by).where(Appraisal.home == home)
    for one, username in db.session.execute(rows):
        found[home, one.year] = {
            "counts": [], "result": one.result, "opened": (username, ledger.moment(one.opened_at)),
            "days": (one.opens.isoformat(), one.closes.isoformat()),
        }  # fmt: skip
    counts = select(AppraisalCount, User.username).join(User, User.id == AppraisalCount.user_id).where(AppraisalCount.home == home)
    for count, username in db.session.execute(counts):
        kept = found.setdefault((home, count.year), {"counts": []})
        kept["counts"] = sorted([*kept["counts"], (username, ledger.moment(count.at), count.ballots, count.counted)])
    return found
