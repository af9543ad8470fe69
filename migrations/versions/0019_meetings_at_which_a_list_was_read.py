"""Add the meetings at which a list was read aloud, and what households objected to there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "meeting",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("held", sa.Date(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("last", sa.Integer(), nullable=True),
        sa.Column("presider", sa.String(length=200), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_meeting_home")),
        sa.ForeignKeyConstraint(["place"], ["area.code"], name=op.f("fk_meeting_place")),
        sa.ForeignKeyConstraint(
            ["home", "number", "version"], ["version.home", "version.number", "version.no"], name=op.f("fk_meeting_home_number_version")
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["user.id"], name=op.f("fk_meeting_opened_by")),
        sa.ForeignKeyConstraint(["finished_by"], ["user.id"], name=op.f("fk_meeting_finished_by")),
        sa.PrimaryKeyConstraint("home", "number", "place", "no", name=op.f("pk_meeting")),
    )
    op.create_table(
        "meeting_objection",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("meeting", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("asked", sa.String(length=12), nullable=False),
        sa.Column("case", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_meeting_objection_home")),
        sa.ForeignKeyConstraint(
            ["home", "number", "place", "meeting"],
            ["meeting.home", "meeting.number", "meeting.place", "meeting.no"],
            name=op.f("fk_meeting_objection_home_number_place_meeting"),
        ),
        sa.ForeignKeyConstraint(["asked", "case"], ["case.home", "case.id"], name=op.f("fk_meeting_objection_asked_case")),
        sa.PrimaryKeyConstraint("home", "number", "place", "meeting", "no", name=op.f("pk_meeting_objection")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("meeting_objection")
    op.drop_table("meeting")
