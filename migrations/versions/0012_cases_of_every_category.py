"""Let a case be about no notice, be asked of another office than the publisher, and come by mouth; keep what the stopped clock was.

Cases so far were asked of the publisher, on the web, about a notice; a question to the villager stopped the clock for ten days.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

DAYS = timedelta(days=10)
CASE = sa.table(
    "case", *(sa.column(name) for name in ("home", "id", "publisher", "state", "source")), sa.column("due", sa.Date), sa.column("held", sa.Date)
)
ADDED = (
    ("publisher", sa.String(length=12)),
    ("wall", sa.String(length=12)),
    ("source", sa.String(length=8)),
    ("consent", sa.Boolean()),
    ("held", sa.Date()),
    ("outcome", sa.String(length=20)),
)


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("case") as table:
        for name, type_ in ADDED:
            table.add_column(sa.Column(name, type_, nullable=True))
    bind = op.get_bind()
    bind.execute(sa.update(CASE).values(publisher=CASE.c.home, source="web"))
    for home, id, due in list(bind.execute(sa.select(CASE.c.home, CASE.c.id, CASE.c.due).where(CASE.c.state == "asked"))):
        bind.execute(sa.update(CASE).where(CASE.c.home == home, CASE.c.id == id).values(held=due - DAYS))
    with op.batch_alter_table("case") as table:
        table.alter_column("source", existing_type=sa.String(length=8), nullable=False)
        table.alter_column("number", existing_type=sa.String(length=12), nullable=True)
        table.alter_column("version", existing_type=sa.Integer(), nullable=True)
        table.drop_constraint(op.f("fk_case_home_number"), type_="foreignkey")
        table.create_foreign_key(op.f("fk_case_publisher_number"), "notice", ["publisher", "number"], ["home", "number"])
        table.create_index("ix_case_notice", ["publisher", "number"])


def downgrade() -> None:
    """Go one step back. Raises IntegrityError while a case is about no notice, or was asked of another office than its publisher."""
    with op.batch_alter_table("case") as table:
        table.drop_index("ix_case_notice")
        table.drop_constraint(op.f("fk_case_publisher_number"), type_="foreignkey")
        table.create_foreign_key(op.f("fk_case_home_number"), "notice", ["home", "number"], ["home", "number"])
        table.alter_column("version", existing_type=sa.Integer(), nullable=False)
        table.alter_column("number", existing_type=sa.String(length=12), nullable=False)
        for name, _type in ADDED:
            table.drop_column(name)
