"""A proposal: everything that a notice would show, composed from a checked sheet and its facts, with the digest that is approved."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain, groupby
from typing import Any

from board.rules import digest
from board.rules.kind import Kind
from board.rules.money import to_fen
from board.rules.personal.name_masking import Display, shown, uncovered
from board.rules.place_names import group_order
from board.rules.sheet.reading import EVERY, Tell
from board.rules.sheet.reading import Row as SheetRow

ADDED = ("count", "area", "money")  # the types whose figures add up over rows


@dataclass(frozen=True)
class Line:
    """One row as it will stand: numbered per place; ``name`` is whole here, sealed when stored; measures are exact decimals as text.

    The two commitments say who it is and how much it is; they are worked out once, for share, version and table all need them.
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
    person_digest: str = field(init=False, repr=False, compare=False)
    money_digest: str = field(init=False, repr=False, compare=False)
    said: bytes = field(init=False, repr=False, compare=False)  # what both commit to, without their salts

    def __post_init__(self) -> None:
        who = digest.canonical((self.place, self.no, self.group, self.name, self.shown_name, self.person, self.account, self.minor))
        how_much = digest.canonical((self.place, self.no, self.amount, self.measures, self.texts))
        object.__setattr__(self, "person_digest", digest.salted(self.person_salt, who))
        object.__setattr__(self, "money_digest", digest.salted(self.money_salt, how_much))
        object.__setattr__(self, "said", who + how_much)


@dataclass(frozen=True)
class Share:
    """One place's share: its rows' count and totals, which stand on that wall's sheet."""

    place: str
    row_count: int
    totals: dict[str, str]
    digest: str


@dataclass(frozen=True)
class Roster:
    """What is known of numbered lines without them: their totals, who has which share, and what they say.

    ``content`` is a digest of what the lines say. Their salts, new each time, are left out, so that two are equal when nothing was changed.
    """

    totals: dict[str, str]
    shares: list[Share]
    content: str

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Roster:
        """Return the roster whose fields ``dataclasses.asdict`` gave."""
        return cls(**{**data, "shares": [Share(**share) for share in data["shares"]]})


@dataclass(frozen=True)
class Proposal:
    """What a second person is shown, and what is posted when he approves ``digest``."""

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
    shares: list[Share]
    content: str  # as in Roster
    private: list[dict[str, Any]] = field(default_factory=list)  # what personal data was dropped: for the reviewer, not posted
    warnings: list[dict[str, Any]] = field(default_factory=list)  # for the reviewer, not posted

    @property
    def row_count(self) -> int:
        """How many rows stand in all shares."""
        return sum(share.row_count for share in self.shares)

    @property
    def digest(self) -> str:
        """The SHA-256 that the reviewer approves; the ledger keeps it."""
        return content_digest(vars(self), ((share.place, share.digest) for share in self.shares))

    def to_json(self) -> dict[str, Any]:
        """Return the proposal as plain JSON values."""
        return {**vars(self), "shares": [dict(vars(share)) for share in self.shares]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Proposal:
        """Return the proposal that ``to_json`` gave."""
        return cls(**{**data, "shares": [Share(**share) for share in data["shares"]]})


def content_digest(content: Mapping[str, Any], shares: Iterable[tuple[str, str]]) -> str:
    """Return the digest of a version's content (fields as in Proposal) and of its (place, digest) shares."""
    head = {name: content[name] for name in ("home", "kind", "title", "facts", "formed_on", "publish_by", "totals", "stated")}
    return digest.version(head, content["frozen"], (content["starts"], content["ends"]), shares)


def share_digest(place: str, lines: Iterable[Any], totals: Mapping[str, str]) -> str:
    """Return the digest of a share from lines that have ``no``, ``person_digest`` and ``money_digest``, in the order of their numbers."""
    return digest.part(place, ((line.no, line.person_digest, line.money_digest) for line in lines), totals)


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
        shares=roster.shares,
        content=roster.content,
        private=[dict(found) for found in private],
        warnings=[dict(warning) for warning in warnings],
    )


def rostered(kind: Kind, lines: Sequence[Line], places: Iterable[str] = ()) -> Roster:
    """Return what is known of numbered lines; ``places`` are those where the notice hangs even without a line of their own."""
    shares = share_out(kind, lines, places)
    said = hashlib.sha256()
    for line in lines:
        said.update(line.said)
    said.update(digest.canonical(sorted(share.place for share in shares)))
    return Roster(add_up(kind, lines), shares, said.hexdigest())


def agrees(shares: Sequence[Share], lines: Iterable[Line]) -> bool:
    """Return whether the lines, ordered by place and number, are those that the shares, and so a proposal's digest, stand for."""
    own = {place: list(group) for place, group in groupby(lines, key=lambda line: line.place)}
    return own.keys() <= {share.place for share in shares} and all(_holds(share, own.get(share.place, [])) for share in shares)


def _holds(share: Share, lines: Sequence[Line]) -> bool:
    return share.row_count == len(lines) and share_digest(share.place, lines, share.totals) == share.digest


def exact(value: Decimal | date | str) -> str:
    """Return a value as the text that is stored and committed to: a decimal without exponent, a date in ISO form."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def number_rows(kind: Kind, rows: Iterable[SheetRow], web_names: Display, salt: Callable[[], str], tell: Tell | None = None) -> list[Line]:
    """Return the rows numbered 1, 2, 3 … within each place: 1组 before 2组 before 10组, and inside a group in the sheet's order.

    ``tell`` is called every thousand lines with how many are done; what it raises ends the numbering.
    """
    public = frozenset(column.id for column in kind.columns if column.show != "staff" and column.type not in ("place", "group", "name"))
    places: dict[str, dict[str, list[SheetRow]]] = {}
    for row in rows:
        places.setdefault(row.place, {}).setdefault(row.group, []).append(row)
    lines: list[Line] = []
    for groups in places.values():
        ordered = chain.from_iterable(groups[group] for group in sorted(groups, key=group_order))
        for no, row in enumerate(ordered, 1):
            lines.append(_line(kind, public, row, no, web_names, salt))
            if tell and not len(lines) % EVERY:
                tell(len(lines))
    return lines


def _line(kind: Kind, public: Container[str], row: SheetRow, no: int, web_names: Display, salt: Callable[[], str]) -> Line:
    person, name, values = row.person, uncovered(row.name), row.values
    minor = kind.children if person.minor is None else person.minor
    amount = values.get("amount")
    measures = {id: exact(value) for id, value in values.items() if id in public}
    return Line(
        place=row.place,
        no=no,
        group=row.group,
        name=name,
        shown_name=shown(name, web_names, minor) if name else "",
        person=person.person_key or None,
        account=person.account_key or None,
        minor=minor,
        amount=to_fen(amount) if isinstance(amount, Decimal) else None,
        measures=measures,
        texts={id: text for id, text in row.texts.items() if id in public and text != measures.get(id, "")},
        person_salt=salt(),
        money_salt=salt(),
    )


def share_out(kind: Kind, lines: Iterable[Line], places: Iterable[str]) -> list[Share]:
    """Return each place's share, in the order in which the places first occur; a place without rows has an empty one."""
    shares = []
    for place, own in _by_place(lines, places).items():
        totals = add_up(kind, own)
        shares.append(Share(place, len(own), totals, share_digest(place, own, totals)))
    return shares


def _by_place(lines: Iterable[Line], places: Iterable[str]) -> dict[str, list[Line]]:
    """The lines of each place, in the order of ``places`` and then of first occurrence; a place without lines has none."""
    own: dict[str, list[Line]] = {place: [] for place in places}
    for line in lines:
        own.setdefault(line.place, []).append(line)
    return own


def add_up(kind: Kind, lines: Sequence[Any]) -> dict[str, str]:
    """Return the totals (field -> decimal text) of lines that have ``measures``; a running balance is the last one.

    A column has a total where a line has a figure in it; what staff alone may read is in no ``measures``, and so in no total.
    """
    totals: dict[str, Decimal] = {}
    for column in kind.columns:
        if column.type not in (*ADDED, "balance"):
            continue
        written = [text for line in lines if (text := line.measures.get(column.id))]
        if written:
            totals[column.id] = Decimal(written[-1]) if column.type == "balance" else sum(map(Decimal, written), Decimal())
    return {name: exact(value) for name, value in totals.items()}
