"""Notices for tests of duties: posted and corrected through the real posting, with the places and days that a test is about."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from board import kinds
from board.models import Draft, db
from board.rules.calendar import CHINA
from board.rules.duties.switches import Switched
from board.rules.notice.opinion import Opinion
from board.rules.notice.proposal import Proposal, rostered
from board.store import areas, duties, notices, people
from board.store.drafting import drafts, opinions, posting
from board.store.engine import writing
from board.store.notices import Posted

COUNTY, TOWN, ZHAOYA = "510521000000", "510521116000", "510521117000"
HERE = ["510521116004", "510521116005", "510521116227"]  # three of the thirteen of 百和镇


def moment(day: date) -> datetime:
    """Return ten in the morning of a day in China."""
    return datetime.combine(day, time(10), CHINA)


def owes(duty: str, since: date, on: date | None = None) -> None:
    """Switch a duty of 泸县 on."""
    duties.switch(COUNTY, duty, Switched(True, since), _id("luxian-admin"), moment(on or since))


def publishes(
    kind: str, title: str, day: date, places: list[str] | None = None, *, home: str = TOWN, by: date = date(2099, 1, 1),
    corrects: Posted | None = None, **more: Any,
) -> Posted:  # fmt: skip
    """Post a notice without rows on a day, or the next version of one; ``by`` is its own last day, ``more`` facts and what is frozen."""
    found, at = kinds.load()[kind], moment(day)
    roster = rostered(found, [], places or [home])
    frozen = {
        "kind": found.source, "names": {"wall": "full", "web": "masked"}, "publisher": "百和镇人民政府", "level": areas.get(home).level,
        "areas": areas.labels([home, *(places or [])]),
    } | more.get("frozen", {})  # fmt: skip
    if corrects:
        frozen["correction"] = {"number": corrects.number, "version": corrects.notice.current + 1, "reason": "改了"}
    made = Proposal(
        home=home, kind=kind, title=title, facts=more.get("facts", {}), frozen=frozen, starts=day.isoformat(), ends=day.isoformat(),
        formed_on=day.isoformat(), publish_by=by.isoformat(), totals=roster.totals, stated={}, parts=roster.parts, content=roster.content,
    )  # fmt: skip
    return _posts(home, made, at, corrects)


def _posts(home: str, made: Proposal, at: datetime, corrects: Posted | None) -> Posted:
    clerk, reviewer = (_id(f"{'luxian' if home == COUNTY else 'baihe'}-{role}") for role in ("clerk", "reviewer"))
    with writing() as session:
        more: dict[str, Any] = {"corrects": corrects.number, "correction": "改了"} if corrects else {}
        draft: Draft = drafts.begin(session, home, made.kind, made.title, clerk, at, **more)
    draft = drafts.submit(draft, draft.revision, clerk, at, made)
    if opinions.asked(draft):
        paper = Opinion(draft.proposal_digest or "", "agreed", "paper", at.date())
        opinions.enter(draft, paper, "监督委员会主任", b"", clerk, at)
        made = posting._heard(draft, made)  # the committee's opinion is part of what is approved
    number = posting.post(draft, made.digest, draft.revision, reviewer, {}, at).number
    db.session.expire_all()
    found = notices.find(number)
    assert found
    return found


def _id(username: str) -> int:
    person = people.named(username)
    assert person
    return person.id
