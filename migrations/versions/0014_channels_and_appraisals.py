"""Add other channels of a notice, and the yearly appraisal of a village's disclosure."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "other_channel",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("photo", sa.LargeBinary(), nullable=True),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_other_channel_home")),
        sa.ForeignKeyConstraint(["home", "number"], ["notice.home", "notice.number"], name=op.f("fk_other_channel_home_number")),
        sa.ForeignKeyConstraint(["noted_by"], ["user.id"], name=op.f("fk_other_channel_noted_by")),
        sa.PrimaryKeyConstraint("home", "number", "no", name=op.f("pk_other_channel")),
    )
    op.create_table(
        "appraisal",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("closes", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_appraisal_home")),
        sa.ForeignKeyConstraint(["opened_by"], ["user.id"], name=op.f("fk_appraisal_opened_by")),
        sa.PrimaryKeyConstraint("home", "year", name=op.f("pk_appraisal")),
    )
    op.create_table(
        "appraisal_vote",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("wall", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("question", sa.String(length=20), nullable=False),
        sa.Column("word", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_appraisal_vote_home")),
        sa.ForeignKeyConstraint(["home", "year"], ["appraisal.home", "appraisal.year"], name=op.f("fk_appraisal_vote_home_year")),
        sa.PrimaryKeyConstraint("home", "year", "wall", "day", "question", "word", name=op.f("pk_appraisal_vote")),
    )
    op.create_table(
        "appraisal_count",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("counted", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_appraisal_count_home")),
        sa.ForeignKeyConstraint(["home", "year"], ["appraisal.home", "appraisal.year"], name=op.f("fk_appraisal_count_home_year")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_appraisal_count_user_id")),
        sa.PrimaryKeyConstraint("home", "year", "user_id", name=op.f("pk_appraisal_count")),
    )


def downgrade() -> None:
    """Go one step back."""
    for table in ("appraisal_count", "appraisal_vote", "appraisal", "other_channel"):
        op.drop_table(table)
