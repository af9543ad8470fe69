"""Meetings at which a place's list is read aloud (念名单会): opening one, what households object to, and what is stated at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select

from board.models import Case, Ledger, Meeting, MeetingObjection, Notice, Row, User, Version, db
from board.rules.bilingual import Words
from board.rules.calendar import day_of
from board.rules.notice import suppression
from board.rules.notice.meeting import Held
from board.store import ledger, people, sealing, versions
from board.store.engine import writing
from board.store.notices import Posted

Key = tuple[str, str, str, int]


@dataclass(frozen=True)
class Told:
    """What everybody may know of a finished meeting: how many were present, and how many rows their households objected to."""

    meeting: Meeting
    rows: int


def opened(posted: Posted, place: str, user: int, at: datetime) -> Meeting:
    """Return the meeting that is held today of what hangs in a place: one that was opened and is not finished, or a new one."""
    with writing() as session:
        session.get_one(Notice, (posted.home, posted.number), with_for_update=True, populate_existing=True)
        version, earlier = versions.of_poster(posted, place).no, of_place(posted, place)
        for one in earlier:
            if one.finished_at is None and one.version == version and day_of(one.opened_at) == day_of(at):
                return one
        no = max((one.no for one in earlier), default=0) + 1
        key = {"home": posted.home, "number": posted.number, "place": place, "no": no, "version": version}
        found = Meeting(**key, opened_at=at, opened_by=user, presider="", remarks="")
        session.add(found)
        session.flush()
        ledger.append(posted.home, at, people.username(user), "meeting.opened", posted.number, place=place, meeting=no, version=version)
    return found


def of_place(posted: Posted, place: str) -> list[Meeting]:
    """Return the meetings of a place about a notice, newest first."""
    query = select(Meeting).where(Meeting.home == posted.home, Meeting.number == posted.number, Meeting.place == place)
    return list(db.session.scalars(query.order_by(Meeting.no.desc())))


def one(posted: Posted, place: str, no: int) -> Meeting | None:
    """Return one meeting, or None."""
    return db.session.get(Meeting, (posted.home, posted.number, place, no))


def told(posted: Posted, place: str) -> list[Told]:
    """Return the finished meetings of a place, newest first; a list that is covered on the wall had none, so that nobody looks for them."""
    if posted.version.frozen["names"]["wall"] != "full" or posted.version.frozen.get(suppression.FROZEN):
        return []
    rows = func.count(MeetingObjection.row.distinct())
    mine = (Meeting.home == posted.home, Meeting.number == posted.number, Meeting.place == place, Meeting.finished_at.is_not(None))
    query = select(Meeting, rows).outerjoin(MeetingObjection, _OF_MEETING).where(*mine).group_by(Meeting).order_by(Meeting.no.desc())
    return [Told(*found) for found in db.session.execute(query)]


_OF_MEETING = (
    (MeetingObjection.home == Meeting.home)
    & (MeetingObjection.number == Meeting.number)
    & (MeetingObjection.place == Meeting.place)
    & (MeetingObjection.meeting == Meeting.no)
)


def numbers(meeting: Meeting) -> list[int]:
    """Return the numbers of the rows of the version that is read, in their order."""
    own = (Row.home == meeting.home, Row.number == meeting.number, Row.place == meeting.place)
    query = select(Row.no).where(*own, *_in(meeting.version))
    return list(db.session.scalars(query.order_by(Row.no)))


def minors(posted: Posted, place: str, version: int = 0) -> set[int]:
    """Return the numbers of a place's rows that belong to children: they are not read; ``version`` is the one that is read, 0 for that in
    force."""
    own = (Row.home == posted.home, Row.number == posted.number, Row.place == place)
    return set(db.session.scalars(select(Row.no).where(*own, *_in(version or posted.notice.current), Row.minor)))


def _in(version: int) -> tuple[Any, ...]:
    return Row.since <= version, or_(Row.until.is_(None), Row.until > version)


def objections(meeting: Meeting) -> list[MeetingObjection]:
    """Return what households objected to at a meeting, by row."""
    mine = (MeetingObjection.home == meeting.home, MeetingObjection.number == meeting.number, MeetingObjection.place == meeting.place)
    query = select(MeetingObjection).where(*mine, MeetingObjection.meeting == meeting.no)
    return list(db.session.scalars(query.order_by(MeetingObjection.row, MeetingObjection.no)))


def object_to(meeting: Meeting, row: int, what: str, case: Case, user: int, at: datetime) -> None:
    """Keep that a case was said at a meeting, of its row; the same case a second time changes nothing."""
    key, filed = _key(meeting), (case.home, case.id)
    with writing() as session:
        meeting = session.get_one(Meeting, key, with_for_update=True, populate_existing=True)
        known = objections(meeting)
        if any((one.asked, one.case) == filed for one in known):
            return
        no = max((one.no for one in known), default=0) + 1
        home, number, place, of = key
        made = MeetingObjection(home=home, number=number, place=place, meeting=of, no=no, row=row, what=what, asked=filed[0], case=filed[1])
        session.add(made)
        session.flush()
        body = {"place": place, "meeting": of, "no": no, "about": _about(made)}
        ledger.append(home, at, people.username(user), "meeting.objected", number, **body)


def finish(meeting: Meeting, held: Held, user: int, at: datetime) -> None:
    """Keep what is stated at the end of a meeting, or what is stated better later; each time has its entry."""
    key = _key(meeting)
    with writing() as session:
        found = session.get_one(Meeting, key, with_for_update=True, populate_existing=True)
        found.held, found.present, found.first, found.last = held.on, held.present, held.first, held.last
        found.presider, found.remarks, found.finished_at, found.finished_by = held.presider, held.remarks, at, user
        session.flush()
        ledger.append(found.home, at, people.username(user), "meeting.finished", found.number, **_stated(found))


def _key(meeting: Meeting) -> Key:
    return meeting.home, meeting.number, meeting.place, meeting.no


def _stated(meeting: Meeting) -> dict[str, Any]:
    """Return what the entry of a finished meeting says; who presided and the remarks are keyed, since the log is public."""
    said = f"{meeting.home}/{meeting.number}/{meeting.place}/{meeting.no}/{meeting.presider}/{meeting.remarks}"
    return {
        "place": meeting.place, "meeting": meeting.no, "held": meeting.held.isoformat() if meeting.held else "", "present": meeting.present,
        "first": meeting.first, "last": meeting.last, "words": sealing.vault().key("meeting", said),
    }  # fmt: skip


def _about(one: MeetingObjection) -> str:
    """Return the keyed digest of an objection for the ledger: its row would say which household objected."""
    said = f"{one.home}/{one.number}/{one.place}/{one.meeting}/{one.no}/{one.row}/{one.what}/{one.asked}/{one.case}"
    return sealing.vault().key("objection", said)


LABELS = {
    "version": Words("念的哪一版", "version that was read"),
    "opened": Words("谁在什么时候开的", "who opened it, and when"),
    "held": Words("开会的日子", "day"),
    "present": Words("到会人数", "people present"),
    "first": Words("从哪一号念起", "first row read"),
    "last": Words("念到哪一号", "last row read"),
    "words": Words("谁主持，或者备注", "who presided, or the remarks"),
    "finished": Words("谁在什么时候记完的", "who finished it, and when"),
    "objections": Words("异议", "objections"),
}
_STATED = ("held", "present", "first", "last", "words")
Evidence = dict[tuple[Any, ...], dict[str, Any]]


def evidence(home: str) -> Evidence:
    """Return (number, place, meeting) -> what the tables say of it, as ``replay`` does of the ledger."""
    found: Evidence = {}
    query = select(Meeting, User.username).join(User, User.id == Meeting.opened_by).where(Meeting.home == home)
    for meeting, username in db.session.execute(query):
        stated: dict[str, Any] = dict.fromkeys((*_STATED, "finished"))
        if meeting.finished_at:
            by = people.username(meeting.finished_by) if meeting.finished_by else ""
            stated = {name: _stated(meeting)[name] for name in _STATED} | {"finished": (by, ledger.moment(meeting.finished_at))}
        opened_by = (username, ledger.moment(meeting.opened_at))
        key = (meeting.number, meeting.place, meeting.no)
        found[key] = stated | {"version": meeting.version, "opened": opened_by, "objections": []}
    order = (MeetingObjection.number, MeetingObjection.place, MeetingObjection.meeting, MeetingObjection.no)
    for one in db.session.scalars(select(MeetingObjection).where(MeetingObjection.home == home).order_by(*order)):
        found.setdefault((one.number, one.place, one.meeting), {"objections": []})["objections"].append((one.no, _about(one)))
    return found


def replay(entries: Iterable[Ledger]) -> Evidence:
    """Return what a home's entries of meetings, oldest first, say of each, as ``evidence`` does of the tables."""
    found: Evidence = {}
    for entry in entries:
        body = entry.body
        unknown = dict.fromkeys((*_STATED, "finished", "version", "opened")) | {"objections": []}
        one = found.setdefault((entry.subject, body.get("place", ""), body.get("meeting", 0)), unknown)
        if entry.action == "meeting.opened":
            one |= {"version": body.get("version"), "opened": (entry.actor, entry.at)}
        elif entry.action == "meeting.objected":
            one["objections"].append((body.get("no"), body.get("about")))
        elif entry.action == "meeting.finished":
            one |= {name: body.get(name) for name in _STATED} | {"finished": (entry.actor, entry.at)}
    return found


def read_version(posted: Posted, meeting: Meeting) -> Version:
    """Return the version that a meeting read."""
    return versions.at(posted, meeting.version) or posted.version


def rows_of(objected: Sequence[MeetingObjection]) -> int:
    """Return how many rows were objected to: a household may say two things of its own."""
    return len({one.row for one in objected})
