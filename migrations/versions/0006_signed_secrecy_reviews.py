"""Add the table of signed secrecy reviews of drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "secrecy_review",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("draft", sa.String(length=16), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("photo", sa.LargeBinary(), nullable=True),
        sa.Column("number", sa.String(length=12), nullable=True),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"], name=op.f("fk_secrecy_review_home_draft")),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_secrecy_review_home")),
        sa.ForeignKeyConstraint(["noted_by"], ["user.id"], name=op.f("fk_secrecy_review_noted_by")),
        sa.PrimaryKeyConstraint("home", "draft", name=op.f("pk_secrecy_review")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("secrecy_review")
