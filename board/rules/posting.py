"""A proposal: everything that a notice would show, composed from a checked sheet and its facts, with the digest that is approved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from board.rules import digest
from board.rules.kind import Kind
from board.rules.masking import Display, shown
from board.rules.money import to_fen
from board.rules.names import group_order
from board.rules.private import Person
from board.rules.sheet import Checked
from board.rules.sheet import Row as SheetRow

ADDED = ("count", "area", "money")  # the types whose figures add up over rows


@dataclass(frozen=True)
class Line:
    """One row as it will stand: numbered per place; ``name`` is whole here, sealed when stored; measures are exact decimals as text."""

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

    @property
    def person_digest(self) -> str:
        """The commitment to who it is."""
        return digest.commitment(
            self.person_salt, self.place, self.no, self.group, self.name, self.shown_name, self.person, self.account, self.minor
        )

    @property
    def money_digest(self) -> str:
        """The commitment to how much it is."""
        return digest.commitment(self.money_salt, self.place, self.no, self.amount, self.measures, self.texts)


@dataclass(frozen=True)
class Share:
    """One place's share: its rows' count and totals, which stand on that wall's sheet."""

    place: str
    row_count: int
    totals: dict[str, str]
    digest: str


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
    lines: list[Line]
    private: list[dict[str, Any]] = field(default_factory=list)  # what personal data was dropped: for the reviewer, not posted
    warnings: list[dict[str, Any]] = field(default_factory=list)  # for the reviewer, not posted

    @property
    def digest(self) -> str:
        """The SHA-256 that the reviewer approves; the ledger keeps it."""
        return content_digest(asdict(self), ((share.place, share.digest) for share in self.shares))

    @property
    def agrees(self) -> bool:
        """Whether the lines are those that the shares, and so the digest, stand for."""
        places = {share.place for share in self.shares}
        own = {place: [line for line in self.lines if line.place == place] for place in places}
        held = all(share_digest(share.place, own[share.place], share.totals) == share.digest for share in self.shares)
        return held and sum(map(len, own.values())) == len(self.lines)

    def to_json(self) -> dict[str, Any]:
        """Return the proposal as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Proposal:
        """Return the proposal that ``to_json`` gave."""
        parts = {"shares": [Share(**share) for share in data["shares"]], "lines": [Line(**line) for line in data["lines"]]}
        return cls(**{**data, **parts})


def content_digest(content: Mapping[str, Any], shares: Iterable[tuple[str, str]]) -> str:
    """Return the digest of a version's content (fields as in Proposal) and of its (place, digest) shares."""
    head = {name: content[name] for name in ("home", "kind", "title", "facts", "formed_on", "publish_by", "totals", "stated")}
    return digest.version(head, content["frozen"], (content["starts"], content["ends"]), shares)


def share_digest(place: str, lines: Iterable[Any], totals: Mapping[str, str]) -> str:
    """Return the digest of a share from lines that have ``no``, ``person_digest`` and ``money_digest``, in the order of their numbers."""
    return digest.part(place, ((line.no, line.person_digest, line.money_digest) for line in lines), totals)


def compose(
    kind: Kind,
    checked: Checked | None,
    *,
    home: str,
    title: str,
    facts: Mapping[str, str],
    frozen: Mapping[str, Any],
    period: tuple[date, date],
    formed_on: date,
    publish_by: date,
    places: Iterable[str] = (),
    salt: Callable[[], str],
) -> Proposal:
    """Return the proposal of a draft.

    ``checked`` is None for kinds without a roster; then ``places`` says where it hangs. ``salt`` gives a fresh random hex string per call.
    """
    lines = number_rows(kind, checked.rows, frozen["names"]["web"], salt) if checked else []
    shares = share_out(kind, lines, places)
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
        totals=add_up(kind, lines),
        stated={name: exact(value) for name, value in checked.stated.items()} if checked else {},
        shares=shares,
        lines=lines,
        private=[dict(found) for found in checked.private] if checked else [],
        warnings=[{"row": p.line, "column": p.column, "code": p.code, "zh": p.message.zh, "en": p.message.en} for p in checked.warnings]
        if checked
        else [],
    )


def exact(value: Decimal | date | str) -> str:
    """Return a value as the text that is stored and committed to: a decimal without exponent, a date in ISO form."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def number_rows(kind: Kind, rows: Iterable[SheetRow], web_names: Display, salt: Callable[[], str]) -> list[Line]:
    """Return the rows numbered 1, 2, 3 … within each place: 1组 before 2组 before 10组, and inside a group in the sheet's order."""
    places: dict[str, dict[str, list[SheetRow]]] = {}
    for row in rows:
        places.setdefault(row.place, {}).setdefault(row.group, []).append(row)
    lines = []
    for groups in places.values():
        ordered = (row for group in sorted(groups, key=group_order) for row in groups[group])
        lines += [_line(kind, row, no, web_names, salt) for no, row in enumerate(ordered, 1)]
    return lines


def _line(kind: Kind, row: SheetRow, no: int, web_names: Display, salt: Callable[[], str]) -> Line:
    person = row.person or Person()
    minor = kind.children if person.minor is None else person.minor
    public = {column.id for column in kind.columns if column.show != "staff" and column.type not in ("place", "group", "name")}
    amount = row.values.get("amount")
    return Line(
        place=row.place,
        no=no,
        group=row.group,
        name=row.name,
        shown_name=shown(row.name, web_names, minor) if row.name else "",
        person=person.person_key or None,
        account=person.account_key or None,
        minor=minor,
        amount=to_fen(amount) if isinstance(amount, Decimal) else None,
        measures={name: exact(value) for name, value in row.values.items() if name in public},
        texts={name: text for name, text in row.texts.items() if name in public and text != exact(row.values.get(name, ""))},
        person_salt=salt(),
        money_salt=salt(),
    )


def share_out(kind: Kind, lines: Iterable[Line], places: Iterable[str]) -> list[Share]:
    """Return each place's share, in the order in which the places first occur; a place without rows has an empty one."""
    by_place: dict[str, list[Line]] = {place: [] for place in places}
    for line in lines:
        by_place.setdefault(line.place, []).append(line)
    shares = []
    for place, own in by_place.items():
        totals = add_up(kind, own)
        shares.append(Share(place, len(own), totals, share_digest(place, own, totals)))
    return shares


def add_up(kind: Kind, lines: Iterable[Any]) -> dict[str, str]:
    """Return the totals (field -> decimal text) of lines that have ``measures``; a running balance is the last one.

    A column has a total where a line has a figure in it; what staff alone may read is in no ``measures``, and so in no total.
    """
    totals: dict[str, Decimal] = {}
    for column in kind.columns:
        values = (
            [Decimal(line.measures[column.id]) for line in lines if line.measures.get(column.id)]
            if column.type in (*ADDED, "balance")
            else []
        )
        if values:
            totals[column.id] = values[-1] if column.type == "balance" else sum(values, Decimal())
    return {name: exact(value) for name, value in totals.items()}
