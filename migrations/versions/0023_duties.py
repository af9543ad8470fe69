"""Add what a county switched on of what must be published, what settles a place's period, and the day on which an area was closed.

What settles is made of the notices by `flask duties recount`, and by switching a duty on.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import sqlalchemy as sa
from alembic import op


revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

CHINA = timezone(timedelta(hours=8))
AREA = sa.table("area", sa.column("code"), sa.column("closed", sa.Boolean()), sa.column("closed_on", sa.Date()))
LEDGER = sa.table("ledger", sa.column("action"), sa.column("subject"), sa.column("at"))


def upgrade() -> None:
    """Go one step forward."""
    op.add_column("area", sa.Column("closed_on", sa.Date(), nullable=True))
    _closed_on(op.get_bind())
    op.create_table(
        "duty_switch",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("duty", sa.String(length=40), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_duty_switch_home")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_duty_switch_user_id")),
        sa.PrimaryKeyConstraint("home", "duty", "no", name=op.f("pk_duty_switch")),
    )
    op.create_table(
        "duty_statement",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("sort", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seen_by", sa.String(length=200), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_duty_statement_home")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_duty_statement_user_id")),
        sa.ForeignKeyConstraint(["taken_back_by"], ["user.id"], name=op.f("fk_duty_statement_taken_back_by")),
        sa.PrimaryKeyConstraint("home", "no", name=op.f("pk_duty_statement")),
    )
    op.create_table(
        "duty_statement_place",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_duty_statement_place_home")),
        sa.ForeignKeyConstraint(["place"], ["area.code"], name=op.f("fk_duty_statement_place_place")),
        sa.ForeignKeyConstraint(["home", "no"], ["duty_statement.home", "duty_statement.no"], name=op.f("fk_duty_statement_place_home_no")),
        sa.PrimaryKeyConstraint("home", "no", "place", name=op.f("pk_duty_statement_place")),
    )
    op.create_table(
        "notice_period",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_notice_period_home")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_notice_period_user_id")),
        sa.ForeignKeyConstraint(["home", "number"], ["notice.home", "notice.number"], name=op.f("fk_notice_period_home_number")),
        sa.PrimaryKeyConstraint("home", "number", name=op.f("pk_notice_period")),
    )
    op.create_table(
        "duty_settlement",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("duty", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=30), nullable=False),
        sa.Column("sort", sa.String(length=10), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("own", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_duty_settlement_home")),
        sa.PrimaryKeyConstraint("home", "duty", "period", "source", name=op.f("pk_duty_settlement")),
    )
    op.create_index("ix_duty_settlement_as_of", "duty_settlement", ["home", "as_of"])


def _closed_on(bind: sa.Connection) -> None:
    """Take the day on which an area was closed from the ledger; of one that a file closed it is not known."""
    said = sa.select(LEDGER.c.subject, LEDGER.c.at).where(LEDGER.c.action.in_(("area.closed", "area.merged")))
    for code, at in bind.execute(said).all():
        day = datetime.fromisoformat(at).astimezone(CHINA).date()
        bind.execute(sa.update(AREA).where(AREA.c.code == code, AREA.c.closed).values(closed_on=day))


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("ix_duty_settlement_as_of", "duty_settlement")
    op.drop_table("duty_settlement")
    op.drop_table("notice_period")
    op.drop_table("duty_statement_place")
    op.drop_table("duty_statement")
    op.drop_table("duty_switch")
    with op.batch_alter_table("area") as table:
        table.drop_column("closed_on")
