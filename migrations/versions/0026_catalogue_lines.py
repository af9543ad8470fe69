"""Add what a county changes in the catalogue of what is published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "catalogue_line",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("off_because", sa.Text(), nullable=False),
        sa.Column("office", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_catalogue_line_home")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_catalogue_line_user_id")),
        sa.PrimaryKeyConstraint("home", "kind", "level", name=op.f("pk_catalogue_line")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("catalogue_line")
