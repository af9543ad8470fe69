"""The figures of a village's supervision committee for its half-year report, and whether that report is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from board import policies
from board.models import Case, CommitteeOpinion, Draft, Ledger, Message, db
from board.rules.calendar import CHINA, day_of
from board.rules.cases import machine
from board.rules.supervision import REPORT, HalfYear
from board.store import notices
from board.store.drafting import drafts
from board.store.notices import Posted


@dataclass(frozen=True)
class Figures:
    """What the program counted of a committee's half-year. ``objected`` are (title, line, words, reply) of its objections.

    ``letters`` came in this time; of them ``answered`` were answered by the committee, ``in_time`` by their last day; ``risen`` went to the
    township late or disputed.
    """

    confirmed: int
    absent: int
    objected: list[tuple[str, str, str, str]]
    letters: int
    answered: int
    in_time: int
    risen: int


def figures(village: str, half: HalfYear) -> Figures:
    """Return the figures of a village's committee for a half-year."""
    opinions = select(CommitteeOpinion, Draft.title).join(
        Draft, (Draft.home == CommitteeOpinion.home) & (Draft.id == CommitteeOpinion.draft)
    )
    opinions = opinions.where(
        CommitteeOpinion.home == village, CommitteeOpinion.said_on.between(half.first, half.last), Draft.state == "posted"
    )
    said = list(db.session.execute(opinions.order_by(CommitteeOpinion.entered_at)))
    objected = [(title, one["line"], one["words"], one["reply"]) for opinion, title in said for one in opinion.objections]
    mine = [id for id, one in policies.case_categories().items() if one.answerer == "supervisor"]
    began, ended = _midnight(half.first), _midnight(half.last + timedelta(1))
    came = select(Case).where(Case.home == village, Case.category.in_(mine), Case.made >= began, Case.made < ended)
    letters = list(db.session.scalars(came))
    replied = [first for case in letters if (first := _first_answer(case))]
    return Figures(
        confirmed=sum(opinion.result == "agreed" for opinion, _ in said),
        absent=sum(opinion.result == "absent" for opinion, _ in said),
        objected=objected,
        letters=len(letters),
        answered=len(replied),
        in_time=sum(day_of(at) <= due for at, due in replied),
        risen=sum(case.desk != case.home for case in letters),
    )


def _first_answer(case: Case) -> tuple[datetime, date] | None:
    """Return when the committee first answered a letter, and by when it had to at that time; None if it rose before, or waits."""
    first = Message.act.in_(("answer", *machine.RISES))
    query = select(Message.act, Message.at).where(Message.home == case.home, Message.case == case.id, first).order_by(Message.no).limit(1)
    act, at = db.session.execute(query).first() or ("", None)
    if act != "answer" or at is None:
        return None
    logged = select(Ledger.body).where(Ledger.home == case.home, Ledger.action == "case.answered", Ledger.subject == case.id)
    body = db.session.scalars(logged.order_by(Ledger.height).limit(1)).one()
    return at, date.fromisoformat(body["due"])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA).astimezone(UTC)


def report(village: str, half: HalfYear) -> Draft | Posted | None:
    """Return the report of a half-year: posted and standing, or in preparation; None if there is none."""
    posted = [one for one in notices.listed(village, kind=REPORT, standing=True) if one.version.facts.get("period") == half.name]
    waiting = [
        one
        for one in drafts.listed(village, ("draft", "returned", "submitted"))
        if one.kind == REPORT and one.facts.get("period") == half.name
    ]
    return posted[0] if posted else waiting[0] if waiting else None


def reports(village: str) -> list[Posted]:
    """Return a village's posted reports, newest first."""
    return notices.listed(village, kind=REPORT, limit=10, standing=True)
