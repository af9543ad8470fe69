"""Add to staged rows the line of the table that they were read from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("staged_row") as table:
        table.add_column(sa.Column("line", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("staged_row") as table:
        table.drop_column("line")
