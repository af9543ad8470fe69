"""Add beside each stored digest the id of the algorithm that made it: SHA-256 for all there are, so that another may follow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


TABLES = ("ledger", "version", "part", "row", "staged_row")


def upgrade() -> None:
    """Go one step forward."""
    for name in TABLES:
        op.add_column(name, sa.Column("algorithm", sa.String(length=16), nullable=False, server_default="sha256"))


def downgrade() -> None:
    """Go one step back; refused where something was made with another algorithm, which the program of before would call changed."""
    for name in TABLES:
        table = sa.table(name, sa.column("algorithm"))
        if op.get_bind().scalar(sa.select(sa.func.count()).select_from(table).where(table.c.algorithm != "sha256")):
            raise RuntimeError(f"{name}: digests made with another algorithm than SHA-256 stand there; the program before cannot check them")
    for name in TABLES:
        op.drop_column(name, "algorithm")
