"""Add the table of which notices are of one matter."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0025"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "series_step",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("root", sa.String(length=12), nullable=False),
        sa.Column("follows", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_series_step_home")),
        sa.ForeignKeyConstraint(["home", "number"], ["notice.home", "notice.number"], name=op.f("fk_series_step_home_number")),
        sa.PrimaryKeyConstraint("home", "number", name=op.f("pk_series_step")),
    )
    op.create_index("ix_series_step_root", "series_step", ["root"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("ix_series_step_root", "series_step")
    op.drop_table("series_step")
