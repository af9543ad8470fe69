"""Add tables of an upload, staged rows and jobs.

A draft's table was stored in the draft, its rows in the proposal. Both are sealed with a key that a migration does not have: open drafts
keep their facts, and their clerks upload the table again. Posted data does not change.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "job",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("draft", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=32), nullable=False),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"], name=op.f("fk_job_home_draft")),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_job_home")),
        sa.PrimaryKeyConstraint("home", "draft", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_asked", ["state", "asked"], unique=False)

    op.create_table(
        "sheet",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("draft", sa.String(length=16), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("preview", sa.LargeBinary(), nullable=False),
        sa.Column("cells", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["home", "draft"], ["draft.home", "draft.id"], name=op.f("fk_sheet_home_draft")),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_sheet_home")),
        sa.PrimaryKeyConstraint("home", "draft", "no", name=op.f("pk_sheet")),
    )
    op.create_table(
        "staged_row",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("draft", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("shown_name", sa.Text(), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=True),
        sa.Column("name_key", sa.String(length=32), nullable=True),
        sa.Column("person_key", sa.String(length=32), nullable=True),
        sa.Column("account_key", sa.String(length=32), nullable=True),
        sa.Column("minor", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("person_salt", sa.String(length=32), nullable=True),
        sa.Column("money_salt", sa.String(length=32), nullable=False),
        sa.Column("person_digest", sa.String(length=64), nullable=False),
        sa.Column("money_digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("home", "draft", "place", "no", name=op.f("pk_staged_row")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("chosen", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("result", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("started_from", sa.String(length=12), nullable=True))
        batch_op.drop_column("sheet")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.alter_column("chosen", server_default=None)
    op.execute(
        "UPDATE draft SET sheet_digest = NULL, edits = NULL, columns = '{}', answers = '{}', proposal = NULL, proposal_digest = NULL, "
        "submitted_by = NULL, state = CASE state WHEN 'submitted' THEN 'draft' ELSE state END WHERE state IN ('draft', 'submitted', 'returned')"
    )


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sheet", sa.LargeBinary(), nullable=True))
        batch_op.drop_column("started_from")
        batch_op.drop_column("result")
        batch_op.drop_column("chosen")

    op.drop_table("staged_row")
    op.drop_table("sheet")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_asked")

    op.drop_table("job")
