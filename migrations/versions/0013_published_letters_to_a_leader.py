"""Add the letters to a leader that are published with their answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "public_letter",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("asked", sa.String(length=12), nullable=False),
        sa.Column("case", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_public_letter_home")),
        sa.ForeignKeyConstraint(["asked", "case"], ["case.home", "case.id"], name=op.f("fk_public_letter_asked_case")),
        sa.ForeignKeyConstraint(["drafted_by"], ["user.id"], name=op.f("fk_public_letter_drafted_by")),
        sa.ForeignKeyConstraint(["approved_by"], ["user.id"], name=op.f("fk_public_letter_approved_by")),
        sa.PrimaryKeyConstraint("home", "no", name=op.f("pk_public_letter")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("public_letter")
