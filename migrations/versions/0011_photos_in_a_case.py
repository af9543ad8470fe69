"""Add the table of photos that villagers add to their cases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "case_photo",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("case", sa.String(length=16), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("photo", sa.LargeBinary(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_by", sa.String(length=8), nullable=True),
        sa.ForeignKeyConstraint(["home", "case"], ["case.home", "case.id"], name=op.f("fk_case_photo_home_case")),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_case_photo_home")),
        sa.PrimaryKeyConstraint("home", "case", "no", name=op.f("pk_case_photo")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("case_photo")
