"""Fold what comes in a flood into lines, and count texts and addresses while it lasts under keys that die."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.add_column("case", sa.Column("fold", sa.String(length=16), nullable=True))
    op.add_column("case", sa.Column("said", sa.String(length=5), nullable=True))
    op.create_index("ix_case_made", "case", ["home", "made"])
    op.create_index("ix_case_fold", "case", ["home", "fold", "desk", "state", "due", "id"])
    op.create_table(
        "asking_flood",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("begun", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fold", sa.String(length=16), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_asking_flood_home")),
        sa.PrimaryKeyConstraint("home", name=op.f("pk_asking_flood")),
    )
    op.create_table(
        "asking_key",
        sa.Column("slot", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("slot", name=op.f("pk_asking_key")),
    )
    op.create_table(
        "asking_count",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("slot", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("fold", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_asking_count_home")),
        sa.PrimaryKeyConstraint("home", "slot", "hash", name=op.f("pk_asking_count")),
    )


def downgrade() -> None:
    """Go one step back."""
    for table in ("asking_count", "asking_key", "asking_flood"):
        op.drop_table(table)
    op.drop_index("ix_case_fold", "case")
    op.drop_index("ix_case_made", "case")
    with op.batch_alter_table("case") as table:
        table.drop_column("said")
        table.drop_column("fold")
