"""Add the templates and the drafts of answers, and the corrections that cases led to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "answer_template",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_answer_template_home")),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_answer_template_made_by")),
        sa.PrimaryKeyConstraint("home", "id", name=op.f("pk_answer_template")),
    )
    op.create_table(
        "answer_draft",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("case", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_answer_draft_home")),
        sa.ForeignKeyConstraint(["home", "case"], ["case.home", "case.id"], name=op.f("fk_answer_draft_home_case")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_answer_draft_user_id")),
        sa.PrimaryKeyConstraint("home", "case", "user_id", name=op.f("pk_answer_draft")),
    )
    op.create_table(
        "case_correction",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("draft", sa.String(length=16), nullable=False),
        sa.Column("asked", sa.String(length=12), nullable=False),
        sa.Column("case", sa.String(length=16), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_case_correction_home")),
        sa.ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"], name=op.f("fk_case_correction_home_draft")),
        sa.ForeignKeyConstraint(["asked", "case"], ["case.home", "case.id"], name=op.f("fk_case_correction_asked_case")),
        sa.PrimaryKeyConstraint("home", "draft", "asked", "case", name=op.f("pk_case_correction")),
    )
    op.create_index("ix_case_correction_case", "case_correction", ["asked", "case"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("ix_case_correction_case", table_name="case_correction")
    op.drop_table("case_correction")
    op.drop_table("answer_draft")
    op.drop_table("answer_template")
