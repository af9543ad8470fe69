"""Add the letters from a county to an office, the lead offices of groups of kinds, and the group of a department's people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("user") as table:
        table.add_column(sa.Column("group", sa.String(length=12), nullable=True))
    op.create_table(
        "directive",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("desk", sa.String(length=12), nullable=False),
        sa.Column("group", sa.String(length=12), nullable=True),
        sa.Column("publisher", sa.String(length=12), nullable=True),
        sa.Column("number", sa.String(length=12), nullable=True),
        sa.Column("asked", sa.String(length=12), nullable=True),
        sa.Column("case", sa.String(length=16), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("basis", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("answered", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_directive_home")),
        sa.ForeignKeyConstraint(["desk"], ["area.code"], name=op.f("fk_directive_desk")),
        sa.ForeignKeyConstraint(["publisher", "number"], ["notice.home", "notice.number"], name=op.f("fk_directive_publisher_number")),
        sa.ForeignKeyConstraint(["asked", "case"], ["case.home", "case.id"], name=op.f("fk_directive_asked_case")),
        sa.PrimaryKeyConstraint("home", "no", name=op.f("pk_directive")),
    )
    op.create_index("ix_directive_desk", "directive", ["desk", "state", "due"])
    op.create_index("ix_directive_notice", "directive", ["publisher", "number"])
    op.create_index("ix_directive_case", "directive", ["asked", "case"])
    op.create_table(
        "directive_message",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("directive", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_directive_message_home")),
        sa.ForeignKeyConstraint(["home", "directive"], ["directive.home", "directive.no"], name=op.f("fk_directive_message_home_directive")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_directive_message_user_id")),
        sa.PrimaryKeyConstraint("home", "directive", "no", name=op.f("pk_directive_message")),
    )
    op.create_table(
        "lead_office",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("group", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_lead_office_home")),
        sa.PrimaryKeyConstraint("home", "group", name=op.f("pk_lead_office")),
    )


def downgrade() -> None:
    """Go one step back; who belongs to a department stays, without its group."""
    op.drop_table("lead_office")
    op.drop_table("directive_message")
    op.drop_index("ix_directive_case", "directive")
    op.drop_index("ix_directive_notice", "directive")
    op.drop_index("ix_directive_desk", "directive")
    op.drop_table("directive")
    with op.batch_alter_table("user") as table:
        table.drop_column("group")
