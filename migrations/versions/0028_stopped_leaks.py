"""Add how much personal data was stopped before posting."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "stopped_leak",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("draft", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_stopped_leak_home")),
        sa.ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"], name=op.f("fk_stopped_leak_home_draft")),
        sa.PrimaryKeyConstraint("home", "draft", "source", "what", name=op.f("pk_stopped_leak")),
    )
    op.create_index("ix_stopped_leak_day", "stopped_leak", ["home", "day"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("stopped_leak")
