"""The correction of a posted notice for tests that start where it ends: begun, changed by hand, submitted and approved as people do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from board.models import Draft, db
from board.rules.calendar import day_of
from board.rules.kind import DISPLAY_START
from board.rules.sheet.typed_rows import TypedRow
from board.store import notices, people
from board.store.drafting import checking, correction, drafts, posting, proposing, typed_rows
from board.store.notices import Posted
from tests.store.posted import AT, GAODONG, NEXT, TOWN

NAMED = {TOWN: "百和镇", GAODONG: "高洞社区", NEXT: "土主社区"}
Change = Callable[[list[TypedRow]], list[TypedRow]]


def begins(posted: Posted, reason: str = "两户的面积量错了", user: str = "baihe-clerk", at: datetime = AT) -> Draft:
    """Begin a correction with the rows in force."""
    return correction.begin(posted, reason, NAMED, _id(user), at)


def types(draft: Draft, change: Change, at: datetime = AT) -> Draft:
    """Change a draft's rows by hand, and let them be checked."""
    table = typed_rows.table(draft.home, checking.kind_of(draft), change(typed_rows.opened(draft) or []), day_of(at))
    with drafts.saving(draft.home, draft.id, draft.revision, _id("baihe-clerk"), "typed", at) as (session, saved):
        typed_rows.keep(session, saved, table)
    checking.at_once(saved)
    return saved


def sends(draft: Draft, at: datetime = AT, **facts: str) -> Draft:
    """State the correction's days and whatever else is other now, and send it to the reviewer."""
    day = day_of(at).isoformat()
    stated = draft.facts | {proposing.FORMED_ON: day, DISPLAY_START: day} | facts
    draft = drafts.save(draft.home, draft.id, draft.revision, _id("baihe-clerk"), "edited", at, facts=stated)
    checking.at_once(draft)
    made = proposing.propose(draft)
    assert made, (proposing.missing(draft), checking.found(draft))
    return drafts.submit(draft, draft.revision, _id("baihe-clerk"), at, made)


def approves(draft: Draft, at: datetime = AT) -> Posted:
    """Approve what waits, whatever it warns of."""
    made = drafts.proposal(draft)
    assert made
    return posting.post(draft, made.digest, draft.revision, _id("baihe-reviewer"), {one["code"]: "看过" for one in made.warnings}, at)


def correct(posted: Posted, change: Change, reason: str = "两户的面积量错了", at: datetime = AT, title: str = "", **facts: str) -> Posted:
    """Take a correction by hand all the way, under a new ``title`` where one is given, and return the notice at its next version."""
    found = notices.find(posted.number)
    assert found
    draft = types(begins(found, reason, at=at), change, at)
    if title:
        draft = drafts.save(draft.home, draft.id, draft.revision, _id("baihe-clerk"), "edited", at, title=title)
    approves(sends(draft, at, **facts), at)
    db.session.rollback()
    db.session.expire_all()
    now = notices.find(posted.number)
    assert now
    return now


def figure(name: str, area: str, amount: str) -> Change:
    """Change one household's area and amount."""
    return lambda rows: [row.retyped(row.texts | {"area": area, "amount": amount}) if row.texts["name"] == name else row for row in rows]


def without(name: str) -> Change:
    """Take one household out."""
    return lambda rows: [row for row in rows if row.texts["name"] != name]


def with_one(**texts: str) -> Change:
    """Put one household in, before all others."""
    return lambda rows: [TypedRow(texts), *rows]


def all_of(*changes: Change) -> Change:
    """Do one after the other."""

    def does(rows: list[TypedRow]) -> list[TypedRow]:
        for change in changes:
            rows = change(rows)
        return rows

    return does


TWO_AND_ONE = all_of(figure("张小三", "5", "468"), figure("王五", "1.2", "112.32"), without("李四"))  # two changed, one taken out


def _id(username: str) -> int:
    person = people.named(username)
    assert person
    return person.id
