"""One cause, many askers: staff tie cases that ask the same, and one answer reaches all of them; each keeps its receipt, clock and rating.

A tied case goes on alone once it goes up or is asked on about after its answer (``rules.cases.machine.leaves``).
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from board import policies
from board.models import Case, Cause, Message, User, db
from board.rules.calendar import day_of
from board.rules.cases import likeness, machine
from board.rules.cases.likeness import Likened
from board.store import areas, ledger, people, sealing
from board.store.cases import acting, reading
from board.store.engine import writing

Hindrance = Literal["moved", "barred", "unheard", "unlike"]


class Hindered(Exception):
    """Some of the cases cannot take what was to be done with all, so that nothing was done; ``why`` is id -> hindrance."""

    def __init__(self, why: Mapping[str, Hindrance]) -> None:
        super().__init__(", ".join(why))
        self.why = dict(why)


def likened(case: Case, text: str = "") -> Likened:
    """Return what of a case decides whether it goes with another; ``text`` is what was asked first."""
    category = policies.case_categories()[case.category]
    cause = case.tie if case.tie and not case.alone else ""
    about = (case.publisher, case.number, case.place, case.row)
    return Likened(case.home, case.id, case.desk, category, *about, text, case.made, cause)


def tie(home: str, ids: Collection[str], user: int, at: datetime, *, title: str = "", cause: str = "") -> Cause:
    """Tie cases of a home to a new cause with a title, or to one that there is, and return it.

    Raises Hindered, without tying any, for those that are answered or tied by now, or that must not go with the others
    (``likeness.may_go_together``).
    """
    with writing() as session:
        found = session.get(Cause, (home, cause)) if cause else None
        cases = [acting.locked(home, id) for id in sorted(set(ids))]
        with_ = [one for one in cases_of(found) if not one.alone][:1] if found else cases[:1]
        why: dict[str, Hindrance] = {}
        for one in cases:
            if not with_ or not likeness.may_go_together(likened(one), likened(with_[0])):
                why[one.id] = "unlike"
            elif not acting.possible(one, "tie", _acts(one), day_of(at)):
                why[one.id] = "moved"
        if why or not cases:
            raise Hindered(why)
        made = found or _made(home, cases[0].desk, title, user, at)
        for one in cases:
            one.tie, one.alone, one.fold = made.id, False, None  # a person's tie takes it off the line of a flood
            acting.do(one, "tie", user, made.title, at, tie=reading.tie_evidence(one), alone=False)
    return made


def _made(home: str, desk: str, title: str, user: int, at: datetime) -> Cause:
    cause = Cause(home=home, id=secrets.token_hex(6), desk=desk, title=title, made_by=user, at=at)
    db.session.add(cause)
    db.session.flush()
    ledger.append(home, at, people.username(user), "cause.made", cause.id, desk=desk, words=digest(cause))
    return cause


def untie(home: str, id: str, user: int, at: datetime) -> Case:
    """Let a case go on alone, and return it; it is not proposed again. Raises MovedOn when it is tied to none, or answered, by now."""
    with writing():
        case = acting.locked(home, id)
        if not acting.possible(case, "untie", _acts(case), day_of(at)):
            raise acting.MovedOn(case)
        case.tie, case.alone = None, True
        acting.do(case, "untie", user, "", at, tie=None, alone=True)
    return case


def tell_apart(home: str, ids: Collection[str], user: int, at: datetime) -> int:
    """Keep that cases which read alike are not one matter, so that they are not proposed again; return how many were not yet told apart."""
    with writing():
        apart = 0
        for id in sorted(set(ids)):
            case = acting.locked(home, id)
            if case.alone or case.tie:
                continue
            case.alone, apart = True, apart + 1
            ledger.append(home, at, people.username(user), "case.told_apart", id, alone=True)
    return apart


def answer(cause: Cause, user: int, text: str, seen: Mapping[str, int], at: datetime, looked_at: int = 0, outcome: str = "") -> list[Case]:
    """Answer cases of a cause with the same words, all of them or none, each by the rules of ``acting.act``; return them.

    ``seen`` is the id of each case -> the newest message that the page showed. Raises Hindered with all that cannot take the answer.
    """
    home, id = cause.home, cause.id
    with writing():
        why: dict[str, Hindrance] = {}
        cases = [acting.locked(home, one) for one in sorted(seen)]
        for case in cases:
            try:
                if case.tie != id or case.alone:
                    raise acting.MovedOn(case)
                acting.office_does(case, "answer", user, text, seen[case.id], at, looked_at, outcome)
            except acting.MovedOn:
                why[case.id] = "moved"
            except acting.Barred:
                why[case.id] = "barred"
            except acting.Unheard:
                why[case.id] = "unheard"
        if why:
            raise Hindered(why)
    return cases


# ---- reading


@dataclass(frozen=True)
class Member:
    """A case of a cause with what was said in it, and what keeps the reader's answer from it ("": nothing)."""

    case: Case
    said: list[reading.CaseMessage]
    hindrance: Hindrance | Literal[""]

    @property
    def here(self) -> bool:
        """Whether an answer to all is meant for it: it waits for one, and did not go on alone."""
        return self.case.state in machine.TABLE["tie"].states and not self.case.alone


def find(home: str, id: str) -> Cause | None:
    """Return one cause, or None."""
    return db.session.get(Cause, (home, id))


def of(case: Case) -> Cause | None:
    """Return the cause that a case is tied to, or was until it went on alone; None for none."""
    return find(case.home, case.tie) if case.tie else None


def cases_of(cause: Cause) -> list[Case]:
    """Return the cases of a cause, also those that went on alone, first due first."""
    own = (Case.home == cause.home, Case.tie == cause.id)
    return list(db.session.scalars(select(Case).where(*own).order_by(Case.due, Case.id)))


def members(cause: Cause, user: int) -> list[Member]:
    """Return the cases of a cause with what was said in them, first due first; ``hindrance`` is that of an answer by ``user``."""
    own, said = (Case.home == cause.home, Case.tie == cause.id), dict[str, list[reading.CaseMessage]]()
    columns = (Message.no, Message.side, Message.act, Message.user_id, func.coalesce(User.name, ""), Message.text, Message.at)
    query = select(Message.case, *columns).join(Case, and_(Case.home == Message.home, Case.id == Message.case))
    query = query.outerjoin(User, User.id == Message.user_id).where(*own).order_by(Message.case, Message.no)
    rows: Any = db.session.execute(query)
    for id, *row in rows:
        said.setdefault(id, []).append(reading.CaseMessage(*row))
    return [Member(case, said[case.id], _hindrance(case, said[case.id], user)) for case in cases_of(cause)]


def _hindrance(case: Case, said: Sequence[reading.CaseMessage], user: int) -> Hindrance | Literal[""]:
    if user in acting.barred(case, said):
        return "barred"
    hears = policies.case_categories()[case.category].hears
    return "unheard" if hears and "hear" not in [one.act for one in said] else ""


@dataclass(frozen=True)
class Standing:
    """A cause in a list: its title, and how many of its cases wait for an answer."""

    cause: Cause
    waiting: int


def standing(cases: Iterable[Case]) -> dict[str, Standing]:
    """Return case id -> its cause, for those of a list that are tied together with another one that waits."""
    tied = {case.id: (case.home, case.tie) for case in cases if case.tie and not case.alone}
    query = select(Cause, func.count()).join(Case, and_(Case.home == Cause.home, Case.tie == Cause.id))
    query = query.where(tuple_(Cause.home, Cause.id).in_(list(set(tied.values()))), *_waits(Case)).group_by(Cause)
    found = {(cause.home, cause.id): Standing(cause, n) for cause, n in db.session.execute(query)} if tied else {}
    return {id: found[key] for id, key in tied.items() if key in found and found[key].waiting > 1}


def _waits(case: type[Case]) -> tuple[ColumnElement[bool], ...]:
    return case.state.in_(list(machine.TABLE["tie"].states)), case.alone.is_(False)


def first_due() -> ColumnElement[bool]:
    """Return the condition for the cases that stand in an inbox: of those that wait tied together, the one that is due first."""
    other = aliased(Case)
    earlier = tuple_(other.due, other.id) < tuple_(Case.due, Case.id)
    before = select(other.id).where(other.home == Case.home, other.tie == Case.tie, earlier, *_waits(other)).exists()
    return or_(Case.tie.is_(None), Case.alone, Case.state == "telling", ~before)


def others(case: Case) -> int:
    """Return how many others asked the same and are answered together, as the asker may read it; mostly 0 (``likeness.others_told``).

    Those that went on alone count on, so that nobody reads out of the figure that one of the others said 没解决.
    """
    if not case.tie or case.alone:
        return 0
    found = db.session.scalars(select(Case).where(Case.home == case.home, Case.tie == case.tie, Case.id != case.id))
    return likeness.others_told(likened(case), [likened(one) for one in found], areas.get(case.home).level)


def _acts(case: Case) -> list[str]:
    return [one.act for one in reading.messages(case)]


def digest(cause: Cause) -> str:
    """Return the keyed digest of a cause's title for the ledger."""
    return str(sealing.vault().key("cause", f"{cause.home}/{cause.id}/{cause.title}"))


def evidence(home: str) -> dict[tuple[str, ...], dict[str, str]]:
    """Return (home, id) -> the fields of each cause, as its entry in the ledger has them."""
    query = select(Cause, User.username).join(User, User.id == Cause.made_by).where(Cause.home == home)
    return {
        (home, cause.id): {"made": f"{username} {ledger.moment(cause.at)}", "desk": cause.desk, "words": digest(cause)}
        for cause, username in db.session.execute(query)
    }
