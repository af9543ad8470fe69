"""Add the counties' reading points, and the lists by which offices bring their notices there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "reading_point",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sort", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("hours", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=200), nullable=False),
        sa.Column("serves", sa.String(length=12), nullable=False),
        sa.Column("paper", sa.Boolean(), nullable=False),
        sa.Column("file", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_reading_point_home")),
        sa.ForeignKeyConstraint(["serves"], ["area.code"], name=op.f("fk_reading_point_serves")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_reading_point_user_id")),
        sa.PrimaryKeyConstraint("home", "no", name=op.f("pk_reading_point")),
    )
    op.create_table(
        "delivery_list",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=12), nullable=False),
        sa.Column("point", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.LargeBinary(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_by", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["cancelled_by"], ["user.id"], name=op.f("fk_delivery_list_cancelled_by")),
        sa.ForeignKeyConstraint(["county", "point"], ["reading_point.home", "reading_point.no"], name=op.f("fk_delivery_list_county_point")),
        sa.ForeignKeyConstraint(["entered_by"], ["user.id"], name=op.f("fk_delivery_list_entered_by")),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_delivery_list_home")),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_delivery_list_made_by")),
        sa.PrimaryKeyConstraint("home", "no", name=op.f("pk_delivery_list")),
    )
    op.create_index("ix_delivery_list_point", "delivery_list", ["county", "point"])
    op.create_table(
        "delivery_item",
        sa.Column("home", sa.String(length=12), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("publisher", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removes", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["home"], ["area.code"], name=op.f("fk_delivery_item_home")),
        sa.ForeignKeyConstraint(["home", "no"], ["delivery_list.home", "delivery_list.no"], name=op.f("fk_delivery_item_home_no")),
        sa.ForeignKeyConstraint(
            ["publisher", "number", "version"],
            ["version.home", "version.number", "version.no"],
            name=op.f("fk_delivery_item_publisher_number_version"),
        ),
        sa.PrimaryKeyConstraint("home", "no", "number", name=op.f("pk_delivery_item")),
    )
    op.create_index("ix_delivery_item_notice", "delivery_item", ["publisher", "number"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("ix_delivery_item_notice", "delivery_item")
    op.drop_table("delivery_item")
    op.drop_index("ix_delivery_list_point", "delivery_list")
    op.drop_table("delivery_list")
    op.drop_table("reading_point")
