"""Letters from a county to an office: writing, answering, and what stands open.

Every act is a message and an entry of the county's ledger.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, tuple_

from board import policies
from board.models import Area, Case, Directive, DirectiveMessage, User, db
from board.rules import directives as rule
from board.rules.calendar import day_of
from board.rules.directives import Act
from board.store import areas, ledger, people, sealing
from board.store.engine import writing


class NotNamed(Exception):
    """The office may not learn of the case: it was asked of the county alone, or of another office."""


class MovedOn(Exception):
    """The letter was changed after the page was opened; ``directive`` is its present state."""

    def __init__(self, directive: Directive) -> None:
        super().__init__(directive.no)
        self.directive = directive


@dataclass(frozen=True)
class Words:
    """What a letter says: its kind, to which office, about what, and by when; ``notice`` is (home, number), ``case`` (home, id)."""

    kind: str
    desk: str
    subject: str
    text: str
    due: date | None
    basis: str = ""
    notice: tuple[str, str] | None = None
    case: tuple[str, str] | None = None
    group: str | None = None  # of the department that writes it


@dataclass(frozen=True)
class Said:
    """One act of a letter, with the name of who did it."""

    no: int
    act: str
    who: str
    text: str
    at: datetime
    due: date | None
    version: int | None


@dataclass(frozen=True)
class Standing:
    """How many letters want an answer, and how many of them are past their last day; ``answered`` wait for the county."""

    waiting: int
    overdue: int
    answered: int


def nameable(case: Case, desk: str) -> bool:
    """Return whether a letter to an office may name a case."""
    answerer = policies.case_categories()[case.category].answerer
    return rule.may_name(desk, areas.get(desk).level, case.home, case.desk, answerer)


def write(home: str, words: Words, user: int, at: datetime, looked_at: int = 0) -> Directive:
    """Send a letter and return it; the same letter of the same day from the same person is not sent twice. Raises NotNamed.

    ``looked_at`` is the number of names and other personal words that its writer let stand.
    """
    with writing() as session:
        session.get_one(Area, home, with_for_update={"key_share": True})  # lock, so that two letters get different numbers
        if words.case and not ((case := session.get(Case, words.case)) and nameable(case, words.desk)):
            raise NotNamed
        if found := _sent_already(home, words, user, at):
            return found
        no = (session.scalar(select(func.max(Directive.no)).where(Directive.home == home)) or 0) + 1
        publisher, number = words.notice or (None, None)
        asked, of = words.case or (None, None)
        letter = Directive(
            home=home, no=no, kind=words.kind, desk=words.desk, group=words.group, publisher=publisher, number=number, asked=asked, case=of,
            subject=words.subject, basis=words.basis, state="sent", made=at.replace(microsecond=0), due=words.due, late=0,
        )  # fmt: skip
        session.add(letter)
        session.flush()
        body: dict[str, Any] = {"kind": letter.kind, "desk": letter.desk, "about": about_digest(letter), "basis": letter.basis}
        body |= {"group": letter.group} | ({"looked_at": looked_at} if looked_at else {})  # only the number: the log is public
        _said(letter, "send", user, words.text, at, words.due, **body)
    return letter


def _sent_already(home: str, words: Words, user: int, at: datetime) -> Directive | None:
    """Return the letter that the same form sent before: a form that is sent again makes no second one."""
    first = DirectiveMessage.home == Directive.home, DirectiveMessage.directive == Directive.no, DirectiveMessage.no == 1
    query = select(Directive).join(DirectiveMessage, first[0] & first[1] & first[2])
    same = (
        Directive.home == home, Directive.kind == words.kind, Directive.desk == words.desk, Directive.subject == words.subject,
        Directive.due.is_(None) if words.due is None else Directive.due == words.due, Directive.basis == words.basis,
        DirectiveMessage.user_id == user, DirectiveMessage.text == words.text,
    )  # fmt: skip
    found = db.session.scalars(query.where(*same).order_by(Directive.no.desc())).first()
    about = (words.notice or (None, None), words.case or (None, None))
    if found and day_of(found.made) == day_of(at) and ((found.publisher, found.number), (found.asked, found.case)) == about:
        return found
    return None


def act(
    home: str,
    no: int,
    act: Act,
    user: int,
    text: str,
    seen: int,
    at: datetime,
    *,
    due: date | None = None,
    version: int | None = None,
    looked_at: int = 0,
) -> Directive:
    """Do an act of ``rules.directives.TABLE`` in a letter and return it; what the same person sent before is not done twice.

    ``seen`` is the newest message that the page showed; ``due`` the new last day of one that is sent back, ``version`` the version of the
    notice that an answer cites. Raises MovedOn.
    """
    with writing() as session:
        letter = session.get_one(Directive, (home, no), with_for_update=True, populate_existing=True)
        last = session.scalars(_messages(letter).order_by(DirectiveMessage.no.desc()).limit(1)).one()
        if last.no > seen and (last.act, last.user_id, last.text) == (act, user, text):
            return letter
        becomes = rule.move(letter.state, act, answered=letter.kind in policies.letters_answered())
        if last.no != seen or becomes is None:
            raise MovedOn(letter)
        late = rule.days_late(letter.state, letter.due, day_of(at)) if act == "reply" else 0
        letter.state, letter.late = becomes, max(letter.late, late)
        if act == "reply":
            letter.answered = at.replace(microsecond=0)
        if act == "send_back":
            letter.due = due
        more: dict[str, Any] = ({"late": late} if late else {}) | ({"looked_at": looked_at} if looked_at else {})
        _said(letter, act, user, text, at, due, version, **more)
    return letter


def _said(
    letter: Directive, act: str, user: int, text: str, at: datetime, due: date | None, version: int | None = None, **more: Any
) -> None:
    no = (db.session.scalar(select(func.max(DirectiveMessage.no)).where(*_own(letter))) or 0) + 1
    said = {"user_id": user, "text": text, "at": at.replace(microsecond=0), "due": due, "version": version}
    db.session.add(DirectiveMessage(home=letter.home, directive=letter.no, no=no, act=act, **said))
    told = more | ({"due": due.isoformat()} if due else {}) | ({"version": version} if version else {})
    words = {"words": digest(letter.home, letter.no, no, text)} if text else {}
    ledger.append(letter.home, at, people.username(user), f"directive.{act}", str(letter.no), no=no, **told, **words)


def _own(letter: Directive) -> tuple[Any, ...]:
    return DirectiveMessage.home == letter.home, DirectiveMessage.directive == letter.no


def _messages(letter: Directive) -> Any:
    return select(DirectiveMessage).where(*_own(letter))


def one(home: str, no: int) -> Directive | None:
    """Return a letter, or None."""
    return db.session.get(Directive, (home, no))


def messages(letter: Directive) -> list[Said]:
    """Return what was said in a letter, oldest first."""
    columns = (DirectiveMessage.no, DirectiveMessage.act, User.name, DirectiveMessage.text, DirectiveMessage.at)
    query = select(*columns, DirectiveMessage.due, DirectiveMessage.version).join(User, User.id == DirectiveMessage.user_id)
    return [Said(*row) for row in db.session.execute(query.where(*_own(letter)).order_by(DirectiveMessage.no))]


def listed(
    under: str, *, done: bool = False, group: str = "", before: tuple[datetime, str, int] | None = None, limit: int = 50
) -> list[Directive]:
    """Return the letters to offices under a code prefix: those that are open, first due first, or (``done``) the others, newest first.

    ``group`` selects those of a department; ``before`` is (made, home, number) of the last one on the page before, of those that are done.
    """
    open_ = Directive.state.in_(rule.OPEN)
    query = select(Directive).where(Directive.desk.startswith(under), ~open_ if done else open_)
    if group:
        query = query.where(Directive.group == group)
    if before:
        query = query.where(tuple_(Directive.made, Directive.home, Directive.no) < before)
    newest = (Directive.made.desc(), Directive.home.desc(), Directive.no.desc())
    waits = (Directive.state.desc(), Directive.due.is_(None), Directive.due, Directive.made, Directive.home, Directive.no)
    order = newest if done else waits
    return list(db.session.scalars(query.order_by(*order).limit(limit if done else 500)))


def every(under: str) -> list[tuple[Directive, str]]:
    """Return all letters to offices under a code prefix with the names of the offices, oldest first."""
    query = select(Directive, Area.name).join(Area, Area.code == Directive.desk).where(Directive.desk.startswith(under))
    return [(letter, name) for letter, name in db.session.execute(query.order_by(Directive.made, Directive.home, Directive.no))]


def of_notice(home: str, number: str, under: str) -> list[Directive]:
    """Return the letters about a notice to offices under a code prefix, newest first."""
    query = select(Directive).where(Directive.publisher == home, Directive.number == number, Directive.desk.startswith(under))
    return list(db.session.scalars(query.order_by(Directive.made.desc(), Directive.no.desc())))


def of_case(case: Case, under: str) -> list[Directive]:
    """Return the letters about a case to offices under a code prefix, newest first."""
    query = select(Directive).where(Directive.asked == case.home, Directive.case == case.id, Directive.desk.startswith(under))
    return list(db.session.scalars(query.order_by(Directive.made.desc(), Directive.no.desc())))


def standing(under: str, today: date) -> Standing:
    """Return the figures of the letters to offices under a code prefix; a reminder counts as waiting until somebody noted it."""
    sent = Directive.state == "sent"
    waiting, overdue, answered = (
        func.count().filter(which) for which in (sent, sent & (Directive.due < today), Directive.state == "answered")
    )
    return Standing(*db.session.execute(select(waiting, overdue, answered).where(Directive.desk.startswith(under))).one())


def digest(home: str, no: int, said: int, text: str) -> str:
    """Return the keyed digest of an act's words; keyed, so that they cannot be guessed from the public log."""
    return sealing.vault().key("directive", json.dumps([home, no, said, text], ensure_ascii=False))


def about_digest(letter: Directive) -> str:
    """Return the keyed digest of what a letter is about: its subject, notice and case."""
    of = [letter.home, letter.no, letter.subject, letter.publisher, letter.number, letter.asked, letter.case]
    return sealing.vault().key("directive about", json.dumps(of, ensure_ascii=False))


def evidence(home: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Return (home, number) -> what the tables say of each letter of a home, as its ledger entries give it."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in db.session.scalars(select(Directive).where(Directive.home == home)):
        found[home, str(one.no)] = {
            "kind": one.kind, "desk": one.desk, "group": one.group, "about": about_digest(one), "basis": one.basis, "state": one.state,
            "made": ledger.moment(one.made), "due": one.due.isoformat() if one.due else None,
            "answered": ledger.moment(one.answered) if one.answered else None, "late": one.late, "messages": [],
        }  # fmt: skip
    query = select(DirectiveMessage, User.username).outerjoin(User, User.id == DirectiveMessage.user_id)
    order = (DirectiveMessage.directive, DirectiveMessage.no)
    for said, who in db.session.execute(query.where(DirectiveMessage.home == home).order_by(*order)):
        words = digest(home, said.directive, said.no, said.text) if said.text else ""
        due = said.due.isoformat() if said.due else None
        told = (said.no, said.act, who, words, ledger.moment(said.at), due, said.version)
        found.setdefault((home, str(said.directive)), {"messages": []})["messages"].append(told)
    return found
