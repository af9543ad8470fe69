"""Add to drafts the revision that a reviewer sent back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("draft") as table:
        table.add_column(sa.Column("returned_at", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("draft") as table:
        table.drop_column("returned_at")
