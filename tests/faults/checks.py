"""What is looked for after each start: every act that somebody was told was done, and nothing that is there by half."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select, text

from board import create_app
from board.models import AnswerDraft, Case, Draft, Ledger, Message, Notice, Part, Printed, Receipt, Row, StagedRow, Version, db
from board.rules import hash_chain
from board.store import ledger, sealing
from board.store.proof import notices as proof
from board.web.public.ask_form import key
from tests.actors import Person
from tests.databases import SETTINGS
from tests.faults.acknowledged import VILLAGES, Acknowledged, Posted
from tests.faults.browser import SocketBrowser
from tests.web.publishing import amounts_of

ORDER = ("imported", "edited", "stated", "sent", "posted", "corrected")  # the steps of a draft; the last is that of a correction
REACHED = {"submitted": "sent", "posted": ORDER[-1]}


class Checker:
    """The tables of an instance, read by an app of its own beside the server."""

    def __init__(self, instance: Path, database: str) -> None:
        self.app: Flask = create_app(instance, **SETTINGS, BACKGROUND=False, DATABASE_URL=database)

    def looks(self, noted: Acknowledged, whole: bool = False) -> tuple[list[str], list[str]]:
        """Return what was acknowledged and is not there, and what is there by half; ``whole`` is the whole proof, which takes longer."""
        with self.app.app_context():
            try:
                with noted.lock:
                    lost = [*_drafts(noted), *_versions(noted), *_said(noted), *_half_written(noted)]
                return lost, [*_torn(), *(_proof() if whole else ())]
            finally:
                db.session.remove()
                db.engine.dispose()  # or the next start of PostgreSQL would find a connection that is broken

    def homes(self) -> dict[str, list[str]]:
        """Return the digests of each home's ledger, oldest first."""
        found = defaultdict(list)
        with self.app.app_context():
            for home, digest in db.session.execute(select(Ledger.home, Ledger.digest).order_by(Ledger.home, Ledger.height)):
                found[home].append(digest)
            db.session.remove()
            db.engine.dispose()
        return found


def _drafts(noted: Acknowledged) -> Iterator[str]:
    kept = {(one.home, one.id): one for one in db.session.scalars(select(Draft))}
    for at, act in noted.drafts.items():
        draft = kept.get(at)
        if draft is None:
            yield f"draft {at}: {act}, and gone"
            continue
        begun = "stated" if draft.facts.get("basis_document") else "edited" if draft.sheet_digest or draft.corrects else ""
        there = REACHED.get(draft.state, begun)
        if not there or ORDER.index(there) < ORDER.index(act):
            yield f"draft {at}: {act}, and stands at {there or 'its beginning'} ({draft.state})"
        stated = noted.stated.get(at)
        if stated and draft.facts.get("basis_document") != stated:
            yield f"draft {at}: states {draft.facts.get('basis_document')}, was told {stated}"


def _versions(noted: Acknowledged) -> Iterator[str]:
    versions = {(number, no): totals for number, no, totals in db.session.execute(select(Version.number, Version.no, Version.totals))}
    rows = defaultdict(list)
    for number, place, since, until, amount in db.session.execute(select(Row.number, Row.place, Row.since, Row.until, Row.amount)):
        rows[number].append((place, since, until, amount))
    for posted in (one for all in noted.posted.values() for one in all):
        totals = versions.get((posted.number, posted.version))
        if totals is None:
            yield f"notice {posted.number} version {posted.version} is gone"
            continue
        shown = sorted((place, amount) for place, since, until, amount in rows[posted.number] if _stands(since, until, posted.version))
        told = sorted((VILLAGES[place], int(amount * 100)) for place, _, amount in posted.rows)
        if Decimal(totals["amount"]) != posted.total or shown != told:
            yield f"notice {posted.number} version {posted.version}: {totals['amount']} and {len(shown)} rows, was told {posted.total}"


def _stands(since: int, until: int | None, version: int) -> bool:
    """Return whether a row stands in a version; ``until`` is the first version in which it does not."""
    return since <= version and (until is None or until > version)


def _said(noted: Acknowledged) -> Iterator[str]:
    query = select(Receipt.key, Message.text).join(Message, (Message.home == Receipt.home) & (Message.case == Receipt.case))
    kept = {(one, said) for one, said in db.session.execute(query)}
    for said in noted.said:
        if (key(said.receipt), said.text) not in kept:
            yield f"receipt {said.receipt}: {said.text}"


def _half_written(noted: Acknowledged) -> Iterator[str]:
    vault = sealing.vault()
    query = select(Receipt.key, AnswerDraft.text).join(AnswerDraft, (AnswerDraft.home == Receipt.home) & (AnswerDraft.case == Receipt.case))
    kept = {one: vault.open(sealed) for one, sealed in db.session.execute(query)}
    for receipt, said in noted.kept.items():
        if kept.get(key(receipt)) != said:
            yield f"half-written answer to {receipt}: {said}"


def _torn() -> Iterator[str]:
    """Yield what is there without its other half, by SQL over all tables that belong together."""
    if db.engine.dialect.name == "sqlite" and (said := db.session.execute(text("PRAGMA quick_check")).scalar()) != "ok":
        yield f"SQLite says {said}"
    for home in ledger.homes():
        if broken := hash_chain.first_broken(ledger.entries(home)):
            yield f"ledger {home}: entry {broken.height} {broken.reason}"
    versions = defaultdict(list)
    for version in db.session.execute(select(Version.number, Version.no, Version.totals).order_by(Version.number, Version.no)):
        versions[version.number].append(version)
    entries = select(Ledger.subject, Ledger.body).where(Ledger.action.in_(("notice.posted", "notice.corrected")))
    logged = Counter((number, body.get("version")) for number, body in db.session.execute(entries))
    current = dict(db.session.execute(select(Notice.number, Notice.current)).all())
    printed = set(db.session.scalars(select(Printed.number).where(Printed.what == "notice")))
    if printed != set(current) or set(versions) != set(current):
        yield f"numbers {len(printed)}, notices {len(current)}, notices with versions {len(versions)}"
    parts, rows = defaultdict(list), defaultdict(list)
    for part in db.session.execute(select(Part.number, Part.version, Part.place, Part.row_count, Part.totals)):
        parts[part.number, part.version].append(part)
    for row in db.session.execute(select(Row.number, Row.place, Row.since, Row.until, Row.amount)):
        rows[row.number].append(row)
    for number, all in versions.items():
        if [one.no for one in all] != list(range(1, current.get(number, 0) + 1)):
            yield f"notice {number}: versions {[one.no for one in all]}, current {current.get(number)}"
        for version in all:
            if logged[number, version.no] != 1:
                yield f"notice {number} version {version.no}: {logged[number, version.no]} entries of the ledger"
            own = [row for row in rows[number] if _stands(row.since, row.until, version.no)]
            sums = {part.place: (part.row_count, Decimal(part.totals["amount"])) for part in parts[number, version.no]}
            found = {place: (len(of), Decimal(sum(of)) / 100) for place, of in _by_place(own).items()}
            if sums != found or sum((total for _, total in sums.values()), Decimal()) != Decimal(version.totals["amount"]):
                yield f"notice {number} version {version.no}: its parts say {sums}, its rows {found}, its total {version.totals['amount']}"
    for number, no in logged:
        if no not in [one.no for one in versions[number]]:
            yield f"notice {number} version {no}: in the ledger alone"
    yield from _cases()
    posted = select(Draft.id).where(Draft.state == "posted")
    if left := db.session.scalar(select(func.count()).select_from(StagedRow).where(StagedRow.draft.in_(posted))):
        yield f"{left} rows still staged of drafts that are posted"


def _by_place(rows: Sequence[object]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        found[row.place].append(row.amount)  # type: ignore[attr-defined]
    return found


def _cases() -> Iterator[str]:
    cases = set(db.session.scalars(select(Case.id)))
    receipts = set(db.session.scalars(select(Receipt.case)))
    asked = set(db.session.scalars(select(Message.case).where(Message.no == 1)))
    logged = set(db.session.scalars(select(Ledger.subject).where(Ledger.action == "case.received")))
    for what, those in (("receipts", receipts), ("first words", asked), ("entries of the ledger", logged)):
        if those != cases:
            yield f"{len(cases)} cases, {len(those)} {what}"
    acts = Counter(db.session.scalars(select(Message.case).where(Message.side == "office", Message.act == "answer")))
    entries = Counter(db.session.scalars(select(Ledger.subject).where(Ledger.action == "case.answered")))
    if acts != entries:
        yield f"{sum(acts.values())} answers, {sum(entries.values())} in the ledger"


def _proof() -> Iterator[str]:
    for fault in proof.faults():
        if fault.proven:
            yield f"{fault.where.en}: {fault.what.en}"


def sums_differ(port: int, notices: Collection[Posted]) -> Iterator[str]:
    """Yield each notice whose pages or CSV files do not add up to what its clerk was told, as somebody with a phone reads them."""
    reader = Person(SocketBrowser(port))
    for posted in notices:
        for name, place in VILLAGES.items():
            told = sorted(amount for village, _, amount in posted.rows if village == name)
            page = reader.sees(f"/n/{posted.number}/{place}")
            lines = list(csv.reader(io.StringIO(reader.sees(f"/n/{posted.number}/{place}.csv").data.decode("utf-8-sig"))))
            at = next(index for index, head in enumerate(lines[0]) if head.startswith("补贴金额"))
            filed = sorted(Decimal(line[at]) for line in lines[1:] if len(line) == len(lines[0]) and line[at])
            if not sorted(amounts_of(page)) == told == filed or f"{sum(told):,.2f}" not in page.text:
                yield f"notice {posted.number} at {place}: told {told}, on the page {amounts_of(page)}, in the CSV {filed}"
