"""The search index: one entry for each notice that is not withdrawn, written in the transaction that posts, corrects or withdraws it.

An FTS5 table on SQLite, a tsvector with a GIN index on PostgreSQL; both hold the tokens of ``rules.notice.search_terms``, so that they
find the same. It is not in ``board.models``, because SQLite manages FTS5's tables itself and Alembic must ignore them (``ours``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, or_, select, text, tuple_

from board.models import Area, Notice, Part, Version, db
from board.rules.areas import prefix
from board.rules.notice import search_terms
from board.rules.notice.page_sources import of_version
from board.rules.tokenizer import Asked, Every, Phrase
from board.store.engine import writing

TABLE = "search_index"
CHUNK = 200  # notices in one transaction of a rebuild: on SQLite all other writers wait for it

_INSERT = {
    "sqlite": text("INSERT INTO search_index (rowid, home, number, words) VALUES (:id, :home, :number, :words)"),
    "postgresql": text("INSERT INTO search_index (id, home, number, words) VALUES (:id, :home, :number, CAST(:words AS tsvector))"),
}
_DELETE = {
    "sqlite": text("DELETE FROM search_index WHERE rowid IN :ids").bindparams(bindparam("ids", expanding=True)),
    "postgresql": text("DELETE FROM search_index WHERE id IN :ids").bindparams(bindparam("ids", expanding=True)),
}
_ASK = {
    "sqlite": text("SELECT rowid AS id, home, number FROM search_index WHERE search_index MATCH :asked AND rowid < :before "
                   "ORDER BY rowid DESC LIMIT :most"),
    "postgresql": text("SELECT id, home, number FROM search_index WHERE words @@ CAST(:asked AS tsquery) AND id < :before "
                       "ORDER BY id DESC LIMIT :most"),
}  # fmt: skip
_ALL = {
    "sqlite": text("SELECT rowid AS id, home, number FROM search_index WHERE rowid < :before ORDER BY rowid DESC LIMIT :most"),
    "postgresql": text("SELECT id, home, number FROM search_index WHERE id < :before ORDER BY id DESC LIMIT :most"),
}
NEWEST = 2**63 - 1  # above the id of every entry


def ours(name: str | None, kind: str, _: Any = None) -> bool:
    """Return whether Alembic manages an object (its ``include_name``): all but the tables of the search index."""
    return kind != "table" or not (name or "").startswith(TABLE)


def put(notices: Iterable[Notice]) -> None:
    """Replace the entries of these notices by their versions in force; call it inside ``writing()``."""
    for batch in _batches(notices):
        drop(batch)
        keep([_entry(*found) for found in _in_force(batch)])


def keep(entries: Sequence[dict[str, Any]]) -> None:
    """Insert entries made by ``entry``; call it inside ``writing()``."""
    if entries:
        db.session.execute(_INSERT[_engine()], entries)


def entry(home: str, number: str, posted_at: datetime, kept: Sequence[str]) -> dict[str, Any]:
    """Return an index entry, its tokens in the syntax of this engine."""
    words = " ".join(kept) if _engine() == "sqlite" else " ".join(f"'{token}':{place}" for place, token in enumerate(kept, 1))
    return {"id": search_terms.place_in_order(posted_at, number), "home": home, "number": number, "words": words}


def drop(notices: Sequence[Notice]) -> None:
    """Delete the entries of notices, of whichever version; call it inside ``writing()``."""
    query = select(Version.posted_at, Version.number).where(*_of(Version, notices))
    ids = [search_terms.place_in_order(posted_at, number) for posted_at, number in db.session.execute(query)]
    if ids:
        db.session.execute(_DELETE[_engine()], {"ids": ids})


def renamed(codes: Collection[str]) -> None:
    """Index the notices of renamed areas, and those with a part for one, again; call it inside ``writing()``."""
    for some in _slices(sorted(codes), CHUNK):
        with_share = select(Part.number).where(Part.place.in_(some))
        query = select(Notice).where(or_(Notice.home.in_(some), Notice.number.in_(with_share)))
        put(db.session.scalars(query.order_by(Notice.home, Notice.number)).all())


def rebuild() -> Iterator[int]:
    """Rebuild the index, yielding how many notices are done; searching and posting go on meanwhile.

    Each step is a transaction that locks its notices, so that none is withdrawn between reading and indexing it.
    """
    before = NEWEST
    while gone := db.session.execute(_ALL[_engine()], {"before": before, "most": CHUNK}).all():
        before = gone[-1].id
        with writing():
            _delete_stale(gone)
    done, last = 0, ("", "")
    while True:
        with writing() as session:
            query = select(Notice).where(tuple_(Notice.home, Notice.number) > last).order_by(Notice.home, Notice.number)
            found = session.scalars(query.limit(CHUNK).with_for_update()).all()
            put(found)
            last = (found[-1].home, found[-1].number) if found else last
        if not found:
            return
        done += len(found)
        yield done


def _delete_stale(entries: Sequence[Row[Any]]) -> None:
    """Delete the entries that do not belong to the version in force of a notice that is not withdrawn."""
    standing = db.session.scalars(select(Notice).where(*_of(Notice, entries)).with_for_update()).all()
    right = {search_terms.place_in_order(version.posted_at, version.number) for _, version, _ in _in_force(standing)}
    wrong = [entry.id for entry in entries if entry.id not in right]
    if wrong:
        db.session.execute(_DELETE[_engine()], {"ids": wrong})


def ask(asked: Every, *, before: int, most: int) -> list[Row[Any]]:
    """Return the matches with an id below ``before``, newest first, as rows of id, home and number."""
    engine = _engine()
    query = _fts5(asked) if engine == "sqlite" else _tsquery(asked)
    return list(db.session.execute(_ASK[engine], {"asked": query, "before": before, "most": most}))


def _engine() -> str:
    return db.session.get_bind().dialect.name


def _in_force(notices: Sequence[Notice]) -> Iterator[tuple[Notice, Version, list[Part]]]:
    """Yield the notices that are not withdrawn, each with its version in force and that version's parts."""
    standing = {notice.number: notice for notice in notices if notice.withdrawn_at is None}
    parts: dict[tuple[str, int], list[Part]] = {}
    for part in db.session.scalars(select(Part).where(*_of(Part, list(standing.values()))).order_by(Part.place)):
        parts.setdefault((part.number, part.version), []).append(part)
    for version in db.session.scalars(select(Version).where(*_of(Version, list(standing.values())))):
        if version.no == standing[version.number].current:
            yield standing[version.number], version, parts.get((version.number, version.no), [])


def _of(table: Any, notices: Sequence[Any]) -> tuple[Any, Any]:
    """Return the conditions for rows of these notices. Numbers are unique across homes; SQLite uses no index for pairs in one IN."""
    return table.home.in_({notice.home for notice in notices}), table.number.in_([notice.number for notice in notices])


def _entry(notice: Notice, version: Version, parts: list[Part]) -> dict[str, Any]:
    codes = {notice.home, *(part.place for part in parts)}
    query = select(Area.code, Area.level, Area.name, Area.aliases).order_by(Area.code)  # columns: loaded Area objects may be out of date
    areas = [area for some in _slices(sorted(codes), 500) for area in db.session.execute(query.where(Area.code.in_(some)))]
    frozen = version.frozen["areas"]
    names = [one for area in areas for one in (area.name, *area.aliases, frozen.get(area.code, area.name))]
    prefixes = {area.code: prefix(area.code, area.level) for area in areas}
    return entry(
        notice.home, notice.number, version.posted_at, search_terms.tokens(of_version(version, parts, notice.kind), prefixes, names)
    )


def _batches(notices: Iterable[Notice]) -> Iterator[list[Notice]]:
    yield from _slices(list(notices), CHUNK)


def _slices(whole: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(whole), size):
        yield whole[start : start + size]


def _fts5(asked: Asked) -> str:
    """Return the FTS5 query. Tokens consist of letters, digits and private-use characters, so none needs an escape."""
    if isinstance(asked, Phrase):
        return f'"{" ".join(asked.tokens)}"{" *" if asked.begins else ""}'
    return f"({(' AND ' if isinstance(asked, Every) else ' OR ').join(map(_fts5, asked.of))})"


def _tsquery(asked: Asked) -> str:
    """Return the same query in tsquery syntax."""
    if isinstance(asked, Phrase):
        return " <-> ".join(f"'{token}'" for token in asked.tokens) + (":*" if asked.begins else "")
    return f"({(' & ' if isinstance(asked, Every) else ' | ').join(map(_tsquery, asked.of))})"
