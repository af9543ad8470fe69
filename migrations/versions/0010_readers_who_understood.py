"""Add the counts of readers who understood a notice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "understood_count",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_understood_count_home")),
        sa.ForeignKeyConstraint(["place"], ["area.code"], name=op.f("fk_understood_count_place")),
        sa.PrimaryKeyConstraint("home", "number", "place", "day", name=op.f("pk_understood_count")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("understood_count")
