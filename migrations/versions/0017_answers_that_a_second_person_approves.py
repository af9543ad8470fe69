"""Let a second person approve what is answered for everybody.

Answers that were public wait for their reviewer from here on, and nobody else sees them until then; those that were taken back keep the
time of the ledger's entry. Pages made with them are stale.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op


revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NAMES = ("home", "number", "no", "answer", "withdrawn_because")
TIMES = tuple(sa.column(name, sa.DateTime(timezone=True)) for name in ("approved_at", "withdrawn_at"))
ANSWER = sa.table("public_answer", *(sa.column(name) for name in NAMES), *TIMES)
LEDGER = sa.table("ledger", *(sa.column(name) for name in ("home", "at", "action", "subject")), sa.column("body", sa.JSON))
STAMP = sa.table("stamp", sa.column("home"), sa.column("value"))
ADDED = (
    ("approved_by", sa.Integer()),
    ("approved_at", sa.DateTime(timezone=True)),
    ("returned", sa.Text()),
    ("withdrawn_at", sa.DateTime(timezone=True)),
    ("withdrawn_because", sa.Text()),
)


def upgrade() -> None:
    """Go one step forward."""
    _rename("user_id", "drafted_by", "at", "drafted_at")
    with op.batch_alter_table("public_answer") as table:
        for name, type_ in ADDED:
            table.add_column(sa.Column(name, type_, nullable=True))
    bind = op.get_bind()
    bind.execute(sa.update(ANSWER).values(withdrawn_because=""))
    taken_back = sa.select(LEDGER.c.home, LEDGER.c.subject, LEDGER.c.body, LEDGER.c.at).where(LEDGER.c.action == "answer.withdrawn")
    for home, number, body, at in list(bind.execute(taken_back)):
        own = (ANSWER.c.home == home, ANSWER.c.number == number, ANSWER.c.no == body["no"])
        bind.execute(sa.update(ANSWER).where(*own).values(withdrawn_at=datetime.fromisoformat(at)))
    bind.execute(sa.update(STAMP).where(STAMP.c.home.in_(sa.select(ANSWER.c.home))).values(value=STAMP.c.value + 1))
    with op.batch_alter_table("public_answer") as table:
        table.alter_column("withdrawn_because", existing_type=sa.Text(), nullable=False)
        table.create_foreign_key(op.f("fk_public_answer_drafted_by"), "user", ["drafted_by"], ["id"])
        table.create_foreign_key(op.f("fk_public_answer_approved_by"), "user", ["approved_by"], ["id"])


def downgrade() -> None:
    """Go one step back. Raises RuntimeError while an answer waits: the step before would show it to everybody."""
    unseen = (ANSWER.c.approved_at.is_(None), ANSWER.c.withdrawn_at.is_(None))
    if op.get_bind().scalar(sa.select(sa.func.count()).select_from(ANSWER).where(*unseen)):
        raise RuntimeError("answers wait for approval, and the step before would publish them: approve or withdraw them first")
    with op.batch_alter_table("public_answer") as table:
        table.drop_constraint(op.f("fk_public_answer_approved_by"), type_="foreignkey")
        table.drop_constraint(op.f("fk_public_answer_drafted_by"), type_="foreignkey")
    with op.batch_alter_table("public_answer") as table:
        for name, _type in ADDED:
            table.drop_column(name)
    _rename("drafted_by", "user_id", "drafted_at", "at")
    with op.batch_alter_table("public_answer") as table:
        table.create_foreign_key(op.f("fk_public_answer_user_id"), "user", ["user_id"], ["id"])


def _rename(by: str, by_now: str, at: str, at_now: str) -> None:
    with op.batch_alter_table("public_answer") as table:
        if by == "user_id":
            table.drop_constraint(op.f("fk_public_answer_user_id"), type_="foreignkey")
        table.alter_column(by, new_column_name=by_now, existing_type=sa.Integer(), existing_nullable=False)
        table.alter_column(at, new_column_name=at_now, existing_type=sa.DateTime(timezone=True), existing_nullable=False)
