"""Add whether a notice was taken down, or a correction begun, because something was shown that must not be.

NULL stays where nobody was asked; what the ledger says of a withdrawal is taken from it, as after going back and forth.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


NOTICE = sa.table("notice", sa.column("number"), sa.column("withdrawn_leak", sa.Boolean()))
LEDGER = sa.table("ledger", sa.column("action"), sa.column("subject"), sa.column("body", sa.JSON()))


def upgrade() -> None:
    """Go one step forward."""
    op.add_column("notice", sa.Column("withdrawn_leak", sa.Boolean(), nullable=True))
    said = sa.select(LEDGER.c.subject, LEDGER.c.body).where(LEDGER.c.action == "notice.taken_down")
    for number, body in op.get_bind().execute(said).all():
        if "leak" in body:
            op.execute(sa.update(NOTICE).where(NOTICE.c.number == number).values(withdrawn_leak=body["leak"]))
    op.add_column("draft", sa.Column("correction_leak", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("draft") as table:
        table.drop_column("correction_leak")
    with op.batch_alter_table("notice") as table:
        table.drop_column("withdrawn_leak")
