"""Counting cases as they are acted on: the line of each case, and the tallies from which the auditor's figures are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite

from board.models import Case, CaseStanding, CaseTally, Ledger, Notice, db
from board.rules import quarters
from board.rules.calendar import day_of
from board.rules.cases import figures, log, machine
from board.rules.cases.figures import Standing
from board.store import ledger
from board.store.engine import writing

_INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_FIELDS = [field.name for field in fields(Standing)]
_KEY = ("home", "category", "kind", "what", "day", "quarter")
_AT_ONCE = 5_000  # lines of one insert
Tallies = Counter[tuple[Any, ...]]  # by the columns of _KEY


def keep(case: Case, act: machine.Act = "add", had: tuple[str, date] | None = None, at: datetime | None = None) -> None:
    """Count a case anew after an act, within its transaction; ``had`` is the office that had the case before it, and its last day."""
    ledger.lock(case.home)  # before the tallies, always: an act on several cases would take them the other way round
    kept = db.session.get(CaseStanding, (case.home, case.id), populate_existing=True)
    before = plain(kept) if kept else None
    disputed, first, prompt = (before.disputed, before.first, before.prompt) if before else (False, "", None)
    if prompt is None:
        first = figures.office(case.desk)
        if had and at and figures.judged(act, case.state):
            first, prompt = figures.office(had[0]), day_of(at) <= had[1]
    disputed = disputed or act == "dispute" and case.state != "unsolved"
    last = figures.office(case.desk) if act == "answer" else before.last if before else ""
    now = _standing(case, before.kind if before else _kind(case), disputed, first, prompt, last)
    if kept:
        for name in _FIELDS:
            setattr(kept, name, getattr(now, name))
    else:
        db.session.add(CaseStanding(home=case.home, id=case.id, **vars(now)))
    db.session.flush()
    delta = tallies([now])
    delta.subtract(tallies([before] if before else []))
    add(delta)


def plain(kept: CaseStanding) -> Standing:
    """Return a stored line as the rules take it."""
    return Standing(**{name: getattr(kept, name) for name in _FIELDS})


def _standing(case: Case, kind: str, disputed: bool, first: str, prompt: bool | None, last: str) -> Standing:
    return Standing(
        arose=figures.office(case.home), has=figures.office(case.desk), first=first, category=case.category, kind=kind,
        received=day_of(case.made), state=case.state, due=case.due, answered=day_of(case.answered) if case.answered else None,
        disputed=disputed, prompt=prompt, rating=case.rating, last=last,
    )  # fmt: skip


def _kind(case: Case) -> str:
    return db.session.scalar(select(Notice.kind).where(Notice.home == case.publisher, Notice.number == case.number)) or ""


def tallies(cases: Iterable[Standing]) -> Tallies:
    """Return the tallies of cases: key -> number."""
    found: Tallies = Counter()
    for case in cases:
        quarter = figures.key(quarters.of(case.received))
        for category, kind in figures.selections(case):
            found.update((office, category, kind, what, day, quarter) for office, what, day in figures.cells(case))
    return found


def add(delta: Tallies) -> None:
    """Within a transaction, add differences to the stored tallies, always in one order, so that two writers do not wait for each other."""
    rows = [dict(zip(_KEY, key, strict=True)) | {"n": n} for key, n in sorted(delta.items()) if n]
    if rows:
        put = _INSERT[db.session.get_bind().dialect.name](CaseTally)
        more = {"n": CaseTally.n + put.excluded.n}
        db.session.execute(put.on_conflict_do_update(index_elements=list(_KEY), set_=more), rows)


# ---- counted anew


def recount() -> int:
    """Count every case anew, from the cases and the ledger; return how many lines and tallies were wrong before. No act comes between."""
    with writing() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("LOCK TABLE case_standing, case_tally IN SHARE ROW EXCLUSIVE MODE"))
        lines = {(one.home, one.id): plain(one) for one in session.scalars(select(CaseStanding))}
        kept = {tuple(row[:-1]): row[-1] for row in session.execute(select(*(getattr(CaseTally, name) for name in (*_KEY, "n"))))}
        right = dict(_counted_anew())
        counted = tallies(right.values())
        wrong: int = sum(lines.get(key) != right.get(key) for key in lines.keys() | right.keys())
        wrong += sum(kept.get(key, 0) != counted.get(key, 0) for key in kept.keys() | counted.keys())
        if wrong:
            session.expunge_all()
            session.execute(delete(CaseTally))
            session.execute(delete(CaseStanding))
            store(right, counted)
    return wrong


def store(lines: dict[tuple[str, str], Standing], counted: Mapping[tuple[Any, ...], int]) -> None:
    """Insert the lines and tallies of cases that have none, within a transaction."""
    _inserted(CaseStanding, [{"home": home, "id": id} | vars(one) for (home, id), one in lines.items()])
    _inserted(CaseTally, [dict(zip(_KEY, key, strict=True)) | {"n": n} for key, n in counted.items()])


def _inserted(table: Any, rows: list[dict[str, Any]]) -> None:
    for first in range(0, len(rows), _AT_ONCE):
        db.session.execute(insert(table), rows[first : first + _AT_ONCE])


def _counted_anew() -> Iterator[tuple[tuple[str, str], Standing]]:
    """Yield the line of each case, as the cases and the ledger say; one home after the other."""
    for home in db.session.scalars(select(Case.home).distinct().order_by(Case.home)):
        entries: dict[str, list[log.Entry]] = {}
        query = select(Ledger).where(Ledger.home == home, Ledger.action.startswith("case.")).order_by(Ledger.height)
        for entry in db.session.scalars(query):
            entries.setdefault(entry.subject, []).append(log.Entry(entry.actor, entry.action, entry.at, entry.body))
        for case in db.session.scalars(select(Case).where(Case.home == home)):
            disputed, first, prompt, last = figures.logged(entries.get(case.id, []), home)
            said = figures.office(first), prompt, figures.office(last) if last else ""
            yield (home, case.id), _standing(case, _kind(case), disputed, *said)
