"""Add to cases the office that has them, the day their clock began, the day of a question back and the rating; to messages the act.

What stood in words only is worked out from them: who took a case up, answered it or said that it was solved, and when it was asked on.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CHINA = ZoneInfo("Asia/Shanghai")
CASE = sa.table(
    "case", *(sa.column(name) for name in ("home", "id", "desk")), sa.column("made", sa.DateTime(timezone=True)), sa.column("since", sa.Date)
)
MESSAGE = sa.table(
    "message", *(sa.column(name) for name in ("home", "case", "no", "side", "act", "text")), sa.column("at", sa.DateTime(timezone=True))
)


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("case") as table:
        table.add_column(sa.Column("desk", sa.String(length=12), nullable=True))
        table.add_column(sa.Column("since", sa.Date(), nullable=True))
        table.add_column(sa.Column("asked", sa.Date(), nullable=True))
        table.add_column(sa.Column("rating", sa.Integer(), nullable=True))
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("act", sa.String(length=12), nullable=True))
    _fill(op.get_bind())
    with op.batch_alter_table("case") as table:
        table.alter_column("desk", existing_type=sa.String(length=12), nullable=False)
        table.alter_column("since", existing_type=sa.Date(), nullable=False)
        table.create_foreign_key(op.f("fk_case_desk"), "area", ["desk"], ["code"])
        table.create_index("ix_case_desk", ["desk", "state", "due"])
    with op.batch_alter_table("message") as table:
        table.alter_column("act", existing_type=sa.String(length=12), nullable=False)


def _fill(bind: sa.Connection) -> None:
    bind.execute(sa.update(CASE).values(desk=CASE.c.home))
    acts = {("office", False): "work", ("office", True): "answer", ("villager", False): "solve", ("villager", True): "add"}
    for (side, worded), act in acts.items():
        words = MESSAGE.c.text != "" if worded else MESSAGE.c.text == ""
        bind.execute(sa.update(MESSAGE).where(MESSAGE.c.side == side, words).values(act=act))
    bind.execute(sa.update(MESSAGE).where(MESSAGE.c.no == 1).values(act="ask"))
    began: dict[tuple[str, str], datetime] = {}
    waiting: dict[tuple[str, str], bool] = {}
    messages = sa.select(MESSAGE.c.home, MESSAGE.c.case, MESSAGE.c.act, MESSAGE.c.at).order_by(MESSAGE.c.home, MESSAGE.c.case, MESSAGE.c.no)
    for home, id, act, at in bind.execute(messages):
        if act == "ask" or act == "add" and not waiting[home, id]:
            began[home, id] = at
        waiting[home, id] = act in ("ask", "add") or waiting[home, id] and act == "work"
    rows: list[Any] = list(bind.execute(sa.select(CASE.c.home, CASE.c.id, CASE.c.made)))
    for home, id, made in rows:
        bind.execute(sa.update(CASE).where(CASE.c.home == home, CASE.c.id == id).values(since=_day(began.get((home, id), made))))


def _day(at: datetime) -> date:
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(CHINA).date()  # SQLite gives the time of UTC without its zone


def downgrade() -> None:
    """Go one step back; a case that another office has is its home's again."""
    with op.batch_alter_table("message") as table:
        table.drop_column("act")
    with op.batch_alter_table("case") as table:
        table.drop_constraint(op.f("fk_case_desk"), type_="foreignkey")
        table.drop_index("ix_case_desk")
        for name in ("desk", "since", "asked", "rating"):
            table.drop_column(name)
