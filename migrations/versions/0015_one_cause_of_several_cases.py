"""Tie cases that ask the same to one cause."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "cause",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("desk", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_cause_home")),
        sa.ForeignKeyConstraint(["desk"], ["area.code"], name=op.f("fk_cause_desk")),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_cause_made_by")),
        sa.PrimaryKeyConstraint("home", "id", name=op.f("pk_cause")),
    )
    with op.batch_alter_table("case") as table:
        table.add_column(sa.Column("tie", sa.String(length=16), nullable=True))
        table.add_column(sa.Column("alone", sa.Boolean(), nullable=True))
    op.execute(sa.update(sa.table("case", sa.column("alone"))).values(alone=sa.false()))
    with op.batch_alter_table("case") as table:
        table.alter_column("alone", existing_type=sa.Boolean(), nullable=False)
        table.create_foreign_key(op.f("fk_case_home_tie"), "cause", ["home", "tie"], ["home", "id"])
        table.create_index("ix_case_tie", ["home", "tie"])


def downgrade() -> None:
    """Go one step back: what was tied is no more."""
    with op.batch_alter_table("case") as table:
        table.drop_index("ix_case_tie")
        table.drop_constraint(op.f("fk_case_home_tie"), type_="foreignkey")
        table.drop_column("alone")
        table.drop_column("tie")
    op.drop_table("cause")
