"""Count cases as they are acted on: a line for each, the tallies of them, and the shares of closed quarters; count those that are there.

Who had to answer first, and whether that was in time, is in the ledger only: each entry of a case says its office and last day.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from alembic import op


revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

CHINA = timezone(timedelta(hours=8))
OPEN = ("received", "working", "asked", "consulting", "telling")
NO_DAY = date.min
LED = {"case.answered": "answered", "case.told": "answered", "case.closed": "closed"}  # of entries from before they said the state
KEY = ("home", "category", "kind", "what", "day", "quarter")


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "case_standing",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("arose", sa.String(length=12), nullable=False),
        sa.Column("has", sa.String(length=12), nullable=False),
        sa.Column("first", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("received", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("answered", sa.Date(), nullable=True),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("prompt", sa.Boolean(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("last", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_case_standing_home")),
        sa.ForeignKeyConstraint(["home", "id"], ["case.home", "case.id"], name=op.f("fk_case_standing_home_id")),
        sa.PrimaryKeyConstraint("home", "id", name=op.f("pk_case_standing")),
    )
    for name, columns in (("arose", ["arose"]), ("has", ["has", "state"]), ("rating", ["last", "rating"]), ("first", ["first"])):
        op.create_index(f"ix_case_standing_{name}", "case_standing", [*columns, "received", "home", "id"])
    op.create_table(
        "case_tally",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_case_tally_home")),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_case_tally")),
    )
    shares = ("received", "solved", "unsolved", "silent", "late")
    op.create_table(
        "quarter_share",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in shares),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_quarter_share_home")),
        sa.PrimaryKeyConstraint("home", "quarter", name=op.f("pk_quarter_share")),
    )
    _count()


def _count() -> None:
    bind, tallies = op.get_bind(), Counter[tuple[Any, ...]]()
    found = sa.MetaData()
    found.reflect(bind, only=["case", "notice", "ledger", "case_standing", "case_tally"])
    case, notice, ledger = (found.tables[name] for name in ("case", "notice", "ledger"))
    for home in list(bind.scalars(sa.select(case.c.home).distinct())):
        entries: dict[str, list[Any]] = {}
        query = sa.select(ledger.c.subject, ledger.c.action, ledger.c.at, ledger.c.body).where(ledger.c.home == home)
        for entry in bind.execute(query.where(ledger.c.action.startswith("case.")).order_by(ledger.c.height)):
            entries.setdefault(entry.subject, []).append(entry)
        same = (notice.c.home == case.c.publisher) & (notice.c.number == case.c.number)
        rows = bind.execute(sa.select(case, notice.c.kind).outerjoin(notice, same).where(case.c.home == home)).mappings().all()
        lines = [_line(row, entries.get(row["id"], [])) for row in rows]
        bind.execute(sa.insert(found.tables["case_standing"]), lines)
        for line in lines:
            _tally(tallies, line)
    if tallies:
        bind.execute(sa.insert(found.tables["case_tally"]), [dict(zip(KEY, key, strict=True)) | {"n": n} for key, n in tallies.items()])


def _office(code: str) -> str:
    return code if code[6:9] in ("", "000") else code[:9].ljust(12, "0")


def _day(at: Any) -> date | None:
    """Return the day in China of a time, which SQLite keeps without its zone, in UTC."""
    if at is None:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=timezone.utc)).astimezone(CHINA).date()


def _line(case: Any, entries: list[Any]) -> dict[str, Any]:
    disputed, first, prompt, last = _logged(entries, case["home"])
    return {
        "home": case["home"], "id": case["id"], "arose": _office(case["home"]), "has": _office(case["desk"]), "first": _office(first),
        "category": case["category"], "kind": case["kind"] or "", "received": _day(case["made"]), "state": case["state"],
        "due": case["due"], "answered": _day(case["answered"]), "disputed": disputed, "prompt": prompt, "rating": case["rating"],
        "last": _office(last) if last else "",
    }  # fmt: skip


def _logged(entries: list[Any], home: str) -> tuple[bool, str, bool | None, str]:
    """Return whether it went up after 没解决, who gave or has to give the first answer, whether that was in time, and who
    gave the newest one."""
    desk, due, first, prompt, last, disputed, state = home, "", home, None, "", False, "received"
    for entry in entries:
        body = json.loads(entry.body) if isinstance(entry.body, str) else entry.body
        had = desk, due
        desk, due = body.get("desk", desk), body.get("due", due)
        state = body.get("state") or LED.get(entry.action, state)
        acted = entry.action in ("case.answered", "case.told") and state == "answered"
        if prompt is None and (acted or entry.action in ("case.sent_up", "case.led_up")):
            at = datetime.fromisoformat(entry.at).astimezone(CHINA).date().isoformat()
            first, prompt = had[0], at <= had[1]
        last = desk if entry.action == "case.answered" else last
        disputed = disputed or entry.action == "case.disputed" and state != "unsolved"
    return disputed, first if prompt is not None else desk, prompt, last


def _tally(tallies: Counter[tuple[Any, ...]], line: dict[str, Any]) -> None:
    arose, has, first, opened = line["arose"], line["has"], line["first"], line["state"] in OPEN
    cells = [
        (True, arose, "received"), (opened, has, "waiting"), (line["state"] == "answered", has, "answered"),
        (line["prompt"] is None and opened, first, "unanswered"), (line["prompt"] is not None, first, "judged"),
        (line["prompt"] is True, first, "in_time"), (line["disputed"], arose, "disputed"),
        (line["state"] == "unsolved", arose, "unsolved"), (line["state"] == "closed", has, "solved"),
        (bool(line["rating"]), line["last"], f"rated_{line['rating']}"),
    ]  # fmt: skip
    days = {"waiting": line["due"], "unanswered": line["due"], "answered": line["answered"]}
    received = line["received"]
    quarter = received.year * 10 + (received.month + 2) // 3
    for category in ("", line["category"]):
        for kind in {"", line["kind"]}:
            for holds, office, what in cells:
                for day in {NO_DAY, days.get(what) or NO_DAY} if holds else ():
                    tallies[office, category, kind, what, day, quarter] += 1


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("quarter_share")
    op.drop_table("case_tally")
    op.drop_table("case_standing")
