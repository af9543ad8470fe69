"""Add the opinions of supervision committees on drafts, and the cases that villagers show to a village's supervisor."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "committee_opinion",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("draft", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("result", sa.String(length=12), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("objections", sa.JSON(), nullable=False),
        sa.Column("photo", sa.LargeBinary(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"], name=op.f("fk_committee_opinion_home_draft")),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_committee_opinion_home")),
        sa.ForeignKeyConstraint(["entered_by"], ["user.id"], name=op.f("fk_committee_opinion_entered_by")),
        sa.PrimaryKeyConstraint("home", "draft", name=op.f("pk_committee_opinion")),
    )
    op.add_column("case", sa.Column("supervised", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_case_place", "case", ["place", "supervised"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("ix_case_place", "case")
    op.drop_column("case", "supervised")
    op.drop_table("committee_opinion")
