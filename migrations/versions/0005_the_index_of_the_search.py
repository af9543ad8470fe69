"""Add the search index: an FTS5 table on SQLite, a tsvector with a GIN index on PostgreSQL."""

from __future__ import annotations

from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# What stands in it are tokens parted by spaces (board/rules/tokenizer.py). FTS5's "ascii" takes every character beyond ASCII for part of a
# word; "unicode61" asks a table of Unicode 6.1, which lacks rare characters of names and would part them where PostgreSQL does not.
SQLITE = """
CREATE VIRTUAL TABLE search_index USING fts5 (home UNINDEXED, number UNINDEXED, words, tokenize = 'ascii', columnsize = 0)
"""
POSTGRESQL = (
    "CREATE TABLE search_index (id bigint NOT NULL, home varchar(12) NOT NULL REFERENCES area (code), number varchar(12) NOT NULL, "
    "words tsvector NOT NULL, PRIMARY KEY (id, home))",
    "CREATE INDEX ix_search_index_words ON search_index USING gin (words)",
)


def upgrade() -> None:
    """Go one step forward. Notices posted before this step are found after ``flask --app wsgi search rebuild``."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE)
    else:
        for statement in POSTGRESQL:
            op.execute(statement)


def downgrade() -> None:
    """Go one step back."""
    op.execute("DROP TABLE search_index")
