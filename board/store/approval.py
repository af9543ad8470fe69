"""Words for everybody that go out when a second person has approved exactly what was shown to him: answers about a notice, and letters.

Both keep their number; withdrawn ones lose their texts. Every step is a ledger entry of their home, from which the proof replays them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import aliased

from board.models import Approved, Ledger, User, db
from board.rules.cases.log import CLOCK
from board.store import ledger, people, sealing
from board.store.engine import writing

W = TypeVar("W", bound=Approved)
Key = tuple[Any, ...]
State = Literal["waiting", "returned", "published", "withdrawn"]
PAGE = 20  # of one sort on a reviewer's list


class NotPublishable(Exception):
    """What the words are about does not allow them: the writer did not agree, an answer is owed (again), or the notice was taken down."""


class NotShown(Exception):
    """The words are no longer what the page showed: somebody approved, returned, rewrote or withdrew them."""


class OwnHand(Exception):
    """Whoever wrote something for everybody does not approve it."""


@dataclass(frozen=True)
class Sort(Generic[W]):
    """One sort of such words. ``action`` begins its ledger entries, whose subject and further body ``logged`` says; ``key`` is its key in
    the proof; ``texts`` are the columns that a withdrawal empties; ``words`` is the digest of these for the ledger, ``shown`` that of all
    that a reviewer sees; ``lasting`` is what its evidence has beside; ``may_go_out`` is asked under the lock of what is approved."""

    table: type[W]
    action: str
    texts: tuple[str, ...]
    key: Callable[[W], Key]
    logged: Callable[[W], tuple[str, dict[str, Any]]]
    words: Callable[[W], str]
    shown: Callable[[W], str]
    lasting: Callable[[W], dict[str, Any]]
    may_go_out: Callable[[W], bool]


def state(one: Approved) -> State:
    """Return where an answer or a letter stands."""
    if one.withdrawn_at:
        return "withdrawn"
    if one.approved_at:
        return "published"
    return "waiting" if one.returned is None else "returned"


def is_public(table: type[Approved]) -> tuple[Any, ...]:
    """Return the SQL conditions under which everybody reads an answer or a letter."""
    return table.approved_at.is_not(None), table.withdrawn_at.is_(None)


def unpublished(sort: Sort[W], under: str, *, returned: bool = False, limit: int = PAGE) -> list[W]:
    """Return what waits for approval under a code prefix, or what was sent back, oldest first."""
    table = sort.table
    which = (table.returned.is_not(None) if returned else table.returned.is_(None), table.home.startswith(under))
    query = select(table).where(table.approved_at.is_(None), table.withdrawn_at.is_(None), *which)
    return list(db.session.scalars(query.order_by(table.drafted_at, *inspect(table).primary_key).limit(limit)))


def submit(sort: Sort[W], one: W, user: int, at: datetime, looked_at: int) -> None:
    """Put new or rewritten words before the reviewers, within a running transaction; ``looked_at`` is the number of names and other
    personal words that their writer let stand."""
    one.drafted_by, one.drafted_at, one.returned = user, at.replace(microsecond=0), None
    looked = {"looked_at": looked_at} if looked_at else {}  # only the number: the log is public
    _log(sort, one, "drafted", people.username(user), at, **sort.lasting(one), words=sort.words(one), **looked)


def approve(sort: Sort[W], key: Key, shown: str, user: int, at: datetime) -> None:
    """Publish words exactly as they were shown: ``shown`` is the digest on the reviewer's page.

    Raises NotShown, OwnHand, and NotPublishable.
    """
    with writing():
        before = db.session.get(sort.table, key)
        fit = before is not None and sort.may_go_out(before)  # locks its case first, as whoever takes his consent back does
        one = _waiting(sort, key, shown)
        if one.drafted_by == user:
            raise OwnHand
        if not fit:
            raise NotPublishable
        one.approved_by, one.approved_at = user, at.replace(microsecond=0)
        _log(sort, one, "published", people.username(user), at, words=sort.words(one))


def send_back(sort: Sort[W], key: Key, shown: str, user: int, at: datetime, reason: str) -> None:
    """Return words that wait, as they were shown, to whoever wrote them, with a reason that only staff read. Raises NotShown."""
    with writing():
        one = _waiting(sort, key, shown)
        one.returned = reason
        _log(sort, one, "returned", people.username(user), at, reason=_reason_digest(sort, one))


def withdraw(sort: Sort[W], key: Key, user: int, at: datetime, reason: str) -> bool:
    """Withdraw words with a reason that is public: delete their texts, keep their number and their entries. False: they were already."""
    with writing() as session:
        one = session.get(sort.table, key, with_for_update=True, populate_existing=True)
        if one is None or one.withdrawn_at:
            return False
        _take_down(sort, one, people.username(user), at, reason)
    return True


def withdraw_by_itself(sort: Sort[W], found: Iterable[W], at: datetime) -> None:
    """Withdraw words within a running transaction, without anybody of the office and without a reason that the public reads."""
    for one in found:
        _take_down(sort, one, CLOCK, at, "")


def _take_down(sort: Sort[W], one: W, actor: str, at: datetime, reason: str) -> None:
    for text in sort.texts:
        setattr(one, text, "")
    one.withdrawn_at, one.withdrawn_because = at.replace(microsecond=0), reason
    _log(sort, one, "withdrawn", actor, at, reason=reason)


def _waiting(sort: Sort[W], key: Key, shown: str) -> W:
    one = db.session.get(sort.table, key, with_for_update=True, populate_existing=True)
    if one is None or state(one) != "waiting" or sort.shown(one) != shown:
        raise NotShown
    return one


def _log(sort: Sort[W], one: W, what: str, actor: str, at: datetime, **body: Any) -> None:
    subject, also = sort.logged(one)
    ledger.append(one.home, at, actor, f"{sort.action}.{what}", subject, **also, **body)


def _reason_digest(sort: Sort[W], one: W) -> str:
    """Return the keyed digest of why something was sent back ("": it was not)."""
    text = json.dumps([*(getattr(one, column.name) for column in inspect(sort.table).primary_key), one.returned], ensure_ascii=False)
    return sealing.vault().key(f"{sort.action} returned", text) if one.returned is not None else ""


def evidence(sort: Sort[W], home: str) -> dict[Key, dict[str, Any]]:
    """Return key -> what the table says of each one of a home, as its ledger entries give it."""
    found: dict[Key, dict[str, Any]] = {}
    writer, second, table = aliased(User), aliased(User), sort.table
    rows = select(table, writer.username, second.username).outerjoin(writer, writer.id == table.drafted_by)
    rows = rows.outerjoin(second, second.id == table.approved_by).where(table.home == home)
    for one, drafted_by, approved_by in db.session.execute(rows):
        found[sort.key(one)] = sort.lasting(one) | {
            "drafted": (drafted_by, ledger.moment(one.drafted_at)),
            "approved": (approved_by, ledger.moment(one.approved_at)) if one.approved_at else approved_by,
            "words": sort.words(one) if any(getattr(one, text) for text in sort.texts) else "",
            "returned": _reason_digest(sort, one),
            "withdrawn": ledger.moment(one.withdrawn_at) if one.withdrawn_at else None,
            "reason": one.withdrawn_because,
        }
    return found


def replayed(entries: Iterable[Ledger], key: Callable[[Ledger], Key]) -> dict[Key, dict[str, Any]]:
    """Return key -> what the entries of a home say of each one, as ``evidence`` gives it.

    Before a second person had to approve an answer, one person published it without having drafted it: such an answer waits.
    """
    found: dict[Key, dict[str, Any]] = {}
    for entry in entries:
        one, body = found.setdefault(key(entry), {"approved": None, "withdrawn": None, "reason": ""}), entry.body
        what = entry.action.rpartition(".")[2]
        if what == "drafted" or what == "published" and "drafted" not in one:
            one |= {"drafted": (entry.actor, entry.at), "words": body.get("words"), "returned": ""}
            one |= {"place": body["place"]} if "place" in body else {}
        elif what == "published":
            one["approved"] = (entry.actor, entry.at)
        elif what == "returned":
            one["returned"] = body.get("reason")
        elif what == "withdrawn":
            one |= {"words": "", "withdrawn": entry.at, "reason": body.get("reason", "")}
    return found
