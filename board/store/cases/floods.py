"""Floods of cases: known by the times of an office's newest cases, and put on few lines of its desk while they last.

Only then texts and network addresses are counted, as hashes under the key of a slot, which is deleted after ten minutes: then neither an
address nor a text can be found by guessing any more. Nothing of an address stays with a case.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from board.models import AskingCount, AskingFlood, AskingKey, Case, Message, db
from board.rules.areas import prefix
from board.rules.cases import flood, resemblance
from board.store import ledger, sealing
from board.store.cases import acting
from board.store.engine import writing

_INSERT: dict[str, Callable[..., Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
ALL = "all"  # what every text counts for
AT_ONCE = 500  # hashes that one query asks for
AGAIN, LOOKED = 100, 60  # after so many cases of a flood, and after a new line of a text, so many lines are looked at again


def asks(office: str, at: datetime) -> bool:
    """Return whether a form to this office asks the question about the page: while any office of its county is flooded.

    Not that office alone: a question that only forms to the county ask would tell the township that the county was written to.
    """
    here = AskingFlood.home.startswith(prefix(office, "county"))
    return db.session.scalar(select(AskingFlood.home).where(here, AskingFlood.until > at).limit(1)) is not None


def place(case: Case, text: str, came: flood.Came, at: datetime) -> None:
    """Put a case that was just filed on the line of the desk that is its; call it inside ``writing()``, under the lock of its ledger."""
    now = _lasting(case, at)
    if now is None:
        return
    now.placed += 1
    counts = _Counts(case.home, at)
    seen = counts.add([resemblance.sample(text)], came.address)[0]
    alike = resemblance.alike(seen.shingles, seen.counts, seen.total, hot=seen.neighbours > flood.HOT)
    case.said, texts = came.said, now.texts
    match flood.line(came.said, alike=alike):
        case "alike":
            case.fold = _of_texts(now, counts, seen)
        case "burst":
            case.fold = now.fold
    db.session.flush()
    if now.texts > texts or now.placed % AGAIN == 0:
        _look_again(now, counts)


def answered(case: Case, came: flood.Came) -> None:
    """Take what its villager says to the question when he sends a form again on which he had said nothing; once."""
    if case.said == "none" and came.said != "none":
        case.said = came.said
        if came.said == "right" and case.fold and is_burst(case.fold):
            case.fold = None


def take_out(home: str, id: str, user: int, at: datetime) -> None:
    """Give a case a line of its own, as one of its office wants, and keep in the ledger who did; nothing to do for one that has it."""
    with writing():
        case = acting.locked(home, id)
        if case.fold:
            case.fold = ""  # a line of its own, for good: no flood folds it again
            ledger.append(home, at, acting.actor_of(user), "case.taken_out", id)


def is_burst(fold: str) -> bool:
    """Return whether a line is that of a flood's cases which said nothing right, and not one of nearly the same texts."""
    return fold.startswith("b")


def _lasting(case: Case, at: datetime) -> AskingFlood | None:
    """Return the flood of an office that lasts, begun or prolonged by its newest case, or None."""
    home = case.home
    now = db.session.get(AskingFlood, home, populate_existing=True)
    lasts = now is not None and now.until > at
    if now and lasts and now.until - at > flood.LASTS * 0.9:  # prolonged within the last minute
        return now
    times = select(Case.made).where(Case.home == home).order_by(Case.made.desc()).limit(1)
    nth = [db.session.scalar(times.offset(most)) for most, _within in flood.WINDOWS]
    if flood.bursts(nth, at):
        if now is None:
            now = AskingFlood(home=home)
            db.session.add(now)
        if not lasts:
            now.begun, now.fold, now.texts, now.placed = at, "b" + secrets.token_hex(6), 0, 0
        now.until = at + flood.LASTS
        db.session.flush()
        if not lasts:
            _begin(now, case, at)
        return now
    return now if lasts else None


def _begin(now: AskingFlood, newest: Case, at: datetime) -> None:
    """Count the texts of the cases by which a flood became known, but of the newest, and fold those that are nearly the same."""
    counts = _Counts(now.home, at)
    counts.add([resemblance.sample(text) for case, text in _standing(now) if case is not newest])
    _look_again(now, counts)


@dataclass(frozen=True)
class _Seen:
    """A text's shingles, how often each and all texts were counted in this slot and the one before, and the lines of its shingles in
    either; ``unmarked`` are those that name none in this slot, ``neighbours`` is how many came from its network address."""

    shingles: tuple[str, ...]
    counts: dict[str, int]
    total: int
    folds: Counter[str]
    unmarked: set[str]
    neighbours: int


class _Counts:
    """What is counted of an office's flood in the present slot, and what was in the one before."""

    def __init__(self, home: str, at: datetime) -> None:
        self.home, self.slot = home, flood.slot(at)
        self.own = {"home": self.home, "slot": self.slot}
        self.keys = _keys(self.slot)

    def _hash(self, what: str, slot: int) -> str:
        return sealing.vault().key("asking", f"{self.keys[slot]}/{what}")

    def add(self, samples: Sequence[tuple[str, ...]], address: str = "") -> list[_Seen]:
        """Count texts, and the network address that one came from, and return what is known of each with all of them counted."""
        more = Counter(one for shingles in samples for one in (*shingles, ALL))
        if address:
            more[_address(address)] = 1
        hashes = sorted((self._hash(one, self.slot), count) for one, count in more.items())
        put = _INSERT[db.session.get_bind().dialect.name](AskingCount.__table__)
        put = put.on_conflict_do_update(
            index_elements=["home", "slot", "hash"], set_={"count": AskingCount.__table__.c.count + put.excluded.count}
        )
        if hashes:
            db.session.connection().execute(put, [self.own | {"hash": hash, "count": count} for hash, count in hashes])
        return self.seen(samples, address)

    def seen(self, samples: Sequence[tuple[str, ...]], address: str = "") -> list[_Seen]:
        """Return what is known of texts, and of a network address."""
        neighbour = _address(address)
        counts, before, folds = self._read({one for shingles in samples for one in (*shingles, ALL, neighbour)})
        either = before | folds
        return [
            _Seen(
                shingles,
                {one: counts[one] for one in shingles},
                counts[ALL],
                Counter(either[one] for one in shingles if one in either),
                {one for one in shingles if one not in folds},
                counts[neighbour],
            )
            for shingles in samples
        ]

    def mark(self, shingles: Iterable[str], fold: str) -> None:
        """Say on which line texts of these shingles stand, where nothing says so yet."""
        hashes = [self._hash(one, self.slot) for one in shingles]
        own = AskingCount.home == self.home, AskingCount.slot == self.slot, AskingCount.hash.in_(hashes), AskingCount.fold.is_(None)
        db.session.execute(update(AskingCount).where(*own).values(fold=fold), execution_options={"synchronize_session": False})

    def _read(self, what: Iterable[str]) -> tuple[Counter[str], dict[str, str], dict[str, str]]:
        """Return what -> how often it came, what -> its line in the slot before, and in this one."""
        counts, lines = Counter[str](), {self.slot - 1: dict[str, str](), self.slot: dict[str, str]()}
        names = {self._hash(one, slot): (one, slot) for one in what for slot in self.keys}
        ordered = sorted(names)
        for start in range(0, len(ordered), AT_ONCE):
            hashes = ordered[start : start + AT_ONCE]
            own = AskingCount.home == self.home, AskingCount.slot.in_(list(self.keys)), AskingCount.hash.in_(hashes)
            for hash, count, fold in db.session.execute(select(AskingCount.hash, AskingCount.count, AskingCount.fold).where(*own)):
                one, slot = names[hash]
                counts[one] += count
                if fold:
                    lines[slot][one] = fold
        return counts, lines[self.slot - 1], lines[self.slot]


def _of_texts(now: AskingFlood, counts: _Counts, seen: _Seen) -> str:
    """Return the line of a text that is nearly the same as others: that of most of its shingles, or a new one."""
    common = [fold for fold, _n in seen.folds.most_common(1)]
    if common:
        fold = common[0]
    elif now.texts < flood.MOST_TEXTS:
        now.texts += 1
        fold = "a" + secrets.token_hex(6)
    else:
        fold = now.fold
    if unmarked := resemblance.known(seen.counts, seen.total) & seen.unmarked:
        counts.mark(unmarked, fold)
    return fold


def _standing(now: AskingFlood) -> list[tuple[Case, str]]:
    """Return the newest cases of a flood with lines of their own that nobody has touched yet, with their texts, newest first."""
    first = (Message.home == Case.home) & (Message.case == Case.id) & (Message.no == 1)
    own = Case.home == now.home, Case.fold.is_(None), Case.state == "received", Case.source == "web"
    since = now.begun - flood.LOOKS_BACK
    more = aliased(Message)
    touched = select(more.no).where(more.home == Case.home, more.case == Case.id, more.no > 1).exists()
    query = select(Case, Message.text).join(Message, first).where(*own, Case.made >= since, ~touched)
    return [(case, text) for case, text in db.session.execute(query.order_by(Case.made.desc(), Case.id).limit(LOOKED))]


def _look_again(now: AskingFlood, counts: _Counts) -> None:
    """Fold those cases with lines of their own whose texts have become nearly the same as others since they came."""
    standing = _standing(now)
    samples = [resemblance.sample(text) for _case, text in standing]
    for (case, _text), shingles in zip(standing, samples, strict=True):
        seen = counts.seen([shingles])[0]
        if resemblance.alike(shingles, seen.counts, seen.total):
            case.fold = _of_texts(now, counts, seen)
    db.session.flush()


def _address(address: str) -> str:
    return f"address {network(address)}" if address else ""


def network(address: str) -> str:
    """Return the part of a network address that is counted: all of an old one, the first half of a new one, which a household has."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version == 6 else str(known)


def _keys(slot: int) -> dict[int, str]:
    """Return the keys of a slot and of the one before, by slot; the first makes the slot's key, and all older ones are deleted."""
    _delete_before(slot - 1)
    kept = select(AskingKey.slot, AskingKey.key).where(AskingKey.slot >= slot - 1, AskingKey.slot <= slot)
    found = {one.slot: one.key for one in db.session.execute(kept)}
    if slot not in found:
        put = _INSERT[db.session.get_bind().dialect.name](AskingKey).values(slot=slot, key=secrets.token_hex(16))
        db.session.execute(put.on_conflict_do_nothing())
        found = {one.slot: one.key for one in db.session.execute(kept)}
    return found


def _delete_before(slot: int) -> int:
    gone = int(db.session.execute(delete(AskingKey).where(AskingKey.slot < slot)).rowcount)  # type: ignore[attr-defined]
    if gone:
        db.session.execute(delete(AskingCount).where(AskingCount.slot < slot))
    return gone


def forget(at: datetime) -> int:
    """Delete the keys whose ten minutes are over, with what was counted under them; return how many."""
    oldest, kept = db.session.scalar(select(func.min(AskingKey.slot))), flood.slot(at) - 1
    if oldest is None or oldest >= kept:
        return 0
    with writing():
        return _delete_before(kept)
