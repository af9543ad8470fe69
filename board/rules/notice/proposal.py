"""A proposal: everything that a notice would show, composed from a checked sheet and its facts, with the digest that is approved."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain, groupby
from typing import Any

from board.rules import digest, row_units
from board.rules.kind import Kind
from board.rules.money import to_fen
from board.rules.personal.name_masking import Display, uncovered
from board.rules.personal.row_names import row_name
from board.rules.place_names import group_order
from board.rules.sheet.reading import EVERY, SheetRow, Tell

UNTOLD = "sha256"  # the algorithm of what is stored without one
STORED_PARTS = "shares"  # the key of the parts in stored JSON: drafts and proposals of earlier versions of the program have it


@dataclass(frozen=True)
class NumberedRow:
    """One row as it will stand: numbered per place; ``name`` is whole here, sealed when stored; measures are exact decimals as text.

    The two commitments say who it is and how much it is; they are worked out once, for part, version and table all need them.
    """

    place: str
    no: int
    group: str
    name: str
    shown_name: str
    person: str | None
    account: str | None
    minor: bool
    amount: int | None  # fen
    measures: dict[str, str]
    texts: dict[str, str]
    person_salt: str
    money_salt: str
    algorithm: str = field(default_factory=lambda: digest.CURRENT, compare=False)  # of both digests
    line: int = field(default=0, compare=False)  # of the table that it was read from; 0: not known
    person_digest: str = field(init=False, repr=False, compare=False)
    money_digest: str = field(init=False, repr=False, compare=False)
    said: bytes = field(init=False, repr=False, compare=False)  # what both commit to, without their salts

    def __post_init__(self) -> None:
        who = digest.canonical((self.place, self.no, self.group, self.name, self.shown_name, self.person, self.account, self.minor))
        how_much = digest.canonical((self.place, self.no, self.amount, self.measures, self.texts))
        object.__setattr__(self, "person_digest", digest.salted(self.algorithm, self.person_salt, who))
        object.__setattr__(self, "money_digest", digest.salted(self.algorithm, self.money_salt, how_much))
        object.__setattr__(self, "said", who + how_much)


@dataclass(frozen=True)
class ProposedPart:
    """One place's part: its rows' count and totals, which stand on that wall's sheet."""

    place: str
    row_count: int
    totals: dict[str, str]
    digest: str
    algorithm: str = UNTOLD  # of its digest


@dataclass(frozen=True)
class Roster:
    """A summary of numbered lines: their totals, the part of each place, and a digest of their content.

    ``content`` is a digest without the salts, which are new each time, so that two are equal when nothing was changed.
    """

    totals: dict[str, str]
    parts: list[ProposedPart]
    content: str

    def to_json(self) -> dict[str, Any]:
        """Return the roster as plain JSON values."""
        return _to_json(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Roster:
        """Return the roster that ``to_json`` gave."""
        return cls(**_from_json(data))


@dataclass(frozen=True)
class Proposal:
    """The content that a reviewer is shown, and that is posted when the reviewer approves ``digest``."""

    home: str
    kind: str
    title: str
    facts: dict[str, str]
    frozen: dict[str, Any]
    starts: str
    ends: str
    formed_on: str
    publish_by: str
    totals: dict[str, str]
    stated: dict[str, str]
    parts: list[ProposedPart]
    content: str  # as in Roster
    private: list[dict[str, Any]] = field(default_factory=list)  # what personal data was dropped: for the reviewer, not posted
    warnings: list[dict[str, Any]] = field(default_factory=list)  # for the reviewer, not posted
    algorithm: str = UNTOLD  # of its digest

    @property
    def row_count(self) -> int:
        """How many rows stand in all parts."""
        return sum(part.row_count for part in self.parts)

    @property
    def digest(self) -> str:
        """The digest that the reviewer approves; the ledger keeps it."""
        return content_digest(self.algorithm, vars(self), ((part.place, part.digest) for part in self.parts))

    def to_json(self) -> dict[str, Any]:
        """Return the proposal as plain JSON values."""
        return _to_json(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Proposal:
        """Return the proposal that ``to_json`` gave."""
        return cls(**_from_json(data))


def _to_json(of: Roster | Proposal) -> dict[str, Any]:
    kept = {STORED_PARTS if name == "parts" else name: value for name, value in _told(of).items()}
    return kept | {STORED_PARTS: [_told(part) for part in of.parts]}


def _told(of: Roster | Proposal | ProposedPart) -> dict[str, Any]:
    """Return the fields as they are stored: a program of before ``algorithm``, to which one may go back, does not know it."""
    return {name: value for name, value in vars(of).items() if (name, value) != ("algorithm", UNTOLD)}


def _from_json(data: Mapping[str, Any]) -> dict[str, Any]:
    given = {"parts" if name == STORED_PARTS else name: value for name, value in data.items()}
    return given | {"parts": [ProposedPart(**part) for part in given["parts"]]}


def content_digest(algorithm: str, content: Mapping[str, Any], parts: Iterable[tuple[str, str]]) -> str:
    """Return the digest of a version's content (fields as in Proposal) and of its (place, digest) parts."""
    head = {name: content[name] for name in ("home", "kind", "title", "facts", "formed_on", "publish_by", "totals", "stated")}
    return digest.version(algorithm, head, content["frozen"], (content["starts"], content["ends"]), parts)


def part_digest(algorithm: str, place: str, lines: Iterable[Any], totals: Mapping[str, str]) -> str:
    """Return the digest of a part from lines that have ``no``, ``person_digest`` and ``money_digest``, in the order of their numbers."""
    return digest.part(algorithm, place, ((line.no, line.person_digest, line.money_digest) for line in lines), totals)


def compose(
    kind: Kind,
    roster: Roster,
    *,
    home: str,
    title: str,
    facts: Mapping[str, str],
    frozen: Mapping[str, Any],
    period: tuple[date, date],
    formed_on: date,
    publish_by: date,
    stated: Mapping[str, str],
    private: Iterable[Mapping[str, Any]] = (),
    warnings: Iterable[Mapping[str, Any]] = (),
) -> Proposal:
    """Return the proposal of a draft: what it states, and the roster numbered from its table (that of no lines where it has none)."""
    return Proposal(
        home=home,
        kind=kind.id,
        title=title,
        facts=dict(facts),
        frozen=dict(frozen),
        starts=period[0].isoformat(),
        ends=period[1].isoformat(),
        formed_on=formed_on.isoformat(),
        publish_by=publish_by.isoformat(),
        totals=roster.totals,
        stated=dict(stated),
        parts=roster.parts,
        content=roster.content,
        private=[dict(found) for found in private],
        warnings=[dict(warning) for warning in warnings],
        algorithm=digest.CURRENT,
    )


def rostered(kind: Kind, lines: Sequence[NumberedRow], places: Iterable[str] = ()) -> Roster:
    """Return the summary of numbered lines; ``places`` are those that the notice covers even without a line of their own."""
    parts = split_by_place(kind, lines, places)
    content = hashlib.sha256()
    for line in lines:
        content.update(line.said)
    content.update(digest.canonical(sorted(part.place for part in parts)))
    return Roster(add_up(kind, lines), parts, content.hexdigest())


def agrees(parts: Sequence[ProposedPart], lines: Iterable[NumberedRow]) -> bool:
    """Return whether the lines, ordered by place and number, have the digests of the parts, and so are what a proposal's digest covers."""
    own = {place: list(group) for place, group in groupby(lines, key=lambda line: line.place)}
    return own.keys() <= {part.place for part in parts} and all(_holds(part, own.get(part.place, [])) for part in parts)


def _holds(part: ProposedPart, lines: Sequence[NumberedRow]) -> bool:
    return part.row_count == len(lines) and part_digest(part.algorithm, part.place, lines, part.totals) == part.digest


def exact(value: Decimal | date | str) -> str:
    """Return a value as the text that is stored and committed to: a decimal without exponent, a date in ISO form."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def number_rows(
    kind: Kind, rows: Iterable[SheetRow], web_names: Display, salt: Callable[[], str], tell: Tell | None = None
) -> list[NumberedRow]:
    """Return the rows numbered 1, 2, 3 … within each place: 1组 before 2组 before 10组, and inside a group in the sheet's order.

    ``tell`` is called every thousand lines with the number of lines done; an exception from it ends the numbering.
    """
    public = frozenset(column.id for column in kind.columns if column.show != "staff" and column.type not in ("place", "group", "name"))
    lines: list[NumberedRow] = []
    for no, row in _in_order(rows):
        lines.append(_line(kind, public, row, no, web_names, salt))
        if tell and not len(lines) % EVERY:
            tell(len(lines))
    return lines


def _in_order(rows: Iterable[SheetRow]) -> Iterator[tuple[int, SheetRow]]:
    """Yield (number, row) place by place, as ``number_rows`` numbers them and as the posters show them."""
    places: dict[str, dict[str, list[SheetRow]]] = {}
    for row in rows:
        places.setdefault(row.place, {}).setdefault(row.group, []).append(row)
    for groups in places.values():
        yield from enumerate(chain.from_iterable(groups[group] for group in sorted(groups, key=group_order)), 1)


def _line(kind: Kind, public: Container[str], row: SheetRow, no: int, web_names: Display, salt: Callable[[], str]) -> NumberedRow:
    person, name, values = row.person, uncovered(row.name), row.values
    minor = kind.children if person.minor is None else person.minor
    amount, naming = values.get("amount"), kind.name_column
    measures = {id: exact(value) for id, value in values.items() if id in public}
    return NumberedRow(
        place=row.place,
        no=no,
        group=row.group,
        name=name,
        shown_name=row_name(naming, name, str(values.get(naming.consent, "")), web_names, minor) if name and naming else "",
        person=person.person_key or None,
        account=person.account_key or None,
        minor=minor,
        amount=to_fen(amount) if isinstance(amount, Decimal) else None,
        measures=measures,
        texts={id: text for id, text in row.texts.items() if id in public and text != measures.get(id, "")},
        person_salt=salt(),
        money_salt=salt(),
        line=row.line,
    )


def split_by_place(kind: Kind, lines: Iterable[NumberedRow], places: Iterable[str]) -> list[ProposedPart]:
    """Return each place's part, in the order in which the places first occur; a place without rows has an empty one."""
    parts = []
    for place, own in _by_place(lines, places).items():
        totals = add_up(kind, own)
        parts.append(ProposedPart(place, len(own), totals, part_digest(digest.CURRENT, place, own, totals), digest.CURRENT))
    return parts


def _by_place(lines: Iterable[NumberedRow], places: Iterable[str]) -> dict[str, list[NumberedRow]]:
    """Return the lines of each place, in the order of ``places`` and then of first occurrence; a place without lines has none."""
    own: dict[str, list[NumberedRow]] = {place: [] for place in places}
    for line in lines:
        own.setdefault(line.place, []).append(line)
    return own


def add_up(kind: Kind, lines: Sequence[Any]) -> dict[str, str]:
    """Return the totals (field -> decimal text) of lines that have ``measures``; a running balance is the last one.

    A column has a total where a line has a figure in it; what staff alone may read is in no ``measures``, and so in no total. A column
    whose unit stands in each row has a total for each unit (``row_units.key``).
    """
    totals: dict[str, Decimal] = {}
    for column in kind.columns:
        if not column.adds_up:
            continue
        written: dict[str, list[str]] = {}
        for line in lines:
            if text := line.measures.get(column.id):
                written.setdefault(row_units.key(column, line.measures.get(column.unit_in, "")), []).append(text)
        for name, texts in written.items():
            totals[name] = Decimal(texts[-1]) if column.type == "balance" else sum(map(Decimal, texts), Decimal())
    return {name: exact(value) for name, value in totals.items()}
