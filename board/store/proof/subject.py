"""One type of object that the ledger covers: how its entries are replayed, what the tables say, and how the two differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select

from board.models import Ledger, Version, db
from board.rules.bilingual import Words

Key = tuple[Any, ...]
State = dict[Key, dict[str, Any]]  # key of an object -> field -> value


class Subject(NamedTuple):
    """One type of object that the ledger covers.

    ``replay`` returns the state of a home's objects (of files: a version's) by the ledger, ``state`` that by the tables. ``evidence`` is
    table -> compared columns. ``where`` is formatted with the key, ``what`` with the ``labels`` of the fields that differ.
    """

    replay: Callable[[Any], State]
    state: Callable[[Any], State]
    evidence: dict[str, set[str]]
    where: Words
    what: Words
    labels: dict[str, Words] = {}


def altered(subject: Subject, of: str | Version) -> dict[Key, list[str]]:
    """Return key -> names of the fields that differ between tables and ledger, for a home (of files: a version)."""
    logged, stands = subject.replay(of), subject.state(of)
    differs = {key: _differing(logged.get(key, {}), stands.get(key, {})) for key in sorted(logged.keys() | stands.keys())}
    return {key: names for key, names in differs.items() if names}


def _differing(logged: Mapping[str, Any], stands: Mapping[str, Any]) -> list[str]:
    return sorted(name for name in logged.keys() | stands.keys() if logged.get(name) != stands.get(name))


def faults(subject: Subject, of: str | Version) -> Iterator[tuple[Words, Words]]:
    """Yield each difference that ``altered`` finds, as two texts: where it is, and what is wrong."""
    for key, names in altered(subject, of).items():
        fields = [subject.labels[name] for name in names if name in subject.labels]
        zh, en = "、".join(one.zh for one in fields), ", ".join(one.en for one in fields)
        where = Words(subject.where.zh.format(*key), subject.where.en.format(*key))
        yield where, Words(subject.what.zh.format(zh), subject.what.en.format(en))


def entries(home: str, actions: str) -> Iterable[Ledger]:
    """Return the entries of a home whose action starts with ``actions``, oldest first."""
    return db.session.scalars(select(Ledger).where(Ledger.home == home, Ledger.action.startswith(actions)).order_by(Ledger.height))
