"""Add whether a notice was taken down, or a correction begun, because something was shown that must not be.

NULL stays where nobody was asked.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.add_column("notice", sa.Column("withdrawn_leak", sa.Boolean(), nullable=True))
    op.add_column("draft", sa.Column("correction_leak", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("draft") as table:
        table.drop_column("correction_leak")
    with op.batch_alter_table("notice") as table:
        table.drop_column("withdrawn_leak")
